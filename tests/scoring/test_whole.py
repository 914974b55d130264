"""An outcome that was told stands, whoever marks whatever in whichever order."""

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring import whole
from voice_app.scoring.marks import NotYet, Outcome, Passed, ToReview
from voice_app.scoring.rubric import Levels, Scales
from voice_app.scoring.whole import Whole

ONE = {"clear": (0, 1, 2)}
TWO = {"clear": (0, 1, 2), "whole": (0, 1, 2)}
SCALES = st.sampled_from([(0, 1), (0, 1, 2), (0, 2, 4), (0, 1, 2, 3)])


@dataclass
class Attempt:
    """An attempt as people mark it; `turns` are the tasks that wait, once for each mark."""

    whole: Whole
    scales: dict[str, Scales]
    turns: list[str]
    final: Collection[str] = ()
    given: dict[str, list[Levels]] = field(default_factory=dict)
    appeals: dict[str, Levels] = field(default_factory=dict)
    appealed: set[str] = field(default_factory=set)

    def mark(self, step: str, levels: Levels) -> None:
        self.turns.remove(step)
        self.given.setdefault(step, []).append(levels)
        self.turns += self.wanted()

    def wanted(self) -> list[str]:
        return sorted(
            whole.wanted(
                self.given, self.scales, whole=self.whole, waits=self.turns, final=self.final
            )
        )

    def outcome(self) -> Outcome:
        found = whole.standings(
            self.given,
            self.scales,
            waits=self.turns,
            final=self.final,
            appeals=self.appeals,
            appealed=self.appealed,
        )
        steps = [
            whole.by_people(step, one, learning_outcome="LO1", is_appealed=step in self.appealed)
            for step, one in found.items()
        ]
        rules = whole.StepMark("pictures", "LO2", self.whole.by_rule_x2, self.whole.by_rule_x2)
        return whole.ended(
            [rules, *steps], maximum_x2=self.whole.maximum_x2, percent=self.whole.percent
        )


@st.composite
def attempts(draw: st.DrawFn) -> Attempt:
    criteria = st.dictionaries(st.sampled_from("abc"), SCALES, min_size=1, max_size=3)
    scales = draw(st.dictionaries(st.sampled_from("wxyz"), criteria, min_size=1))
    spoken = 2 * sum(scale[-1] for step in scales.values() for scale in step.values())
    pictures = 2 * draw(st.integers(0, 8))
    right = 2 * draw(st.integers(0, pictures // 2))
    double = draw(st.sets(st.sampled_from(sorted(scales))))
    return Attempt(
        Whole(right, spoken + pictures),
        dict(scales),
        turns=[*scales, *sorted(double)],
        final=draw(st.sets(st.sampled_from(sorted(scales)))),
    )


def levels(draw: st.DataObject, attempt: Attempt, step: str) -> Levels:
    scales = attempt.scales[step]
    return {name: draw.draw(st.sampled_from(scale)) for name, scale in scales.items()}


@given(attempts(), st.data())
def test_what_was_told_is_never_turned_by_a_later_mark(
    attempt: Attempt, draw: st.DataObject
) -> None:
    told: Outcome | None = None
    while attempt.turns:
        step = draw.draw(st.sampled_from(attempt.turns))
        attempt.mark(step, levels(draw, attempt, step))
        now = attempt.outcome()
        if told is not None:
            assert type(now) is type(told)
        if not isinstance(now, ToReview):
            told = now
    assert isinstance(attempt.outcome(), Passed | NotYet)
    assert attempt.wanted() == []
    assert all(len(some) <= 3 for some in attempt.given.values())


@given(attempts(), st.data())
def test_an_appeal_only_raises(attempt: Attempt, draw: st.DataObject) -> None:
    while attempt.turns:
        attempt.mark(attempt.turns[0], levels(draw, attempt, attempt.turns[0]))
    before = attempt.outcome()
    attempt.appealed = set(attempt.scales)
    while attempt.appealed:
        assert attempt.outcome().points >= before.points
        assert not isinstance(before, Passed) or isinstance(attempt.outcome(), Passed)
        step = draw.draw(st.sampled_from(sorted(attempt.appealed)))
        attempt.appealed.remove(step)
        attempt.appeals[step] = levels(draw, attempt, step)
    assert attempt.outcome().points >= before.points


def test_no_pass_is_told_by_pictures_while_anybody_has_to_mark() -> None:
    attempt = Attempt(Whole(40, 44), {"x": ONE}, ["x"])
    assert isinstance(attempt.outcome(), ToReview)
    attempt.mark("x", {"clear": 0})
    assert attempt.outcome() == Passed(40, 44, "appropriation", 0)


def test_what_no_mark_can_change_is_told_as_not_yet_at_once() -> None:
    attempt = Attempt(Whole(0, 44), {"x": ONE}, ["x"])
    assert isinstance(attempt.outcome(), NotYet)


def test_a_pass_waits_for_the_second_marks_that_its_last_first_mark_brings() -> None:
    """8 of 12 by one task alone is a pass; the other task makes it near, and a second lowers it."""
    attempt = Attempt(Whole(0, 12), {"x": TWO, "y": ONE}, ["x", "y"])
    attempt.mark("x", {"clear": 2, "whole": 2})
    assert isinstance(attempt.outcome(), ToReview)
    attempt.mark("y", {"clear": 0})
    assert attempt.turns == ["x", "y"]
    assert isinstance(attempt.outcome(), ToReview)


@pytest.mark.parametrize(("scale", "asked"), [((0, 1, 2), []), ((0, 2, 4), ["x"])])
def test_near_is_one_level_whatever_points_it_gives(
    scale: tuple[int, ...], asked: list[str]
) -> None:
    attempt = Attempt(Whole(12, 26), {"x": {"clear": scale}}, ["x"])
    attempt.mark("x", {"clear": scale[0]})
    assert attempt.turns == asked


def test_about_what_is_final_nobody_is_asked_again() -> None:
    apart = [{"clear": 0}, {"clear": 2}]
    about = {"scales": {"x": ONE}, "whole": Whole(0, 4), "waits": ()}
    assert whole.wanted({"x": apart}, **about) == {"x"}  # type: ignore[arg-type]
    assert whole.wanted({"x": apart}, **about, final=["x"]) == frozenset()  # type: ignore[arg-type]
