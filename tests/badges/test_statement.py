"""The signed statement of the QR: read back whole, refused when anything in it changed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring.badges.did import key_id
from voice_app.scoring.badges.statement import (
    LONGEST_HOLDER_BYTES,
    BadStatement,
    Statement,
    address,
    opened,
    seal,
    short_holder,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEYS = {key_id(KEY.public_key()): KEY.public_key()}
PAGE = Path(__file__).parents[2] / "docs" / "badge-statement.md"
ORIGIN = "https://badges.example.org"
STATEMENT = Statement(
    code="7Q4K2M9X",
    competence="MC3",
    language="fr",
    holder="Ana Example",
    issued_on=date(2026, 11, 22),
    expires_on=None,
    index=4711,
    key_id=key_id(KEY.public_key()),
)
SEALED = seal(STATEMENT, KEY)
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

DAYS = st.dates(date(2020, 1, 1), date(2199, 1, 1))
NAMES = st.text(
    st.characters(codec="utf-8"),
    max_size=60,
) | st.text("Zoé Muñoz Ünal عبد الرحمن محمد 王小明 Олександра", max_size=60)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    return Statement(
        code=draw(st.text("23456789ABCDEFGHJKMNPQRSTUVWXYZ", min_size=8, max_size=8)),
        competence=draw(st.sampled_from(["MC1", "MC2", "MC3", "MC4", "FULL"])),
        language=draw(st.sampled_from(["fr", "es", "en", "ko", "zh-Hans"])),
        holder=draw(st.none() | NAMES),
        issued_on=draw(DAYS),
        expires_on=draw(st.none() | DAYS),
        index=draw(st.none() | st.integers(0, 2**32 - 2)),
        key_id=STATEMENT.key_id,
    )


@given(statements())
def test_a_statement_is_read_back_with_its_holder_as_it_fits(statement):
    expected = replace(statement, holder=short_holder(statement.holder))
    assert opened(seal(statement, KEY), KEYS) == expected


@given(statements())
def test_an_address_is_read_like_its_statement_and_fits_the_qr_of_a_paper(statement):
    whole = address(ORIGIN, seal(statement, KEY))
    assert opened(whole, KEYS).code == statement.code
    assert len(whole) <= 232  # 61 modules at error correction M hold 251


def test_an_address_with_an_ordinary_name_stays_under_two_hundred_characters():
    named = replace(STATEMENT, holder="Fatoumata Diallo", expires_on=date(2031, 11, 22))
    assert len(address(ORIGIN, seal(named, KEY))) <= 200


@given(st.integers(0, len(SEALED) - 1), st.characters(codec="utf-8"))
def test_any_changed_character_is_refused(place, character):
    changed = SEALED[:place] + character + SEALED[place + 1 :]
    if changed != SEALED:
        with pytest.raises(BadStatement):
            opened(changed, KEYS)


@pytest.mark.parametrize("letter", BASE64)
def test_the_last_letter_has_one_spelling(letter):
    changed = SEALED[:-1] + letter
    if changed != SEALED:
        with pytest.raises(BadStatement):
            opened(changed, KEYS)


@given(st.text(max_size=500) | st.text(BASE64, max_size=300).map("v1.{}".format))
def test_any_other_text_is_refused(text):
    with pytest.raises(BadStatement):
        opened(text, KEYS)


@pytest.mark.parametrize("length", range(len(SEALED)))
def test_a_cut_statement_is_refused(length):
    with pytest.raises(BadStatement):
        opened(SEALED[:length], KEYS)


def test_a_key_that_is_not_ours_is_refused():
    with pytest.raises(BadStatement, match="key that is not ours"):
        opened(SEALED, {})
    with pytest.raises(BadStatement, match="changed, or is not ours"):
        opened(seal(STATEMENT, OTHER_KEY), KEYS)


def test_a_statement_under_the_address_of_another_badge_is_refused():
    with pytest.raises(BadStatement, match="different badges"):
        opened(f"{ORIGIN}/b/22222222#{SEALED}", KEYS)


@pytest.mark.parametrize(
    "change",
    [
        {"code": "7Q4K-2M9X"},
        {"code": "7q4k2m9x"},
        {"key_id": "key-1"},
        {"competence": ""},
        {"language": "français"},
        {"issued_on": date(2019, 12, 31)},
        {"expires_on": date(2300, 1, 1)},
        {"index": -1},
        {"index": 2**32 - 1},
    ],
    ids=str,
)
def test_what_the_layout_has_no_room_for_is_refused(change):
    with pytest.raises(BadStatement):
        seal(replace(STATEMENT, **change), KEY)


def test_the_page_about_the_layout_shows_this_very_statement():
    page = PAGE.read_text("utf-8")
    assert SEALED in page
    assert KEY.public_key().public_bytes_raw().hex() in page


@pytest.mark.parametrize(
    ("name", "short"),
    [
        (None, None),
        ("  ", None),
        (" Ana\n Example ", "Ana Example"),
        ("María del Carmen Fernández González", "María del Carmen Fernández González"),
        ("María del Carmen Fernández González Rodríguez", "María del Carmen Fernández…"),
        ("Олександра Шевченко", "Олександра Шевченко"),
        ("王小明", "王小明"),
        ("عبد الرحمن محمد", "عبد الرحمن محمد"),
        ("x" * 60, "x" * 37 + "…"),
        ("Ana\u202eelpmaxE", "AnaelpmaxE"),
        ("A\u0301na", "Ána"),
        ("q" * 36 + "q\u0323\u0323 Example", "q" * 36 + "…"),
    ],
)
def test_a_name_too_long_is_cut_after_a_word(name, short):
    assert short_holder(name) == short


@given(NAMES)
def test_a_name_fits_and_stays_as_it_is_the_second_time(name):
    short = short_holder(name)
    assert len((short or "").encode()) <= LONGEST_HOLDER_BYTES
    assert short_holder(short) == short
