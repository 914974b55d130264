"""Public keys that stand inside a name: did:key and did:jwk say their key, so nobody is asked."""

import json
from base64 import urlsafe_b64decode
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges import base58

PublicKey = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey

LONGEST_DID = 4_000
_ED25519 = b"\xed\x01"
_P256 = b"\x80\x24"
_KINDS: dict[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}


class KeyElsewhereError(VoiceAppError):
    """The key is published somewhere else, and nothing is fetched."""


class BadKeyError(VoiceAppError):
    """What should be a public key is none that can be read."""


def key_in(did: str) -> PublicKey:
    """Give the key that a DID carries. Raises `KeyElsewhereError` or `BadKeyError`."""
    if len(did) > LONGEST_DID:
        raise BadKeyError("A name of a key is shorter than this.")
    name = did.partition("#")[0]
    if name.startswith("did:key:"):
        return _multikey(name.removeprefix("did:key:"))
    if name.startswith("did:jwk:"):
        return key_of_jwk(_jwk(name.removeprefix("did:jwk:")))
    raise KeyElsewhereError("This key is published elsewhere, and nothing is fetched.")


def key_of_jwk(jwk: Any) -> PublicKey:
    """Read a public JWK. Raises `BadKeyError` for a secret or anything else."""
    if not isinstance(jwk, dict) or "d" in jwk or jwk.get("kty") not in _KINDS:
        raise BadKeyError("This is no public key.")
    try:
        key = _KINDS[jwk["kty"]].import_key(jwk).public_key
    except (JoseError, ValueError, TypeError, KeyError, UnsupportedAlgorithm) as error:
        raise BadKeyError("This key cannot be read.") from error
    if not isinstance(key, Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey):
        raise BadKeyError("This is no key that signs badges.")
    return key


def _multikey(text: str) -> PublicKey:
    try:
        data = base58.decode(text.removeprefix("z"))
        if data.startswith(_ED25519):
            return Ed25519PublicKey.from_public_bytes(data[2:])
        if data.startswith(_P256):
            return EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data[2:])
    except ValueError as error:
        raise BadKeyError("This key cannot be read.") from error
    raise BadKeyError("This is no key that signs badges.")


def _jwk(text: str) -> Any:
    try:
        return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError) as error:
        raise BadKeyError("This key cannot be read.") from error
