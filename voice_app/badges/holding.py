"""What the holder of badges decides and sees: showing one, hiding it, the slots of the four."""

from sqlalchemy.orm import Session

from voice_app import consents
from voice_app.badges.office import Office
from voice_app.badges.standings import events_of, is_shown
from voice_app.badges.withdrawing import UnknownBadgeError, found
from voice_app.consents import About, Told, Yes
from voice_app.models import Attempt, Badge, BadgeEvent, Consent

HOLDER = "holder"


def show(
    session: Session, code: str, *, owner_hash: str, told: Told, yes: Yes, office: Office
) -> Badge:
    """Show a badge to everybody who has its address, because its holder says yes.

    `told` is what the holder heard, `yes` how they agreed; what is shown already stays as it is.
    Raises `UnknownBadgeError` for a badge that is not this owner's.
    """
    badge = owned(session, code, owner_hash=owner_hash)
    if not is_shown(events_of(session, badge.code)):
        now = office.clock()
        word = consents.give(session, _about(badge, owner_hash), told=told, yes=yes, at=now)
        _choose(session, badge, kind="shown", word=word)
    return badge


def hide(session: Session, code: str, *, owner_hash: str, office: Office) -> Badge:
    """Hide a badge again, at once. Raises `UnknownBadgeError` for one that is not this owner's."""
    badge = owned(session, code, owner_hash=owner_hash)
    if is_shown(events_of(session, badge.code)):
        word = consents.withdraw(session, _about(badge, owner_hash), at=office.clock())
        _choose(session, badge, kind="hidden", word=word)
    return badge


def owned(session: Session, code: str, *, owner_hash: str) -> Badge:
    """Give a badge to its holder; to anybody else it does not exist (`UnknownBadgeError`).

    `owner_hash` is the SHA-256 of the secret in the owner's cookie.
    """
    badge = found(session, code)
    if session.get_one(Attempt, badge.attempt_id).owner_hash != owner_hash:
        raise UnknownBadgeError(f"No badge on this device has the code {code}.")
    return badge


def _about(badge: Badge, owner_hash: str) -> About:
    return About("show-badge", badge.code, owner_hash)


def _choose(session: Session, badge: Badge, *, kind: str, word: Consent) -> None:
    session.add(
        BadgeEvent(
            badge_code=badge.code,
            kind=kind,
            author=HOLDER,
            consent_seq=word.seq,
            at=word.at,
        )
    )
    session.flush()
