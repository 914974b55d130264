from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.sounds.conditions import CONDITIONS, apply, late
from benchmarks.sounds.levels import active_dbfs, active_span, rms_dbfs
from benchmarks.sounds.lines import telephoned
from benchmarks.sounds.noise import mixed
from benchmarks.sounds.room import response, reverberated
from benchmarks.sounds.spoken import read
from tests.benchmarks.voices import QUIET_SECONDS, clip, voice
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples


def dice() -> np.random.Generator:
    return np.random.default_rng(7)


def energy(samples: Samples, *, above_hz: float) -> float:
    """The share of the energy that lies above a frequency."""
    powers = np.square(np.abs(np.fft.rfft(samples)))
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    return float(powers[hertz > above_hz].sum() / powers.sum())


@pytest.mark.parametrize("ratio_db", [20.0, 10.0, 5.0])
@pytest.mark.parametrize("crowd", [(), (voice(pitch_hz=90.0), voice(pitch_hz=230.0))])
def test_noise_lies_as_far_under_the_speech_as_asked(ratio_db: float, crowd: Sequence[Samples]):
    speech = voice()
    noise = mixed(speech, ratio_db=ratio_db, crowd=crowd, dice=dice()) - speech
    assert active_dbfs(speech) - rms_dbfs(noise) == pytest.approx(ratio_db, abs=0.1)


def test_the_quiet_around_speech_does_not_make_it_softer():
    quiet = np.zeros(3 * SAMPLE_RATE_HZ, dtype=np.float32)
    longer = np.concatenate([quiet, voice(), quiet])
    assert active_dbfs(longer) == pytest.approx(active_dbfs(voice()), abs=0.2)


def test_a_telephone_line_passes_nothing_above_its_band():
    assert energy(voice(), above_hz=3600) > 1e-3
    assert energy(telephoned(voice()), above_hz=3600) < 1e-4


def test_a_telephone_line_keeps_length_and_level():
    heard = telephoned(voice(pitch_hz=500))
    assert len(heard) == len(voice())
    assert active_dbfs(heard) == pytest.approx(active_dbfs(voice(pitch_hz=500)), abs=1.5)


@pytest.mark.parametrize("seconds", [0.5, 0.9])
def test_a_room_falls_by_sixty_decibels_in_its_time(seconds: float):
    tail = np.square(response(seconds, dice=dice())[1:].astype(np.float64))
    left = 10 * np.log10(np.cumsum(tail[::-1])[::-1] / tail.sum())
    count = len(left)
    # Read as rooms are measured: from -5 to -25 dB, times three.
    first, last = np.argmax(left < -5), np.argmax(left < -25)
    assert 3 * (last - first) / SAMPLE_RATE_HZ == pytest.approx(seconds, rel=0.1)
    assert count == int(seconds * SAMPLE_RATE_HZ) - 1


def test_a_room_is_as_loud_as_before_and_longer():
    heard = reverberated(voice(), seconds=0.5, dice=dice())
    assert active_dbfs(heard) == pytest.approx(active_dbfs(voice()), abs=0.1)
    assert len(heard) == len(voice()) + SAMPLE_RATE_HZ // 2 - 1


def test_a_late_start_loses_a_fifth_of_a_second_of_speech():
    start, _ = active_span(voice())
    assert start == pytest.approx(QUIET_SECONDS * SAMPLE_RATE_HZ, abs=SAMPLE_RATE_HZ / 50)
    assert len(late(voice())) == len(voice()) - start - SAMPLE_RATE_HZ // 5


def test_a_late_start_leaves_something_of_the_shortest_sound():
    assert len(late(np.ones(1000, dtype=np.float32))) == 1000


def test_opus_keeps_the_length_and_the_voice(tmp_path: Path):
    path = clip(tmp_path)
    heard = apply(path, "opus-16k", seed=1, cache=tmp_path)
    assert heard.suffix == ".webm"
    assert heard.read_bytes().startswith(b"\x1aE\xdf\xa3")
    assert len(heard.read_bytes()) < len(path.read_bytes()) / 8
    samples = read(heard)
    assert len(samples) == pytest.approx(len(read(path)), abs=0.05 * SAMPLE_RATE_HZ)
    assert active_dbfs(samples) == pytest.approx(active_dbfs(read(path)), abs=2)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_same_sound_seed_and_crowd_give_the_same_bytes(tmp_path: Path, condition):
    path = clip(tmp_path)
    crowd = [clip(tmp_path, pitch_hz=pitch) for pitch in (90.0, 180.0, 230.0)]
    first = apply(path, condition, seed=1, cache=tmp_path / "a", crowd=crowd)
    again = apply(path, condition, seed=1, cache=tmp_path / "b", crowd=crowd)
    assert first.read_bytes() == again.read_bytes()


def test_another_seed_gives_other_noise(tmp_path: Path):
    path = clip(tmp_path)
    found = {apply(path, "noise-5", seed=seed, cache=tmp_path).read_bytes() for seed in (1, 2)}
    assert len(found) == 2


def test_a_clean_sound_is_the_file_itself_and_a_made_one_is_not_made_again(tmp_path: Path):
    path = clip(tmp_path)
    assert apply(path, "clean", seed=1, cache=tmp_path) == path
    made = apply(path, "telephone", seed=1, cache=tmp_path)
    made.write_bytes(b"kept")
    assert apply(path, "telephone", seed=1, cache=tmp_path).read_bytes() == b"kept"
