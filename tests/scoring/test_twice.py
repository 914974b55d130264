"""A second listening: where it counts, what it may change and what it never may."""

from collections.abc import Sequence
from functools import partial

import pytest

from tests.scoring.choices import descaler
from tests.scoring.evidence import heard, score
from voice_app.scoring.decide import Heard, Right, Unsure, Verdict, Wrong, decide
from voice_app.scoring.twice import decided_twice, is_in_doubt, together

FIRST = heard("le rob", score("le robinet", -1.0, prior=-5.0), score("la fenêtre", -3.0))
AGAIN = heard("le robinet", score("le robinet", -0.2, prior=-5.0), score("la fenêtre", -4.0))
DOUBT = Unsure(("one_source",), "a", 0.9)


class Scripted:
    """Says one verdict after the other, and keeps what it was asked about."""

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts = list(verdicts)
        self.asked: list[tuple[Heard, ...]] = []

    def __call__(self, heard: Sequence[Heard]) -> Verdict:
        self.asked.append(tuple(heard))
        return self.verdicts.pop(0)


def test_both_listenings_count_alike_and_the_surer_text_is_taken() -> None:
    unsure, sure = FIRST, Heard("e", "fr", "le robinet", 0.9, None, AGAIN.scores)
    both = together(unsure, sure)
    assert both.text == "le robinet"
    assert both.confidence == pytest.approx(0.9)
    assert [one.mean for one in both.scores] == pytest.approx([-0.6, -3.5])
    assert [one.total for one in both.scores] == pytest.approx([-2.4, -14.0])
    assert both.speech_seconds == unsure.speech_seconds


def test_the_first_text_stays_where_the_engine_is_surer_of_it() -> None:
    assert together(FIRST, Heard("e", "fr", "zut", 0.1, None, AGAIN.scores)).text == "le rob"


def test_a_phrase_that_was_asked_about_once_keeps_its_score() -> None:
    both = together(FIRST, heard("le robinet", score("le robinet", -0.2, prior=-5.0)))
    assert both.scores[1] == FIRST.scores[1]


@pytest.mark.parametrize("sure", [Right("a", ()), Wrong("b", ())])
def test_what_is_clear_is_not_weighed_again(sure: Verdict) -> None:
    judge = Scripted(sure)
    assert decided_twice(judge, [FIRST], [AGAIN]) == sure
    assert judge.asked == [(FIRST,)]


def test_doubt_may_end_in_right() -> None:
    judge = Scripted(DOUBT, Right("a", ("text_agrees",)))
    assert decided_twice(judge, [FIRST], [AGAIN]) == Right("a", ("text_agrees",))
    assert judge.asked[1] == (together(FIRST, AGAIN),)


def test_doubt_never_ends_in_wrong() -> None:
    judge = Scripted(DOUBT, Wrong("b", ("text_agrees",), 0.01))
    verdict = decided_twice(judge, [FIRST], [AGAIN])
    assert verdict == Unsure(("text_agrees", "not_at_once"), "b", 0.01)


def test_without_a_second_listening_the_first_stands() -> None:
    judge = Scripted(DOUBT)
    assert decided_twice(judge, [FIRST], ()) == DOUBT


def test_a_likely_right_option_is_worth_a_second_listening() -> None:
    assert is_in_doubt(DOUBT)


@pytest.mark.parametrize(
    "verdict", [Unsure((), "b", 0.5), Unsure(()), Right("a", (), 0.99), Wrong("b", (), 0.01)]
)
def test_nothing_else_is(verdict: Verdict) -> None:
    assert not is_in_doubt(verdict)


def test_a_garbled_answer_becomes_right_when_heard_well_the_second_time() -> None:
    choice = descaler()
    once = heard("zigzag", score("le robinet", -1.4), score("la fenêtre", -3.5))
    again = Heard(
        "e",
        "fr",
        "le robinet",
        0.9,
        None,
        (score("le robinet", -0.1), score("la fenêtre", -6.0)),
        speech_seconds=0.8,
    )
    decides = partial(decide, choice)
    assert isinstance(decides([once]), Unsure)
    assert isinstance(decided_twice(decides, [once], [again]), Right)
