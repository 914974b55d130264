"""Loudness, peaks, edges, pauses and pace of what is rendered."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audio.prompts.fakes import RATE_HZ, hum, quiet
from voice_app.audio import pace
from voice_app.audio.earcons import missing_earcons, render_earcons
from voice_app.audio.loudness import SilentSound, level, measure
from voice_app.audio.mp3 import ADDED_BEFORE, encode, read
from voice_app.audio.prompts import Sentence
from voice_app.audio.shaping import finish, trim, widen

MP3_FRAME = 576


@settings(max_examples=20, deadline=None)
@given(
    amplitude=st.floats(0.001, 1.0),
    hertz=st.floats(90, 400),
    seconds=st.floats(0.25, 3.0),
    click=st.floats(0, 1.0),
)
def test_every_sound_is_shipped_at_the_same_loudness(amplitude, hertz, seconds, click):
    sound = hum(seconds, hertz=hertz, amplitude=amplitude)
    sound[len(sound) // 2] += click * amplitude * 10

    finished = finish(sound)

    assert abs(finished.loudness.lufs + 19) <= 1
    assert finished.loudness.peak_dbtp <= -1


def test_peaks_between_the_samples_count():
    time = np.arange(RATE_HZ) / RATE_HZ
    wave = np.sin(2 * np.pi * (RATE_HZ / 4) * time + np.pi / 4).astype(np.float32)

    peak = measure(wave, rate_hz=RATE_HZ).peak_dbtp

    assert np.abs(wave).max() < 0.71
    assert peak == pytest.approx(0, abs=0.3)


def test_silence_cannot_be_leveled():
    with pytest.raises(SilentSound):
        level(quiet(1.0), rate_hz=RATE_HZ)


def test_encoding_loses_neither_the_start_nor_the_end():
    sound = np.concatenate((hum(0.02), quiet(0.5), hum(0.02)))

    decoded = read(encode(sound))

    inside = decoded[ADDED_BEFORE:]
    assert len(sound) <= len(inside) <= len(sound) + 2 * MP3_FRAME
    assert np.abs(inside[:480]).max() > 0.1
    assert np.abs(inside[len(sound) - 480 : len(sound)]).max() > 0.1


def test_a_file_begins_and_ends_quietly():
    decoded = read(finish(hum(1.0)).mp3)

    assert np.abs(decoded[: int(0.09 * RATE_HZ)]).max() < 0.01
    assert np.abs(decoded[-int(0.22 * RATE_HZ) :]).max() < 0.01


def test_trimming_leaves_only_the_speech():
    trimmed = trim(np.concatenate((quiet(0.7), hum(1.0), quiet(0.9))))

    assert len(trimmed) / RATE_HZ == pytest.approx(1.07, abs=0.03)
    assert len(trim(quiet(1.0))) == 0


@pytest.mark.parametrize("gap_seconds", [0.08, 0.3, 1.2])
def test_a_pause_is_brought_to_its_length(gap_seconds):
    speech = np.concatenate((hum(1.0), quiet(gap_seconds), hum(1.0)))

    widened, pausing = widen(speech, [(0.5, 0.45)])

    assert pausing == 0.45
    assert len(widened) / RATE_HZ == pytest.approx(2.45, abs=0.03)


def test_no_pause_is_cut_into_a_sound():
    speech = hum(2.0)

    widened, pausing = widen(speech, [(0.5, 0.45)])

    assert pausing == 0
    assert len(widened) == len(speech)


def test_a_pause_is_400_to_700_milliseconds():
    text = "Careful. It is slippery, please: mind the step!"
    for speed in ("normal", "slow"):
        found = pace.pauses(text, kind="prompt", pace=speed)
        assert len(found) == 3
        assert all(0.4 <= seconds <= 0.7 for _, seconds in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take the broom", 3),
        ("the kitchen", 3),
        ("Prenez le balai", 5),
        ("la clé", 2),
        ("Coja la escoba", 6),
        ("열쇠", 2),
        ("", 0),
    ],
)
def test_syllables_are_counted_about_right(text, expected):
    assert abs(pace.syllables(text) - expected) <= 1


@given(st.lists(st.sampled_from(["une", "cocina", "the", "kitchen", "salle", "de"]), min_size=1))
def test_a_prompt_is_asked_for_at_100_to_120_words_a_minute_and_never_drawled(words):
    text = " ".join(words)
    seconds = pace.goal_seconds(text, kind="prompt", pace="normal")
    rate = pace.words(text) * 60 / seconds

    assert rate >= 100
    assert rate <= 120 or pace.words(text) < 4 or pace.syllables(text) / seconds <= 2.45
    assert pace.syllables(text) / seconds >= 1.5
    assert pace.goal_seconds(text, kind="prompt", pace="slow") == pytest.approx(seconds / 0.83)


def test_a_prompt_comes_out_at_the_pace_asked_for(rendered):
    sentence = Sentence("en/prompts/x", "en", "prompt", "Clean the kitchen, not the bathroom.")

    normal, slow = (
        next(e for e in rendered(sentence).entries if e.pace == p) for p in ("normal", "slow")
    )

    assert 100 <= normal.words_per_minute <= 120
    assert 85 <= slow.words_per_minute <= 100
    assert slow.speed < normal.speed


def test_earcons_are_short_soft_and_made_once(tmp_path):
    written = render_earcons(tmp_path)

    assert {path.stem for path in written} == {"start", "stop", "sent", "done"}
    assert len(read(tmp_path / "earcons/start.mp3")) / RATE_HZ <= 0.2 + 0.025
    assert all(measure(read(path), rate_hz=RATE_HZ).peak_dbtp <= -1 for path in written)
    assert render_earcons(tmp_path) == ()
    assert missing_earcons(tmp_path) == ()
