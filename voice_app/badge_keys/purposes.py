"""What a key is for: each signs one kind of thing, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)

from voice_app.scoring.badges.did import key_id

Purpose = Literal["badge", "jwt", "level"]
PrivateKey = Ed25519PrivateKey | RSAPrivateKey
PublicKey = Ed25519PublicKey | RSAPublicKey

_RSA_BITS = 3072


@dataclass(frozen=True)
class Kind:
    """The kind of key that a purpose takes: its name for people, its types, how one is made."""

    name: str
    private: type[PrivateKey]
    public: type[PublicKey]
    generate: Callable[[], PrivateKey]
    used_for: str


def new_rsa() -> RSAPrivateKey:
    """Make a key that signs tokens."""
    return generate_private_key(public_exponent=65537, key_size=_RSA_BITS)


PURPOSES: Mapping[Purpose, Kind] = {
    "badge": Kind(
        "Ed25519",
        Ed25519PrivateKey,
        Ed25519PublicKey,
        Ed25519PrivateKey.generate,
        "badges, status lists and the QR of paper badges",
    ),
    "jwt": Kind("RSA", RSAPrivateKey, RSAPublicKey, new_rsa, "the same badges as tokens (.jwt)"),
    "level": Kind(
        "Ed25519",
        Ed25519PrivateKey,
        Ed25519PublicKey,
        Ed25519PrivateKey.generate,
        "private levels, which only their owner hands out",
    ),
}


def id_of(public_key: PublicKey) -> str:
    """Name a key by its fingerprint, so that one name never means two keys."""
    if isinstance(public_key, Ed25519PublicKey):
        return key_id(public_key)
    written = public_key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return f"jwt-{sha256(written).hexdigest()[:16]}"
