"""Words written by people are read aloud, in a process that may fail alone."""

import io

import av
import pytest

from voice_app.audio.engines import espeak
from voice_app.audio.engines.espeak import read_aloud
from voice_app.audio.speech import VoiceError

pytestmark = pytest.mark.engine

SAID = {"fr": "Bien redit.", "es": "Bien repetido.", "en": "Said again & <well>."}


def seconds(sound: bytes) -> float:
    with av.open(io.BytesIO(sound)) as file:
        (stream,) = file.streams.audio
        assert stream.codec_context.name.startswith("mp3")
        return (file.duration or 0) / av.time_base


@pytest.mark.parametrize("language", SAID)
def test_words_are_read_in_the_language_of_who_listens(language: str):
    short = read_aloud(SAID[language], language)
    long = read_aloud(SAID[language] * 20, language)
    assert seconds(short) > 0.5
    assert seconds(long) > 10 * seconds(short)


def test_what_cannot_be_read_says_so(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(VoiceError, match="tlh"):
        read_aloud("Hello.", "tlh")
    monkeypatch.setattr(espeak, "_TIMEOUT_SECONDS", 0.001)
    with pytest.raises(VoiceError, match="too long"):
        read_aloud("Hello.", "en")
