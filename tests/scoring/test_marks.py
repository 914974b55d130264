"""Points, pass line and private level at every boundary."""

from fractions import Fraction
from itertools import product

import pytest

from voice_app.scoring.marks import (
    NotYet,
    Passed,
    PublicOutcome,
    ToReview,
    is_pass,
    level,
    outcome,
)

MAXIMA = range(1, 61)


@pytest.mark.parametrize("maximum", MAXIMA)
def test_the_pass_line_is_sixty_percent_and_belongs_to_passing(maximum: int) -> None:
    for points in range(maximum + 1):
        assert is_pass(points, maximum) == (Fraction(points, maximum) >= Fraction(60, 100))


@pytest.mark.parametrize("maximum", MAXIMA)
def test_a_level_begins_at_its_lower_edge(maximum: int) -> None:
    for points in range(maximum + 1):
        share = Fraction(points, maximum)
        expected = "discovery" if share < Fraction(33, 100) else "exploration"
        expected = "appropriation" if share >= Fraction(66, 100) else expected
        assert level(points, maximum) == expected


def _counts() -> list[tuple[int, int, int]]:
    return [
        (right, unsettled, wrong)
        for right, unsettled, wrong in product(range(37), repeat=3)
        if 0 < right + unsettled + wrong <= 36
    ]


def test_closing_without_a_person_never_changes_what_a_person_could_decide() -> None:
    for right, unsettled, wrong in _counts():
        maximum = right + unsettled + wrong
        passes = {is_pass(right + more, maximum) for more in range(unsettled + 1)}
        levels = {level(right + more, maximum) for more in range(unsettled + 1)}
        decided = outcome(right, unsettled, wrong=wrong)
        assert isinstance(decided, Passed) == (passes == {True})
        assert isinstance(decided, NotYet) == (passes == {False})
        assert isinstance(decided, ToReview) == (len(passes) == 2)
        assert decided.level == (levels.pop() if len(levels) == 1 else None)


def test_a_person_listens_only_where_a_cut_is_within_reach() -> None:
    for right, unsettled, wrong in _counts():
        maximum = right + unsettled + wrong
        cuts = [-(-maximum * percent // 100) for percent in (33, 60, 66)]
        is_open = any(right < cut <= right + unsettled for cut in cuts)
        assert outcome(right, unsettled, wrong=wrong).reviews == (unsettled if is_open else 0)


def test_the_decision_never_falls_when_an_unsettled_item_turns_out_right() -> None:
    order = (NotYet, ToReview, Passed)
    for right, unsettled, wrong in _counts():
        if unsettled:
            before = order.index(type(outcome(right, unsettled, wrong=wrong)))
            after = order.index(type(outcome(right + 1, unsettled - 1, wrong=wrong)))
            assert after >= before or before == 1


def test_the_line_of_thirty_six_items_is_twenty_two() -> None:
    assert outcome(22, 0, wrong=14) == Passed(22, 36, "exploration", 0)
    assert outcome(21, 0, wrong=15) == NotYet(21, 36, "exploration", 0)
    assert outcome(21, 1, wrong=14) == ToReview(21, 36, "exploration", 1)
    assert outcome(23, 1, wrong=12) == Passed(23, 36, None, 1)


def test_another_pass_line_is_kept_to() -> None:
    assert isinstance(outcome(1, 0, wrong=1, percent=50), Passed)
    assert isinstance(outcome(1, 0, wrong=1, percent=51), NotYet)


def test_what_is_public_holds_neither_points_nor_level() -> None:
    for counts in ((30, 0, 6), (3, 0, 33), (20, 5, 11)):
        public = outcome(counts[0], counts[1], wrong=counts[2]).public()
        assert vars(public).keys() == {"state"}
        assert type(public) is PublicOutcome


@pytest.mark.parametrize("counts", [(0, 0, 0), (-1, 2, 3), (1, -1, 3), (1, 1, -1)])
def test_impossible_counts_are_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"points is impossible|cannot be negative"):
        outcome(counts[0], counts[1], wrong=counts[2])


def test_more_points_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="impossible"):
        is_pass(4, 3)
