"""What a badge says: an award as an unsigned Open Badges 3.0 credential."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from voice_app.scoring.badges.wording import Wording, wording_for

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
_EU = "http://data.europa.eu/snb"

Document = dict[str, Any]


@dataclass(frozen=True)
class Issuer:
    """Who stands behind a badge; `did` such as did:web:example.org, `country` such as FR."""

    did: str
    name: str
    url: str
    country: str
    email: str | None = None


@dataclass(frozen=True)
class Competence:
    """What was shown: a micro-competence, named and described in the badge's own language."""

    id: str
    name: str
    description: str


@dataclass(frozen=True)
class Award:
    """One badge to be given. It has no place for what must stay private: marks and standing.

    `code` is the eight characters of its address, `holder_id` a `urn:uuid:` that says nothing
    about the person. `employer_language` is a language code, `language_name` that language's
    name in the badge's own language. `issued_at` is aware. `origin` has no slash at its end.
    """

    code: str
    holder_id: str
    competence: Competence
    employer_language: str
    language_name: str
    issued_at: datetime
    issuer: Issuer
    origin: str


def credential(award: Award) -> Document:
    """Give the credential of an award, without its proof.

    It is written in the employer language of the test where we have words in it, because
    that is what its reader speaks, else in English.
    """
    words = wording_for(award.employer_language)
    moment = _moment(award.issued_at)
    return {
        "@context": list(CONTEXTS),
        "id": badge_address(award.origin, award.code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _title(award),
        "issuer": _issuer(award.issuer),
        "validFrom": moment,
        "awardedDate": moment,
        "credentialSubject": _subject(award, words),
        "evidence": [_evidence(award, words)],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def badge_address(origin: str, code: str) -> str:
    """Give the public address of a badge, which is also its id."""
    return f"{origin}/b/{code}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _title(award: Award) -> str:
    return f"{award.competence.name} ({award.language_name})"


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


def _subject(award: Award, words: Wording) -> Document:
    achievement = _achievement(award, words)
    outcome = achievement["resultDescription"][0]["id"]
    return {
        "id": award.holder_id,
        "type": ["AchievementSubject"],
        "achievement": achievement,
        "result": [{"type": ["Result"], "resultDescription": outcome, "status": "Completed"}],
    }


def _achievement(award: Award, words: Wording) -> Document:
    address = f"{award.origin}/achievements/{award.competence.id}/{award.employer_language}"
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "humanCode": award.competence.id,
        "inLanguage": words.language,
        "name": _title(award),
        "description": award.competence.description,
        "criteria": {"narrative": words.criteria.format(language=award.language_name)},
        "alignment": _alignments(words),
        "resultDescription": [
            {
                "id": f"{address}#outcome",
                "type": ["ResultDescription"],
                "name": words.outcome,
                "resultType": "Status",
            }
        ],
    }


def _evidence(award: Award, words: Wording) -> Document:
    return {
        "type": ["Evidence"],
        "name": words.evidence_name,
        "narrative": words.evidence.format(language=award.language_name),
    }


def _alignments(words: Wording) -> list[Document]:
    """Give the standard elements of the EU recommendation that have no field of their own."""
    return [
        _alignment("ext:EQF", f"{_EU}/eqf/2", words.eqf) | {"targetCode": "2"},
        _alignment("ext:AssessmentType", f"{_EU}/assessment/b1b68f6735", words.assessment),
        _alignment(
            "ext:ParticipationForm", f"{_EU}/learning-assessment/920fbb3cbe", words.participation
        ),
        _alignment(
            "ext:Supervision", f"{_EU}/supervision-verification/c598449d64", words.supervision
        ),
    ]


def _alignment(kind: str, url: str, name: str) -> Document:
    return {"type": ["Alignment"], "targetType": kind, "targetUrl": url, "targetName": name}
