"""The independent marks that are asked for on one answer: one, a second, a third."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.marking.policies import is_drawn, policy_of
from voice_app.marking.records import center_of
from voice_app.models import Attempt, Unmarked


def ask(
    session: Session, attempt: Attempt, *, item: str, why: str, turn: int = 1, at: datetime
) -> bool:
    """Ask for one more mark on an answer; False where it is asked for already."""
    about = (Unmarked.attempt_id == attempt.id) & (Unmarked.item == item)
    same = about & (Unmarked.why == why) & (Unmarked.turn == turn)
    if session.scalar(select(Unmarked.seq).where(same)) is not None:
        return False
    row = Unmarked(
        attempt_id=attempt.id,
        item=item,
        why=why,
        turn=turn,
        center=center_of(attempt),
        micro_competence=attempt.assessment,
        since=at,
    )
    session.add(row)
    session.flush()
    return True


def is_doubled(session: Session, attempt: Attempt, *, item: str) -> bool:
    """Tell whether an answer gets two marks from the start: drawn, in the share of its center."""
    percent = policy_of(session, center_of(attempt)).double_percent
    return is_drawn(session, "double mark", about=f"{attempt.id}/{item}", percent=percent)
