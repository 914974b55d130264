"""How a badge stands: folded from what was signed and from what happened to it since."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.badges.codes import plain_code
from voice_app.badges.office import Office
from voice_app.models import Badge, BadgeEvent
from voice_app.scoring.badges.credential import badge_address
from voice_app.scoring.badges.signing import verify

State = Literal["real", "cancelled", "paused", "expired", "hidden", "unknown"]

_WITHDRAWN: Mapping[str, State] = {"revoked": "cancelled", "suspended": "paused"}


@dataclass(frozen=True)
class Standing:
    """How a badge stands now, for whoever asks.

    `unknown` is not ours, or changed; then `badge` is None. `since` is when this state began.
    `reason` is the code of a withdrawal's reason; `replaced_by` the code of the badge that
    corrects this one.
    """

    state: State
    badge: Badge | None
    since: datetime | None = None
    reason: str | None = None
    replaced_by: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether an employer may rely on the badge."""
        return self.state == "real"


_UNKNOWN = Standing("unknown", None)


def standing(
    session: Session, code: str, *, office: Office, now: datetime, is_holder: bool = False
) -> Standing:
    """Tell how the badge of a code stands at the aware time `now`, however it was typed.

    Hidden comes first: of a badge that its holder hides nothing else is told. To its holder
    (`is_holder`) no badge is hidden.
    """
    badge = find(session, code)
    if badge is None or not is_real(badge, keys=office.key.public_keys, origin=office.origin):
        return _UNKNOWN
    events = events_of(session, badge.code)
    if not is_holder and not is_shown(events):
        return Standing("hidden", badge, _hidden_since(badge, events))
    return folded(badge, events, now=now)


def folded(badge: Badge, events: Sequence[BadgeEvent], *, now: datetime) -> Standing:
    """Fold the events of a badge, oldest first, into how it stands, whoever may see it."""
    withdrawal = withdrawal_in(events)
    if withdrawal is not None:
        replaced = next((one.other_code for one in events if one.kind == "reissued"), None)
        state = _WITHDRAWN[withdrawal.kind]
        return Standing(state, badge, withdrawal.at, withdrawal.reason, replaced)
    if badge.expires_at is not None and badge.expires_at <= now:
        return Standing("expired", badge, badge.expires_at)
    return Standing("real", badge, badge.issued_at)


def withdrawal_in(events: Iterable[BadgeEvent]) -> BadgeEvent | None:
    """Give the event that withdraws a badge now; a revocation is never taken back."""
    suspension = None
    for event in events:
        if event.kind == "revoked":
            return event
        if event.kind == "suspended":
            suspension = event
        elif event.kind == "resumed":
            suspension = None
    return suspension


def is_shown(events: Iterable[BadgeEvent]) -> bool:
    """Tell whether the holder has said yes to showing the badge, and not hidden it since."""
    choice = last_choice(events)
    return choice is not None and choice.kind == "shown"


def last_choice(events: Iterable[BadgeEvent]) -> BadgeEvent | None:
    """Give the event by which the badge was last shown or hidden."""
    choices = [one for one in events if one.kind in {"shown", "hidden"}]
    return choices[-1] if choices else None


def events_of(session: Session, code: str) -> list[BadgeEvent]:
    """Give what happened to a badge, oldest first."""
    ordered = select(BadgeEvent).where(BadgeEvent.badge_code == code).order_by(BadgeEvent.seq)
    return list(session.scalars(ordered))


def find(session: Session, code: str) -> Badge | None:
    """Give the badge of a code, however it was typed."""
    return session.get(Badge, plain_code(code))


def is_real(badge: Badge, *, keys: Mapping[str, Ed25519PublicKey], origin: str) -> bool:
    """Tell whether the badge's document is about this badge and signed by one of our keys."""
    if badge.key_id not in keys:
        return False
    address = badge_address(origin, badge.code)
    return _is_signed(badge.credential, address, keys[badge.key_id].public_bytes_raw())


# Canonicalizing takes most of the time of a page, and the same text always has one answer.
@lru_cache(maxsize=1024)
def _is_signed(credential: str, address: str, public_bytes: bytes) -> bool:
    document = json.loads(credential)
    if document.get("id") != address:
        return False
    return verify(document, Ed25519PublicKey.from_public_bytes(public_bytes))


def _hidden_since(badge: Badge, events: Sequence[BadgeEvent]) -> datetime:
    choice = last_choice(events)
    return badge.issued_at if choice is None else choice.at
