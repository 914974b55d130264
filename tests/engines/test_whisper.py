"""The real Whisper: speech in three languages, and the right phrase among near neighbors."""

from pathlib import Path

import numpy as np
import pytest

from tests.engines.speakers import MODELS_HINT, say
from voice_app.audio.catalog import WHISPER_BASE
from voice_app.audio.models import installed_folder
from voice_app.audio.recordings import decode
from voice_app.audio.speech import EngineError, Evidence, PhraseScore, Recording
from voice_app.settings import Settings

pytestmark = pytest.mark.engine

NEAR = {
    "en": (
        "the kitchen before the bathroom",
        "the bathroom before the kitchen",
        "the shirts, not the trousers",
        "the trousers, not the shirts",
        "the first",
        "the third",
    ),
    "es": (
        "la cocina antes del baño",
        "el baño antes de la cocina",
        "las camisas no los pantalones",
        "los pantalones no las camisas",
        "el segundo",
        "el tercero",
    ),
    "fr": (
        "la cuisine avant la salle de bain",
        "la salle de bain avant la cuisine",
        "les chemises pas les pantalons",
        "les pantalons pas les chemises",
        "le deuxième",
        "le quatrième",
    ),
}


@pytest.fixture(scope="module")
def whisper() -> object:
    folder = installed_folder(WHISPER_BASE, Settings().models_folder)
    if folder is None:
        pytest.fail(f"Whisper is not installed: {MODELS_HINT}")
    from voice_app.audio.engines.whisper import WhisperRecognizer  # noqa: PLC0415

    return WhisperRecognizer(folder, threads=2)


def _hear(
    whisper: object, folder: Path, text: str, *, language: str, phrases: tuple[str, ...] = ()
) -> Evidence:
    recording = decode(say(text, language=language, folder=folder)).recording
    heard = whisper.hear(recording, language=language, phrases=phrases)  # type: ignore[attr-defined]
    assert isinstance(heard, Evidence)
    return heard


@pytest.mark.parametrize(
    ("language", "said", "words"),
    [
        ("en", "The shirts, not the trousers.", ("shirt", "not", "trousers")),
        ("es", "Las camisas, no los pantalones.", ("camisas", "no", "pantalones")),
        ("fr", "Bonjour, ouvrez la fenêtre de la chambre.", ("la",)),
    ],
)
def test_transcribes_three_languages(
    whisper: object, tmp_path: Path, language: str, said: str, words: tuple[str, ...]
):
    heard = _hear(whisper, tmp_path, said, language=language)
    assert heard.engine == "whisper:base-int8"
    assert heard.language == language
    assert all(word in heard.transcript.text.lower() for word in words)
    assert 0 < heard.transcript.confidence <= 1


@pytest.mark.parametrize("language", NEAR)
def test_the_phrase_that_was_said_is_the_likeliest(whisper: object, tmp_path: Path, language: str):
    phrases = NEAR[language]
    found = 0
    for phrase in phrases:
        heard = _hear(whisper, tmp_path, phrase, language=language, phrases=phrases)
        assert [score.phrase for score in heard.scores] == list(phrases)
        found += _best(heard.scores) == phrase
    assert found >= len(phrases) - 1


def _best(scores: tuple[PhraseScore, ...]) -> str:
    return max(scores, key=lambda score: score.mean).phrase


def test_scores_are_ordered_as_they_must_be(whisper: object, tmp_path: Path):
    heard = _hear(whisper, tmp_path, "the first", language="en", phrases=NEAR["en"])
    for score in heard.scores:
        assert score.lowest <= score.mean <= 0
        assert score.total <= score.lowest


def test_phrases_never_change_the_transcript(whisper: object, tmp_path: Path):
    plain = _hear(whisper, tmp_path, "the dirty window", language="en")
    hinted = _hear(whisper, tmp_path, "the dirty window", language="en", phrases=NEAR["en"])
    assert plain.transcript == hinted.transcript


def test_more_phrases_than_fit_at_once_are_all_scored(whisper: object, tmp_path: Path):
    phrases = tuple(f"the {n} windows" for n in range(35))
    heard = _hear(whisper, tmp_path, "the dirty window", language="en", phrases=phrases)
    assert [score.phrase for score in heard.scores] == list(phrases)


def test_a_second_language_does_not_encode_again(
    whisper: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    recording = decode(say("the dirty window", language="en", folder=tmp_path)).recording
    whisper.hear(recording, language="en")  # type: ignore[attr-defined]
    monkeypatch.setattr(whisper, "_encode", None)
    heard = whisper.hear(recording, language="fr")  # type: ignore[attr-defined]
    assert heard.language == "fr"


def test_a_recording_longer_than_the_window_is_heard_to_its_end(whisper: object, tmp_path: Path):
    sound = decode(say("the shirts, not the trousers", language="en", folder=tmp_path)).recording
    gap = np.zeros(31 * 16_000 - len(sound.samples), np.float32)
    both = Recording(np.concatenate((sound.samples, gap, sound.samples)))
    text = whisper.hear(both, language="en").transcript.text.lower()  # type: ignore[attr-defined]
    assert text.count("trousers") == 2


def test_a_language_it_does_not_know_is_an_error(whisper: object):
    with pytest.raises(EngineError, match="xx"):
        whisper.hear(Recording(np.zeros(16_000, np.float32)), language="xx")  # type: ignore[attr-defined]
