import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc import jwt as claims_of
from joserfc.jwk import RSAKey

from tests.badges.awards import AWARD, WHOLE
from voice_app.scoring.badges.credential import credential
from voice_app.scoring.badges.jwt import BadTokenError, jwk, opened_jwt, signed_jwt, token_key_id

KID = "https://badges.example/keys/jwt-1.json"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
TOKEN = signed_jwt(credential(WHOLE), KEY, kid=KID)


def part(token: str, place: int) -> dict:
    text = token.split(".")[place]
    return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def token_of(payload: object, *, header: dict | None = None, key: rsa.RSAPrivateKey = KEY) -> str:
    head = header or {"alg": "RS256", "typ": "JWT", "kid": KID}
    text = json.dumps(payload)
    return jws.serialize_compact(head, text, RSAKey.import_key(key), algorithms=[head["alg"]])


def test_what_was_signed_is_opened():
    assert opened_jwt(TOKEN, KEY.public_key()) == credential(WHOLE)


def test_the_header_says_three_things():
    assert part(TOKEN, 0) == {"alg": "RS256", "typ": "JWT", "kid": KID}
    assert token_key_id(TOKEN) == KID


def test_the_claims_repeat_the_credential():
    payload = part(TOKEN, 1)
    assert payload["iss"] == "did:web:badges.example"
    assert payload["jti"] == payload["id"] == "https://badges.example/b/7Q4K2M9X"
    assert payload["sub"] == payload["credentialSubject"]["id"] == WHOLE.holder_id
    assert payload["nbf"] == int(WHOLE.issued_at.timestamp())
    assert payload["exp"] == int(WHOLE.expires_at.timestamp())
    assert not {"vc", "proof"} & set(payload)


def test_a_badge_without_an_end_has_no_end_in_its_token():
    assert "exp" not in part(signed_jwt(credential(AWARD), KEY, kid=KID), 1)


def test_a_proof_is_left_out():
    document = credential(WHOLE) | {"proof": [{"type": "DataIntegrityProof"}]}
    assert signed_jwt(document, KEY, kid=KID) == TOKEN


def test_the_key_is_published_without_its_secret():
    published = jwk(KEY.public_key(), KID)
    assert set(published) == {"kty", "kid", "use", "alg", "n", "e"}
    found = claims_of.decode(TOKEN, RSAKey.import_key(published), algorithms=["RS256"])
    assert found.claims["id"] == "https://badges.example/b/7Q4K2M9X"


def test_another_key_does_not_open_it():
    with pytest.raises(BadTokenError):
        opened_jwt(TOKEN, OTHER.public_key())


@settings(max_examples=200, deadline=None)
@given(
    place=st.integers(0, len(TOKEN) - 1), letter=st.characters(min_codepoint=33, max_codepoint=126)
)
def test_no_letter_can_be_changed(place: int, letter: str):
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    if changed != TOKEN:
        with pytest.raises(BadTokenError):
            opened_jwt(changed, KEY.public_key())


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b.c", f"{TOKEN}.", f"{TOKEN}=", f" {TOKEN}", "é.é.é", "\x00"]
)
def test_what_is_no_token_is_refused(text: str):
    with pytest.raises(BadTokenError):
        opened_jwt(text, KEY.public_key())


@pytest.mark.parametrize("name", ["iss", "jti", "sub", "nbf", "exp"])
def test_a_claim_that_says_something_else_is_refused(name: str):
    payload = part(TOKEN, 1)
    for other in (payload | {name: "x"}, {key: payload[key] for key in payload if key != name}):
        with pytest.raises(BadTokenError):
            opened_jwt(token_of(other), KEY.public_key())


@pytest.mark.parametrize("payload", [[], 7, "text", {}, {"issuer": 3}, None])
def test_a_signed_token_without_a_credential_is_refused(payload: object):
    with pytest.raises(BadTokenError):
        opened_jwt(token_of(payload), KEY.public_key())


def test_a_token_of_another_kind_is_refused():
    header = {"alg": "RS256", "typ": "at+jwt", "kid": KID}
    with pytest.raises(BadTokenError):
        opened_jwt(token_of(part(TOKEN, 1), header=header), KEY.public_key())


def test_other_algorithms_are_refused_even_with_our_key():
    header = {"alg": "RS512", "typ": "JWT", "kid": KID}
    with pytest.raises(BadTokenError):
        opened_jwt(token_of(part(TOKEN, 1), header=header), KEY.public_key())
    nothing = urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    with pytest.raises(BadTokenError):
        opened_jwt(f"{nothing}.{TOKEN.split('.')[1]}.", KEY.public_key())


@pytest.mark.parametrize("text", ["", "é", "bm8", "W10", "[[[", f"{'W' * 9000}"])
def test_a_token_that_names_no_key_names_none(text: str):
    assert token_key_id(text) is None


def test_letters_of_any_language_pass():
    named = credential(replace(WHOLE, holder_name="Оксана 李 أنا", expires_at=WHOLE.issued_at))
    assert opened_jwt(signed_jwt(named, KEY, kid=KID), KEY.public_key()) == named
    assert WHOLE.issued_at + timedelta(days=365) == WHOLE.expires_at
