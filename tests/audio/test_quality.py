"""A take's trouble has one name: empty, too quiet, clipped, no speech."""

import numpy as np
import pytest

from tests.audio.fakes import speechlike, tone
from voice_app.audio.quality import assess, speech_span
from voice_app.audio.speech import SAMPLE_RATE_HZ, Recording


def test_speech_is_usable():
    quality = assess(Recording(speechlike(2.0)))
    assert quality.trouble is None
    assert 0.5 < quality.speech_seconds < 2.1
    assert quality.noise_floor_dbfs < -60 < quality.rms_dbfs < 0


def test_nothing_is_empty():
    assert assess(Recording(np.zeros(0, np.float32))).trouble == "empty"
    assert assess(Recording(np.zeros(16_000, np.float32))).trouble == "empty"


@pytest.mark.parametrize("level", [0.001, 0.002])
def test_a_whisper_far_away_is_too_quiet(level: float):
    assert assess(Recording(speechlike(2.0, level=level))).trouble == "too-quiet"


def test_a_shout_into_the_microphone_is_clipped():
    loud = np.clip(speechlike(2.0) * 20, -1, 1)
    assert assess(Recording(loud)).trouble == "clipped"


def test_a_steady_noise_holds_no_speech():
    hiss = np.random.default_rng(3).normal(0, 0.03, 48_000).astype(np.float32)
    assert assess(Recording(hiss)).trouble == "no-speech"


def test_a_click_is_no_speech():
    sound = np.random.default_rng(3).normal(0, 0.003, 48_000).astype(np.float32)
    sound[20_000:20_300] += 0.8
    assert assess(Recording(sound)).trouble == "no-speech"


def test_a_word_between_long_silences_is_found():
    quiet = np.random.default_rng(3).normal(0, 0.001, 10 * SAMPLE_RATE_HZ).astype(np.float32)
    word = speechlike(0.6)
    quiet[80_000 : 80_000 + len(word)] += word
    recording = Recording(quiet)
    assert assess(recording).trouble is None
    start, end = speech_span(recording, margin_seconds=0.25)
    assert 80_000 <= start < end <= 80_000 + len(word) + 4_000


def test_the_span_of_no_speech_is_everything():
    recording = Recording(np.zeros(5_000, np.float32))
    assert speech_span(recording, margin_seconds=0.5) == (0, 5_000)


def test_less_than_a_frame_is_measured_too():
    assert assess(Recording(tone(0.005, rate=SAMPLE_RATE_HZ))).trouble is not None
