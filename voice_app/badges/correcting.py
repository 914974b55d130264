"""Giving a badge again, corrected: a new code, and the old one cancelled and pointing to it."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.badges.giving import Details, Draft, add, free_code, free_place
from voice_app.badges.office import Office
from voice_app.badges.standings import events_of, last_choice, withdrawal_in
from voice_app.badges.withdrawing import WithdrawalError, check, found, fulls_on, withdraw
from voice_app.models import Badge, BadgeEvent, BadgePart


def reissue(
    session: Session, code: str, *, author: str, office: Office, details: Details | None = None
) -> Badge:
    """Give a badge again with other `details`, or the same ones anew, and cancel the old one.

    Every full micro-certification that rests on it is given again too. Of a badge that was
    given again before, the later one is returned and nothing changes. What its holder shows
    stays shown, unless it would now tell a name that they did not agree to.
    Raises `UnknownBadgeError`, or `WithdrawalError` for a badge that is withdrawn otherwise or
    an author that is no person.
    """
    old = found(session, code)
    check(reason=None, author=author)
    later = replacement_of(session, old)
    if later is not None:
        return later
    if withdrawal_in(events_of(session, old.code)) is not None:
        raise WithdrawalError(f"The badge {old.code} is withdrawn, so it cannot be given again.")
    details = details or details_of(old)
    new = _add_again(session, old, details=details, office=office, parts=_parts(session, old))
    for full in fulls_on(session, old.code):
        if withdrawal_in(events_of(session, full.code)) is None:
            parts = tuple(new.code if part == old.code else part for part in _parts(session, full))
            other = _add_again(session, full, details=details_of(new), office=office, parts=parts)
            _cancel(session, full, other, author=author, office=office)
    _cancel(session, old, new, author=author, office=office)
    return new


def replacement_of(session: Session, badge: Badge) -> Badge | None:
    """Give the badge that corrects this one."""
    return session.scalar(select(Badge).where(Badge.replaces == badge.code))


def details_of(badge: Badge) -> Details:
    """Read what was told about the holder from the document as it was signed."""
    subject = json.loads(badge.credential)["credentialSubject"]
    return Details(holder_name=_name(subject), expires_at=badge.expires_at)


def _name(subject: dict[str, Any]) -> str | None:
    named = (one for one in subject.get("identifier", []) if one.get("identityType") == "name")
    return next((str(one["identityHash"]) for one in named), None)


def _add_again(
    session: Session, old: Badge, *, details: Details, office: Office, parts: tuple[str, ...]
) -> Badge:
    draft = Draft(
        code=free_code(session),
        place=free_place(session),
        holder_id=old.holder_id or str(_subject(old)["id"]),
        attempt_id=old.attempt_id,
        micro_competence=old.micro_competence,
        employer_language=old.employer_language,
        details=details,
        replaces=old.code,
        parts=parts,
    )
    new = add(session, draft, office=office)
    _carry_choice(session, old, new, office=office)
    return new


def _subject(badge: Badge) -> dict[str, Any]:
    subject: dict[str, Any] = json.loads(badge.credential)["credentialSubject"]
    return subject


def _parts(session: Session, full: Badge) -> tuple[str, ...]:
    """Give the codes that a full one rests on; a single one rests on nothing."""
    parts = select(BadgePart.part_code).where(BadgePart.full_code == full.code)
    ordered = select(Badge.code).where(Badge.code.in_(parts)).order_by(Badge.micro_competence)
    return tuple(session.scalars(ordered))


def _carry_choice(session: Session, old: Badge, new: Badge, *, office: Office) -> None:
    choice = last_choice(events_of(session, old.code))
    name = details_of(new).holder_name
    tells_more = name is not None and details_of(old).holder_name is None
    if choice is None or choice.kind != "shown" or tells_more:
        return
    session.add(
        BadgeEvent(
            badge_code=new.code,
            kind="shown",
            author=choice.author,
            reason="correction",
            other_code=old.code,
            consent_seq=choice.consent_seq,
            at=office.clock(),
        )
    )


def _cancel(session: Session, old: Badge, new: Badge, *, author: str, office: Office) -> None:
    session.add(
        BadgeEvent(
            badge_code=old.code,
            kind="reissued",
            reason="correction",
            author=author,
            other_code=new.code,
            at=office.clock(),
        )
    )
    withdraw(session, old.code, kind="revoked", reason="correction", author=author, office=office)
