"""One spelling for all the ways to write and hesitate."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.normalize import normalize
from voice_app.scoring.numbers import in_figures

LANGUAGES = st.sampled_from(("fr", "es", "en", "ko", "xx"))


def _vocabulary() -> st.SearchStrategy[str]:
    """Words that the rules know, in any order, among words they do not."""
    known = {
        "two",
        "ten",
        "half",
        "past",
        "dix",
        "heures",
        "et",
        "demie",
        "las",
        "y",
        "media",
        "un",
    }
    for language in ("fr", "es", "en"):
        table = lexicon(language)
        known |= {
            word for phrase in table.fillers + table.polite + table.repairs for word in phrase
        }
        known |= table.ones | table.counters | table.negators | table.articles
        known |= set(table.contractions)
    known |= {
        "quatre",
        "vingt",
        "cent",
        "3ème",
        "10h30",
        "9:30",
        "cuarto",
        "third",
        "robinet",
        "12",
    }
    return st.lists(st.sampled_from(sorted(known)), max_size=9).map(" ".join)


@given(text=st.text(max_size=40) | _vocabulary(), language=LANGUAGES)
@example(text="İ ﬁ ª", language="es")
@example(text="20 1", language="en")
def test_normalizing_again_changes_nothing(text: str, language: str) -> None:
    once = normalize(text, language)
    assert normalize(once, language) == once


@given(text=_vocabulary(), language=LANGUAGES)
def test_composed_and_decomposed_letters_are_the_same(text: str, language: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert normalize(decomposed, language) == normalize(text, language)


@pytest.mark.parametrize(
    ("language", "heard", "plain"),
    [
        ("fr", "Euh, c\u2019est… la, la cuisine, s'il vous plaît.", "c est la cuisine"),
        ("fr", "La cuisine, non, le balai.", "le balai"),
        ("fr", "la cuisine, non pardon, le balai", "le balai"),
        ("fr", "la chambre, non pas le bureau", "la chambre non pas le bureau"),
        ("fr", "Des ŒUFS", "des oeufs"),
        ("fr", "dix heures et demie", "10h30"),
        ("fr", "10 h 30", "10h30"),
        ("fr", "10:30", "10h30"),
        ("fr", "dix heures moins le quart", "9h45"),
        ("fr", "une heure moins le quart", "0h45"),
        ("fr", "numéro deux", "numéro 2"),
        ("fr", "la troisième", "la 3th"),
        ("fr", "Un.", "1"),
        ("fr", "numéro un", "numéro 1"),
        ("fr", "un balai", "un balai"),
        ("fr", "soixante-dix degrés", "70 degrés"),
        ("es", "Este… la, la fregona.", "la fregona"),
        ("es", "la cocina, no, perdón, el baño", "el baño"),
        ("es", "no la cocina", "no la cocina"),
        ("es", "a las diez y media", "a 10h30"),
        ("es", "a las 10", "a 10h00"),
        ("es", "la una menos cuarto", "0h45"),
        ("en", "The kitchen. I mean, the broom!", "the broom"),
        ("en", "Don't, uh, use it", "do not use it"),
        ("en", "half past nine", "9h30"),
        ("en", "quarter to two", "1h45"),
        ("en", "ten o'clock", "10h00"),
        ("en", "9:30", "9h30"),
        ("en", "the second one", "the second one"),
        ("en", "number one", "number 1"),
        ("ko", "부엌, 부엌!", "부엌"),
    ],
)
def test_what_is_heard_gets_one_spelling(language: str, heard: str, plain: str) -> None:
    assert normalize(heard, language) == plain


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("le quatre-vingt-dixième", "fr", "le 90e"),
        ("troisième étage", "fr", "3e étage"),
        ("the eleventh", "en", "the 11th"),
        ("third floor", "en", "3rd floor"),
        ("twenty-first", "en", "21st"),
        ("el tercero", "es", "el 3º"),
        ("dix-sept", "fr", "17"),
    ],
)
def test_numbers_are_written_in_figures_as_the_language_does(
    text: str, language: str, written: str
) -> None:
    assert in_figures(text, language) == written
    assert normalize(written, language) == normalize(text, language)
