"""What is said alike has one key; a likeness ranks; without espeak-ng a few rules do."""

import ctypes
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import espeakng_loader
import pytest

from voice_app.scoring import phones, sounds
from voice_app.scoring.sounds import is_accent, likeness, sound_key, sounds_version


@pytest.mark.parametrize(
    ("language", "one", "other", "is_same"),
    [
        ("fr", "balai", "ballet", True),
        ("fr", "passez", "passé", True),
        ("fr", "seau", "sot", True),
        ("fr", "poison", "poisson", False),
        ("es", "basura", "vasura", True),
        ("es", "cocer", "coser", True),
        ("es", "pollo", "poyo", True),
        ("es", "perro", "pero", False),
        ("en", "flour", "flower", True),
        ("en", "stairs", "stares", True),
        ("en", "mop", "map", False),
        ("ko", "부엌", "부엌", True),
    ],
)
def test_a_key_equates_what_sounds_the_same(
    *, language: str, one: str, other: str, is_same: bool
) -> None:
    assert (sound_key((one,), language) == sound_key((other,), language)) == is_same


def test_numbers_sound_as_they_are_written() -> None:
    assert sound_key(("80",), "fr") != sound_key(("81",), "fr")


@pytest.mark.parametrize(
    ("language", "one", "other", "is_merged"),
    [
        ("en", "mop", "map", True),
        ("es", "perro", "pero", True),
        ("fr", "balai", "palais", True),
        ("en", "broom", "room", False),
        ("es", "cubo", "tubo", False),
        ("en", "mop", "mop", False),
    ],
)
def test_an_accent_merges_some_sounds(
    *, language: str, one: str, other: str, is_merged: bool
) -> None:
    assert is_accent((one,), (other,), language) == is_merged


def test_likeness_ranks_and_silence_is_like_nothing() -> None:
    assert likeness("le balai", "un ballet", "fr") == 1.0
    assert likeness("le balai", "le palais", "fr") > likeness("le balai", "le four", "fr")
    assert likeness("", "", "fr") == 0.0
    assert likeness("le balai", "...", "fr") == 0.0


def test_many_threads_hear_the_same() -> None:
    words = [("fr", "passez"), ("es", "basura"), ("en", "flower")] * 40
    alone = [phones.phones.__wrapped__(word, language) for language, word in words]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda each: phones.phones.__wrapped__(*each[::-1]), words))
    assert together == alone
    assert None not in together


@pytest.fixture
def _no_espeak(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def missing(_path: str) -> ctypes.CDLL:
        raise OSError("no such library")

    monkeypatch.setattr(phones, "_ESPEAK", phones._Espeak())
    monkeypatch.setattr(ctypes, "CDLL", missing)
    caches = (phones.phones, sounds._sound, sounds._phones)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.mark.usefixtures("_no_espeak")
def test_without_the_library_rules_of_spelling_do() -> None:
    assert sounds_version() == "letters 1"
    assert sound_key(("balai",), "fr") == sound_key(("ballet",), "fr")
    assert sound_key(("basura",), "es") == sound_key(("vasura",), "es")
    assert sound_key(("flower",), "en") == sound_key(("flour",), "en")
    assert sound_key(("poison",), "fr") != sound_key(("poisson",), "fr")
    assert 0.0 < likeness("la basura", "la basa", "es") < 1.0


def test_the_version_says_what_speaks() -> None:
    assert sounds_version().startswith("espeak-ng 1.")


def test_data_that_cannot_be_read_is_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        @staticmethod
        def espeak_Initialize(*_given: object) -> int:  # noqa: N802 - the library's own name
            return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda _path: Refusing())
    assert espeakng_loader.get_data_path()
    assert phones._Espeak().version() is None
