"""A device that keeps passkeys, in software: it answers as the standard says, or otherwise."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

ORIGIN = "http://localhost:8000"
_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def _new_key() -> EllipticCurvePrivateKey:
    return generate_private_key(SECP256R1())


@dataclass(frozen=True)
class Authenticator:
    """One passkey on one device. `is_verified`: its finger, face or PIN was asked for."""

    origin: str = ORIGIN
    host: str = "localhost"
    count: int = 1
    is_present: bool = True
    is_verified: bool = True
    kind_of_new: str = "webauthn.create"
    kind_of_proof: str = "webauthn.get"
    key: EllipticCurvePrivateKey = field(default_factory=_new_key)
    name: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def but(self, **changes: Any) -> "Authenticator":
        """The same passkey, and something about it that is otherwise."""
        return replace(self, **changes)

    def makes(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a page that asks for a new passkey."""
        told = self._told(asked, kind=self.kind_of_new)
        length = len(self.name).to_bytes(2, "big")
        data = self._data(_ATTESTED) + bytes(16) + length + self.name + self._public()
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=told, attestationObject=attested)

    def proves(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a page that asks who is there."""
        told = self._told(asked, kind=self.kind_of_proof)
        data = self._data(0)
        signature = self.key.sign(data + sha256(told).digest(), ECDSA(SHA256()))
        return self._answer(clientDataJSON=told, authenticatorData=data, signature=signature)

    def _told(self, asked: Mapping[str, Any], *, kind: str) -> bytes:
        told = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _data(self, flags: int) -> bytes:
        flags |= _PRESENT if self.is_present else 0
        flags |= _VERIFIED if self.is_verified else 0
        host = sha256(self.host.encode()).digest()
        return host + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _answer(self, **response: bytes) -> dict[str, Any]:
        name = bytes_to_base64url(self.name)
        packed = {key: bytes_to_base64url(value) for key, value in response.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": packed}
