"""A task that nobody could hear is left out: no trouble with the sound costs a candidate points."""

from datetime import datetime

from sqlalchemy.orm import Session

from voice_app.dialogues.scenario import ScenarioBank
from voice_app.errors import VoiceAppError
from voice_app.marking import queue, settling, tasks
from voice_app.marking.records import LEFT_OUT, RUBRIC, left_out, marks_of
from voice_app.marking.tasks import Bank
from voice_app.marking.turns import close
from voice_app.models import Attempt, Ruling, Unmarked

# What is nobody's fault who spoke.
TECHNICAL = frozenset({"no-sound", "noise", "two-voices", "technical"})


class NotLeftOut(VoiceAppError):
    """Only a spoken task that nobody could hear is left out, and never too much of an attempt."""


def may_leave_out(session: Session, task: Unmarked) -> bool:
    """Tell whether a task may be left out."""
    try:
        _reason(session, task)
    except NotLeftOut:
        return False
    return True


def leave_out(session: Session, task: Unmarked, *, bank: Bank, author: str, at: datetime) -> Ruling:
    """Let a task count no more, neither its points nor its maximum; the row says why.

    The outcome is to be settled anew after it. Raises `NotLeftOut`.
    """
    reason = _reason(session, task)
    if not isinstance(bank, ScenarioBank):
        raise NotLeftOut("An answer among pictures is not left out.")
    attempt = session.get_one(Attempt, task.attempt_id)
    row = Ruling(
        attempt_id=attempt.id,
        item=task.item,
        verdict=LEFT_OUT,
        reason=reason,
        referral_seq=None,
        author=author,
        at=at,
    )
    session.add(row)
    session.flush()
    close(session, attempt, item=row.item, why=RUBRIC)
    settling.ask_for_more(session, attempt, bank=bank, at=at)
    return row


def _reason(session: Session, task: Unmarked) -> str:
    """Give why nobody could hear it. Raises `NotLeftOut`."""
    if task.why != RUBRIC or not queue.is_puzzling(session, task):
        raise NotLeftOut("Two people try first to hear a task before it is left out.")
    about = [
        one
        for one in marks_of(session, task.attempt_id)
        if one.item == task.item and one.why == RUBRIC
    ]
    heard = [one for one in about if one.reason is None]
    reasons = [one.reason for one in about if one.reason in TECHNICAL]
    if heard or not reasons:
        raise NotLeftOut("Somebody could hear this task: mark it.")
    _check_rest(session, task)
    return reasons[-1]


def _check_rest(session: Session, task: Unmarked) -> None:
    attempt = session.get_one(Attempt, task.attempt_id)
    points = {step: attempt.criteria["steps"][step] for step in tasks.spoken(attempt)}
    left = left_out(session, attempt.id) | {task.item}
    if 2 * sum(points[step] for step in left) > sum(points.values()):
        raise NotLeftOut("Too little would be left: ask the candidate to do the test again.")
