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
EMPLOYERS = [entry for entry in ENTRIES if entry.kind in ("prompt", "scene")]


def _named(entry: Entry) -> str:
    return entry.path


def test_every_file_is_the_one_that_was_rendered():
    assert ENTRIES
    for entry in ENTRIES:
        content = (SHIPPED / entry.path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry.sha256, entry.path


def test_all_of_it_stays_small():
    assert sum(entry.size_bytes for entry in ENTRIES) < 80_000_000
    # Examples of whole answers are for assessors; a candidate's phone loads the rest.
    assert max(entry.size_bytes for entry in ENTRIES if entry.kind != "example") < 40_000


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


def test_prompts_are_spoken_at_100_to_120_words_a_minute_or_a_calm_rate_of_syllables():
    long = [e for e in PROMPTS if e.pace == "normal" and len(e.text.split()) >= 4]
    in_band = [e for e in long if 97 <= e.words_per_minute <= 123]

    # Many of the sentences are of words of one syllable: their calm is in the syllables.
    assert len(in_band) >= 0.7 * len(long)
    for entry in (e for e in PROMPTS if e.pace == "normal" and e not in in_band):
        assert 1.4 <= entry.syllables_per_second <= 5.0, entry.path


def test_slow_is_slower_and_never_stretched():
    normal = {(e.key, e.voice): e for e in EMPLOYERS if e.pace == "normal"}
    slow = [e for e in EMPLOYERS if e.pace == "slow" and e.engine == "kokoro"]
    for entry in slow:
        usual = normal[(entry.key, entry.voice)]
        assert entry.speed < usual.speed, entry.path
        assert entry.duration_seconds > usual.duration_seconds, entry.path
    ratios = sorted(e.duration_seconds / normal[(e.key, e.voice)].duration_seconds for e in slow)
    assert 1.1 <= ratios[len(ratios) // 2] <= 1.25
