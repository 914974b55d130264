"""Points for pictures picked: what is right counts, what is too many counts against it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring.picking import ImpossiblePick, points

OPTIONS = tuple("abcdef")
RIGHT = frozenset("ab")


@pytest.mark.parametrize(
    ("picked", "expected"),
    [("ab", 2), ("a", 1), ("abc", 1), ("ac", 0), ("cd", 0), ("", 0), ("abcdef", 0)],
)
def test_right_ones_count_and_others_count_against_them(picked: str, expected: int) -> None:
    assert points(RIGHT, picked, options=OPTIONS) == expected


@pytest.mark.parametrize("picked", ["ax", "aa"])
def test_an_impossible_pick_is_refused(picked: str) -> None:
    with pytest.raises(ImpossiblePick):
        points(RIGHT, picked, options=OPTIONS)


@given(st.sets(st.sampled_from(OPTIONS)), st.sets(st.sampled_from(OPTIONS)))
def test_only_exactly_what_is_right_gets_everything(right: set[str], picked: set[str]) -> None:
    found = points(right, sorted(picked), options=OPTIONS)
    assert 0 <= found <= len(right)
    assert (found == len(right)) == (picked == right or not right)
