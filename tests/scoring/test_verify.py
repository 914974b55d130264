"""A phrase asked for alone: said, not said, or for a person to hear."""

import pytest

from tests.scoring.evidence import heard, score
from voice_app.scoring.decide import Right, Unsure, Wrong
from voice_app.scoring.target import Target
from voice_app.scoring.verify import asked, verify

PHRASE = "passez l'aspirateur dans le salon"
REPEAT = Target("repeat", "fr", (PHRASE,))


def test_a_phrase_that_text_and_sound_agree_on_was_said() -> None:
    verdict = verify(REPEAT, [heard(PHRASE, score(PHRASE, -0.1, tokens=9), seconds=2.0)])
    assert isinstance(verdict, Right)
    assert verdict.p is not None
    assert verdict.p > 0.9


def test_a_garbled_text_counts_where_the_sound_is_clear() -> None:
    garbled = "passer la spirateur dans le salon"
    verdict = verify(REPEAT, [heard(garbled, score(PHRASE, -0.1, tokens=9), seconds=2.0)])
    assert isinstance(verdict, Right)


@pytest.mark.parametrize(
    "text",
    ["ne passez pas l'aspirateur dans le salon", "passez l'aspirateur dans la cuisine"],
)
def test_what_means_something_else_is_never_right_however_it_sounds(text: str) -> None:
    verdict = verify(REPEAT, [heard(text, score(PHRASE, -0.1, tokens=9), seconds=2.0)])
    assert not isinstance(verdict, Right)


def test_something_else_by_text_and_by_sound_is_wrong() -> None:
    other = heard("passez l'aspirateur dans la cuisine", score(PHRASE, -7.0, tokens=9), seconds=2.0)
    assert isinstance(verify(REPEAT, [other]), Wrong)
    safety = Target("repeat", "fr", (PHRASE,), is_safety=True)
    assert isinstance(verify(safety, [other]), Unsure)


@pytest.mark.parametrize(
    "text", ["", "[unk]", "Sous-titres réalisés par la communauté d'Amara.org"]
)
def test_silence_and_inventions_are_for_a_person(text: str) -> None:
    assert isinstance(verify(REPEAT, [heard(text, score(PHRASE, -7.0, tokens=9))]), Unsure)


def test_without_any_score_nothing_is_decided() -> None:
    assert isinstance(verify(REPEAT, [heard(PHRASE)]), Unsure)
    assert isinstance(verify(REPEAT, []), Unsure)


def test_a_foil_that_sounds_likelier_is_not_the_phrase() -> None:
    target = Target("name", "fr", ("la planche",), foils=("la plante",))
    scores = (score("la planche", -0.3), score("la plante", -0.1))
    assert isinstance(verify(target, [heard("la planche", *scores)]), Unsure)


def test_an_engine_is_asked_about_foils_too() -> None:
    choice = asked(Target("name", "fr", ("la planche",), foils=("la plante",)))
    assert choice.foils == (("fr", "la plante"),)
    assert [each.id for each in choice.candidates] == ["la planche"]
