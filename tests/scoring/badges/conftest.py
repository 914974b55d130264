from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voice_app.scoring.badges.credential import (
    Award,
    Competence,
    Definition,
    Document,
    Issuer,
    LearningOutcome,
    Skill,
    StatusPlace,
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
def whole_award(award: Award) -> Award:
    """An award with all that a credential can tell."""
    competence = replace(
        award.definition.competence,
        criteria="Elle a compris, en {language}.",
        outcomes=(LearningOutcome("LO6", "Comprendre 21 mots", "Vous comprenez des mots."),),
        workload_hours=12,
        assessments=("quiz", "oral"),
        skills=(
            Skill(
                "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000000",
                "une compétence inventée",
            ),
        ),
        parts=("MC1", "MC2"),
    )
    return replace(
        award,
        definition=replace(award.definition, competence=competence, other_languages=("es", "en")),
        expires_at=MOMENT + timedelta(days=365),
        holder_name="Ana Example",
        place=StatusPlace("https://badges.example/status/1", 94567, purposes=("revocation",)),
        parts=("https://badges.example/b/AAAA2222", "https://badges.example/b/BBBB3333"),
    )


@pytest.fixture(scope="session")
def whole(whole_award: Award, private_key: Ed25519PrivateKey) -> Document:
    return sign(
        credential(whole_award),
        private_key,
        verification_method="did:web:badges.example#key-1",
        created=MOMENT,
    )


@pytest.fixture(scope="session")
def signed(award: Award, private_key: Ed25519PrivateKey) -> Document:
    return sign(
        credential(award),
        private_key,
        verification_method="did:web:badges.example#key-1",
        created=MOMENT,
    )
