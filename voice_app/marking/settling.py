"""Which marks are wanted next: a second where it is near a cut, a third where two are apart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    marks_of,
    open_turns,
)
from voice_app.marking.turns import ask
from voice_app.models import Attempt, Mark, Unmarked
from voice_app.scoring import flips, rubric
from voice_app.scoring.marks import is_pass

SECOND, THIRD = 2, 3
SEATS = 3
# How much a criterion may move by one level, doubled as all points here are.
_LEVEL_X2 = 2


def points(session: Session, attempt: Attempt) -> Mapping[str, rubric.Standing]:
    """Give by step how each spoken task of an attempt stands, by the marks so far.

    One that waits for another mark is not settled.
    """
    if has_jury(session, attempt.id):
        return _by_jury(session, attempt)
    given = counted(session, attempt.id)
    appealed = counted(session, attempt.id, why=APPEAL)
    waits = {one.item for one in open_turns(session, attempt.id) if one.why in (RUBRIC, APPEAL)}
    return {
        step: _standing(
            given.get(step, []),
            tasks.scales(attempt, step),
            appeals=appealed.get(step, []),
            is_waited_for=step in waits,
        )
        for step in tasks.spoken(attempt)
    }


def ask_for_more(
    session: Session,
    attempt: Attempt,
    *,
    bank: ScenarioBank,
    at: datetime,
) -> int:
    """Ask for the marks that those given make needed; returns how many.

    A third where two are apart. Once nothing waits: a second where the total is near a cut, a
    third where the first marks would pass and the second not, or the other way round.
    """
    given = counted(session, attempt.id)
    scales = {step: tasks.scales(attempt, step) for step in given}
    apart = [
        step
        for step, marks in given.items()
        if rubric.needs(_levels(marks), scales[step], is_double=False) == "third"
    ]
    more = _ask_each(session, attempt, apart, turn=THIRD, at=at)
    if more or any(one.why == RUBRIC for one in open_turns(session, attempt.id)):
        return more
    standing = points(session, attempt)
    pictures = scenes.picture_points(session, bank, attempt=attempt)
    whole = _Whole(
        2 * sum(pictures.values()), 2 * scenes.maximum(attempt), attempt.criteria["percent"]
    )
    single = [step for step, marks in given.items() if len(marks) == 1]
    if single and whole.is_near(sum(one.points_x2 for one in standing.values())):
        return _ask_each(session, attempt, single, turn=SECOND, at=at)
    return _ask_each(session, attempt, whole.flips(given), turn=THIRD, at=at)


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


class _Whole:
    """An attempt as a whole: where its total lies between the cuts. All points are doubled."""

    def __init__(self, pictures_x2: int, maximum_x2: int, percent: int) -> None:
        self._pictures, self._maximum, self._percent = pictures_x2, maximum_x2, percent

    def is_near(self, spoken_x2: int) -> bool:
        """Tell whether one level of one criterion could carry the total over a cut."""
        total = self._pictures + spoken_x2
        low, high = max(0, total - _LEVEL_X2), min(self._maximum, total + _LEVEL_X2)
        return flips.may_change(low, [high - low], maximum=self._maximum, percent=self._percent)

    def flips(self, given: Mapping[str, Sequence[Mark]]) -> list[str]:
        """Give the steps on which two markers differ, where one would pass and one would not."""
        pairs = {step: marks for step, marks in given.items() if len(marks) == SECOND}
        if not pairs:
            return []
        rest = sum(_sum_x2(marks) for step, marks in given.items() if step not in pairs)
        passes = {
            self._passes(rest + sum(2 * _sum(marks[turn]) for marks in pairs.values()))
            for turn in (0, 1)
        }
        differing = [step for step, (one, two) in pairs.items() if one.levels != two.levels]
        return differing if len(passes) > 1 else []

    def _passes(self, spoken_x2: int) -> bool:
        return is_pass(self._pictures + spoken_x2, self._maximum, self._percent)


def _by_jury(session: Session, attempt: Attempt) -> Mapping[str, rubric.Standing]:
    """A jury's word stands once all three have spoken; who could not judge has spoken too."""
    given = counted(session, attempt.id, why=JURY)
    appealed = counted(session, attempt.id, why=APPEAL)
    spoken = Counter(one.item for one in marks_of(session, attempt.id) if one.why == JURY)
    waits = {one.item for one in open_turns(session, attempt.id) if one.why == APPEAL}
    found = {
        step: _standing(
            given.get(step, []),
            tasks.scales(attempt, step),
            appeals=appealed.get(step, []),
            is_waited_for=False,
        )
        for step in tasks.spoken(attempt)
    }
    is_over = {
        step: step in given and spoken[step] >= SEATS and step not in waits for step in found
    }
    return {step: replace(one, is_settled=is_over[step]) for step, one in found.items()}


def _ask_each(
    session: Session, attempt: Attempt, steps: Iterable[str], *, turn: int, at: datetime
) -> int:
    return sum(ask(session, attempt, item=one, why=RUBRIC, turn=turn, at=at) for one in steps)


def _standing(
    marks: Sequence[Mark], scales: rubric.Scales, *, appeals: Sequence[Mark], is_waited_for: bool
) -> rubric.Standing:
    levels = appeals[-1].levels if appeals else None
    found = rubric.standing(_levels(marks), scales, is_double=False, appeal=levels)
    return replace(found, is_settled=False) if is_waited_for else found


def _levels(marks: Sequence[Mark]) -> list[rubric.Levels]:
    return [mark.levels for mark in marks]


def _sum(mark: Mark) -> int:
    return sum(mark.levels.values())


def _sum_x2(marks: Sequence[Mark]) -> int:
    names = marks[0].levels
    return sum(rubric.middle_x2([mark.levels[name] for mark in marks]) for name in names)
