"""An order that is said aloud, however it is put; it is a proposal to be confirmed by touch."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_app.scoring.ordering import order

CARDS = {
    "fr": {
        "kitchen": ["la cuisine", "cuisine"],
        "bathroom": ["la salle de bain", "salle de bains"],
        "lounge": ["le salon", "salon"],
        "office": ["le bureau"],
        "bedroom": ["la chambre"],
    },
    "es": {
        "kitchen": ["la cocina"],
        "bathroom": ["el baño"],
        "lounge": ["el salón"],
        "office": ["el despacho"],
        "bedroom": ["el dormitorio"],
    },
    "en": {
        "kitchen": ["the kitchen"],
        "bathroom": ["the bathroom"],
        "lounge": ["the living room"],
        "office": ["the office"],
        "bedroom": ["the bedroom"],
    },
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "D'abord la cuisine, ensuite le salon.", "kitchen lounge"),
        ("fr", "Après la cuisine, le salon.", "kitchen lounge"),
        ("fr", "Le salon après la cuisine.", "kitchen lounge"),
        ("fr", "D'abord la cuisine, après le salon, après la chambre.", "kitchen lounge bedroom"),
        ("fr", "Avant le salon la cuisine.", "kitchen lounge"),
        ("fr", "Avant le salon, la cuisine, et enfin la chambre.", "kitchen lounge bedroom"),
        ("fr", "La cuisine, pas le bureau, puis la salle de bain.", "kitchen bathroom"),
        ("fr", "La salle de bain en dernier, la cuisine et le salon.", "kitchen lounge bathroom"),
        ("fr", "Le salon, la cuisine en premier.", "kitchen lounge"),
        ("fr", "La cuisine et je n'entre pas dans le bureau.", "kitchen"),
        ("fr", "La cuisine, non, le salon, la chambre.", "lounge bedroom"),
        ("fr", "Euh la cuisine euh et après euh le salon.", "kitchen lounge"),
        ("fr", "D'abord la salle de banc, ensuite le salon.", "bathroom lounge"),
        (
            "fr",
            "D'abord le salon ensuite la salle de banc ensuite la cuisine",
            "lounge bathroom kitchen",
        ),
        ("fr", "La cuisine, pas la salle de banc.", "kitchen"),
        ("fr", "Le savon, la cuisine.", "kitchen"),
        ("es", "Primero la cocina, luego el baño.", "kitchen bathroom"),
        ("es", "Después de la cocina, el baño.", "kitchen bathroom"),
        ("es", "El baño después de la cocina.", "kitchen bathroom"),
        ("es", "Antes del baño la cocina.", "kitchen bathroom"),
        ("es", "El despacho no, la cocina.", "kitchen"),
        ("es", "Por último el baño, primero la cocina.", "kitchen bathroom"),
        ("en", "First the kitchen, then the bathroom.", "kitchen bathroom"),
        ("en", "After the kitchen the bathroom.", "kitchen bathroom"),
        ("en", "The bathroom after the kitchen.", "kitchen bathroom"),
        ("en", "Not the office, the kitchen and the living room.", "kitchen lounge"),
        (
            "en",
            "The bathroom last, the kitchen first, then the bedroom.",
            "kitchen bedroom bathroom",
        ),
        ("en", "", ""),
        ("en", "Thank you for watching.", ""),
    ],
)
def test_an_order_is_understood(language: str, text: str, expected: str):
    assert order(text, CARDS[language], language) == tuple(expected.split())


THENS = {"fr": "puis", "es": "luego", "en": "then"}


@settings(deadline=None)
@given(
    st.sampled_from(sorted(CARDS)),
    st.sampled_from([ids for size in range(1, 6) for ids in permutations(CARDS["fr"], size)]),
    st.sampled_from([",", ""]),
)
def test_what_is_said_one_after_another_comes_so(language: str, ids: tuple[str, ...], comma: str):
    between = f"{comma} {THENS[language]} "
    text = between.join(CARDS[language][one][0] for one in ids)
    assert order(text, CARDS[language], language) == ids


@settings(deadline=None)
@given(st.sampled_from(sorted(CARDS)), st.lists(st.sampled_from(sorted(CARDS["fr"])), max_size=8))
def test_no_card_stands_twice(language: str, ids: list[str]):
    text = ", ".join(CARDS[language][one][0] for one in ids)
    assert sorted(order(text, CARDS[language], language)) == sorted(set(ids))


def test_what_sounds_like_two_cards_alike_is_neither():
    both = {"one": ["la salle de bain"], "two": ["les salles de bains"]}
    assert order("La salle de banc.", {"one": both["one"]}, "fr") == ("one",)
    assert order("La salle de banc.", both, "fr") == ()
