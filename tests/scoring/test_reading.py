"""Phrases taken apart: clauses that deny, what comes first, names of several words."""

import pytest

from voice_app.scoring.reading import read


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("fr", "fermez la porte", [""]),
        ("fr", "ne fermez pas la porte", ["no"]),
        ("fr", "fermez pas la porte", ["no"]),
        ("fr", "ne fermez jamais la porte", ["never"]),
        ("fr", "ne fermez la porte", ["half"]),
        ("fr", "il n'y a plus de lait", ["more"]),
        ("fr", "n'utilisez que de l'eau", [""]),
        ("fr", "n'oubliez pas de fermer la porte", [""]),
        ("fr", "n'oubliez pas de ne pas fermer la porte", ["no"]),
        ("fr", "évitez de fermer la porte", ["no"]),
        ("fr", "il ne faut pas éviter de fermer la porte", ["double"]),
        ("fr", "vous n'avez pas besoin de fermer la porte", ["lax"]),
        ("fr", "fermez la porte mais n'ouvrez pas la fenêtre", ["", "no"]),
        ("fr", "fermez la porte pas la fenêtre", ["", "no"]),
        ("es", "no cierre nunca la puerta", ["never"]),
        ("es", "no olvide cerrar la puerta", [""]),
        ("es", "no hace falta cerrar la puerta", ["lax"]),
        ("es", "limpie la mesa y no cierre la puerta", ["", "no"]),
        ("es", "no toque nada", ["no"]),
        ("en", "don't close the door", ["no"]),
        ("en", "never don't close the door", ["double"]),
        ("en", "wash the cups and don't close the door", ["", "no"]),
        ("en", "never mix bleach and vinegar", ["never"]),
        ("en", "don't touch anything", ["no"]),
    ],
)
def test_a_clause_denies_or_not(language: str, text: str, kinds: list[str]) -> None:
    assert [each.kind for each in read(text, language).polarities] == kinds


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "call me before you leave", "before you leave, call me"),
        ("en", "call me, then leave", "call me before you leave"),
        ("fr", "appelez avant de partir", "avant de partir appelez"),
        ("es", "cierre la ventana antes de salir", "antes de salir cierre la ventana"),
    ],
)
def test_what_comes_first_is_read_wherever_it_stands(language: str, one: str, other: str) -> None:
    assert _firsts(one, language) == _firsts(other, language)


def _firsts(text: str, language: str) -> list[str]:
    reading = read(text, language)
    (order,) = reading.orders
    return [t.text for t in reading.tokens if t.clause in order.earlier and not t.is_weak]


@pytest.mark.parametrize(
    ("language", "text", "things"),
    [
        ("fr", "le four à micro-ondes", ["four à micro-ondes"]),
        ("fr", "le lave vaisselle", ["lave-vaisselle"]),
        ("fr", "cet après-midi", ["après-midi"]),
        ("en", "the dish washer", ["dishwasher"]),
        ("en", "the living rooms", ["living room"]),
        ("es", "el cubo de basura", ["basura"]),
    ],
)
def test_names_of_several_words_are_one_thing(language: str, text: str, things: list[str]) -> None:
    found = [thing for token in read(text, language).tokens for thing in token.things]
    assert found == things


def test_a_number_belongs_to_what_follows_it() -> None:
    tokens = read("two spoons of sugar and three cups", "en").tokens
    assert {t.text: t.number for t in tokens if t.number} == {"spoons": "2", "cups": "3"}


def test_a_set_phrase_is_said_in_one_way() -> None:
    one, other = (read(text, "en").sense for text in ("take out the trash", "empty the bin"))
    assert [t.bases | t.things for t in one if t.text == "empty"]
    assert {thing for t in one for thing in t.things} == {
        thing for t in other for thing in t.things
    }
