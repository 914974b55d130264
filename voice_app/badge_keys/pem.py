"""Keys as PEM: private ones encrypted under the passphrase, public ones as they are."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization

from voice_app.badge_keys.files import is_open_to_others
from voice_app.badge_keys.purposes import PURPOSES, PrivateKey, PublicKey, Purpose
from voice_app.errors import VoiceAppError

_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


class BadgeKeyError(VoiceAppError):
    """A key file cannot be used; it is never replaced, because badges hang on it."""


def encrypted_pem(private_key: PrivateKey, passphrase: bytes) -> bytes:
    """Write a private key as PKCS #8, encrypted."""
    return private_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )


def public_pem(public_key: PublicKey) -> bytes:
    """Write a public key."""
    return public_key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def is_encrypted(path: Path) -> bool:
    """Tell whether a key file needs the passphrase."""
    return path.read_bytes().lstrip().startswith(_ENCRYPTED)


def read_private(path: Path, passphrase: bytes, *, purpose: Purpose) -> PrivateKey:
    """Read a private key, encrypted or plain. Raises `BadgeKeyError`."""
    if is_open_to_others(path):
        raise BadgeKeyError(f"{path} can be read by others; run: chmod 600 {path}")
    needs = is_encrypted(path)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), passphrase if needs else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        why = "cannot be opened with this passphrase" if needs else "holds no key that can be read"
        raise BadgeKeyError(f"{path} {why}.") from error
    kind = PURPOSES[purpose]
    if not isinstance(key, kind.private):
        raise BadgeKeyError(f"{path} holds a key of another kind than {kind.name}.")
    return key


def read_public(path: Path, *, purpose: Purpose) -> PublicKey:
    """Read a public key. Raises `BadgeKeyError`."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadgeKeyError(f"{path} holds no public key that can be read.") from error
    kind = PURPOSES[purpose]
    if not isinstance(key, kind.public):
        raise BadgeKeyError(f"{path} holds a key of another kind than {kind.name}.")
    return key
