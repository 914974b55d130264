# ruff: noqa: RUF001 (the phonetic alphabet)
from pathlib import Path

import numpy as np
import pytest
from kokoro_onnx.config import DEFAULT_VOCAB

from benchmarks.sounds import music, voices
from benchmarks.sounds.accents import accented, tables
from benchmarks.sounds.levels import active_dbfs, active_span
from benchmarks.sounds.microphone import as_recorded
from benchmarks.sounds.neighbors import Neighbors
from benchmarks.sounds.people import corrected
from benchmarks.sounds.phrases import chosen, household, phrases
from benchmarks.sounds.spoken import LANGUAGES, Spoken, folded, part_of, read, write
from tests.benchmarks.voices import voice
from voice_app.audio.speech import SAMPLE_RATE_HZ

PLANS = [voices.neural, voices.formant]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_phrases_enough_each_once(language: str):
    assert len(household(language)) >= 100
    for texts in (household(language), phrases(language)):
        assert len({folded(text) for text in texts}) == len(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_choice_of_phrases_begins_a_large_one(language: str):
    few = chosen(language, count=10, seed=1, purpose="a")
    assert chosen(language, count=60, seed=1, purpose="a")[:10] == few
    assert chosen(language, count=10, seed=2, purpose="a") != few
    assert chosen(language, count=10, seed=1, purpose="b") != few


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_is_the_same_each_time_and_has_each_sound_once(plan, language: str, tmp_path: Path):
    planned = plan(language, cache=tmp_path, seed=1)
    assert planned == plan(language, cache=tmp_path, seed=1)
    assert len({each.path for each in planned}) == len(planned) >= 120
    assert sum(each.accent is None for each in planned) == 60
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_origin_speaks_light_and_strong(language: str, tmp_path: Path):
    accents = {each.accent for each in voices.neural(language, cache=tmp_path, seed=1)} - {None}
    homes = set(voices.FOREIGN) - {language}
    assert accents == {f"{home}-{how}" for home in homes for how in ("light", "strong")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_of_all_phrases_is_for_tuning(language: str):
    parts = [part_of(text, language) for text in phrases(language)]
    assert 0.25 < parts.count("dev") / len(parts) < 0.42


def test_a_text_has_one_part_however_it_is_written_and_whoever_says_it():
    one = Spoken("a", "fr", "L'évier est bouché", "x", "neural", None, Path("a"))
    two = Spoken("b", "fr", "l evier est bouche.", "y", "person", None, Path("b"))
    assert one.part == two.part


@pytest.mark.parametrize("home", tables())
def test_an_accent_changes_sounds_and_writes_only_signs_with_a_sound(home: str):
    said = "ðə θˈɜːd mˈɛʒəɹ, də la ʁˈy, el βˈaɲo xaβˈɔ̃, tʃˈeə."
    heard = accented(said, home)
    assert heard != said
    assert set(heard) <= set(DEFAULT_VOCAB)


def test_an_accent_replaces_nothing_twice():
    assert accented("bɹˈuːm", "ja") == "bɯɾˈɯːmɯ"
    assert accented("tˈa", "zh") == "tʰˈa"
    assert accented("mɛzˈɔ̃", "es") == "mesˈon"


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("Cette conférence est verouillée.", "cette conférence est verrouillée"),
        ("Vous êtes présentement l'appellant numéro", "vous êtes présentement l'appelant numéro"),
        ("Appelants en attente!", "appelants en attente"),
        ("Fourtieth", "fortieth"),
        ("Press 1 to call.", "press 1 to call"),
    ],
)
def test_texts_of_clips_are_spelled_right(written: str, spelled: str):
    assert corrected(written) == spelled


def test_near_neighbors_are_neither_homophones_nor_the_same_words():
    sounds = {"le seau": "ləso", "le sceau": "ləso", "le pot": "ləpo", "le four": "ləfuʁ"}
    sounds |= {"Le seau.": "ləsso"}
    assert Neighbors(sounds).near("le seau", count=2) == ("le pot", "le four")


def test_a_phone_adds_quiet_ends_and_hardly_any_noise():
    heard = as_recorded(voice(), seed=3)
    start, end = active_span(heard)
    assert start > 0.2 * SAMPLE_RATE_HZ
    assert len(heard) - end > 0.2 * SAMPLE_RATE_HZ
    assert -29 < active_dbfs(heard) < -17
    assert np.array_equal(heard, as_recorded(voice(), seed=3))


def test_written_samples_are_read_as_they_were(tmp_path: Path):
    samples = voice()
    assert np.abs(read(write(tmp_path / "a.wav", samples)) - samples).max() < 1e-4


def test_too_loud_samples_are_turned_down_not_clipped(tmp_path: Path):
    loud = read(write(tmp_path / "a.wav", 20 * voice()))
    assert 0.98 < np.abs(loud).max() <= 0.991
    assert np.mean(np.abs(loud) > 0.98) < 0.01


@pytest.mark.parametrize("kind", music.MAKERS)
def test_what_nobody_says_lasts_a_while_and_is_the_same_each_time(kind: str):
    first, again = (music.MAKERS[kind](np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first, again)
    assert first.dtype == np.float32
    assert 1 < len(first) / SAMPLE_RATE_HZ < 10
    assert np.abs(first).max() <= 1
