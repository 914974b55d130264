"""What jose, which knows JWTs and nothing of badges, says of good tokens and of bad ones."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.asking import Verifier
from tests.oracles.issuing import DID, MOMENT, ORIGIN, House
from voice_app.scoring.badges.credential import credential
from voice_app.scoring.badges.jwt import jwk, signed_jwt

KID = f"{ORIGIN}/keys/jwt-1.json"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = jwk(KEY.public_key(), KID)
DOCUMENT = credential(House().award())
TOKEN = signed_jwt(DOCUMENT, KEY, kid=KID)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def said(jose: Verifier, text: str, **changes: object) -> dict:
    return jose.ask(**({"text": text, "jwk": PUBLIC, "issuer": DID} | changes))


def test_a_good_token_says_what_the_credential_says(jose: Verifier):
    found = said(jose, TOKEN)
    assert found["real"], found["why"]
    assert found["header"] == {"alg": "RS256", "typ": "JWT", "kid": KID}
    assert {name: found["payload"][name] for name in DOCUMENT} == DOCUMENT
    assert set(found["payload"]) - set(DOCUMENT) == {"iss", "jti", "sub", "nbf", "exp"}


def test_the_key_is_one_jwk_without_its_secret():
    assert set(PUBLIC) == {"kty", "kid", "use", "alg", "n", "e"}


def test_a_token_of_another_key_is_refused(jose: Verifier):
    assert not said(jose, signed_jwt(DOCUMENT, STRANGER, kid=KID))["real"]


def test_a_token_of_another_issuer_is_refused(jose: Verifier):
    assert not said(jose, TOKEN, issuer="did:web:stranger.example")["real"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"expires_at": MOMENT + timedelta(days=1)}, "exp"),
        ({"issued_at": MOMENT + timedelta(days=365 * 40)}, "nbf"),
    ],
)
def test_a_token_out_of_its_time_is_refused(jose: Verifier, changes: dict, why: str):
    found = said(jose, signed_jwt(credential(House().award(**changes)), KEY, kid=KID))
    assert not found["real"]
    assert f'"{why}"' in found["why"]


@settings(max_examples=100, deadline=None)
@given(place=st.integers(0, len(TOKEN) - 1), letter=st.sampled_from(LETTERS))
def test_no_letter_of_a_token_can_be_changed(jose: Verifier, place: int, letter: str):
    # The last letter of a part has idle bits, which jose does not look at.
    if letter != TOKEN[place] and TOKEN[place + 1 : place + 2] not in {".", ""}:
        assert not said(jose, TOKEN[:place] + letter + TOKEN[place + 1 :])["real"]
