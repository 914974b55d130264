"""Pictures for a secret: chosen by the system, told by voice, kept as Argon2id with a pepper."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore

from pwdlib.exceptions import PwdlibError
from pwdlib.hashers.argon2 import Argon2Hasher

from voice_app.badge_keys.passphrases import make_passphrase

# Things of every home whose pictures and spoken names nobody mistakes for one another.
TOOLS = (
    "key",
    "ladder",
    "lamp",
    "phone",
    "kettle",
    "suitcase",
    "umbrella",
    "bucket",
    "bed",
    "sofa",
    "shirt",
    "trousers",
    "water-bottle",
    "washing-machine",
    "stove",
    "desk",
)
MORE_TOOLS = (
    "dog",
    "child",
    "hands",
    "eyes",
    "feet",
    "hair",
    "fire",
    "garden",
    "toilet",
    "shower",
    "stairs-up",
    "letter-closed",
    "window-open",
    "tablecloth",
    "hazard-bottle",
    "dishwasher",
)
KIOSK_TOOLS = TOOLS + MORE_TOOLS
PIN_LENGTH = 5  # 16 ** 5 = 2 ** 20
CODE_LENGTH = 4  # 32 ** 4 = 2 ** 20

# OWASP's least memory for Argon2id; a service on a laptop checks a few at once.
_MEMORY_KIBIBYTES = 19_456
_PASSES = 2
_AT_ONCE = 4

Pictures = tuple[str, ...]


def new_pin() -> Pictures:
    """Choose five pictures of sixteen in order: 20 bits, repeats allowed."""
    return tuple(secrets.choice(TOOLS) for _ in range(PIN_LENGTH))


def new_code() -> Pictures:
    """Choose four pictures of thirty-two in order: 20 bits, repeats allowed."""
    return tuple(secrets.choice(KIOSK_TOOLS) for _ in range(CODE_LENGTH))


@dataclass(frozen=True)
class Hashing:
    """Hashes pictures, and compares them with a hash in a time that tells nothing.

    `pepper` lies outside the database: its rows alone cannot be searched for the pictures.
    """

    pepper: bytes
    _hasher: Argon2Hasher = field(
        default_factory=lambda: Argon2Hasher(
            time_cost=_PASSES, memory_cost=_MEMORY_KIBIBYTES, parallelism=1
        )
    )
    _turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE))
    _nobodys: list[str] = field(default_factory=list)

    def hashed(self, pictures: Sequence[str]) -> str:
        """Give the Argon2id hash of pictures in their order."""
        return self._hasher.hash(self._peppered(pictures))

    def is_same(self, pictures: Sequence[str], hashed: str | None) -> bool:
        """Tell whether the pictures are those; without a hash the same work is done for nobody."""
        with self._turns:
            try:
                is_right = self._hasher.verify(
                    self._peppered(pictures), hashed or self._of_nobody()
                )
            except PwdlibError:
                return False
        return is_right and hashed is not None

    def _peppered(self, pictures: Sequence[str]) -> bytes:
        return hmac.digest(self.pepper, "\n".join(pictures).encode(), "sha256")

    def _of_nobody(self) -> str:
        if not self._nobodys:
            self._nobodys.append(self._hasher.hash(secrets.token_bytes(32)))
        return self._nobodys[0]


def hashing_with(file: Path, *, keys_folder: Path) -> Hashing:
    """Give the hashing whose pepper is in `file`, which is made at the first start.

    Raises `BadgeKeyError` when the file would lie beside the keys.
    """
    make_passphrase(file, keys_folder=keys_folder)
    hashing = Hashing(file.read_bytes().strip())
    hashing.is_same((), None)  # the first comparison makes what all others find
    return hashing
