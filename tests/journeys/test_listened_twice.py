"""What leaves doubt is heard again, slower; what is clear is not; both are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.scoring.choices import descaler
from voice_app import hearings
from voice_app.audio.speech import Evidence, Hearing, PhraseScore, Quality, Transcript
from voice_app.hearings import SLOWER, Waiting
from voice_app.scoring.decide import Right, decide
from voice_app.scoring.sources import phrases

NOW = datetime(2026, 11, 22, tzinfo=UTC)
QUALITY = Quality(0.8, 0.5, -20.0, 0.0, -60.0)


def _hearing(text: str, *, right: float, other: float) -> Hearing:
    scores = (
        PhraseScore("le robinet", 4 * right, right, 2 * right, -6.0),
        PhraseScore("la fenêtre", 4 * other, other, 2 * other, -6.0),
    )
    evidence = Evidence("fake", "fr", Transcript(text, 0.7), scores)
    return Hearing(QUALITY, 1.0, (evidence,))


CLEAR = _hearing("le robinet", right=-0.1, other=-6.0)
GARBLED = _hearing("zigzag", right=-1.4, other=-3.5)


class Ears:
    """Hears one thing at the take's own pace and another when it is slowed down."""

    def __init__(self, once: Hearing, slowed: Hearing) -> None:
        self.paces: list[float] = []
        self._heard = {1.0: once, SLOWER: slowed}

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        del take, languages
        self.paces.append(pace)
        return self._heard[pace]


def _waiting() -> Waiting:
    choice = descaler()
    return Waiting("u", "a", "MC3", "v", Path("take"), choice, phrases(choice))


def test_what_is_clear_is_heard_once() -> None:
    ears = Ears(CLEAR, GARBLED)
    heard = hearings.heard(_waiting(), ears)
    assert ears.paces == [1.0]
    assert heard.again == ()
    assert hearings.decided(_waiting(), heard).verdict == "right"


def test_what_leaves_doubt_is_heard_again_slower_and_may_be_right() -> None:
    ears = Ears(GARBLED, CLEAR)
    heard = hearings.heard(_waiting(), ears)
    assert ears.paces == [1.0, SLOWER]
    assert hearings.decided(_waiting(), heard).verdict == "right"
    assert hearings.decided(_waiting(), replace(heard, again=())).verdict == "unsure"


def test_both_listenings_are_kept_and_decide_the_same_later() -> None:
    waiting = _waiting()
    decided = hearings.decided(waiting, hearings.heard(waiting, Ears(GARBLED, CLEAR)))
    assert [each["transcript"]["text"] for each in decided.evidence["engines"]] == ["zigzag"]
    assert [each["transcript"]["text"] for each in decided.evidence["again"]] == ["le robinet"]
    row = hearings.row(decided, decided.evidence, waiting=waiting, now=NOW)
    again = hearings.replayed(row, decided.evidence)
    assert (again.verdict, again.reasons) == (decided.verdict, decided.reasons)


def test_what_is_hardly_right_is_heard_once() -> None:
    ears = Ears(_hearing("la fenêtre", right=-5.0, other=-0.2), CLEAR)
    hearings.heard(_waiting(), ears)
    assert ears.paces == [1.0]


@pytest.mark.parametrize("evidences", [(), (Evidence("fake", "fr", Transcript("", 0.0)),)])
def test_without_scores_there_is_nothing_to_weigh_again(evidences: tuple[Evidence, ...]) -> None:
    ears = Ears(replace(GARBLED, evidences=evidences), CLEAR)
    assert hearings.heard(_waiting(), ears).again == ()
    assert ears.paces == [1.0]


def test_a_slowed_take_that_says_nothing_changes_nothing() -> None:
    ears = Ears(GARBLED, Hearing(QUALITY, 1.0))
    heard = hearings.heard(_waiting(), ears)
    decides = partial(decide, descaler())
    assert hearings.verdict_on(heard, decides) == decides(hearings.heard_of(GARBLED))
    assert not isinstance(hearings.verdict_on(heard, decides), Right)


def test_whoever_listened_again_is_named_too() -> None:
    (slowed,) = CLEAR.evidences
    heard = replace(GARBLED, again=(replace(slowed, engine="other"),))
    assert hearings.decided(_waiting(), heard).engine == "fake+other"
    assert hearings.decided(_waiting(), GARBLED).engine == "fake"
