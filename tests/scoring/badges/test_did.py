import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring.badges import base58
from voice_app.scoring.badges.did import did_document, did_web, key_id, multibase

# The public key of RFC 8032, test 1, and how did:key writes it.
KNOWN = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
).public_key()


@pytest.mark.parametrize(
    ("origin", "did"),
    [
        ("http://localhost:8000", "did:web:localhost%3A8000"),
        ("https://badges.example", "did:web:badges.example"),
    ],
)
def test_the_issuer_is_named_after_its_address(origin: str, did: str):
    assert did_web(origin) == did


def test_retired_keys_stay_listed_and_trusted():
    old = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    document = did_document("did:web:a", {"new": KNOWN, "old": old})
    assert document["assertionMethod"] == ["did:web:a#new", "did:web:a#old"]
    assert [method["id"] for method in document["verificationMethod"]] == [
        "did:web:a#new",
        "did:web:a#old",
    ]
    assert {method["controller"] for method in document["verificationMethod"]} == {"did:web:a"}


def test_a_key_is_written_as_multikey():
    assert multibase(KNOWN).startswith("z6Mk")
    assert base58.decode(multibase(KNOWN)[1:]) == b"\xed\x01" + KNOWN.public_bytes_raw()


def test_a_key_is_named_by_its_fingerprint():
    assert key_id(KNOWN) == key_id(KNOWN)
    assert key_id(KNOWN).startswith("key-")


@pytest.mark.parametrize(
    ("data", "text"), [(b"", ""), (b"\0\0", "11"), (b"Hello World!", "2NEpo7TZRRrLZSi2U")]
)
def test_known_base58(data: bytes, text: str):
    assert base58.encode(data) == text
    assert base58.decode(text) == data


@given(st.binary(max_size=80))
def test_base58_reads_back_what_it_wrote(data: bytes):
    assert base58.decode(base58.encode(data)) == data


def test_a_character_outside_the_alphabet_is_an_error():
    with pytest.raises(ValueError, match="substring"):
        base58.decode("0OIl")
