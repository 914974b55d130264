from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voice_app.scoring.badges.credential import (
    Award,
    Competence,
    Definition,
    Document,
    Issuer,
    credential,
)
from voice_app.scoring.badges.signing import sign

MOMENT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture(scope="session")
def award() -> Award:
    return Award(
        code="7Q4K2M9X",
        holder_id="urn:uuid:6b2f4a10-8f0a-4a86-9d77-3a6ad2b1c001",
        definition=Definition(
            competence=Competence("MC3", "Comprendre son employeur", "Comprendre ce qui est dit."),
            employer_language="fr",
            own_name="Français",
            origin="https://badges.example",
        ),
        issued_at=MOMENT,
        issuer=Issuer(
            did="did:web:badges.example",
            name="MyCred4Home",
            url="https://badges.example",
            country="FR",
            email="hello@badges.example",
        ),
    )


@pytest.fixture(scope="session")
def signed(award: Award, private_key: Ed25519PrivateKey) -> Document:
    return sign(
        credential(award),
        private_key,
        verification_method="did:web:badges.example#key-1",
        created=MOMENT,
    )
