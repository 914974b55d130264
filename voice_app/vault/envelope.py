"""Sealed bytes: AES-256-GCM under one key, bound to whose they are and what they are."""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from voice_app.vault.errors import KeyGone, NotOpened

_MAGIC = b"VAS1"
_ID_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16
_HEAD_BYTES = len(_MAGIC) + _ID_BYTES
OVERHEAD_BYTES = _HEAD_BYTES + _NONCE_BYTES + _TAG_BYTES


@dataclass(frozen=True, repr=False)
class DataKey:
    """A person's key: 256 random bits in `secret`, and the 16 bytes that name it in `id`."""

    id: bytes
    secret: bytes


def new_key() -> DataKey:
    """Make a key that nobody had before."""
    return DataKey(os.urandom(_ID_BYTES), AESGCM.generate_key(bit_length=256))


def sealed(data: bytes, key: DataKey, *, owner: str, about: str) -> bytes:
    """Seal bytes for `owner`; `about` says what they are, such as an utterance's id."""
    head, nonce = _MAGIC + key.id, os.urandom(_NONCE_BYTES)
    bound = _bound(head, owner=owner, about=about)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, data, bound)


def opened(box: bytes, key: DataKey, *, owner: str, about: str) -> bytes:
    """Open sealed bytes. Raises `KeyGone` for another key's, `NotOpened` for altered ones."""
    if key_id(box) != key.id:
        raise KeyGone("The key of this recording was destroyed.")
    head, nonce = box[:_HEAD_BYTES], box[_HEAD_BYTES : _HEAD_BYTES + _NONCE_BYTES]
    bound = _bound(head, owner=owner, about=about)
    try:
        return AESGCM(key.secret).decrypt(nonce, box[_HEAD_BYTES + _NONCE_BYTES :], bound)
    except InvalidTag as error:
        raise NotOpened("These bytes were altered, or belong to someone else.") from error


def is_sealed(data: bytes) -> bool:
    """Tell sealed bytes from plain ones by how they begin."""
    return data.startswith(_MAGIC) and len(data) >= OVERHEAD_BYTES


def key_id(box: bytes) -> bytes:
    """Name the key that sealed bytes need. Raises `NotOpened` for bytes that are not sealed."""
    if not is_sealed(box):
        raise NotOpened("These bytes were never sealed.")
    return box[len(_MAGIC) : _HEAD_BYTES]


def _bound(head: bytes, *, owner: str, about: str) -> bytes:
    """Join what the bytes are bound to so that no two different pairs look alike."""
    return b"\0".join((head, owner.encode(), about.encode()))
