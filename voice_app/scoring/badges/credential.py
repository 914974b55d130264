"""What a badge says: an award as an unsigned Open Badges 3.0 credential."""

from datetime import UTC, datetime
from typing import Any

from voice_app.scoring.badges.alignments import FRAMEWORK, alignments, supervision
from voice_app.scoring.badges.award import (
    FULL,
    UNSUPERVISED,
    Assessed,
    Award,
    Competence,
    Definition,
    Issuer,
    LearningOutcome,
    Skill,
    StatusPlace,
    achievement_address,
    badge_address,
)
from voice_app.scoring.badges.wording import Wording, wording_for

__all__ = [
    "CONTEXTS",
    "FULL",
    "SCHEMA",
    "UNSUPERVISED",
    "Assessed",
    "Award",
    "Competence",
    "Definition",
    "Document",
    "Issuer",
    "LearningOutcome",
    "Skill",
    "StatusPlace",
    "achievement",
    "achievement_address",
    "badge_address",
    "credential",
]

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)

Document = dict[str, Any]


def credential(award: Award) -> Document:
    """Give the credential of an award, without its proof.

    It is written in the employer language of the test where we have words in it, because
    that is what its reader speaks, else in English.
    """
    defined = achievement(award.definition)
    address = badge_address(award.definition.origin, award.code)
    return {
        "@context": list(CONTEXTS),
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": defined["name"],
        "image": {"id": f"{address}.png", "type": "Image", "caption": defined["name"]},
        "issuer": _issuer(award.issuer),
        **_moments(award),
        "credentialSubject": _subject(award, defined),
        "evidence": _evidence(award),
        **_status(award.place),
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def achievement(definition: Definition) -> Document:
    """Give the achievement: what every badge of this definition is given for, and how."""
    words = wording_for(definition.employer_language)
    language = _language(definition, words)
    narrative = definition.competence.criteria or words.criteria
    return {
        "id": definition.address,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "humanCode": definition.competence.id,
        "inLanguage": words.language,
        "creator": _creator(definition),
        "name": f"{definition.competence.name} ({language})",
        "description": definition.competence.description,
        "criteria": {
            "id": f"{definition.address}#criteria",
            "narrative": narrative.replace("{language}", language),
        },
        "alignment": alignments(definition, words),
        **_related(definition),
        "resultDescription": [
            {
                "id": f"{definition.address}#outcome",
                "type": ["ResultDescription"],
                "name": words.outcome,
                "resultType": "Status",
            }
        ],
    }


def written(moment: datetime) -> str:
    """Write a moment as credentials do, in UTC and to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _language(definition: Definition, words: Wording) -> str:
    return words.languages.get(definition.employer_language, definition.own_name)


def _issuer(issuer: Issuer) -> Document:
    contact = {} if issuer.email is None else {"email": issuer.email}
    return {
        "id": issuer.did,
        "type": ["Profile"],
        "name": issuer.name,
        "url": issuer.url,
        "address": {"type": ["Address"], "addressCountryCode": issuer.country},
        **contact,
    }


def _moments(award: Award) -> Document:
    issued = written(award.issued_at)
    ends = {} if award.expires_at is None else {"validUntil": written(award.expires_at)}
    return {"validFrom": issued, **ends, "awardedDate": issued}


def _subject(award: Award, defined: Document) -> Document:
    words = wording_for(award.definition.employer_language)
    return {
        "id": award.holder_id,
        "type": ["AchievementSubject"],
        **_name(award.holder_name),
        "achievement": defined,
        "source": _assessor(award.issuer),
        "result": [
            {
                "type": ["Result"],
                "resultDescription": defined["resultDescription"][0]["id"],
                "status": "Completed",
                "alignment": [supervision(award.assessed, words)],
            }
        ],
    }


def _assessor(issuer: Issuer) -> Document:
    """Name who tested, under another id than the issuer's.

    Two descriptions of one id are one to a signature: either could be taken away unseen.
    """
    return {"id": issuer.url, "type": ["Profile"], "name": issuer.name}


def _creator(definition: Definition) -> Document:
    return {
        "id": f"{definition.origin}/achievements#creator",
        "type": ["Profile"],
        "name": FRAMEWORK,
    }


def _name(name: str | None) -> Document:
    """Give the holder's name in plain letters: a hash of a name is guessed in no time."""
    if name is None:
        return {}
    identity = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": name,
        "identityType": "name",
    }
    return {"identifier": [identity]}


def _related(definition: Definition) -> Document:
    """Point to the same competence in other employer languages, and to what it is made of."""
    asked = [(definition.competence.id, code) for code in definition.other_languages]
    asked += [(part, definition.employer_language) for part in definition.competence.parts]
    related = [
        {
            "id": achievement_address(definition.origin, competence, employer_language=code),
            "type": ["Related"],
            "inLanguage": wording_for(code).language,
        }
        for competence, code in asked
    ]
    return {"related": related} if related else {}


def _evidence(award: Award) -> list[Document]:
    words = wording_for(award.definition.employer_language)
    key = (award.assessed.is_supervised, award.assessed.is_identity_checked)
    told = words.evidence_parts if award.parts else words.evidence
    language = _language(award.definition, words)
    first = {
        "type": ["Evidence"],
        "name": words.evidence_parts_name if award.parts else words.evidence_name,
        "narrative": f"{told.replace('{language}', language)} {words.supervision[key]}",
    }
    return [first, *(_part(award, words, address) for address in award.parts)]


def _part(award: Award, words: Wording, address: str) -> Document:
    names = dict(zip(award.parts, award.definition.competence.parts, strict=False))
    name = " ".join(filter(None, [words.evidence_part, names.get(address)]))
    return {"id": address, "type": ["Evidence"], "name": name}


def _status(place: StatusPlace | None) -> Document:
    if place is None:
        return {}
    entries = [_entry(place, purpose) for purpose in place.purposes]
    return {"credentialStatus": entries[0] if len(entries) == 1 else entries}


def _entry(place: StatusPlace, purpose: str) -> Document:
    list_address = f"{place.list_address}/{purpose}"
    return {
        "id": f"{list_address}#{place.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(place.index),
        "statusListCredential": list_address,
    }
