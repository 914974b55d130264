"""Which marks are wanted next, and how each spoken task stands by those there are."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import scenes
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import tasks
from voice_app.marking.records import (
    APPEAL,
    JURY,
    RUBRIC,
    counted,
    has_jury,
    left_out,
    marks_of,
    open_turns,
    puzzling_items,
)
from voice_app.marking.turns import ask_again
from voice_app.models import Attempt, Mark, Unmarked
from voice_app.scoring import rubric, whole
from voice_app.scoring.whole import Whole

SECOND, THIRD = 2, 3
SEATS = 3


def points(session: Session, attempt: Attempt) -> Mapping[str, rubric.Standing]:
    """Give by step how each spoken task of an attempt stands, by the marks so far.

    While any waits for a mark none is settled: nothing is told that a later mark could turn.
    """
    if has_jury(session, attempt.id):
        return _by_jury(session, attempt)
    appeals = counted(session, attempt.id, why=APPEAL)
    return whole.standings(
        _levels_of(counted(session, attempt.id)),
        _scales(session, attempt),
        waits=_waiting(session, attempt, why=RUBRIC),
        final=puzzling_items(session, attempt.id),
        appeals={step: marks[-1].levels for step, marks in appeals.items()},
        appealed=_waiting(session, attempt, why=APPEAL),
    )


def maximum(session: Session, attempt: Attempt) -> int:
    """Give how many points there are in an attempt, without what was left out."""
    left = left_out(session, attempt.id)
    points: Mapping[str, int] = attempt.criteria["steps"]
    return sum(most for step, most in points.items() if step not in left)


def ask_for_more(session: Session, attempt: Attempt, *, bank: ScenarioBank, at: datetime) -> int:
    """Ask for the marks that those given make needed; returns how many."""
    given = counted(session, attempt.id)
    pictures = scenes.picture_points(session, bank, attempt=attempt)
    wanted = whole.wanted(
        _levels_of(given),
        _scales(session, attempt),
        whole=Whole(
            2 * sum(pictures.values()), 2 * maximum(session, attempt), attempt.criteria["percent"]
        ),
        waits=_waiting(session, attempt, why=RUBRIC),
        final=puzzling_items(session, attempt.id),
    )
    more = (marks for step, marks in given.items() if step in wanted)
    return sum(ask_again(session, attempt, marks, at=at) for marks in more)


def withdraw(session: Session, mark: Mark) -> None:
    """Take back the later turns that were asked for because of a mark, which nobody has begun."""
    later = select(Unmarked).where(
        Unmarked.attempt_id == mark.attempt_id,
        Unmarked.why == RUBRIC,
        Unmarked.turn == THIRD,
        Unmarked.claimed_by.is_(None),
    )
    for row in session.scalars(later):
        session.delete(row)
    session.flush()


def _by_jury(session: Session, attempt: Attempt) -> Mapping[str, rubric.Standing]:
    """A jury's word stands once all three have spoken; who could not judge has spoken too."""
    given = counted(session, attempt.id, why=JURY)
    appeals = counted(session, attempt.id, why=APPEAL)
    spoken = Counter(one.item for one in marks_of(session, attempt.id) if one.why == JURY)
    over = {step for step in given if spoken[step] >= SEATS}
    found = whole.standings(
        _levels_of(given),
        _scales(session, attempt),
        waits=(),
        final=over,
        appeals={step: marks[-1].levels for step, marks in appeals.items()},
        appealed=_waiting(session, attempt, why=APPEAL),
    )
    return {
        step: replace(one, is_settled=one.is_settled and step in over)
        for step, one in found.items()
    }


def _waiting(session: Session, attempt: Attempt, *, why: str) -> Collection[str]:
    return {one.item for one in open_turns(session, attempt.id) if one.why == why}


def _scales(session: Session, attempt: Attempt) -> Mapping[str, rubric.Scales]:
    """Give the levels of each task that counts."""
    left = left_out(session, attempt.id)
    return {step: tasks.scales(attempt, step) for step in tasks.spoken(attempt) if step not in left}


def _levels_of(given: Mapping[str, Sequence[Mark]]) -> whole.Given:
    return {step: [mark.levels for mark in marks] for step, marks in given.items()}
