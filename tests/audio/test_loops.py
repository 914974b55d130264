"""What a recognizer says round and round is kept once."""

from hypothesis import given
from hypothesis import strategies as st

from voice_app.audio.loops import without_loop

TOKENS = st.lists(st.integers(0, 9), max_size=40)


def test_a_sentence_said_again_and_again_is_said_once():
    assert without_loop([1, 2, 3, 4] + 10 * [7, 8, 9]) == [1, 2, 3, 4, 7, 8, 9]


def test_one_word_over_and_over_is_said_once():
    assert without_loop([1, 2, 5, 5, 5, 5, 5, 5, 5]) == [1, 2, 5]


def test_a_person_may_say_a_word_three_times_and_a_sentence_twice():
    for said in ([1, 5, 5, 5, 2], [1, 2, 3, 1, 2, 3, 4]):
        assert without_loop(said) == said


@given(TOKENS, st.lists(st.integers(0, 9), min_size=2, max_size=8))
def test_no_loop_is_left_and_all_before_it_stays(before: list[int], lap: list[int]):
    found = without_loop(before + 7 * lap)
    assert found == (before + 7 * lap)[: len(found)]
    assert len(found) <= len(before) + 2 * len(lap)
    assert without_loop(found) == found
