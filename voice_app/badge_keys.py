"""The key that signs badges: made once, kept in a file that only its owner can read."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges.did import key_id

KEY_FILE = "badge-key.pem"
RETIRED_FOLDER = "retired"


class BadgeKeyError(VoiceAppError):
    """The key file cannot be used; it is never replaced, because badges hang on it."""


@dataclass(frozen=True, repr=False)
class BadgeKey:
    """The key in use and, by id, every public key that a badge of ours may be signed with.

    `id` names the key in use by its fingerprint; it is the first of `public_keys`.
    """

    id: str
    private_key: Ed25519PrivateKey
    public_keys: Mapping[str, Ed25519PublicKey]


def load_or_create(folder: Path) -> BadgeKey:
    """Read the key in `folder`, or make it there at the first start.

    Retired keys are public keys (PEM) in the folder's `retired`. Raises `BadgeKeyError` for
    a file that is no Ed25519 key or that others than its owner can read.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / KEY_FILE
    if not path.exists():
        _create(path)
    private_key = _read(path)
    public_key = private_key.public_key()
    public_keys = {key_id(public_key): public_key} | _retired(folder / RETIRED_FOLDER)
    return BadgeKey(key_id(public_key), private_key, public_keys)


def _create(path: Path) -> None:
    """Put a whole new key at `path` at once; a key that another process put there first stays."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    _write_durably(part, _pem(Ed25519PrivateKey.generate()))
    try:
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink()
    _sync_folder(path.parent)


def _pem(private_key: Ed25519PrivateKey) -> bytes:
    return private_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write_durably(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> Ed25519PrivateKey:
    if path.stat().st_mode & 0o077:
        raise BadgeKeyError(f"{path} can be read by others; run: chmod 600 {path}")
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadgeKeyError(f"{path} holds no key that can be read.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadgeKeyError(f"{path} holds a key of another kind than Ed25519.")
    return key


def _retired(folder: Path) -> dict[str, Ed25519PublicKey]:
    keys = (_read_public(path) for path in sorted(folder.glob("*.pem")))
    return {key_id(public_key): public_key for public_key in keys}


def _read_public(path: Path) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadgeKeyError(f"{path} holds no public key that can be read.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadgeKeyError(f"{path} holds a key of another kind than Ed25519.")
    return key
