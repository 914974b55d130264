"""Which marks a whole attempt still wants: it is told once nothing that comes can turn it.

All points are doubled, as those of `rubric` are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from voice_app.scoring import flips, marks, rubric
from voice_app.scoring.feedback import StepMark
from voice_app.scoring.rubric import Levels, Scales, Standing

Given = Mapping[str, Sequence[Levels]]
_PAIR = 2


@dataclass(frozen=True)
class Whole:
    """What an attempt has by rule, of how much in all, and from which share on it passes."""

    by_rule_x2: int
    maximum_x2: int
    percent: int = marks.PASS_PERCENT

    def is_near(self, spoken_x2: int, *, step_x2: int) -> bool:
        """Tell whether a step of so many points could carry the total over a cut."""
        total = self.by_rule_x2 + spoken_x2
        low, high = max(0, total - step_x2), min(self.maximum_x2, total + step_x2)
        return flips.may_change(low, [high - low], maximum=self.maximum_x2, percent=self.percent)

    def passes(self, spoken_x2: int) -> bool:
        """Tell whether it passes with so much for what is spoken."""
        return marks.is_pass(self.by_rule_x2 + spoken_x2, self.maximum_x2, self.percent)


def wanted(
    given: Given,
    scales: Mapping[str, Scales],
    *,
    whole: Whole,
    waits: Collection[str],
    final: Collection[str] = (),
) -> frozenset[str]:
    """Give the tasks on which one more mark is wanted, by the marks that they have.

    A third where two are apart. Once nothing `waits`: a second where the total is within a level
    of a cut, a third where the first marks would pass and the second not, or the other way
    round. Nothing is asked about what waits already, nor about what is `final`.
    """
    able = {step: some for step, some in given.items() if step not in {*waits, *final}}
    apart = {
        step
        for step, some in able.items()
        if rubric.needs(some, scales[step], is_double=False) == "third"
    }
    if apart or waits:
        return frozenset(apart)
    single = {step for step, some in able.items() if len(some) == 1}
    step_x2 = 2 * max((_widest(scales[step]) for step in single), default=0)
    if single and whole.is_near(sum(map(_sum_x2, given.values())), step_x2=step_x2):
        return frozenset(single)
    return _turning(given, able, whole=whole)


def standings(
    given: Given,
    scales: Mapping[str, Scales],
    *,
    waits: Collection[str],
    final: Collection[str] = (),
    appeals: Mapping[str, Levels],
    appealed: Collection[str] = (),
) -> Mapping[str, Standing]:
    """Give how each task stands. While any `waits` for a mark, none of them is settled.

    For what comes may bring the total near a cut, and then any may get one mark more. Those that
    are `appealed` wait for themselves alone: an appeal only raises.
    """
    found = {
        step: rubric.standing(
            given.get(step, ()), scales[step], is_double=False, appeal=appeals.get(step)
        )
        for step in scales
    }
    enough = {step for step in final if given.get(step)}
    is_settled = {
        step: not waits and step not in appealed and (one.is_settled or step in enough)
        for step, one in found.items()
    }
    return {step: replace(one, is_settled=is_settled[step]) for step, one in found.items()}


def by_people(
    step: str, standing: Standing, *, learning_outcome: str, is_appealed: bool
) -> StepMark:
    """Give how a task counts: one that is not settled may yet get anything.

    On appeal it gets nothing less than it has.
    """
    is_sure = standing.is_settled or is_appealed
    return StepMark(
        step,
        learning_outcome,
        points_x2=standing.points_x2 if is_sure else 0,
        maximum_x2=standing.maximum_x2,
        is_open=not standing.is_settled,
        is_by_people=True,
        is_sure=is_sure,
    )


def ended(steps: Sequence[StepMark], *, maximum_x2: int, percent: int) -> marks.Outcome:
    """Decide an attempt by how its steps stand: no pass before people marked all that is theirs."""
    marked = marks.weighed(
        sum(one.points_x2 for one in steps),
        sum(one.open_x2 for one in steps),
        maximum=maximum_x2,
        reviews=sum(one.is_open for one in steps),
        percent=percent,
    )
    return marked if all(one.is_sure for one in steps) else marks.unsigned(marked)


def _turning(given: Given, able: Given, *, whole: Whole) -> frozenset[str]:
    """Give the tasks on which two markers differ, where one would pass and one would not."""
    pairs = {step: some for step, some in able.items() if len(some) == _PAIR}
    rest = sum(_sum_x2(some) for step, some in given.items() if step not in pairs)
    passes = {
        whole.passes(rest + sum(2 * sum(some[turn].values()) for some in pairs.values()))
        for turn in (0, 1)
    }
    if len(passes) == 1:
        return frozenset()
    return frozenset(step for step, (one, other) in pairs.items() if one != other)


def _widest(scales: Scales) -> int:
    """How many points lie between two neighboring levels at most."""
    steps = (high - low for scale in scales.values() for low, high in pairwise(scale))
    return max(steps, default=0)


def _sum_x2(some: Sequence[Levels]) -> int:
    return sum(rubric.middle_x2([mark[name] for mark in some]) for name in some[0])
