"""The same credential as a signed token: VC-JWT with RS256, for verifiers that read no proofs."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges.credential import Document

ALGORITHM = "RS256"
_CLAIMS = ("iss", "jti", "sub", "nbf", "exp")


class BadTokenError(VoiceAppError):
    """The token is not one of ours as it was signed."""


def signed_jwt(document: Document, private_key: RSAPrivateKey, *, kid: str) -> str:
    """Give a credential as a token; `kid` is the address where the one public key is (a JWK).

    A proof inside the document is left out: the token is the proof.
    """
    bare = {name: value for name, value in document.items() if name != "proof"}
    payload = json.dumps(bare | _claims(bare), ensure_ascii=False, separators=(",", ":"))
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": kid}
    key = RSAKey.import_key(private_key)
    return jws.serialize_compact(header, payload, key, algorithms=[ALGORITHM])


def opened_jwt(text: str, public_key: RSAPublicKey) -> Document:
    """Give the credential inside a token that `public_key` signed.

    It tells nothing of time and status. Raises `BadTokenError` for any other token, and for
    claims that say something else than the credential.
    """
    try:
        token = jws.deserialize_compact(text, RSAKey.import_key(public_key), algorithms=[ALGORITHM])
        document = json.loads(token.payload)
    except (JoseError, ValueError) as error:
        raise BadTokenError("The token is not signed by this key.") from error
    if not _is_canonical(text) or token.protected.get("typ") != "JWT":
        raise BadTokenError("The token is not written as this service writes tokens.")
    return _without_claims(document)


def token_key_id(text: str) -> str | None:
    """Give the address of the key that a token names, before anything is known to be true."""
    try:
        head = text.split(".", 1)[0]
        header = json.loads(urlsafe_b64decode(head.encode() + b"=" * (-len(head) % 4)))
    except (ValueError, RecursionError):
        return None
    kid = header.get("kid") if isinstance(header, dict) else None
    return kid if isinstance(kid, str) else None


def jwk(public_key: RSAPublicKey, kid: str) -> dict[str, Any]:
    """Give a public key as one JWK, as its address `kid` publishes it."""
    numbers = RSAKey.import_key(public_key).as_dict(private=False)
    return {
        "kty": "RSA",
        "kid": kid,
        "use": "sig",
        "alg": ALGORITHM,
        "n": numbers["n"],
        "e": numbers["e"],
    }


def _claims(document: Document) -> dict[str, Any]:
    ends = document.get("validUntil")
    return {
        "iss": _id(document["issuer"]),
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": _seconds(document["validFrom"]),
    } | ({} if ends is None else {"exp": _seconds(ends)})


def _without_claims(document: Any) -> Document:
    if not isinstance(document, dict):
        raise BadTokenError("The token holds no credential.")
    bare = {name: value for name, value in document.items() if name not in _CLAIMS}
    try:
        expected = _claims(bare)
    except (KeyError, TypeError, ValueError) as error:
        raise BadTokenError("The token holds no credential.") from error
    if {name: document[name] for name in _CLAIMS if name in document} != expected:
        raise BadTokenError("The token says something else than its credential.")
    return bare


def _id(issuer: str | Document) -> str:
    return issuer if isinstance(issuer, str) else str(issuer["id"])


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def _is_canonical(text: str) -> bool:
    """Tell whether each part is base64url as it is written: the last letter has idle bits."""
    return all(_written(part) == part for part in text.split("."))


def _written(part: str) -> str:
    decoded = urlsafe_b64decode(part.encode() + b"=" * (-len(part) % 4))
    return urlsafe_b64encode(decoded).rstrip(b"=").decode()
