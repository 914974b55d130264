"""What is prepared of free speech: both engines count, places are the first one's, no verdict."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voice_app.audio.speech import (
    EngineError,
    FreeSpeech,
    Hearing,
    Quality,
    Spelled,
    Stretch,
)
from voice_app.dialogues.content import Content
from voice_app.dialogues.loader import load_content
from voice_app.dialogues.scenario import Arranging, Asking, Saying
from voice_app.models import Attempt
from voice_app.preparations import Preparing, given_up, patient_steps, prepared, preparing

QUALITY = Quality(3.0, 0.5, -20.0, 0.0, -60.0)
ENGINES = "vosk:small-fr+whisper:base-int8"


class Ears:
    """Writes down what it was given, by language."""

    def __init__(self, told: Mapping[str, FreeSpeech]) -> None:
        self._told = told
        self.asked: list[str] = []

    def transcribe(self, take: Path, language: str) -> FreeSpeech:
        del take
        self.asked.append(language)
        return self._told[language]

    def hear(self, take: Path, languages: object, *, pace: float = 1.0) -> Hearing:
        raise AssertionError((take, languages, pace))

    def without(self, engines: Collection[str]) -> "Ears":
        del engines
        return self


def heard(text: str, *, others: str = "", start: float = 2.0) -> FreeSpeech:
    first = (Stretch(start, start + 6.0, text, 0.8),) if text else ()
    second = (Stretch(0.0, 9.0, others, 0.6),) if others else ()
    return FreeSpeech(QUALITY, 10.0, first, ENGINES, others=second)


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def work(
    content: Content, kind: type, *, assessment: str = "MC1", languages: tuple[str, str]
) -> Preparing:
    """What waits at the first step of a kind."""
    bank = content.scenarios[assessment]
    scenario, step = next(
        (scenario, step)
        for scenario in bank.scenarios.values()
        for step in scenario.steps
        if isinstance(step.task, kind)
    )
    attempt = Attempt(
        id="a",
        owner_hash="0" * 64,
        assessment=assessment,
        employer_language=languages[0],
        help_language=languages[1],
        content_version=bank.version,
        criteria={"scenarios": [scenario.id], "steps": {}, "rubric": {}},
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return preparing(content, attempt=attempt, item=step.id, utterance_id="u", path=Path("take"))


def test_what_is_asked_is_looked_for_in_the_employers_language_alone(content: Content):
    asked = work(content, Asking, languages=("fr", "es"))
    assert asked.languages == ("fr",)
    assert asked.cards == {}
    assert list(asked.cues) == ["introduction", "home", "terms", "products", "rooms", "priority"]
    assert all(asked.cues.values())
    ears = Ears({"fr": heard("Quel est votre nom ? À quelle heure ?")})
    decided = prepared(asked, ears)
    assert ears.asked == ["fr"]
    assert (decided.verdict, decided.chosen, decided.trouble) == ("prepared", None, None)
    assert decided.reasons == ("introduction", "terms")
    assert decided.engine == ENGINES


def test_what_either_engine_heard_is_found_once_where_the_first_one_heard_it(content: Content):
    asked = work(content, Asking, languages=("fr", "fr"))
    told = heard("quel est votre nom", others="Quel est votre nom ? À quelle heure ?", start=4.0)
    word = Spelled("nom", 9.0, 9.4)
    timed = replace(told.stretches[0], words=(Spelled("quel est votre", 8.0, 8.9), word))
    decided = prepared(asked, Ears({"fr": replace(told, stretches=(timed,))}))
    places = {one["id"]: one for one in decided.evidence["found"]}
    assert set(places) == {"introduction", "terms"}
    assert 7.5 < places["introduction"]["start"] < 9.1
    assert places["introduction"]["end"] == 9.4
    assert places["terms"]["end"] <= 9.1
    assert [one["text"] for one in decided.evidence["stretches"]] == ["quel est votre nom"]
    assert len(decided.evidence["others"]) == 1


@pytest.mark.parametrize("text", ["", "Sous-titres réalisés par la communauté d'Amara.org"])
def test_where_nothing_is_said_nothing_is_kept_or_found(content: Content, text: str):
    decided = prepared(work(content, Asking, languages=("fr", "fr")), Ears({"fr": heard(text)}))
    assert (decided.verdict, decided.reasons) == ("prepared", ())
    assert decided.evidence["stretches"] == []


def test_a_flaw_matters_only_where_no_word_was_heard(content: Content):
    asked = work(content, Asking, languages=("fr", "fr"))
    clipped = replace(QUALITY, trouble="clipped")
    for text, verdict in (("Votre nom ?", "prepared"), ("", "unusable")):
        decided = prepared(asked, Ears({"fr": replace(heard(text), quality=clipped)}))
        assert decided.verdict == verdict
    quiet = FreeSpeech(replace(QUALITY, trouble="too-quiet"), 5.0)
    decided = prepared(asked, Ears({"fr": quiet}))
    assert (decided.verdict, decided.trouble, decided.reasons) == (
        "unusable",
        "too-quiet",
        ("too-quiet",),
    )


def test_an_order_may_be_said_in_either_language(content: Content):
    cards = work(content, Arranging, assessment="MC2", languages=("fr", "es"))
    assert cards.languages == ("es", "fr")
    assert cards.cues == {}
    first, second, *_ = cards.cards["es"]
    for language in ("es", "fr"):
        names = cards.cards[language]
        silent = {one: heard("") for one in ("es", "fr")}
        text = f"{names[second][0]}, {names[first][0]}"
        decided = prepared(cards, Ears({**silent, language: heard(text)}))
        assert decided.evidence["order"] == [second, first]
        assert decided.evidence["language"] == language


def test_long_speech_can_wait_and_questions_cannot(content: Content):
    patient = patient_steps(content)
    kinds = {
        step.id: type(step.task)
        for bank in content.scenarios.values()
        for scenario in (bank.rehearsal, *bank.scenarios.values())
        for step in scenario.steps
    }
    assert patient
    assert set(patient) == {name for name, kind in kinds.items() if kind is Saying}


def test_what_every_engine_failed_on_is_no_verdict():
    decided = given_up(EngineError("It died."))
    assert (decided.verdict, decided.trouble, decided.chosen) == ("stopped", "machine", None)
