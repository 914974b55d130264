"""Questions and points are found in free speech, with their place; nothing is found in nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_app.dialogues.loader import load_content
from voice_app.dialogues.scenario import Asking, Saying, Scenario
from voice_app.scoring.finding import Found, Said, Timed, found
from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.normalize import without_accents
from voice_app.scoring.numbers import with_digits

CUES = {
    "fr": {
        "introduction": ("comment vous appelez vous", "votre nom", "qui êtes vous"),
        "home": ("combien de pièces", "maison ou appartement"),
        "terms": ("à quelle heure", "combien d'heures", "par semaine"),
        "products": ("quels produits", "quel matériel"),
        "rooms": ("quelles pièces", "qu'est-ce que je dois nettoyer"),
        "priority": ("plus important", "je commence où", "en premier"),
    },
    "es": {
        "introduction": ("cómo se llama", "quién es usted"),
        "terms": ("a qué hora", "cuántas horas"),
        "products": ("qué productos", "con qué limpio"),
    },
    "en": {
        "introduction": ("what is your name", "who are you"),
        "terms": ("what time", "how many hours"),
        "never-bleach": ("no bleach", "never use bleach"),
        "bleach": ("you have bleach",),
    },
}


def heard(text: str, language: str = "fr") -> dict[str, Found]:
    told = found((Said(0.0, 10.0, text),), CUES[language], language)
    return {one.id: one for one in told}


@pytest.mark.parametrize(
    ("language", "text", "ids"),
    [
        ("fr", "Bonjour, je suis Amina, et vous, comment vous appelez-vous ?", {"introduction"}),
        ("fr", "C'est une maison ou un appartement, il y a combien de pièces.", {"home"}),
        ("fr", "Combien d'eures par semaine et à quelle heure je commence ?", {"terms"}),
        ("fr", "Quelle produise et qu'elle matériel de doise utilise.", {"products"}),
        ("fr", "Quelle pièce je doit nettoyé ?", {"rooms"}),
        ("fr", "Euh, vous vous… comment, euh, vous appelez ?", {"introduction"}),
        ("fr", "Qu'est-ce qui est le plus important pour vous ?", {"priority"}),
        ("fr", "Je commence à dix heures.", set()),
        ("fr", "Mon nom est Amina et j'habite ici.", set()),
        ("es", "Buenos días soy Amina, como se llama usted.", {"introduction"}),
        ("es", "¿A que hora, por favor, y que productos?", {"terms", "products"}),
        ("en", "Hello, I am Amina. What's your name?", {"introduction"}),
        ("en", "how many, um, you know, hours?", {"terms"}),
    ],
)
def test_what_was_asked_is_found_and_nothing_else(language: str, text: str, ids: set[str]):
    assert set(heard(text, language)) == ids


def test_words_that_a_recognizer_writes_in_one_are_found_by_their_sound():
    cues = {"rooms": ("dois nettoyer",), "terms": ("dois commencer",)}
    (one,) = found((Said(0.0, 4.0, "Quelle pièce de doignetoyer ici."),), cues, "fr")
    assert (one.id, one.similarity) == ("rooms", 0.7)


@pytest.mark.parametrize("text", ["When do I start?", "Where do I start?"])
def test_a_question_that_sounds_nearly_the_same_is_another(text: str):
    cues = {"When": ("when do I start",), "Where": ("where do I start",)}
    assert [one.id for one in found((Said(0, 3, text),), cues, "en")] == [text.split(maxsplit=1)[0]]


def test_what_denies_is_less_sure_and_a_denial_is_not_found_without_its_no():
    assert heard("You have bleach, I see.", "en")["bleach"].similarity == 1.0
    assert heard("You never have bleach.", "en")["bleach"].similarity < 0.9
    assert "never-bleach" not in heard("We use bleach.", "en")
    assert "never-bleach" in heard("Never ever use the bleach here.", "en")


def test_a_cue_within_a_longer_one_is_the_longer_one():
    cues = {"rooms": ("quelles pièces",), "first": ("quelles pièces en premier",)}
    assert [one.id for one in found((Said(0, 5, "Quelles pièces en premier ?"),), cues, "fr")] == [
        "first"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "[Musique]",
        "Sous-titres réalisés par la communauté d'Amara.org",
        "Merci d'avoir regardé cette vidéo !",
    ],
)
def test_in_silence_and_inventions_nothing_is_found(text: str):
    cues = {**CUES["fr"], "trap": ("la communauté", "cette vidéo")}
    assert found((Said(0.0, 5.0, text),), cues, "fr") == ()
    assert found((), cues, "fr") == ()


def test_what_was_invented_after_an_answer_does_not_take_it_along():
    assert set(heard("Quels produits ? Merci d'avoir regardé.")) == {"products"}


def test_the_place_is_that_of_the_words_in_the_stretch():
    text = "Bonjour madame je viens pour le ménage et voilà à quelle heure"
    (one,) = found((Said(20.0, 30.0, text),), CUES["fr"], "fr")
    assert 26.5 < one.start < 28.5
    assert 29.5 < one.end <= 30.0


def test_the_place_is_that_of_the_engine_where_it_says_it():
    words = (Timed("bonjour", 5.0, 5.4), Timed("quels", 9.0, 9.3), Timed("produits", 9.4, 9.9))
    (one,) = found((Said(5.0, 12.0, "bonjour quels produits", words),), CUES["fr"], "fr")
    assert 8.5 < one.start <= 9.1
    assert 9.8 <= one.end < 10.3


def test_a_place_is_long_enough_to_be_listened_to():
    (one,) = found((Said(3.0, 3.4, "votre nom"),), CUES["fr"], "fr")
    assert one.end - one.start >= 1.0


def test_what_is_said_twice_is_found_once_in_order_of_time():
    said = (Said(0, 4, "Quels produits ?"), Said(5, 9, "Votre nom ?"), Said(9, 12, "Votre nom ?"))
    told = found(said, CUES["fr"], "fr")
    assert [(one.id, one.start < 4) for one in told] == [
        ("products", True),
        ("introduction", False),
    ]


FILLERS = {
    language: sorted(" ".join(one) for one in lexicon(language).fillers) for language in CUES
}
PHRASES = [
    (language, cue, phrase)
    for language, cues in CUES.items()
    for cue, phrases in cues.items()
    for phrase in phrases
]


@settings(deadline=None)
@given(st.sampled_from(PHRASES), st.data())
def test_hesitations_capitals_and_accents_change_nothing(
    phrase: tuple[str, str, str], data: st.DataObject
):
    language, cue, text = phrase
    words = text.split()
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(words)))
        words.insert(at, data.draw(st.sampled_from(FILLERS[language])))
    said = " ".join(words)
    said = data.draw(st.sampled_from([said, said.upper(), without_accents(said), f"{said} !"]))
    assert cue in heard(said, language)


@settings(deadline=None)
@given(st.text(max_size=80), st.floats(0, 100), st.floats(0.1, 20))
def test_whatever_is_heard_a_place_lies_in_the_stretch(text: str, start: float, length: float):
    said = Said(start, start + length, f"{text} quels produits {text}")
    for one in found((said,), CUES["fr"], "fr"):
        assert start - 1.0 <= one.start < one.end <= start + length + 1.0
        assert one.end - one.start >= 0.99
        assert 0.7 <= one.similarity <= 1.0


def _tasks() -> list[tuple[str, Scenario, tuple[str, ...]]]:
    return [
        (step.id, scenario, tuple(one.id for one in _points(step.task)))
        for bank in load_content().scenarios.values()
        for scenario in (*bank.scenarios.values(), bank.rehearsal, bank.example)
        for step in scenario.steps
        if isinstance(step.task, Asking | Saying)
    ]


def _points(task: object):
    return task.questions if isinstance(task, Asking) else getattr(task, "points", ())


# Phrases that ask two things at once; the employer answers both.
AMBIGUOUS_SHARE = 0.02


def test_every_cue_of_the_content_finds_itself_and_hardly_any_finds_another():
    several = total = 0
    for step, scenario, ids in _tasks():
        for language, telling in scenario.tellings.items():
            cues = {one: telling.cues[one] for one in ids}
            for cue, phrases in cues.items():
                for phrase in phrases[::20]:
                    told = {one.id for one in found((Said(0, 5, phrase),), cues, language)}
                    assert cue in told, (step, language, phrase)
                    total += 1
                    several += len(told) > 1
    assert total > 100
    assert several <= AMBIGUOUS_SHARE * total


def test_numbers_are_found_however_they_are_written():
    cues = {"home": ("soixante mètres",)}
    for text in ("Soixante mètres carrés.", "60 mètres carrés.", "60 m²"):
        told = found((Said(0, 5, text),), cues, "fr")
        assert [one.id for one in told] == (["home"] if "mètres" in text else []), text
    assert found((Said(0, 5, "Soixante-dix mètres."),), cues, "fr") == ()
    assert with_digits("soixante dix", "fr") == "70"
