"""How entries are bound to each other: a digest over each and the one before, and an HMAC."""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import scrypt, sha256

FIRST = "0" * 64

_SALT = b"voice-app audit 1"
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
_LONGEST_CODE = 120
_CODE = re.compile(rf"[\w.:/+=,|-]{{1,{_LONGEST_CODE}}}", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """What an entry says; `seq` counts from 1, `previous` is the digest of the one before."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    center: str | None
    before: str | None
    after: str | None
    previous: str

    @property
    def digest(self) -> str:
        """The SHA-256 of the entry in canonical JSON, in hex."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return sha256(_canonical(asdict(self) | {"at": at})).hexdigest()


def key_of(passphrase: bytes) -> bytes:
    """Derive the key of the log from the passphrase of the keys: 32 bytes, slow to guess."""
    return scrypt(passphrase, salt=_SALT, **_SCRYPT)


def mac_of(digest: str, *, key: bytes) -> str:
    """Seal a digest: nobody without the key can make an entry that counts."""
    return hmac.new(key, digest.encode(), sha256).hexdigest()


def is_sealed(digest: str, *, mac: str, key: bytes) -> bool:
    """Tell whether a digest was sealed with this key."""
    return hmac.compare_digest(mac_of(digest, key=key), mac)


def code(value: str) -> str:
    """Give a code as it is, and anything else (words, names, addresses) as its digest."""
    if _CODE.fullmatch(value):
        return value
    return f"sha256:{sha256(value.encode()).hexdigest()}"


def _canonical(values: Mapping[str, object]) -> bytes:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
