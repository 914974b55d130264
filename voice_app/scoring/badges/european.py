"""The same award in the European Learning Model: a document that a partner can seal."""

import struct
import zlib
from base64 import b64encode
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from voice_app.scoring.badges import european_lists as lists
from voice_app.scoring.badges.alignments import (
    ASSESSMENTS,
    ONLINE,
    eqf_address,
    supervision_address,
)
from voice_app.scoring.badges.award import FULL, Award, Issuer, badge_address
from voice_app.scoring.badges.credential import Document, achievement, written
from voice_app.scoring.badges.wording import Wording, wording_for

CONTEXTS = (
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
)
PROFILE = "http://data.europa.eu/snb/model/ap/edc-generic-full"


@dataclass(frozen=True)
class _Telling:
    """An award, the words of its language, and what its achievement says."""

    award: Award
    words: Wording
    defined: Document

    def text(self, text: str) -> dict[str, str]:
        """Give a text with its language."""
        return {self.words.language: text}

    def named(self, kind: str, name: str) -> Document:
        """Open a node that is part of this document."""
        address = badge_address(self.award.definition.origin, self.award.code)
        return {"id": f"{address}#european-{name}", "type": kind}

    def note(self, name: str, text: str) -> Document:
        return self.named("Note", name) | {"noteLiteral": self.text(text)}


def european(award: Award, *, picture: bytes | None = None, eidas: str | None = None) -> Document:
    """Give the unsealed credential. It is a copy for Europass, the badge stays the proof.

    `picture` is a PNG of the badge, a blank page where there is none. `eidas` is the
    issuer's legal identifier (eIDAS); whoever seals the document adds it, so does their seal.
    Raises `UnknownCountryError` for an issuer outside of Europe.
    """
    words = wording_for(award.definition.employer_language)
    telling = _Telling(award, words, achievement(award.definition))
    issued = written(award.issued_at)
    return {
        "@context": list(CONTEXTS),
        "id": _id(award),
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": lists.entry(lists.GENERIC_PROFILE),
        "credentialSchema": {"id": PROFILE, "type": "ShaclValidator2017"},
        "displayParameter": _display(telling, picture or blank_page()),
        "issuer": _organisation(telling, eidas),
        "issuanceDate": issued,
        "issued": issued,
        "validFrom": issued,
        **_end(award),
        "credentialSubject": _person(telling),
    }


def uploadable(document: Document) -> Document:
    """Give the file that Europass takes for sealing."""
    return {"credential": document}


def blank_page(width: int = 210, height: int = 297) -> bytes:
    """Give a white page as PNG, its sides in pixels."""
    rows = (b"\x00" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))


def _id(award: Award) -> str:
    address = badge_address(award.definition.origin, award.code)
    return f"urn:credential:{uuid5(NAMESPACE_URL, address)}"


def _end(award: Award) -> Document:
    if award.expires_at is None:
        return {}
    end = written(award.expires_at)
    return {"expirationDate": end, "validUntil": end}


def _display(telling: _Telling, picture: bytes) -> Document:
    language = lists.language(telling.words.language)
    image = telling.named("MediaObject", "picture") | {
        "content": b64encode(picture).decode(),
        "contentEncoding": lists.entry(lists.BASE64),
        "contentType": lists.file_type("PNG"),
    }
    page = telling.named("DisplayDetail", "page") | {"image": image, "page": 1}
    shown = telling.named("IndividualDisplay", "shown") | {
        "language": language,
        "displayDetail": [page],
    }
    return telling.named("DisplayParameter", "display") | {
        "title": telling.text(telling.defined["name"]),
        "description": telling.text(telling.defined["description"]),
        "primaryLanguage": language,
        "language": [language],
        "individualDisplay": [shown],
    }


def _organisation(telling: _Telling, eidas: str | None = None) -> Document:
    issuer = telling.award.issuer
    country = lists.country(issuer.country)
    address = telling.named("Address", "address") | {"countryCode": country}
    legal = telling.named("LegalIdentifier", "eidas") | {"notation": eidas, "spatial": country}
    return {
        "id": issuer.did,
        "type": "Organisation",
        "legalName": telling.text(issuer.name),
        "location": telling.named("Location", "location") | {"address": address},
        "homepage": telling.named("WebResource", "home") | {"contentURL": issuer.url},
        **_contact(telling, issuer),
        **({} if eidas is None else {"eIDASIdentifier": legal}),
    }


def _contact(telling: _Telling, issuer: Issuer) -> Document:
    if issuer.email is None:
        return {}
    mailbox = {"id": f"mailto:{issuer.email}", "type": "Mailbox"}
    return {"contactPoint": telling.named("ContactPoint", "contact") | {"emailAddress": mailbox}}


def _person(telling: _Telling) -> Document:
    award = telling.award
    name = {} if award.holder_name is None else {"fullName": telling.text(award.holder_name)}
    return {"id": award.holder_id, "type": "Person", **name, "hasClaim": _claim(telling)}


def _claim(telling: _Telling) -> Document:
    kinds = telling.award.definition.competence.assessments
    return telling.named("LearningAchievement", "achievement") | {
        "title": telling.text(telling.defined["name"]),
        "description": telling.text(telling.defined["description"]),
        "identifier": _badge(telling, "badge", telling.award.code),
        "awardedBy": _awarding(telling),
        "provenBy": [_assessment(telling, kind) for kind in kinds],
        "specifiedBy": _specification(telling),
        **_parts(telling),
    }


def _badge(telling: _Telling, name: str, code: str) -> Document:
    address = badge_address(telling.award.definition.origin, code)
    return telling.named("Identifier", name) | {"schemeName": "Open Badge", "notation": address}


def _awarding(telling: _Telling) -> Document:
    return telling.named("AwardingProcess", "awarding") | {
        "awardingBody": _organisation(telling),
        "awardingDate": written(telling.award.issued_at),
    }


def _assessment(telling: _Telling, kind: str) -> Document:
    """Tell one test: that it was passed, and how sure it was. It has no place for marks."""
    words, assessed = telling.words, telling.award.assessed
    supervised = words.supervision[assessed.is_supervised, assessed.is_identity_checked]
    return telling.named("LearningAssessment", f"test-{kind}") | {
        "title": telling.text(words.evidence_name),
        "description": telling.text(words.assessments[kind]),
        "awardedBy": _awarding(telling),
        "grade": telling.note("outcome", words.outcome),
        "idVerification": lists.entry(
            supervision_address(assessed), supervised, written_in=words.language
        ),
        "specifiedBy": _assessment_specification(telling, kind),
    }


def _assessment_specification(telling: _Telling, kind: str) -> Document:
    words = telling.words
    return telling.named("LearningAssessmentSpecification", f"test-as-defined-{kind}") | {
        "title": telling.text(words.assessments[kind]),
        "dcType": lists.entry(
            ASSESSMENTS[kind], words.assessments[kind], written_in=words.language
        ),
        "mode": lists.entry(ONLINE, words.participation, written_in=words.language),
        **_spoken(telling),
    }


def _spoken(telling: _Telling) -> Document:
    """Name the language that the employer speaks, where Europe's list is known to have it."""
    language = lists.language(telling.award.definition.employer_language)
    return {} if language is None else {"language": language}


def _specification(telling: _Telling) -> Document:
    competence, words = telling.award.definition.competence, telling.words
    eqf = words.eqf.replace("{eqf}", str(competence.eqf))
    home = telling.named("WebResource", "definition-page") | {"contentURL": telling.defined["id"]}
    return {
        "id": telling.defined["id"],
        "type": "Qualification",
        "title": telling.text(telling.defined["name"]),
        "description": telling.text(telling.defined["description"]),
        "homepage": home,
        "eqfLevel": lists.entry(eqf_address(competence.eqf), eqf, written_in=words.language),
        "isPartialQualification": competence.id != FULL,
        "learningOutcome": _outcomes(telling),
        "learningOutcomeSummary": telling.note("summary", telling.defined["criteria"]["narrative"]),
        "learningSetting": lists.entry(lists.NON_FORMAL),
        "mode": lists.entry(ONLINE, words.participation, written_in=words.language),
        "additionalNote": _notes(telling),
        **_spoken(telling),
        **_volume(competence.workload_hours),
    }


def _outcomes(telling: _Telling) -> list[Document]:
    competence, words = telling.award.definition.competence, telling.words
    skills = [
        lists.skill(one.uri, one.name, written_in=words.language) for one in competence.skills
    ]
    return [
        {
            "id": f"{telling.defined['id']}#{one.code}",
            "type": "LearningOutcome",
            "title": telling.text(one.name),
            "additionalNote": telling.note(one.code, one.description),
            **({"relatedESCOSkill": skills} if skills else {}),
        }
        for one in competence.outcomes
    ]


def _notes(telling: _Telling) -> list[Document]:
    words, competence = telling.words, telling.award.definition.competence
    said = {"quality": words.quality}
    if competence.id != FULL:
        said["stackability"] = words.stackability
    if competence.workload_hours is None:
        said["workload"] = words.workload_unknown
    return [telling.note(name, text) for name, text in said.items()]


def _volume(hours: int | None) -> Document:
    return {} if hours is None else {"volumeOfLearning": f"PT{hours}H"}


def _parts(telling: _Telling) -> Document:
    award = telling.award
    codes = [address.rsplit("/", 1)[-1] for address in award.parts]
    parts = [
        telling.named("LearningAchievement", f"part-{code}")
        | {
            "title": telling.text(f"{telling.words.evidence_part} {competence}"),
            "identifier": _badge(telling, f"part-badge-{code}", code),
            "awardedBy": _awarding(telling),
        }
        for code, competence in zip(codes, award.definition.competence.parts, strict=False)
    ]
    return {"hasPart": parts} if parts else {}
