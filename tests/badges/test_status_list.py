import gzip
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring.badges.credential import Issuer
from voice_app.scoring.badges.signing import sign, verify
from voice_app.scoring.badges.status_list import (
    ENTRIES,
    PURPOSES,
    BadStatusListError,
    Purpose,
    StatusList,
    decoded,
    list_credential,
)

INDEXES = st.integers(0, ENTRIES - 1)
ISSUER = Issuer("did:web:a.example", "A", "https://a.example", "FR")
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)


@given(st.sets(INDEXES, max_size=20))
def test_exactly_the_chosen_bits_are_set(indexes: set[int]):
    bits = StatusList().with_set(indexes)
    assert all(bits.is_set(index) for index in indexes)
    assert int.from_bytes(bits.bits).bit_count() == len(indexes)


@given(st.sets(INDEXES, max_size=50))
def test_a_list_reads_back_what_it_wrote(indexes: set[int]):
    bits = StatusList().with_set(indexes)
    assert decoded(bits.encoded()) == bits


def test_index_zero_is_the_left_most_bit():
    assert StatusList().with_set([0]).bits[0] == 0b1000_0000


def test_the_same_bits_are_always_written_the_same():
    assert StatusList().with_set([3, 9]).encoded() == StatusList().with_set([9, 3]).encoded()


@pytest.mark.parametrize("index", [-1, ENTRIES])
def test_an_index_outside_the_list_is_an_error(index: int):
    with pytest.raises(BadStatusListError):
        StatusList().is_set(index)


def packed(content: bytes) -> str:
    return f"u{urlsafe_b64encode(gzip.compress(content)).decode()}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zabc",
        "u",
        "u!!!",
        "unothing",
        "ué",
        packed(b"short"),
        packed(bytes(ENTRIES)),
        packed(bytes(100_000_000)),
        StatusList().encoded()[:-12],
    ],
)
def test_any_other_text_is_an_error_and_never_unpacked_far(text: str):
    with pytest.raises(BadStatusListError):
        decoded(text)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_list_is_published_signed(purpose: Purpose):
    key = Ed25519PrivateKey.generate()
    document = list_credential(
        "https://a.example/status/1",
        StatusList().with_set([5]),
        purpose=purpose,
        issuer=ISSUER,
        at=MOMENT,
    )
    signed = sign(document, key, verification_method="did:web:a.example#k", created=MOMENT)
    assert verify(signed, key.public_key())
    assert signed["id"] == f"https://a.example/status/1/{purpose}"
    assert decoded(signed["credentialSubject"]["encodedList"]).is_set(5)
