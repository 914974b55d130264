import time
from statistics import median

import pytest

from tests.ways_in.quick import PEPPER
from voice_app.dialogues.loader import load_content
from voice_app.people.pins import (
    CODE_LENGTH,
    KIOSK_TOOLS,
    PIN_LENGTH,
    TOOLS,
    Hashing,
    hashing_with,
    new_code,
    new_pin,
)
from voice_app.settings import web_folder


def test_a_pin_and_a_code_have_twenty_bits():
    assert len(set(TOOLS)) ** PIN_LENGTH == len(set(KIOSK_TOOLS)) ** CODE_LENGTH == 2**20


def test_the_system_chooses_from_all_pictures():
    assert {one for _ in range(400) for one in new_pin()} == set(TOOLS)
    assert {one for _ in range(800) for one in new_code()} == set(KIOSK_TOOLS)


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_every_picture_is_drawn_and_has_a_name_of_its_own(language: str):
    words = load_content().languages[language].words
    assert len({words[one].name for one in KIOSK_TOOLS}) == len(KIOSK_TOOLS)
    drawn = {path.stem for path in (web_folder() / "pictures").glob("*.svg")}
    assert set(KIOSK_TOOLS) <= drawn


def test_the_same_pictures_in_the_same_order_open():
    hashing = Hashing(PEPPER)
    kept = hashing.hashed(["key", "bed", "key"])
    assert hashing.is_same(["key", "bed", "key"], kept)
    assert not hashing.is_same(["bed", "key", "key"], kept)
    assert not hashing.is_same(["key", "bed"], kept)


def test_the_rows_alone_open_nothing():
    kept = Hashing(PEPPER).hashed(["key"])
    assert kept.startswith("$argon2id$")
    assert not Hashing(b"another pepper").is_same(["key"], kept)


def test_nobody_is_refused_in_the_time_of_somebody():
    hashing = Hashing(PEPPER)
    kept = hashing.hashed(["key"])
    assert not hashing.is_same(["bed"], None)
    somebody, nobody = seconds(hashing, kept), seconds(hashing, None)
    assert 0.5 < median(nobody) / median(somebody) < 2


def test_what_is_no_hash_opens_nothing():
    assert not Hashing(PEPPER).is_same(["key"], "no hash")


def test_the_pepper_is_made_once(tmp_path):
    file = tmp_path / "data" / "pepper"
    first = hashing_with(file, keys_folder=tmp_path / "keys")
    assert len(first.pepper) >= 32
    assert hashing_with(file, keys_folder=tmp_path / "keys").pepper == first.pepper
    assert file.stat().st_mode & 0o077 == 0


def seconds(hashing: Hashing, kept: str | None) -> list[float]:
    taken = []
    for _ in range(9):
        begun = time.thread_time()
        hashing.is_same(["bed"], kept)
        taken.append(time.thread_time() - begun)
    return taken
