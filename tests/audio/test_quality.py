"""A take's trouble has one name: empty, too quiet, clipped, no speech."""

import numpy as np
import pytest

from tests.audio.fakes import loud_frames, speechlike, tone
from voice_app.audio.quality import FRAME_SAMPLES, assess, speech_span
from voice_app.audio.speech import SAMPLE_RATE_HZ, Quality, Recording, Samples


def _assessed(samples: Samples) -> Quality:
    recording = Recording(samples)
    return assess(recording, loud_frames(recording))


def test_speech_is_usable():
    quality = _assessed(speechlike(2.0))
    assert quality.trouble is None
    assert 0.5 < quality.speech_seconds < 2.1
    assert quality.noise_floor_dbfs < -60 < quality.rms_dbfs < 0


def test_nothing_is_empty():
    assert _assessed(np.zeros(0, np.float32)).trouble == "empty"
    assert _assessed(np.zeros(16_000, np.float32)).trouble == "empty"


@pytest.mark.parametrize("level", [0.001, 0.002])
def test_a_whisper_far_away_is_too_quiet(level: float):
    assert _assessed(speechlike(2.0, level=level)).trouble == "too-quiet"


def test_a_shout_into_the_microphone_is_clipped():
    loud = np.clip(speechlike(2.0) * 20, -1, 1)
    assert _assessed(loud).trouble == "clipped"


def test_where_nobody_speaks_there_is_no_speech():
    hiss = np.random.default_rng(3).normal(0, 0.03, 48_000).astype(np.float32)
    nobody = np.zeros(-(-48_000 // FRAME_SAMPLES), np.bool_)
    assert assess(Recording(hiss), nobody).trouble == "no-speech"


def test_a_word_too_short_for_any_is_no_speech():
    sound = np.random.default_rng(3).normal(0, 0.003, 48_000).astype(np.float32)
    sound[20_000:22_000] += 0.8
    assert _assessed(sound).trouble == "no-speech"


def test_a_word_between_long_silences_is_found():
    quiet = np.random.default_rng(3).normal(0, 0.0001, 10 * SAMPLE_RATE_HZ).astype(np.float32)
    word = speechlike(0.6)
    quiet[80_000 : 80_000 + len(word)] += word
    recording = Recording(quiet)
    is_speech = loud_frames(recording)
    assert assess(recording, is_speech).trouble is None
    start, end = speech_span(recording, is_speech, margin_seconds=0.25)
    assert 75_000 <= start < end <= 80_000 + len(word) + 5_000


def test_the_span_of_no_speech_is_everything():
    recording = Recording(np.zeros(5_000, np.float32))
    assert speech_span(recording, loud_frames(recording), margin_seconds=0.5) == (0, 5_000)


def test_less_than_a_frame_is_measured_too():
    assert _assessed(tone(0.005, rate=SAMPLE_RATE_HZ)).trouble is not None
