"""The master key: random, in a file of its own, wrapped under the passphrase of the keys."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from voice_app.badge_keys.files import is_open_to_others, make_folder, put_new, replace
from voice_app.vault.errors import VaultError

_MAGIC = b"VAM1"
_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32
# 32 MB and about a twentieth of a second: once a start, and dear to whoever guesses.
_SCRYPT_N = 2**15
FILE = "master.key"
KEYS_FOLDER = "keys"


@dataclass(frozen=True, repr=False)
class Master:
    """The key under which every person's key lies."""

    secret: bytes

    def wrapped(self, secret: bytes, *, bound: bytes) -> bytes:
        """Wrap a key; `bound` is what it is for."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, secret, bound)

    def unwrapped(self, box: bytes, *, bound: bytes) -> bytes:
        """Give the key again. Raises `VaultError`."""
        try:
            return AESGCM(self.secret).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], bound)
        except (InvalidTag, ValueError) as error:
            raise VaultError(
                "A key in the vault is damaged, or was put there by others."
            ) from error


def load_or_create(folder: Path, passphrase: bytes) -> Master:
    """Read the master key in `folder`, or make it at the first start. Raises `VaultError`."""
    make_folder(folder)
    path = folder / FILE
    if not path.exists():
        _refuse_to_guess(folder)
        put_new(path, _written(AESGCM.generate_key(bit_length=256), passphrase))
    if is_open_to_others(path):
        raise VaultError(f"{path} can be read by others; run: chmod 600 {path}")
    return Master(_read(path, passphrase))


def reencrypt(folder: Path, passphrase: bytes, *, new: bytes) -> bool:
    """Put the master key under a new passphrase; False where there is none yet.

    Interrupted, it can be done again. Raises `VaultError`.
    """
    path = folder / FILE
    if not path.exists():
        return False
    try:
        secret = _read(path, new)
    except VaultError:
        secret = _read(path, passphrase)
    replace(path, _written(secret, new))
    return True


def _written(secret: bytes, passphrase: bytes) -> bytes:
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    return _MAGIC + salt + nonce + AESGCM(_derived(passphrase, salt)).encrypt(nonce, secret, _MAGIC)


def _read(path: Path, passphrase: bytes) -> bytes:
    written = path.read_bytes()
    salt_at, nonce_at = len(_MAGIC), len(_MAGIC) + _SALT_BYTES
    box_at = nonce_at + _NONCE_BYTES
    try:
        return AESGCM(_derived(passphrase, written[salt_at:nonce_at])).decrypt(
            written[nonce_at:box_at], written[box_at:], written[:salt_at]
        )
    except (InvalidTag, ValueError) as error:
        raise VaultError(f"{path} cannot be opened with this passphrase.") from error


def _derived(passphrase: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=_KEY_BYTES, n=_SCRYPT_N, r=8, p=1).derive(passphrase)


def _refuse_to_guess(folder: Path) -> None:
    """A new master key would open no key of before: better to say that it is gone."""
    if any((folder / KEYS_FOLDER).glob("*.key")):
        raise VaultError(
            f"{folder / FILE} is missing; without it no recording can be opened. Put it back."
        )
