"""The real detector of speech: words cut close, and sounds nobody speaks in."""

from pathlib import Path

import numpy as np
import pytest

from tests.audio.fakes import tone
from tests.engines.speakers import say
from voice_app.audio.engines.silero import speech_frames
from voice_app.audio.quality import FRAME_SAMPLES, assess
from voice_app.audio.recordings import decode
from voice_app.audio.speech import SAMPLE_RATE_HZ, Recording, Samples

pytestmark = pytest.mark.engine


@pytest.mark.parametrize(
    ("text", "language"), [("août", "fr"), ("el cubo", "es"), ("the bucket", "en"), ("물", "ko")]
)
def test_short_words_are_speech(text: str, language: str, tmp_path: Path) -> None:
    recording = decode(say(text, language=language, folder=tmp_path)).recording
    is_speech = speech_frames(recording)
    assert len(is_speech) == -(-len(recording.samples) // FRAME_SAMPLES)
    assert assess(recording, is_speech).trouble is None


def test_a_word_cut_close_is_speech(tmp_path: Path) -> None:
    recording = decode(say("août", language="fr", folder=tmp_path)).recording
    loud = np.flatnonzero(np.abs(recording.samples) > 0.02)
    cut = Recording(recording.samples[loud[0] : loud[-1]])
    assert assess(cut, speech_frames(cut)).trouble is None


@pytest.mark.parametrize("kind", ["hiss", "tone", "clicks", "silence"])
def test_what_nobody_says_is_no_speech(kind: str) -> None:
    dice = np.random.default_rng(3)
    sounds = {
        "hiss": dice.normal(0, 0.05, 3 * SAMPLE_RATE_HZ).astype(np.float32),
        "tone": tone(3.0, rate=SAMPLE_RATE_HZ),
        "clicks": (dice.random(3 * SAMPLE_RATE_HZ) > 0.9995).astype(np.float32) * 0.8,
        "silence": np.full(3 * SAMPLE_RATE_HZ, 1e-4, np.float32),
    }
    recording = Recording(sounds[kind])
    assert assess(recording, speech_frames(recording)).trouble in ("no-speech", "too-quiet")


def test_no_sound_at_all_has_no_frames() -> None:
    assert len(speech_frames(Recording(np.zeros(0, np.float32)))) == 0


def test_a_short_word_is_speech_wherever_the_frames_begin(tmp_path: Path) -> None:
    recording = decode(say("août", language="fr", folder=tmp_path)).recording
    loud = np.flatnonzero(np.abs(recording.samples) > 0.02)
    word = _telephoned(recording.samples[loud[0] : loud[-1]])
    for late in range(0, 2 * FRAME_SAMPLES, 64):
        cut = Recording(np.pad(word, (late, 4_000)))
        assert assess(cut, speech_frames(cut)).trouble is None, late


def _telephoned(samples: Samples) -> Samples:
    """Return samples without what a telephone line leaves out: the word is harder to find."""
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    spectrum[(hertz < 300) | (hertz > 3_400)] = 0
    return np.fft.irfft(spectrum, len(samples)).astype(np.float32)
