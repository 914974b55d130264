import math
import random
from itertools import zip_longest
from statistics import fmean, stdev

import krippendorff
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from voice_app.marking import agreement

LEVELS = st.integers(0, 3)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS), min_size=2, max_size=40)
UNITS = st.lists(st.lists(LEVELS, min_size=0, max_size=4), min_size=2, max_size=25)
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def varies(pairs: list[tuple[int, int]]) -> bool:
    return len({level for pair in pairs for level in pair}) > 1


@settings(max_examples=150, deadline=None)
@given(PAIRS)
def test_kappa_is_that_of_another_library(pairs: list[tuple[int, int]]) -> None:
    assume(varies(pairs))
    one, other = zip(*pairs, strict=True)
    theirs = cohen_kappa_score(one, other, weights="quadratic", labels=[0, 1, 2, 3])
    assert agreement.weighted_kappa(pairs, 4) == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(PAIRS)
def test_ac1_is_that_of_its_paper(pairs: list[tuple[int, int]]) -> None:
    # Gwet (2008): chance is the mean share of each level against its complement.
    agreed = fmean(one == other for one, other in pairs)
    shares = [fmean((a == level) + (b == level) for a, b in pairs) / 2 for level in range(4)]
    chance = sum(share * (1 - share) for share in shares) / 3
    theirs = (agreed - chance) / (1 - chance)
    assert agreement.ac1(pairs, 4) == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(UNITS)
def test_alpha_is_that_of_another_library_however_many_marked(units: list[list[int]]) -> None:
    several = [unit for unit in units if len(unit) > 1]
    assume(len({level for unit in several for level in unit}) > 1)
    markers = list(zip_longest(*units, fillvalue=math.nan))
    theirs = krippendorff.alpha(
        reliability_data=markers, level_of_measurement="ordinal", value_domain=[0, 1, 2, 3]
    )
    assert agreement.alpha(units, 4) == pytest.approx(theirs, abs=1e-9)


def test_alpha_of_the_published_example() -> None:
    rows = [one.split() for one in OBSERVERS]
    units = [[int(one) for one in column if one != "."] for column in zip(*rows, strict=True)]
    assert agreement.alpha(units, 6) == pytest.approx(0.815, abs=0.0005)


def test_whoever_agrees_always_has_one_in_all_figures() -> None:
    found = agreement.figures([(level % 3, level % 3) for level in range(12)], 3)
    assert (found.n, found.exact) == (12, 1)
    assert found.kappa == found.ac1 == found.alpha == found.low == found.high == 1


def test_under_ten_there_are_no_figures() -> None:
    assert agreement.figures([(0, 1)] * 9, 3) == agreement.Figures(9)


def test_where_nothing_varies_kappa_says_nothing_and_ac1_does() -> None:
    found = agreement.figures([(2, 2)] * 12, 3)
    assert (found.kappa, found.alpha, found.low) == (None, None, None)
    assert found.ac1 == 1


def test_nearly_all_answers_equally_good_pause_nobody() -> None:
    # Kappa is near 0 here though 18 of 20 are the same: the paradox that AC1 does not have.
    pairs = [(2, 2)] * 18 + [(2, 1), (1, 2)]
    assert (agreement.weighted_kappa(pairs, 3) or 0) < 0.1
    assert not agreement.is_below(pairs, 0.6)


def test_marks_by_chance_are_below_the_limit() -> None:
    chance = random.Random(3)  # noqa: S311 # the same each time
    pairs = [(chance.randrange(3), chance.randrange(3)) for _ in range(40)]
    assert agreement.is_below(pairs, 0.6)


def test_the_interval_is_as_wide_as_that_of_drawing_again() -> None:
    chance = random.Random(5)  # noqa: S311 # the same each time
    pairs = [
        (level, min(2, max(0, level + chance.choice((0, 0, 0, 1, -1)))))
        for level in (chance.randrange(3) for _ in range(120))
    ]
    drawn = [
        agreement.weighted_kappa(chance.choices(pairs, k=len(pairs)), 3) or 0 for _ in range(300)
    ]
    assert agreement.kappa_error(pairs, 3) == pytest.approx(stdev(drawn), rel=0.2)
