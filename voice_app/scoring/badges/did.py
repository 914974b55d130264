"""The issuer's public name and keys: did:web and its document."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from voice_app.scoring.badges import base58

_ED25519_PUBLIC = b"\xed\x01"


def did_web(origin: str) -> str:
    """Give the did:web of an origin: `http://localhost:8000` → `did:web:localhost%3A8000`."""
    return f"did:web:{quote(urlsplit(origin).netloc, safe='')}"


def verification_method(did: str, key_id: str) -> str:
    """Give the address of one key inside the issuer's DID document."""
    return f"{did}#{key_id}"


def key_id(public_key: Ed25519PublicKey) -> str:
    """Name a key by its fingerprint, so that one name never means two keys."""
    return f"key-{sha256(public_key.public_bytes_raw()).hexdigest()[:16]}"


def multibase(public_key: Ed25519PublicKey) -> str:
    """Write a public key as Multikey does (`z6Mk…`)."""
    return f"z{base58.encode(_ED25519_PUBLIC + public_key.public_bytes_raw())}"


def did_document(did: str, keys: Mapping[str, Ed25519PublicKey]) -> dict[str, Any]:
    """Give the DID document; `keys` by id holds the retired ones too, whose badges stay real."""
    methods = [_method(did, name, public_key) for name, public_key in keys.items()]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _method(did: str, name: str, public_key: Ed25519PublicKey) -> dict[str, str]:
    return {
        "id": verification_method(did, name),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": multibase(public_key),
    }
