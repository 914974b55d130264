"""Speech is cut at its pauses, in pieces that an engine can take, and no speech is lost."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_app.audio.quality import FRAME_SAMPLES, SpeechFrames
from voice_app.audio.speech import SAMPLE_RATE_HZ, Recording
from voice_app.audio.stretches import LONGEST_SECONDS, spans

# Seconds of speech and silence in turns.
TURNS = st.lists(st.floats(0.05, 30.0), min_size=1, max_size=12)


def _said(turns: list[float]) -> tuple[Recording, SpeechFrames]:
    parts = [
        np.full(max(1, int(one * SAMPLE_RATE_HZ / FRAME_SAMPLES)), number % 2 == 0)
        for number, one in enumerate(turns)
    ]
    frames = np.concatenate(parts)
    samples = np.repeat(frames, FRAME_SAMPLES).astype(np.float32) * 0.1
    return Recording(samples), frames


def _seconds(turns: list[float]) -> list[tuple[float, float]]:
    return [(a / SAMPLE_RATE_HZ, b / SAMPLE_RATE_HZ) for a, b in spans(*_said(turns))]


def test_silence_has_no_stretches():
    assert spans(Recording(np.zeros(16_000, np.float32)), np.zeros(32, np.bool_)) == ()


def test_a_long_pause_parts_and_a_short_one_does_not():
    assert len(_seconds([4.0, 0.5, 4.0])) == 1
    assert len(_seconds([4.0, 2.0, 4.0])) == 2


def test_a_short_answer_leans_on_its_neighbor_if_that_is_near():
    assert len(_seconds([4.0, 2.0, 1.0])) == 1
    assert len(_seconds([4.0, 3.0, 1.0])) == 2


def test_speech_without_a_pause_is_cut_where_it_is_quietest():
    recording, frames = _said([24.0])
    samples = recording.samples.copy()
    samples[15 * SAMPLE_RATE_HZ : 15 * SAMPLE_RATE_HZ + 4000] = 0.001
    (_, cut), _ = spans(Recording(samples), frames)
    assert abs(cut / SAMPLE_RATE_HZ - 15.125) < 0.1


@settings(deadline=None)
@given(TURNS)
def test_stretches_hold_all_speech_in_order_and_never_overlap(turns: list[float]):
    recording, frames = _said(turns)
    found = spans(recording, frames)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert all(0 <= begin < end <= len(recording.samples) for begin, end in found)
    held = np.zeros(len(recording.samples), np.bool_)
    for begin, end in found:
        held[begin:end] = True
        assert (end - begin) / SAMPLE_RATE_HZ <= LONGEST_SECONDS + 0.7
    assert held[np.repeat(frames, FRAME_SAMPLES)].all()


@settings(deadline=None)
@given(st.lists(st.floats(0.3, 9.0), min_size=3, max_size=11))
def test_speech_with_pauses_is_cut_in_them_alone(turns: list[float]):
    recording, frames = _said(turns)
    quiet = np.concatenate(([True], ~frames, [True]))
    for begin, end in spans(recording, frames):
        assert quiet[begin // FRAME_SAMPLES + 1] or quiet[begin // FRAME_SAMPLES]
        assert quiet[-(-end // FRAME_SAMPLES)] or quiet[-(-end // FRAME_SAMPLES) + 1]
