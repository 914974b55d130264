"""Which badges are withdrawn: a list of bits, and the credential that publishes it."""

import binascii
import gzip
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges.credential import CONTEXTS, Document, Issuer

ENTRIES = 131_072
_BYTES = ENTRIES // 8

Purpose = Literal["revocation", "suspension"]
PURPOSES: tuple[Purpose, ...] = ("revocation", "suspension")


class BadStatusListError(VoiceAppError):
    """A text or an index is not of a status list as this service makes them."""


@dataclass(frozen=True)
class StatusList:
    """`ENTRIES` bits, index 0 being the left-most; a bit is set when its badge is withdrawn."""

    bits: bytes = bytes(_BYTES)

    def __post_init__(self) -> None:
        if len(self.bits) != _BYTES:
            raise BadStatusListError(f"A status list has {ENTRIES} entries.")

    def with_set(self, indexes: Iterable[int]) -> "StatusList":
        """Give a list with these bits set too."""
        bits = bytearray(self.bits)
        for index in indexes:
            byte, mask = _place(index)
            bits[byte] |= mask
        return StatusList(bytes(bits))

    def is_set(self, index: int) -> bool:
        """Tell whether the bit is set. Raises `BadStatusListError` outside the list."""
        byte, mask = _place(index)
        return bool(self.bits[byte] & mask)

    def encoded(self) -> str:
        """Give the list as credentials carry it: `u`, then base64url of the gzipped bits."""
        packed = gzip.compress(self.bits, mtime=0)
        return f"u{urlsafe_b64encode(packed).rstrip(b'=').decode()}"


def decoded(text: str) -> StatusList:
    """Read what `encoded` wrote; never unpacks more than a list holds.

    Raises `BadStatusListError` for any other text.
    """
    if not text.startswith("u"):
        raise BadStatusListError("A status list is written in base64url behind a `u`.")
    try:
        packed = urlsafe_b64decode(text[1:].encode() + b"=" * (-len(text[1:]) % 4))
        unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        bits = unpacking.decompress(packed, _BYTES + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise BadStatusListError("The status list cannot be unpacked.") from error
    if not unpacking.eof:
        raise BadStatusListError("The status list is cut short or longer than it may be.")
    return StatusList(bits)


def purpose_address(list_address: str, purpose: Purpose) -> str:
    """Give where one list's credential is published, which is also its id."""
    return f"{list_address}/{purpose}"


def list_credential(
    list_address: str, bits: StatusList, *, purpose: Purpose, issuer: Issuer, at: datetime
) -> Document:
    """Give the unsigned credential of a list as it stood at the aware time `at`."""
    address = purpose_address(list_address, purpose)
    return {
        "@context": list(CONTEXTS),
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits.encoded(),
        },
    }


def _place(index: int) -> tuple[int, int]:
    if not 0 <= index < ENTRIES:
        raise BadStatusListError(f"A status list has no entry {index}.")
    return index // 8, 0x80 >> index % 8
