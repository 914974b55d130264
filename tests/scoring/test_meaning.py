"""Polarity, numbers and opposites are looked at before any likeness."""

import pytest

from tests.scoring.choices import choice_of
from voice_app.scoring.intents import intent, is_invention
from voice_app.scoring.match import Found, Unclear, match
from voice_app.scoring.meaning import is_negative, vetoes
from voice_app.scoring.normalize import words


@pytest.mark.parametrize(
    ("language", "text", "is_denial"),
    [
        ("fr", "ne passez pas l'aspirateur", True),
        ("fr", "N'oubliez pas de fermer", False),
        ("fr", "n'oubliez pas de ne pas ouvrir", True),
        ("fr", "sans sel", True),
        ("es", "no use lejía", True),
        ("es", "No olvide cerrar", False),
        ("en", "Don\u2019t forget to lock", False),
        ("en", "don't lock", True),
        ("en", "never mix", True),
        ("ko", "no", False),
    ],
)
def test_a_positive_idiom_denies_nothing(language: str, text: str, *, is_denial: bool) -> None:
    assert is_negative(words(text, language), language) == is_denial


@pytest.mark.parametrize(
    ("language", "said", "meant", "why"),
    [
        ("fr", "avec du sel", "avec le sel", ()),
        ("fr", "la porte fermée", "la porte ouverte", ("opposite",)),
        ("fr", "à six heures", "à dix heures", ("number",)),
        ("es", "sin sal", "con sal", ("negation", "opposite")),
        ("en", "turn off the oven", "turn on the oven", ("opposite",)),
        ("en", "fifty minutes", "fifteen minutes", ("number",)),
        ("en", "the second", "second", ()),
    ],
)
def test_meanings_that_differ_are_named(
    *, language: str, said: str, meant: str, why: tuple[str, ...]
) -> None:
    assert vetoes(words(said, language), words(meant, language), language) == why


def test_two_options_too_alike_for_a_misspelling_are_unclear() -> None:
    choice = choice_of("fr", "la chambre rouge", "la chambre rose")
    found = match(choice, "la chambre roue", "fr")
    assert isinstance(found, Unclear)
    assert found.reasons[0].startswith("near_other:")


def test_a_form_of_two_options_names_neither() -> None:
    assert match(choice_of("es", "el cubo", "un cubo"), "cubo", "es") == Unclear(("two_named",))


def test_accents_and_sounds_count_after_the_letters() -> None:
    choice = choice_of("es", "vaca", "baca")
    assert match(choice, "baca", "es") == Found("baca", "exact", ("exact",))
    assert match(choice, "báca", "es") == Found("baca", "strong", ("spelled_alike",))
    assert match(choice_of("es", "vaca", "perro"), "baca", "es") == Found(
        "vaca", "strong", ("sounds_alike",)
    )


def test_an_answer_may_hold_the_words_of_a_request() -> None:
    assert intent("repeat", "en") == "repeat"
    assert intent("I don't know, sorry", "en") == "dont_know"
    assert intent("the stop sign of the school", "en") is None


def test_inventions_are_known_with_all_their_endings() -> None:
    assert is_invention("¡Gracias por ver el vídeo!", "es")
    assert is_invention("Sous-titrage Société Radio-Canada", "fr")
    assert is_invention("you", "en")
    assert not is_invention("you and me", "en")
