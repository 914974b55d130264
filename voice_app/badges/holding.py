"""What the holder of badges decides and sees: showing one, hiding it, the slots of the four."""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from voice_app.badges.office import Office
from voice_app.badges.standings import events_of, is_shown
from voice_app.badges.withdrawing import UnknownBadgeError, found
from voice_app.models import Attempt, Badge, BadgeEvent

HOLDER = "holder"


@dataclass(frozen=True)
class Consent:
    """How a holder agreed to show a badge: what they heard, and what they answered.

    `phrase` is the key of the sentence that was played and `played_sha256` the digest of its
    sound; `utterance_id` the recording of a spoken yes, None where it was touched.
    """

    phrase: str
    played_sha256: str
    utterance_id: str | None = None


def show(
    session: Session, code: str, *, owner_hash: str, consent: Consent, office: Office
) -> Badge:
    """Show a badge to everybody who has its address, because its holder says yes.

    Raises `UnknownBadgeError` for a badge that is not this owner's.
    """
    return _choose(
        session, code, kind="shown", owner_hash=owner_hash, consent=consent, office=office
    )


def hide(session: Session, code: str, *, owner_hash: str, office: Office) -> Badge:
    """Hide a badge again, at once. Raises `UnknownBadgeError` for one that is not this owner's."""
    return _choose(session, code, kind="hidden", owner_hash=owner_hash, consent=None, office=office)


def owned(session: Session, code: str, *, owner_hash: str) -> Badge:
    """Give a badge to its holder; to anybody else it does not exist (`UnknownBadgeError`).

    `owner_hash` is the SHA-256 of the secret in the owner's cookie.
    """
    badge = found(session, code)
    if session.get_one(Attempt, badge.attempt_id).owner_hash != owner_hash:
        raise UnknownBadgeError(f"No badge on this device has the code {code}.")
    return badge


def _choose(
    session: Session,
    code: str,
    *,
    kind: str,
    owner_hash: str,
    consent: Consent | None,
    office: Office,
) -> Badge:
    badge = owned(session, code, owner_hash=owner_hash)
    if is_shown(events_of(session, badge.code)) == (kind == "shown"):
        return badge
    session.add(
        BadgeEvent(
            badge_code=badge.code,
            kind=kind,
            author=HOLDER,
            consent=None if consent is None else asdict(consent),
            at=office.clock(),
        )
    )
    session.flush()
    return badge
