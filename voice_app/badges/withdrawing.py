"""Taking a badge back, for good or for a while: a person decides, and says why."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.badges.office import Office
from voice_app.badges.standings import Standing, events_of, find, folded, withdrawal_in
from voice_app.errors import VoiceAppError
from voice_app.models import Badge, BadgeEvent, BadgePart

Withdrawal = Literal["revoked", "suspended"]

REASONS = ("mistake", "other-person", "correction", "holder-asked", "investigation")
_NO_PERSONS = frozenset({"", "machine", "service", "system", "holder"})
_LONGEST_AUTHOR = 80


class UnknownBadgeError(VoiceAppError):
    """No badge of ours has this code."""


class WithdrawalError(VoiceAppError):
    """A badge is withdrawn or given back only by a person, for a reason, and once for good."""


def withdraw(
    session: Session, code: str, *, kind: Withdrawal, reason: str, author: str, office: Office
) -> Standing:
    """Cancel a badge for good (`revoked`) or pause it, and every full one that rests on it.

    Doing so again changes nothing. Raises `UnknownBadgeError`, or `WithdrawalError` for a
    reason that is none of `REASONS`, an author that is no person, or pausing what is cancelled.
    """
    badge = found(session, code)
    check(reason=reason, author=author)
    if kind == "suspended" and is_revoked(session, badge):
        raise WithdrawalError(f"The badge {badge.code} is cancelled for good.")
    _add(session, badge, kind=kind, reason=reason, author=author, office=office)
    for full in fulls_on(session, badge.code):
        _add(session, full, kind=kind, reason=reason, author=author, office=office, part=badge.code)
    return _now(session, badge, office=office)


def resume(session: Session, code: str, *, author: str, office: Office) -> Standing:
    """End the pause of a badge, and of every full one that was paused through it alone.

    One that is not paused stays as it is. Raises `UnknownBadgeError`, or `WithdrawalError`
    for an author that is no person, a badge that is cancelled, or one with a part that is
    withdrawn.
    """
    badge = found(session, code)
    check(reason=None, author=author)
    if is_revoked(session, badge):
        raise WithdrawalError(f"The badge {badge.code} is cancelled for good.")
    if _has_withdrawn_part(session, badge):
        raise WithdrawalError(f"A part of the badge {badge.code} is withdrawn: see to that first.")
    _resume(session, badge, author=author, office=office)
    for full in fulls_on(session, badge.code):
        if _waits_for_parts_alone(session, full):
            _resume(session, full, author=author, office=office)
    return _now(session, badge, office=office)


def found(session: Session, code: str) -> Badge:
    """Give the badge of a code, or raise `UnknownBadgeError`."""
    badge = find(session, code)
    if badge is None:
        raise UnknownBadgeError(f"No badge has the code {code}.")
    return badge


def check(*, reason: str | None, author: str) -> None:
    """Refuse an author that is no person, or a reason we have no words for: WithdrawalError."""
    if author.strip().lower() in _NO_PERSONS or len(author) > _LONGEST_AUTHOR:
        raise WithdrawalError("Name the person who decides this, in at most 80 characters.")
    if reason is not None and reason not in REASONS:
        raise WithdrawalError(f"Give one of these reasons: {', '.join(REASONS)}.")


def is_revoked(session: Session, badge: Badge) -> bool:
    """Tell whether a badge is cancelled for good."""
    withdrawal = withdrawal_in(events_of(session, badge.code))
    return withdrawal is not None and withdrawal.kind == "revoked"


def fulls_on(session: Session, code: str) -> Sequence[Badge]:
    """Give the full micro-certifications that rest on a badge."""
    parts = select(BadgePart.full_code).where(BadgePart.part_code == code)
    return session.scalars(select(Badge).where(Badge.code.in_(parts))).all()


def _add(
    session: Session,
    badge: Badge,
    *,
    kind: Withdrawal,
    reason: str,
    author: str,
    office: Office,
    part: str | None = None,
) -> None:
    """Add the event, unless the badge is withdrawn as far already."""
    withdrawal = withdrawal_in(events_of(session, badge.code))
    if withdrawal is not None and withdrawal.kind in {kind, "revoked"}:
        return
    session.add(
        BadgeEvent(
            badge_code=badge.code,
            kind=kind,
            reason=reason,
            author=author,
            other_code=part,
            at=office.clock(),
        )
    )
    session.flush()


def _resume(session: Session, badge: Badge, *, author: str, office: Office) -> None:
    withdrawal = withdrawal_in(events_of(session, badge.code))
    if withdrawal is None or withdrawal.kind != "suspended":
        return
    session.add(BadgeEvent(badge_code=badge.code, kind="resumed", author=author, at=office.clock()))
    session.flush()


def _waits_for_parts_alone(session: Session, full: Badge) -> bool:
    """Tell whether a full one was paused through a part, and no part is withdrawn any more."""
    withdrawal = withdrawal_in(events_of(session, full.code))
    return (
        withdrawal is not None
        and withdrawal.other_code is not None
        and not _has_withdrawn_part(session, full)
    )


def _has_withdrawn_part(session: Session, full: Badge) -> bool:
    parts = session.scalars(select(BadgePart.part_code).where(BadgePart.full_code == full.code))
    return any(withdrawal_in(events_of(session, part)) is not None for part in parts)


def _now(session: Session, badge: Badge, *, office: Office) -> Standing:
    return folded(badge, events_of(session, badge.code), now=office.clock())
