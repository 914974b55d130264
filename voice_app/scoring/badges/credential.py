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
FULL = "FULL"
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
class Skill:
    """A skill of ESCO: `uri` is http://data.europa.eu/esco/skill/UUID, `name` its own label."""

    uri: str
    name: str


@dataclass(frozen=True)
class Competence:
    """What was shown: a micro-competence, named and described in the badge's own language.

    `criteria` says how it is shown, with `{language}` for the employer language; None takes
    the words that hold for any test. `outcomes` are the learning outcomes, in sentences.
    `eqf` is a level of the European Qualifications Framework, 1 to 8. `workload_hours` is
    None where nobody has measured it. `assessments` are kinds of test (`wording.py`).
    `parts` are the micro-competences that a full micro-certification rests on.
    """

    id: str
    name: str
    description: str
    criteria: str | None = None
    outcomes: tuple[str, ...] = ()
    eqf: int = 2
    workload_hours: int | None = None
    assessments: tuple[str, ...] = ("quiz",)
    skills: tuple[Skill, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    """What a badge is given for: understanding an employer who speaks one language.

    `employer_language` is a language code, `own_name` what that language calls itself.
    `origin` is the service's address, without a slash at its end.
    """

    competence: Competence
    employer_language: str
    own_name: str
    origin: str

    @property
    def address(self) -> str:
        """Where the achievement is published; also its id."""
        return f"{self.origin}/achievements/{self.competence.id}/{self.employer_language}"


@dataclass(frozen=True)
class StatusPlace:
    """Where a badge stands in the issuer's status lists.

    `list_address` is ORIGIN/status/NUMBER, without a slash at its end; there is one list
    credential for each purpose under it. `index` counts the entries of the list from 0.
    """

    list_address: str
    index: int


@dataclass(frozen=True)
class Assessed:
    """How sure the test was: told as it was, never better."""

    is_supervised: bool
    is_identity_checked: bool


UNSUPERVISED = Assessed(is_supervised=False, is_identity_checked=False)


@dataclass(frozen=True)
class Award:
    """One badge to be given. It has no place for what must stay private: marks and standing.

    `code` is the eight characters of its address, `holder_id` a `urn:uuid:` that says nothing
    about the person, `issued_at` and `expires_at` are aware. `holder_name` is there only when
    the holder consented. `parts` are the addresses of the badges that a full
    micro-certification rests on.
    """

    code: str
    holder_id: str
    definition: Definition
    issued_at: datetime
    issuer: Issuer
    expires_at: datetime | None = None
    holder_name: str | None = None
    place: StatusPlace | None = None
    assessed: Assessed = UNSUPERVISED
    parts: tuple[str, ...] = ()


def credential(award: Award) -> Document:
    """Give the credential of an award, without its proof.

    It is written in the employer language of the test where we have words in it, because
    that is what its reader speaks, else in English.
    """
    moment = award.issued_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    words = wording_for(award.definition.employer_language)
    defined = achievement(award.definition)
    return {
        "@context": list(CONTEXTS),
        "id": badge_address(award.definition.origin, award.code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": defined["name"],
        "issuer": _issuer(award.issuer),
        "validFrom": moment,
        "awardedDate": moment,
        "credentialSubject": _subject(award.holder_id, defined),
        "evidence": [_evidence(award.definition, words)],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def achievement(definition: Definition) -> Document:
    """Give the achievement: what every badge of this definition is given for, and how."""
    words = wording_for(definition.employer_language)
    language = _language(definition, words)
    return {
        "id": definition.address,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "humanCode": definition.competence.id,
        "inLanguage": words.language,
        "name": f"{definition.competence.name} ({language})",
        "description": definition.competence.description,
        "criteria": {"narrative": words.criteria.format(language=language)},
        "alignment": _alignments(words),
        "resultDescription": [
            {
                "id": f"{definition.address}#outcome",
                "type": ["ResultDescription"],
                "name": words.outcome,
                "resultType": "Status",
            }
        ],
    }


def badge_address(origin: str, code: str) -> str:
    """Give the public address of a badge, which is also its id."""
    return f"{origin}/b/{code}"


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


def _subject(holder_id: str, defined: Document) -> Document:
    described = defined["resultDescription"][0]["id"]
    return {
        "id": holder_id,
        "type": ["AchievementSubject"],
        "achievement": defined,
        "result": [{"type": ["Result"], "resultDescription": described, "status": "Completed"}],
    }


def _evidence(definition: Definition, words: Wording) -> Document:
    return {
        "type": ["Evidence"],
        "name": words.evidence_name,
        "narrative": words.evidence.format(language=_language(definition, words)),
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
