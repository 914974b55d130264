"""The real Vosk on Korean speech: a closed choice, and grammars that would crash it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.speakers import MODELS_HINT, say
from voice_app.audio.catalog import VOSK_KO
from voice_app.audio.ears import Ears
from voice_app.audio.models import installed_folder
from voice_app.audio.recordings import decode
from voice_app.audio.speech import EngineError
from voice_app.audio.workers import EngineCrashed, Spec, Worker
from voice_app.settings import Settings

pytestmark = pytest.mark.engine

OPTIONS = ("부엌", "우산", "전화", "고양이")


@pytest.fixture(scope="module")
def vosk() -> Iterator[Worker]:
    arguments = {"folder": _folder(), "name": "vosk-ko", "language": "ko"}
    spec = Spec("voice_app.audio.engines.vosk:VoskRecognizer", arguments)
    with Worker(spec, deadline_seconds=120.0) as worker:
        yield worker


def _folder() -> Path:
    folder = installed_folder(VOSK_KO, Settings().models_folder)
    if folder is None:
        pytest.fail(f"The Korean Vosk model is not installed: {MODELS_HINT} vosk-ko")
    return folder


@pytest.mark.parametrize("word", OPTIONS)
def test_hears_which_option_was_said(vosk: Worker, tmp_path: Path, word: str):
    recording = decode(say(word, language="ko", folder=tmp_path)).recording
    heard = vosk.call("hear", recording, language="ko", phrases=OPTIONS)
    assert heard.engine == "vosk:ko"
    assert heard.chosen_phrase == word
    assert heard.scores == ()
    assert heard.transcript.no_speech_probability is None


def test_without_phrases_nothing_is_chosen(vosk: Worker, tmp_path: Path):
    recording = decode(say("부엌", language="ko", folder=tmp_path)).recording
    heard = vosk.call("hear", recording, language="ko")
    assert heard.chosen_phrase is None
    assert heard.transcript.text
    assert 0 < heard.transcript.confidence <= 1


@pytest.mark.parametrize(
    "phrases", [(), ("",), ("[unk]",), ("<UNK>",), ('"]', "[]", "{}"), ("xyzzy",), ("\x00",)]
)
def test_phrases_that_crash_the_engine_never_reach_it(
    vosk: Worker, tmp_path: Path, phrases: tuple[str, ...]
):
    vosk.start()
    before = vosk.process_id
    recording = decode(say("물", language="ko", folder=tmp_path)).recording
    assert vosk.call("hear", recording, language="ko", phrases=phrases).chosen_phrase in {
        None,
        *phrases,
    }
    assert vosk.process_id == before


def test_words_the_model_does_not_know_are_named(vosk: Worker):
    unknown = vosk.call("unknown_words", ["부엌", "창문을 여세요", "xyzzy"])
    assert unknown == ("여세요", "xyzzy")


def test_a_raw_grammar_kills_only_the_process(vosk: Worker, tmp_path: Path):
    recording = decode(say("물", language="ko", folder=tmp_path)).recording
    with pytest.raises(EngineCrashed):
        vosk.call("_decode", recording, "[]")
    assert vosk.call("hear", recording, language="ko", phrases=("물",)).language == "ko"


def test_another_language_is_an_error(vosk: Worker, tmp_path: Path):
    recording = decode(say("물", language="ko", folder=tmp_path)).recording
    with pytest.raises(EngineError, match="vosk:ko hears ko, not fr"):
        vosk.call("hear", recording, language="fr")


def test_the_ears_hear_korean_from_a_file(tmp_path: Path):
    ears = Ears(Settings().models_folder, languages=("ko",), deadline_seconds=120.0)
    try:
        hearing = ears.hear(say("고양이", language="ko", folder=tmp_path), {"ko": OPTIONS})
    finally:
        ears.close()
    assert hearing.quality.trouble is None
    assert hearing.evidences[0].chosen_phrase == "고양이"
