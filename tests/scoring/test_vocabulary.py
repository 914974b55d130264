"""The tables of the three languages hold together."""

import time

import pytest

from voice_app.scoring.lexicons.inflection import singulars, verb_forms
from voice_app.scoring.lexicons.vocabulary import LANGUAGES, Vocabulary, vocabulary


def _table(language: str) -> Vocabulary:
    found = vocabulary(language)
    assert found
    return found


def test_the_languages_have_the_same_headings() -> None:
    tables = [_table(language) for language in LANGUAGES]
    assert len({frozenset(table.phrases) for table in tables}) == 1
    assert len({frozenset(table.groups.values()) for table in tables}) == 1
    assert len({frozenset(table.fields.values()) for table in tables}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_paraphrases_use_words_the_tables_know(language: str) -> None:
    table = _table(language)
    words = {word for each in table.paraphrases for word in each.meant}
    assert [word for word in words if not table.knows(word)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_its_own_opposite_nor_near_and_the_same(language: str) -> None:
    table = _table(language)
    both = [word for word, poles in table.poles.items() if {(a, 1 - s) for a, s in poles} & poles]
    assert both == []
    assert [pair for pair in table.near if len(pair) == 1] == []


def test_a_language_without_tables_has_none() -> None:
    assert vocabulary("ko") is None
    assert vocabulary("fr-CA") is vocabulary.__wrapped__("fr") or _table("fr-CA").language == "fr"


def test_tables_load_at_once() -> None:
    started = time.process_time()
    for language in LANGUAGES:
        vocabulary.__wrapped__(language)
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    ("language", "form", "lemma"),
    [
        ("fr", "nettoie", "nettoyer"),
        ("fr", "éteignez", "éteindre"),
        ("fr", "rangeons", "ranger"),
        ("fr", "froide", "froid"),
        ("es", "ciérrela", "cerrar"),
        ("es", "guárdelo", "guardar"),
        ("es", "saque", "sacar"),
        ("es", "encienda", "encender"),
        ("es", "recoja", "recoger"),
        ("es", "limpias", "limpiar"),
        ("es", "fría", "frío"),
        ("en", "closing", "close"),
        ("en", "stopped", "stop"),
        ("en", "emptied", "empty"),
        ("en", "took", "take"),
    ],
)
def test_a_form_has_its_base_form(language: str, form: str, lemma: str) -> None:
    assert lemma in _table(language).base_forms(form)


def test_rules_make_forms() -> None:
    assert {"placez", "plaçons"} <= verb_forms("placer", (), "fr")
    assert {"empiece", "empiezan"} <= verb_forms("empezar", ("empiez",), "es")
    assert {"washes", "washed", "washing"} <= verb_forms("wash", (), "en")
    assert "shelf" not in singulars("shelves", "en")
    assert "glass" in singulars("glasses", "en")
