"""Something kept about a person is wrong, they say: a person looks at it and answers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from voice_app.audit import record
from voice_app.errors import VoiceAppError
from voice_app.models import Correction

_COMMAND = "command"


class UnknownCorrection(VoiceAppError):
    """No such wish waits for an answer."""


def ask_correction(session: Session, owner_hash: str, *, at: datetime) -> Correction:
    """Ask for a person, once: a wish that waits already is the same wish."""
    waiting = session.scalar(_open().where(Correction.owner_hash == owner_hash))
    if waiting is not None:
        return waiting
    row = Correction(owner_hash=owner_hash, at=at)
    session.add(row)
    session.flush()
    subject = f"correction:{row.seq}"
    record(session, actor="holder", action="correction.asked", subject=subject, at=at)
    return row


def open_corrections(session: Session, owner_hash: str | None = None) -> Sequence[Correction]:
    """Give the wishes that wait, the oldest first; those of one person, or all."""
    waiting = _open().order_by(Correction.seq)
    if owner_hash is not None:
        waiting = waiting.where(Correction.owner_hash == owner_hash)
    return session.scalars(waiting).all()


def count_open(session: Session, owner_hashes: Collection[str]) -> Mapping[str, int]:
    """Count the wishes that wait, of those of these people who have any."""
    waiting = _open().where(Correction.owner_hash.in_(owner_hashes)).subquery()
    counted = select(waiting.c.owner_hash, func.count()).group_by(waiting.c.owner_hash)
    return {str(owner): int(count) for owner, count in session.execute(counted)}


def is_looked_at(session: Session, owner_hash: str) -> bool:
    """Tell whether a person has looked at what somebody asked for last."""
    mine = select(Correction).where(Correction.owner_hash == owner_hash)
    last = session.scalar(mine.order_by(Correction.seq.desc()).limit(1))
    return last is not None and last.answered_at is not None


def answer(
    session: Session,
    seq: int,
    *,
    author: str,
    at: datetime,
    by: str = _COMMAND,
    center: str | None = None,
) -> Correction:
    """Note that a person looked at it and answered. Raises `UnknownCorrection`.

    `by` is how the log names who says so, `center` whose desk it was.
    """
    row = session.get(Correction, seq)
    if row is None or row.answered_at is not None:
        raise UnknownCorrection(f"No correction {seq} waits for an answer.")
    row.answered_by, row.answered_at = author, at
    subject = f"correction:{seq}"
    record(session, actor=by, action="correction.answered", subject=subject, center=center, at=at)
    return row


def _open() -> Select[Correction]:
    return select(Correction).where(Correction.answered_at.is_(None))
