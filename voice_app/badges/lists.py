"""The status lists that are published: folded from events, signed when one changes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app.badges.giving import list_address
from voice_app.badges.office import Office
from voice_app.badges.standings import withdrawal_in
from voice_app.errors import VoiceAppError
from voice_app.models import Badge, BadgeEvent
from voice_app.scoring.badges.did import verification_method
from voice_app.scoring.badges.signing import sign
from voice_app.scoring.badges.status_list import (
    PURPOSES,
    Purpose,
    StatusList,
    list_credential,
    purpose_address,
)

# A badge names the list of revocations alone, as Open Badges 3.0 has room for one: a paused one
# stands there while its pause lasts, and in the other list, which says that it is only paused.
_WITHDRAWALS: Mapping[Purpose, frozenset[str]] = {
    "revocation": frozenset({"revoked", "suspended"}),
    "suspension": frozenset({"suspended"}),
}
_CHANGING = ("revoked", "suspended", "resumed")


class UnknownListError(VoiceAppError):
    """There is no status list of this number."""


@dataclass(frozen=True)
class StatusLists:
    """The signed lists of one office. Kept until an event changes them: signing takes a while."""

    office: Office
    _kept: dict[tuple[int, Purpose], tuple[int, str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def published(self, session: Session, number: int, *, purpose: Purpose) -> str:
        """Give the signed credential of a list as JSON. Raises `UnknownListError`."""
        last = last_change(session)
        with self._lock:
            kept = self._kept.get((number, purpose))
            if kept is None or kept[0] != last:
                kept = last, self._signed(session, number, purpose=purpose)
                self._kept[number, purpose] = kept
        return kept[1]

    def _signed(self, session: Session, number: int, *, purpose: Purpose) -> str:
        office = self.office
        now = office.clock()
        document = list_credential(
            list_address(office.origin, number),
            bits(session, number, purpose=purpose),
            purpose=purpose,
            issuer=office.issuer,
            at=now,
        )
        method = verification_method(office.issuer.did, office.key.id)
        signed = sign(document, office.key.private_key, verification_method=method, created=now)
        return json.dumps(signed)


def bits(session: Session, number: int, *, purpose: Purpose) -> StatusList:
    """Fold the events of all badges of a list into its bits. Raises `UnknownListError`.

    A badge that is cancelled is not paused any more, so it leaves the list of suspensions.
    """
    if number not in numbers(session):
        raise UnknownListError(f"There is no status list {number}.")
    changes: dict[int | None, list[BadgeEvent]] = {}
    for index, event in session.execute(
        select(Badge.list_index, BadgeEvent)
        .join(Badge, Badge.code == BadgeEvent.badge_code)
        # A sum is in no index: few events are read, and not every badge of the list.
        .where(Badge.list_number + 0 == number, BadgeEvent.kind.in_(_CHANGING))
        .order_by(BadgeEvent.seq)
    ):
        changes.setdefault(index, []).append(event)
    folded = {index: withdrawal_in(events) for index, events in changes.items()}
    kinds = _WITHDRAWALS[purpose]
    return StatusList().with_set(
        index
        for index, event in folded.items()
        if index is not None and event is not None and event.kind in kinds
    )


def all_bits(session: Session, *, origin: str) -> dict[str, StatusList]:
    """Give every list by the address of its credential."""
    return {
        purpose_address(list_address(origin, number), purpose): bits(
            session, number, purpose=purpose
        )
        for number in numbers(session)
        for purpose in PURPOSES
    }


def numbers(session: Session) -> range:
    """Give the numbers of the lists that are open; the first one always is."""
    return range(1, (session.scalar(select(func.max(Badge.list_number))) or 1) + 1)


def last_change(session: Session) -> int:
    """Give the number of the last event that changes a list; 0 before the first."""
    changing = BadgeEvent.kind.in_(_CHANGING)
    return session.scalar(select(func.max(BadgeEvent.seq)).where(changing)) or 0
