"""The sounds in this repository: there, as they were rendered, and as loud as they must be."""

import hashlib
from pathlib import Path

import pytest

from voice_app.audio import loudness, mp3
from voice_app.audio.prompts import Entry, Manifest
from voice_app.audio.shaping import HEAD_SECONDS, TAIL_SECONDS

SHIPPED = Path(__file__).parents[3] / "audio_assets"
ENTRIES = Manifest.load(SHIPPED).entries
PROMPTS = [entry for entry in ENTRIES if entry.kind == "prompt"]


def _named(entry: Entry) -> str:
    return entry.path


def test_every_file_is_the_one_that_was_rendered():
    assert ENTRIES
    for entry in ENTRIES:
        content = (SHIPPED / entry.path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry.sha256, entry.path


def test_all_of_it_stays_small():
    assert sum(entry.size_bytes for entry in ENTRIES) < 15_000_000
    assert max(entry.size_bytes for entry in ENTRIES) < 40_000


def test_two_voices_speak_where_the_language_has_two():
    voices = {(e.language, e.voice) for e in PROMPTS if e.engine == "kokoro"}
    assert {language: sum(lang == language for lang, _ in voices) for language, _ in voices} == {
        "fr": 1,
        "es": 2,
        "en": 2,
    }


def test_the_employer_is_never_a_robot():
    assert {entry.engine for entry in PROMPTS} <= {"kokoro", "person"}


@pytest.mark.parametrize("entry", ENTRIES[::9], ids=_named)
def test_a_file_measures_as_its_entry_says(entry):
    path = SHIPPED / entry.path
    samples = mp3.read(path)
    found = loudness.measure(samples, rate_hz=mp3.RATE_HZ)

    assert mp3.shape_of(path) == "MP3 24000 Hz 1 channel"
    assert found.is_right
    assert found.lufs == pytest.approx(entry.lufs, abs=0.1)
    assert len(samples) / mp3.RATE_HZ == pytest.approx(entry.duration_seconds, abs=0.01)


@pytest.mark.parametrize("entry", ENTRIES[::9], ids=_named)
def test_neither_start_nor_end_is_clipped(entry):
    samples = mp3.read(SHIPPED / entry.path)
    head = samples[: round((HEAD_SECONDS - 0.02) * mp3.RATE_HZ)]
    tail = samples[-round((TAIL_SECONDS - 0.06) * mp3.RATE_HZ) :]

    assert abs(head).max() < 0.02
    assert abs(tail).max() < 0.02


def test_prompts_are_spoken_at_100_to_120_words_a_minute():
    long = [e for e in PROMPTS if e.pace == "normal" and len(e.text.split()) >= 4]
    within = [e for e in long if 97 <= e.words_per_minute <= 123]

    assert len(within) >= 0.95 * len(long)


def test_slow_is_slower_and_never_stretched():
    normal = {(e.key, e.voice): e for e in PROMPTS if e.pace == "normal"}
    for slow in (e for e in PROMPTS if e.pace == "slow" and e.engine == "kokoro"):
        usual = normal[(slow.key, slow.voice)]
        assert slow.speed < usual.speed, slow.path
        assert slow.duration_seconds > 1.05 * usual.duration_seconds, slow.path
