"""A grammar is a list the engine survives, of phrases it can hear whole."""

import json

from hypothesis import given
from hypothesis import strategies as st

from voice_app.audio.grammar import NONE_OF_THESE, build, spelling, unknown_words

WORDS = {"la", "cuisine", "l'aspirateur", "un", "deux", "l'", "eau", "salle", "de", "bain", "le"}


def knows(word: str) -> bool:
    return word in WORDS


def test_phrases_are_spelled_in_the_models_words():
    grammar = build(["La cuisine !", "L\u2019aspirateur", "l'eau"], knows=knows)
    assert grammar.text is not None
    assert json.loads(grammar.text) == ["la cuisine", "l'aspirateur", "l' eau"]
    assert grammar.spoken["l' eau"] == "l'eau"
    assert grammar.unheard == ()


def test_a_phrase_with_an_unknown_word_is_left_out_whole():
    grammar = build(["la cuisine", "la serpillière"], knows=knows)
    assert grammar.spoken == {"la cuisine": "la cuisine"}
    assert grammar.unheard == ("la serpillière",)
    assert unknown_words(["la serpillière", "la Cuisine"], knows=knows) == ("serpillière",)


def test_none_of_these_is_only_in_where_the_model_has_the_word():
    assert "<UNK>" not in (build(["un"], knows=knows).text or "")
    with_it = build(["un"], knows=lambda word: knows(word) or word == "<UNK>")
    assert json.loads(with_it.text or "") == ["un", "<UNK>"]


def test_nothing_to_hear_is_no_grammar():
    for phrases in ([], [""], ["  ", "?!"], ["xyz"], ["'"], ["-"]):
        assert build(phrases, knows=lambda word: word in {"un", *NONE_OF_THESE}).text is None


def test_two_phrases_of_one_spelling_stand_for_the_first():
    assert build(["Un", "un."], knows=knows).spoken == {"un": "Un"}


@given(st.lists(st.text(max_size=20) | st.sampled_from(["la cuisine", "[unk]", "un", "l'eau"])))
def test_whatever_comes_in_the_grammar_is_safe(phrases: list[str]):
    grammar = build(phrases, knows=knows)
    assert len(grammar.unheard) + len(grammar.spoken) <= len(phrases)
    if grammar.text is None:
        assert grammar.spoken == {}
        return
    entries = json.loads(grammar.text)
    assert isinstance(entries, list)
    assert entries
    for entry in entries:
        assert isinstance(entry, str)
        assert entry.split()
        assert all(knows(word) for word in entry.split(" "))


@given(st.text(max_size=30))
def test_a_spelling_has_only_known_words(phrase: str):
    words = spelling(phrase, knows=knows)
    assert words is None or (words and all(map(knows, words)))
