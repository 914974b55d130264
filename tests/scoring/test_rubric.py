"""What several people's marks on one answer come to."""

from itertools import product
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring.rubric import Standing, UnknownLevel, are_apart, middle_x2, standing

SCALES = {"asks": (0, 1, 2, 3), "fits": (0, 2, 4)}
MAXIMUM = 14


def test_nobody_has_marked_it_yet() -> None:
    assert standing([], SCALES, is_double=False) == Standing(0, MAXIMUM, False, "first")  # noqa: FBT003


def test_one_mark_is_enough_where_no_second_is_drawn() -> None:
    mark = {"asks": 2, "fits": 4}
    assert standing([mark], SCALES, is_double=False) == Standing(12, MAXIMUM, True, None)  # noqa: FBT003
    assert standing([mark], SCALES, is_double=True).needs == "second"


def test_two_marks_near_each_other_are_settled_by_their_mean() -> None:
    one, other = {"asks": 2, "fits": 4}, {"asks": 1, "fits": 2}
    found = standing([one, other], SCALES, is_double=True)
    assert (found.points_x2, found.is_settled) == (9, True)


def test_a_step_between_neighbors_is_one_level_whatever_points_it_gives() -> None:
    assert not are_apart({"fits": 2}, {"fits": 4}, {"fits": (0, 2, 4)})
    assert are_apart({"fits": 0}, {"fits": 2}, {"fits": (0, 1, 2)})


def test_two_marks_too_far_apart_want_a_third_and_then_the_middle_one_holds() -> None:
    one, other, third = {"asks": 3, "fits": 4}, {"asks": 1, "fits": 4}, {"asks": 1, "fits": 0}
    assert standing([one, other], SCALES, is_double=True).needs == "third"
    found = standing([one, other, third], SCALES, is_double=True)
    assert (found.points_x2, found.needs) == (2 * (1 + 4), None)


def test_the_first_two_decide_whether_a_third_is_wanted_even_of_one_criterion_alone() -> None:
    apart = [{"asks": 0, "fits": 0}, {"asks": 0, "fits": 4}]
    assert standing(apart, SCALES, is_double=False).needs == "third"


def test_an_appeal_raises_and_never_lowers() -> None:
    marks = [{"asks": 1, "fits": 4}]
    found = standing(marks, SCALES, is_double=True, appeal={"asks": 3, "fits": 0})
    assert (found.points_x2, found.is_settled) == (2 * (3 + 4), True)


@pytest.mark.parametrize(
    "mark", [{"asks": 1}, {"asks": 1, "fits": 1}, {"asks": 1, "fits": 2, "x": 0}]
)
def test_a_mark_of_other_criteria_or_levels_is_refused(mark: dict[str, int]) -> None:
    with pytest.raises(UnknownLevel):
        standing([mark], SCALES, is_double=False)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=7))
def test_the_middle_is_twice_the_median(points: list[int]) -> None:
    assert middle_x2(points) == 2 * median(points)


def test_marks_never_matter_in_which_order_they_came() -> None:
    every = [{"asks": a, "fits": f} for a, f in product(SCALES["asks"], SCALES["fits"])]
    for one, other in product(every, repeat=2):
        there = standing([one, other], SCALES, is_double=True)
        assert there == standing([other, one], SCALES, is_double=True)
        assert 0 <= there.points_x2 <= there.maximum_x2
