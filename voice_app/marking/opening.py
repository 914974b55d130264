"""What people are asked to mark: spoken tasks, unsure answers that may change it, and doubts."""

from datetime import datetime

from sqlalchemy.orm import Session

from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import tasks, unsure
from voice_app.marking.records import APPEAL, RUBRIC, has_jury, left_out, marks_of, open_turns
from voice_app.marking.tasks import Bank
from voice_app.marking.turns import ask, is_doubled
from voice_app.models import Attempt


def open_marks(session: Session, attempt: Attempt, *, bank: Bank, at: datetime) -> int:
    """Ask people for the marks that a finished attempt needs; returns how many are new.

    Done again it adds only what is missing, and takes back what an unsure answer can no longer
    change.
    """
    match bank:
        case ScenarioBank():
            return _open_tasks(session, attempt, at=at)
        case Assessment():
            return unsure.open_answers(session, attempt, bank=bank, at=at)


def appeal(session: Session, attempt: Attempt, *, at: datetime) -> int:
    """Have every spoken task marked by one more person; it never lowers what counts.

    Returns how many are new: none where it was asked before.
    """
    known = _known(session, attempt, why=APPEAL) | left_out(session, attempt.id)
    missing = [step for step in tasks.spoken(attempt) if step not in known]
    return sum(ask(session, attempt, item=step, why=APPEAL, at=at) for step in missing)


def _open_tasks(session: Session, attempt: Attempt, *, at: datetime) -> int:
    if has_jury(session, attempt.id):
        return 0
    known = _known(session, attempt, why=RUBRIC)
    turns = [
        (step, turn)
        for step in tasks.spoken(attempt)
        if step not in known
        for turn in (1, 2)
        if turn == 1 or is_doubled(session, attempt, item=step)
    ]
    return sum(
        ask(session, attempt, item=step, why=RUBRIC, turn=turn, at=at) for step, turn in turns
    )


def _known(session: Session, attempt: Attempt, *, why: str) -> set[str]:
    """Give the answers that were marked for a reason, or wait for it."""
    marked = {mark.item for mark in marks_of(session, attempt.id) if mark.why == why}
    return marked | {one.item for one in open_turns(session, attempt.id) if one.why == why}
