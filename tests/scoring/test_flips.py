"""Which unsure answers are heard: none is left unheard that could change an outcome."""

from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_app.scoring.flips import may_change, to_hear
from voice_app.scoring.marks import is_pass, level, outcome

CUTS = (33, 60, 66)


def end(points: int, maximum: int) -> tuple[bool, str]:
    return is_pass(points, maximum), level(points, maximum)


def test_every_count_of_one_point_items_is_heard_exactly_where_a_cut_is_in_reach() -> None:
    for right, unsure in product(range(37), repeat=2):
        for maximum in range(max(1, right + unsure), 37):
            lines = [-(-maximum * percent // 100) for percent in CUTS]
            is_open = any(right < line <= right + unsure for line in lines)
            assert may_change(right, [1] * unsure, maximum=maximum) == is_open
            items = {str(number): 1 for number in range(unsure)}
            heard = to_hear(right, items, maximum=maximum)
            assert heard == (frozenset(items) if is_open else frozenset())


def test_it_says_what_the_outcome_says() -> None:
    for right, unsure in product(range(37), repeat=2):
        if 0 < right + unsure <= 36:
            waits = outcome(right, unsure, wrong=36 - right - unsure).reviews > 0
            assert may_change(right, [1] * unsure, maximum=36) == waits


def test_another_pass_line_is_kept_to() -> None:
    assert may_change(4, [1], maximum=10, percent=50)
    assert not may_change(4, [1], maximum=10, percent=60)


def test_an_answer_too_light_to_reach_a_line_is_left_to_the_sample() -> None:
    assert to_hear(10, {"light": 1, "heavy": 10}, maximum=30) == {"heavy"}


@st.composite
def attempts(draw: st.DrawFn) -> tuple[int, dict[str, int], int]:
    weights = draw(st.lists(st.integers(1, 6), max_size=7))
    settled = draw(st.integers(0, 30))
    lost = draw(st.integers(0, 20))
    maximum = settled + sum(weights) + lost
    return settled, {f"i{n}": one for n, one in enumerate(weights)}, max(1, maximum)


def subsets(items: list[str]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(items, n) for n in range(len(items) + 1)))


@settings(deadline=None)
@given(attempts())
def test_whatever_becomes_of_what_is_left_unheard_it_ends_the_same(
    attempt: tuple[int, dict[str, int], int],
) -> None:
    settled, unsure, maximum = attempt
    heard = to_hear(settled, unsure, maximum=maximum)
    unheard = [item for item in unsure if item not in heard]
    for right in subsets(sorted(heard)):
        base = settled + sum(unsure[item] for item in right)
        ends = {end(base + sum(unsure[i] for i in more), maximum) for more in subsets(unheard)}
        assert len(ends) == 1


@settings(deadline=None)
@given(attempts())
def test_each_that_is_heard_can_change_how_it_ends(
    attempt: tuple[int, dict[str, int], int],
) -> None:
    settled, unsure, maximum = attempt
    heard = to_hear(settled, unsure, maximum=maximum)
    for item in unsure:
        others = [one for one in unsure if one != item]
        bases = [settled + sum(unsure[one] for one in more) for more in subsets(others)]
        decides = any(end(b, maximum) != end(b + unsure[item], maximum) for b in bases)
        assert decides == (item in heard)


@pytest.mark.parametrize(("settled", "points"), [(-1, [1]), (9, [2])])
def test_impossible_points_are_refused(settled: int, points: list[int]) -> None:
    with pytest.raises(ValueError, match="impossible"):
        may_change(settled, points, maximum=10)
