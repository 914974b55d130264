"""The folder of keys: the one in use for each purpose, and the retired ones that stay known."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from voice_app.badge_keys.files import make_folder, put_new, replace
from voice_app.badge_keys.pem import encrypted_pem, is_encrypted, read_private, read_public
from voice_app.badge_keys.purposes import PURPOSES, PrivateKey, PublicKey, Purpose, id_of

RETIRED_FOLDER = "retired"
DISTRUSTED_FOLDER = "distrusted"


def key_file(purpose: Purpose) -> str:
    """Give the name of the file that holds the key in use."""
    return f"{purpose}-key.pem"


KEY_FILE = key_file("badge")


@dataclass(frozen=True, repr=False)
class BadgeKey:
    """The key in use and, by id, every public key that a badge of ours may be signed with.

    `id` names the key in use by its fingerprint; it is the first of `public_keys`.
    """

    id: str
    private_key: Ed25519PrivateKey
    public_keys: Mapping[str, Ed25519PublicKey]


@dataclass(frozen=True, repr=False)
class TokenKey:
    """The RSA key that signs tokens, and by id every public one, the one in use first."""

    id: str
    private_key: RSAPrivateKey
    public_keys: Mapping[str, RSAPublicKey]


class KeyRing:
    """The keys of one service. The badge key is read at once, the others when first needed."""

    def __init__(self, folder: Path, passphrase: bytes) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._lock = Lock()
        self.badge = load_or_create(folder, passphrase)

    @cached_property
    def jwt(self) -> TokenKey:
        """The key that signs tokens; made at the first need. Raises `BadgeKeyError`."""
        with self._lock:
            private = cast("RSAPrivateKey", in_use(self._folder, self._passphrase, purpose="jwt"))
        known = known_keys(self._folder, private.public_key(), purpose="jwt")
        return TokenKey(
            id_of(private.public_key()), private, cast("Mapping[str, RSAPublicKey]", known)
        )

    @cached_property
    def level(self) -> BadgeKey:
        """The key that signs private levels; made at the first need. Raises `BadgeKeyError`."""
        with self._lock:
            return _ed25519(self._folder, self._passphrase, purpose="level")

    @property
    def published(self) -> Mapping[str, Ed25519PublicKey]:
        """The public keys of the DID document; the level keys once there is one."""
        if not (self._folder / key_file("level")).exists():
            return self.badge.public_keys
        return {**self.badge.public_keys, **self.level.public_keys}


def load_or_create(folder: Path, passphrase: bytes) -> BadgeKey:
    """Read the badge key in `folder`, or make it there at the first start.

    A key from before keys were encrypted is encrypted where it lies. Raises `BadgeKeyError`
    for a file that is no Ed25519 key, that others than its owner can read, or that the
    passphrase does not open.
    """
    return _ed25519(folder, passphrase, purpose="badge")


def in_use(folder: Path, passphrase: bytes, *, purpose: Purpose) -> PrivateKey:
    """Read the key in use for a purpose; make it when there is none. Raises `BadgeKeyError`."""
    make_folder(folder)
    path = folder / key_file(purpose)
    if not path.exists():
        put_new(path, encrypted_pem(PURPOSES[purpose].generate(), passphrase))
    private_key = read_private(path, passphrase, purpose=purpose)
    if not is_encrypted(path):
        replace(path, encrypted_pem(private_key, passphrase))
    return private_key


def known_keys(folder: Path, public_key: PublicKey, *, purpose: Purpose) -> dict[str, PublicKey]:
    """Give the public key in use and the retired ones, by id. Raises `BadgeKeyError`."""
    retired = (read_public(path, purpose=purpose) for path in retired_files(folder, purpose))
    return {id_of(one): one for one in (public_key, *retired)}


def retired_files(folder: Path, purpose: Purpose, *, inside: str = RETIRED_FOLDER) -> list[Path]:
    """Give the files of the retired keys of a purpose: those that name no other one."""
    others = tuple(f"{one}-" for one in PURPOSES if one != purpose)
    named = sorted((folder / inside).glob("*.pem"))
    if purpose == "badge":
        return [path for path in named if not path.name.startswith(others)]
    return [path for path in named if path.name.startswith(f"{purpose}-")]


def _ed25519(folder: Path, passphrase: bytes, *, purpose: Purpose) -> BadgeKey:
    private = cast("Ed25519PrivateKey", in_use(folder, passphrase, purpose=purpose))
    known = known_keys(folder, private.public_key(), purpose=purpose)
    return BadgeKey(
        id_of(private.public_key()), private, cast("Mapping[str, Ed25519PublicKey]", known)
    )
