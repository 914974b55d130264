"""Awards for tests: a plain one, and one with all that a credential can tell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from voice_app.dialogues.achievements import competence_of
from voice_app.dialogues.loader import load_content
from voice_app.scoring.badges.award import Award, Definition, Issuer, Skill, StatusPlace

MOMENT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
ORIGIN = "https://badges.example"
CONTENT = load_content()
MADE_UP_SKILL = Skill(
    "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000000", "a made-up skill"
)


def defined(micro_competence: str, language: str) -> Definition:
    return Definition(
        competence=competence_of(CONTENT, micro_competence, language=language),
        employer_language=language,
        own_name=CONTENT.languages[language].own_name,
        origin=ORIGIN,
        other_languages=tuple(code for code in ("fr", "es", "en") if code != language),
    )


AWARD = Award(
    code="7Q4K2M9X",
    holder_id="urn:uuid:6b2f4a10-8f0a-4a86-9d77-3a6ad2b1c001",
    definition=defined("MC3", "fr"),
    issued_at=MOMENT,
    issuer=Issuer(
        did="did:web:badges.example",
        name="MyCred4Home",
        url="https://badges.example",
        country="FR",
        email="hello@badges.example",
    ),
)
WHOLE = replace(
    AWARD,
    definition=replace(
        AWARD.definition,
        competence=replace(AWARD.definition.competence, workload_hours=12, skills=(MADE_UP_SKILL,)),
    ),
    expires_at=MOMENT + timedelta(days=365),
    holder_name="Ana Example",
    place=StatusPlace(f"{ORIGIN}/status/1", 94567, purposes=("revocation",)),
)
FULL_AWARD = replace(
    WHOLE,
    definition=defined("FULL", "es"),
    parts=tuple(f"{ORIGIN}/b/{code}" for code in ("AAAA2222", "BBBB3333", "CCCC4444", "DDDD5555")),
)
