"""An issuer for the verifiers to judge: its badges, its status lists and its DID document."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voice_app.scoring.badges.credential import (
    Award,
    Competence,
    Definition,
    Document,
    Issuer,
    StatusPlace,
    credential,
)
from voice_app.scoring.badges.did import did_document, key_id, verification_method
from voice_app.scoring.badges.signing import sign
from voice_app.scoring.badges.status_list import (
    PURPOSES,
    StatusList,
    list_credential,
    purpose_address,
)

ORIGIN = "https://badges.example"
DID = "did:web:badges.example"
LIST = f"{ORIGIN}/status/1"
INDEX = 94_567
# Long enough ago for every clock: openbadgeslib asks the machine's.
MOMENT = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RETIRED_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))


@dataclass(frozen=True)
class House:
    """One issuer: `keys` are those its DID document lists, the first one signs."""

    did: str = DID
    keys: tuple[Ed25519PrivateKey, ...] = (KEY, RETIRED_KEY)
    withdrawn: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def issuer(self) -> Issuer:
        return Issuer(
            did=self.did, name="MyCred4Home", url=ORIGIN, country="FR", email="hello@badges.example"
        )

    def award(self, **changes: Any) -> Award:
        """Give an award with everything a credential can say."""
        return replace(
            Award(
                code="7Q4K2M9X",
                holder_id="urn:uuid:6b2f4a10-8f0a-4a86-9d77-3a6ad2b1c001",
                definition=Definition(
                    competence=Competence("MC3", "Comprendre son employeur", "Ce qui est dit."),
                    employer_language="fr",
                    own_name="Français",
                    origin=ORIGIN,
                ),
                issued_at=MOMENT,
                issuer=self.issuer,
                expires_at=MOMENT + timedelta(days=365 * 50),
                holder_name="Ana Ejemplo",
                place=StatusPlace(LIST, INDEX, purposes=PURPOSES),
            ),
            **changes,
        )

    def badge(self, *, key: Ed25519PrivateKey | None = None, **changes: Any) -> Document:
        """Give a signed badge; `changes` are the award's."""
        return self.signed(credential(self.award(**changes)), key=key)

    def signed(self, document: Document, *, key: Ed25519PrivateKey | None = None) -> Document:
        key = key or self.keys[0]
        return sign(document, key, verification_method=self.method(key), created=MOMENT)

    def method(self, key: Ed25519PrivateKey) -> str:
        if self.did.startswith("did:key:"):
            return f"{self.did}#{self.did.removeprefix('did:key:')}"
        return verification_method(self.did, key_id(key.public_key()))

    def known(self) -> dict[str, Document]:
        """Give all that the house publishes, by address."""
        lists = {purpose_address(LIST, purpose): self.listed(purpose) for purpose in PURPOSES}
        public = {key_id(key.public_key()): key.public_key() for key in self.keys}
        found = lists if self.did.startswith("did:key:") else {self.did: self.did_document(public)}
        return lists | found

    def did_document(self, public: dict) -> Document:
        return did_document(self.did, public)

    def listed(self, purpose: str, *, key: Ed25519PrivateKey | None = None) -> Document:
        """Give the signed credential of one list."""
        bits = StatusList().with_set(self.withdrawn.get(purpose, ()))
        unsigned = list_credential(LIST, bits, purpose=purpose, issuer=self.issuer, at=MOMENT)
        return self.signed(unsigned, key=key)
