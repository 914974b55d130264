"""Questions asked aloud in one go, as the real engines hear them, and what is found in them.

The voice is espeak-ng's, the hardest to understand; in French it is hardly understood at all,
so that little is asked of it here. `python -m benchmarks.tasks` measures with better voices.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.engines.speakers import MODELS_HINT, say
from voice_app.audio.catalog import VOSK_KO
from voice_app.audio.choosing import NoEngine, choose_engines
from voice_app.audio.models import installed_folder
from voice_app.audio.recordings import Decoded, decode
from voice_app.audio.room import HearingRoom
from voice_app.audio.speech import SAMPLE_RATE_HZ, EngineError, FreeSpeech, Recording
from voice_app.scoring.finding import Said, found
from voice_app.settings import Settings

pytestmark = pytest.mark.engine

PAUSE_SECONDS = 0.8
ASKED: Mapping[str, Mapping[str, str]] = {
    "en": {
        "introduction": "Hello, what is your name?",
        "home": "How many rooms are there in the house?",
        "terms": "What time do I start?",
        "priority": "What is the most important thing for you?",
    },
    "fr": {
        "introduction": "Bonjour, comment vous appelez-vous ?",
        "home": "Combien de pièces y a-t-il dans la maison ?",
        "terms": "À quelle heure est-ce que je commence ?",
        "rooms": "Quelles pièces est-ce que je nettoie ?",
    },
}
CUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "introduction": ("what is your name", "who are you"),
        "home": ("how many rooms", "house or flat"),
        "terms": ("what time", "how many hours"),
        "products": ("which products", "which equipment"),
        "rooms": ("which rooms", "what do I clean"),
        "priority": ("most important", "what comes first"),
    },
    "fr": {
        "introduction": ("comment vous appelez vous", "vous vous appelez"),
        "home": ("combien de pièces", "maison ou appartement"),
        "terms": ("à quelle heure", "combien d'heures"),
        "products": ("quels produits", "quel matériel"),
        "rooms": ("quelles pièces", "que dois je nettoyer"),
        "priority": ("plus important", "par quoi je commence"),
    },
}
FEWEST = {"en": 4, "fr": 1}


@pytest.fixture(scope="module")
def room() -> HearingRoom:
    return HearingRoom(Settings().models_folder)


def spoken(language: str, folder: Path) -> Recording:
    quiet = np.zeros(int(PAUSE_SECONDS * SAMPLE_RATE_HZ), np.float32)
    parts = [quiet]
    for text in ASKED[language].values():
        parts += [decode(say(text, language=language, folder=folder)).recording.samples, quiet]
    return Recording(np.concatenate(parts))


def written(room: HearingRoom, recording: Recording, *, language: str) -> FreeSpeech:
    try:
        choices = choose_engines(language, Settings().models_folder)
    except NoEngine:
        pytest.fail(f"No engine is installed: {MODELS_HINT}")
    return room.transcribe(Decoded(recording, is_cut=False, bad_packets=0), choices)


@pytest.mark.parametrize("language", ASKED)
def test_questions_asked_in_one_go_are_found_with_their_places(
    room: HearingRoom, tmp_path: Path, language: str
):
    recording = spoken(language, tmp_path)
    heard = written(room, recording, language=language)
    assert heard.quality.trouble is None
    assert heard.engine is not None
    assert "whisper:base-int8" in heard.engine
    said = [Said(one.start_seconds, one.end_seconds, one.text) for one in heard.stretches]
    told = found(said, CUES[language], language)
    ids = [one.id for one in told]
    assert len(set(ids) & set(ASKED[language])) >= FEWEST[language]
    assert len(set(ids) - set(ASKED[language])) <= 1
    right = [one for one in ids if one in ASKED[language]]
    assert right == [one for one in ASKED[language] if one in right]
    assert all(0 <= one.start < one.end <= recording.duration_seconds + 1 for one in told)


def test_in_silence_and_noise_nothing_is_written_and_nothing_found(room: HearingRoom):
    noise = np.random.default_rng(4).normal(0, 0.02, 8 * SAMPLE_RATE_HZ).astype(np.float32)
    for samples in (np.zeros(8 * SAMPLE_RATE_HZ, np.float32), noise):
        heard = written(room, Recording(samples), language="fr")
        said = [Said(one.start_seconds, one.end_seconds, one.text) for one in heard.stretches]
        assert found(said, CUES["fr"], "fr") == ()


def test_vosk_says_where_its_words_are(room: HearingRoom, tmp_path: Path):
    if installed_folder(VOSK_KO, Settings().models_folder) is None:
        pytest.fail(f"The Korean Vosk model is not installed: {MODELS_HINT} vosk-ko")
    one = decode(say("부엌 창문", language="ko", folder=tmp_path)).recording.samples
    quiet = np.zeros(4 * SAMPLE_RATE_HZ, np.float32)
    heard = written(room, Recording(np.concatenate((one, quiet, one))), language="ko")
    assert heard.engine == "vosk:ko+whisper:base-int8"
    assert len(heard.stretches) == len(heard.others) == 2
    for stretch in heard.stretches:
        assert stretch.text == " ".join(word.text for word in stretch.words)
        times = [at for word in stretch.words for at in (word.start_seconds, word.end_seconds)]
        assert times == sorted(times)
        assert stretch.start_seconds - 0.01 <= times[0] < times[-1] <= stretch.end_seconds + 0.4
    assert heard.stretches[1].words[0].start_seconds > 4.0


def test_more_than_its_window_is_refused_by_whisper(room: HearingRoom):
    (choice,) = choose_engines("fr", Settings().models_folder, without=["vosk"])
    room.load(choice)
    long = Recording(np.zeros(31 * SAMPLE_RATE_HZ, np.float32))
    with pytest.raises(EngineError, match="31 seconds"):
        room._engines[choice.engine].transcribe(long, language="fr")
