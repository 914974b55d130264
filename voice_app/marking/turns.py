"""The independent marks that are asked for on one answer: one, a second, a third."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from voice_app.marking.policies import is_drawn, policy_of
from voice_app.marking.records import REAL, center_of
from voice_app.models import Attempt, Mark, Unmarked


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


def ask_again(session: Session, attempt: Attempt, given: Sequence[Mark], *, at: datetime) -> bool:
    """Ask for one mark more on an answer that was `given` some, in the first turn that is free."""
    known = {one.turn for one in given}
    turn = next(number for number in count(1) if number not in known)
    return ask(session, attempt, item=given[0].item, why=given[0].why, turn=turn, at=at)


def close(session: Session, attempt: Attempt, *, item: str, why: str) -> None:
    """Wait for no more marks on an answer."""
    about = (Unmarked.attempt_id == attempt.id) & (Unmarked.item == item) & (Unmarked.why == why)
    session.execute(delete(Unmarked).where(about))


def give_back(session: Session, author: str, *, micro_competence: str) -> None:
    """Take from the screen of somebody what they may mark no more."""
    mine = select(Unmarked).where(
        Unmarked.claimed_by == author, Unmarked.micro_competence == micro_competence
    )
    for task in session.scalars(mine).all():
        if task.why in REAL:
            task.claimed_by, task.claimed_until = None, None
        else:
            session.delete(task)
    session.flush()


def is_doubled(session: Session, attempt: Attempt, *, item: str) -> bool:
    """Tell whether an answer gets two marks from the start: drawn, in the share of its center."""
    percent = policy_of(session, center_of(attempt)).double_percent
    return is_drawn(session, "double mark", about=f"{attempt.id}/{item}", percent=percent)
