"""What an assessor's player is given: every take in order, its outline, where somebody speaks."""

import io
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.audio import waves
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples


def tone(seconds: float, *, level: float = 0.3) -> Samples:
    times = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return (level * np.sin(2 * np.pi * 220 * times)).astype(np.float32)


def quiet(seconds: float) -> Samples:
    noise = np.random.default_rng(1).normal(0, 0.001, int(seconds * SAMPLE_RATE_HZ))
    return noise.astype(np.float32)


def test_takes_stand_in_order_with_a_gap_and_are_found_again() -> None:
    made = waves.joined([tone(1.0), tone(0.5)])
    assert made.takes == ((0.0, 1.0), (1.5, 2.0))
    assert made.seconds == 2.0
    assert not made.samples[SAMPLE_RATE_HZ : int(1.5 * SAMPLE_RATE_HZ)].any()
    assert waves.joined([]).seconds == 0.0


@given(st.integers(min_value=1, max_value=5000))
def test_the_outline_holds_the_loudest_moment_whatever_the_length(length: int) -> None:
    samples = np.zeros(length, np.float32)
    samples[length // 2] = 0.75
    outline = waves.peaks(samples)
    assert len(outline) == min(length, waves.PEAKS)
    assert max(high for _, high in outline) == 0.75


def test_pauses_are_left_out_of_what_is_spoken_and_short_ones_are_not() -> None:
    sound = np.concatenate([quiet(2), tone(1), quiet(0.4), tone(1), quiet(3), tone(1), quiet(1)])
    first, second = waves.spoken(sound)
    assert first == pytest.approx((1.8, 4.6), abs=0.05)
    assert second == pytest.approx((7.2, 8.6), abs=0.05)


def test_a_take_without_any_voice_is_heard_whole() -> None:
    assert waves.spoken(quiet(2)) == [(0.0, 2.0)]
    assert waves.spoken(quiet(0)) == []
    assert waves.peaks(quiet(0)) == []


def test_the_file_is_read_by_another_program_and_never_wraps_around() -> None:
    samples = np.array([0.0, 1.5, -1.5, 0.5], np.float32)
    with wave.open(io.BytesIO(waves.wav(samples))) as read:
        assert (read.getnchannels(), read.getframerate()) == (1, SAMPLE_RATE_HZ)
        assert np.frombuffer(read.readframes(4), "<i2").tolist() == [0, 32767, -32767, 16384]
