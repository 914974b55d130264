"""An appeal is answered once nothing of it waits: what counts more, and the news of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import news, oversight
from voice_app.appeals.records import TOLD, is_for_coordinators, ruled
from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking.records import APPEAL, CONTEST, JURY, RUBRIC, counted, open_turns
from voice_app.marking.tasks import Bank
from voice_app.models import Attempt, Mark, Outcome, Referral, Ruling
from voice_app.oversight import WHOLE
from voice_app.scoring.rubric import middle_x2


def answer(
    session: Session, attempt: Attempt, *, bank: Bank, points: int, at: datetime
) -> Sequence[Ruling]:
    """Answer what a candidate did not agree with, once nothing of it waits.

    `points` are those of the attempt now. The candidate has news of it.
    """
    waits = _waits(session, attempt, bank=bank)
    done = [one for one in _open(session, attempt) if not waits(one.item)]
    if not done:
        return ()
    author = _last_author(session, attempt)
    raised = raised_steps(session, attempt)
    rulings = [
        ruled(
            session,
            one,
            is_raised=one.item in raised
            if one.item != WHOLE
            else points > _points_before(session, attempt, one),
            author=author,
            at=at,
        )
        for one in done
    ]
    news.tell(session, attempt, key=news.APPEAL, at=at)
    return rulings


def raised_steps(session: Session, attempt: Attempt) -> frozenset[str]:
    """Give the spoken tasks of which another person's marks count for more."""
    marks = counted(session, attempt.id, why=JURY) or counted(session, attempt.id, why=RUBRIC)
    return frozenset(
        step
        for step, again in counted(session, attempt.id, why=APPEAL).items()
        if _is_raised([one.levels for one in marks.get(step, ())], again[-1].levels)
    )


def _waits(session: Session, attempt: Attempt, *, bank: Bank) -> Callable[[str], bool]:
    """Give by item, or for the whole, whether people still have to look at it."""
    match bank:
        case Assessment():
            contested = oversight.words(session, attempt.id).contested
            return lambda _: bool(contested)
        case ScenarioBank() if is_for_coordinators(attempt):
            return lambda _: True
        case ScenarioBank():
            steps = {one.item for one in open_turns(session, attempt.id) if one.why == APPEAL}
            return lambda item: bool(steps) if item == WHOLE else item in steps


def _open(session: Session, attempt: Attempt) -> Sequence[Referral]:
    """Give what a candidate did not agree with and nobody has answered.

    A contest of an item is answered by its own ruling; only those of steps are answered here.
    """
    answered = select(Ruling.referral_seq).where(Ruling.referral_seq.is_not(None))
    whys = (APPEAL, CONTEST) if "steps" in attempt.criteria else (APPEAL,)
    mine = select(Referral).where(
        Referral.attempt_id == attempt.id, Referral.why.in_(whys), Referral.seq.not_in(answered)
    )
    return session.scalars(mine.order_by(Referral.seq)).all()


def _is_raised(before: Sequence[Mapping[str, int]], again: Mapping[str, int]) -> bool:
    return any(
        2 * points > middle_x2([one[name] for one in before]) for name, points in again.items()
    )


def _last_author(session: Session, attempt: Attempt) -> str:
    """Give who spoke last of those who looked again; nobody had to where nothing waits."""
    marked = select(Mark.author).where(Mark.attempt_id == attempt.id, Mark.why == APPEAL)
    by_rubric = session.scalar(marked.order_by(Mark.seq.desc()).limit(1))
    ruled = select(Ruling.author).where(Ruling.attempt_id == attempt.id)
    by_item = session.scalar(ruled.order_by(Ruling.seq.desc()).limit(1))
    return by_rubric or by_item or "machine:scoring"


def _points_before(session: Session, attempt: Attempt, row: Referral) -> int:
    mine = select(Outcome.points).where(
        Outcome.attempt_id == attempt.id,
        Outcome.state.in_(TOLD),
        Outcome.decided_at <= row.at,
    )
    return session.scalar(mine.order_by(Outcome.seq.desc()).limit(1)) or 0
