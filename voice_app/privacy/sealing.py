"""Sealing what lies in the clear from before recordings were sealed: in steps, again and again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from voice_app.models import Attempt, Consent, Hearing, Response
from voice_app.privacy.keeper import Keeping
from voice_app.vault import SPOKEN, closed

_AT_ONCE = 100


@dataclass(frozen=True)
class Sealed:
    """How many recordings and how many hearings were sealed now; `lost` had no row or owner."""

    recordings: int = 0
    hearings: int = 0
    lost: int = 0

    def __add__(self, other: "Sealed") -> "Sealed":
        """Count together."""
        return Sealed(
            self.recordings + other.recordings,
            self.hearings + other.hearings,
            self.lost + other.lost,
        )


def seal_old(keeping: Keeping) -> Sealed:
    """Seal every recording and hearing that lies in the clear.

    Stopped at any time it can be started again. Afterwards the database is written anew, so
    that no page of before is left in it.
    """
    total = sum(_seal_files(keeping), Sealed())
    total = sum((Sealed(hearings=done) for done in _seal_hearings(keeping)), total)
    if total.hearings:
        keeping.database.compact()
        keeping.database.empty_journal()
    return total


def _seal_files(keeping: Keeping) -> Iterator[Sealed]:
    for name in sorted(keeping.store.names()):
        if keeping.store.is_sealed(name):
            continue
        with keeping.database.reading.begin() as session:
            owner = _owner_of(session, name.partition(".")[0])
        if owner is None:
            yield Sealed(lost=1)
        else:
            keeping.store.seal(name, owner=owner)
            yield Sealed(recordings=1)


def _owner_of(session: Session, recording: str) -> str | None:
    spoken = (
        select(Attempt.owner_hash)
        .join(Response, Response.attempt_id == Attempt.id)
        .where(Response.id == recording)
    )
    said_yes = select(Consent.owner_hash).where(Consent.recording == recording)
    return session.scalar(spoken) or session.scalar(said_yes)


def _seal_hearings(keeping: Keeping) -> Iterator[int]:
    after = 0
    while rows := _hearings(keeping, after=after):
        after = rows[-1][0].seq
        yield _seal_some(keeping, rows)


def _hearings(keeping: Keeping, *, after: int) -> list[tuple[Hearing, str]]:
    with keeping.database.reading.begin() as session:
        rows = session.execute(
            select(Hearing, Attempt.owner_hash)
            .join(Response, Response.id == Hearing.utterance_id)
            .join(Attempt, Attempt.id == Response.attempt_id)
            .where(Hearing.seq > after, _is_open())
            .order_by(Hearing.seq)
            .limit(_AT_ONCE)
        )
        return [(row, owner) for row, owner in rows]


def _is_open() -> ColumnElement[bool]:
    return or_(*(func.json_type(Hearing.evidence, f"$.{name}").is_not(None) for name in SPOKEN))


def _seal_some(keeping: Keeping, found: Sequence[tuple[Hearing, str]]) -> int:
    """Seal them; the seals are made before the transaction that keeps them."""
    sealed = {
        row.seq: closed(keeping.vault, row.evidence, owner=owner, utterance_id=row.utterance_id)
        for row, owner in found
    }
    with keeping.database.writing.begin() as session:
        for seq, evidence in sealed.items():
            session.get_one(Hearing, seq).evidence = evidence
    return len(sealed)
