"""What one, two or three people heard in unsure answers."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring.hearsay import Weighed, weigh
from voice_app.scoring.marks import is_pass, level

MAXIMUM, PERCENT = 10, 60


def weighed(said: dict[str, list[bool]], *, right: int = 0, is_awaited: bool = False) -> Weighed:
    return weigh(said, is_awaited=is_awaited, right=right, maximum=MAXIMUM, percent=PERCENT)


def end(points: int) -> tuple[bool, str]:
    return is_pass(points, MAXIMUM, PERCENT), level(points, MAXIMUM)


@pytest.mark.parametrize(
    ("heard", "is_right"),
    [
        ([True, True], True),
        ([False, False], False),
        ([True, False, True], True),
        ([False, True, False], False),
    ],
)
def test_two_who_agree_decide_and_of_three_the_majority(heard: list[bool], is_right: bool) -> None:  # noqa: FBT001 # a case
    assert weighed({"a": heard}, is_awaited=True) == Weighed({"a": is_right})


def test_two_who_differ_want_a_third() -> None:
    assert weighed({"a": [True, False]}, right=9) == Weighed({}, frozenset({"a"}))


@pytest.mark.parametrize(
    ("right", "heard", "near"),
    [(5, True, True), (5, False, True), (6, False, True), (7, True, False), (8, False, False)],
)
def test_alone_a_word_counts_only_where_the_opposite_changes_nothing(
    right: int,
    heard: bool,  # noqa: FBT001 # a case
    near: bool,  # noqa: FBT001 # a case
) -> None:
    found = weighed({"a": [heard]}, right=right)
    assert found == (Weighed({}, frozenset({"a"})) if near else Weighed({"a": heard}))


def test_what_one_person_heard_waits_for_what_may_still_change_the_end() -> None:
    assert weighed({"a": [True]}, right=8, is_awaited=True) == Weighed()


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.lists(st.booleans(), min_size=1, max_size=3), min_size=1
    ),
    st.integers(0, 6),
)
def test_no_end_rests_on_one_word_of_one_person(said: dict[str, list[bool]], right: int) -> None:
    found = weighed(said, right=right)
    alone = [item for item, heard in said.items() if len(heard) == 1 and item in found.decided]
    total = right + sum(found.decided.values())
    for item in alone:
        other = total - 1 if found.decided[item] else total + 1
        assert end(total) == end(other)
    assert found.decided.keys().isdisjoint(found.more)


@pytest.mark.parametrize("heard", list(product([True, False], repeat=3)))
def test_after_three_nobody_else_is_asked(heard: tuple[bool, ...]) -> None:
    assert weighed({"a": list(heard)}, right=5).more == frozenset()
