"""Something kept about a person is wrong, they say: a person looks at it and answers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.audit import record
from voice_app.errors import VoiceAppError
from voice_app.models import Correction


class UnknownCorrection(VoiceAppError):
    """No such wish waits for an answer."""


def ask_correction(session: Session, owner_hash: str, *, at: datetime) -> Correction:
    """Ask for a person, once: a wish that waits already is the same wish."""
    mine = Correction.owner_hash == owner_hash
    waiting = session.scalar(select(Correction).where(mine, Correction.answered_at.is_(None)))
    if waiting is not None:
        return waiting
    row = Correction(owner_hash=owner_hash, at=at)
    session.add(row)
    session.flush()
    subject = f"correction:{row.seq}"
    record(session, actor="holder", action="correction.asked", subject=subject, at=at)
    return row


def open_corrections(session: Session) -> Sequence[Correction]:
    """Give the wishes that wait, the oldest first."""
    waiting = select(Correction).where(Correction.answered_at.is_(None))
    return session.scalars(waiting.order_by(Correction.seq)).all()


def answer(session: Session, seq: int, *, author: str, at: datetime) -> Correction:
    """Note that a person looked at it and answered. Raises `UnknownCorrection`."""
    row = session.get(Correction, seq)
    if row is None or row.answered_at is not None:
        raise UnknownCorrection(f"No correction {seq} waits for an answer.")
    row.answered_by, row.answered_at = author, at
    record(
        session, actor="command", action="correction.answered", subject=f"correction:{seq}", at=at
    )
    return row
