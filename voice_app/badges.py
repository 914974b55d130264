"""The story of a badge: it is given once, found by its code, and shown to be real."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.badge_keys import BadgeKey
from voice_app.dialogues.content import Content
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt, Badge
from voice_app.scoring.badges.credential import (
    Award,
    Competence,
    Definition,
    Issuer,
    badge_address,
    credential,
)
from voice_app.scoring.badges.did import verification_method
from voice_app.scoring.badges.signing import sign, verify
from voice_app.scoring.badges.wording import wording_for

# No 0, O, 1, I or L: a code is read aloud and copied from paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


class UnknownAchievementError(VoiceAppError):
    """No badge is given for this."""


@dataclass(frozen=True)
class Office:
    """What it takes to give a badge: who signs, with which key, where it is published."""

    content: Content
    key: BadgeKey
    issuer: Issuer
    origin: str
    clock: Callable[[], datetime]


def award_for(
    content: Content,
    *,
    key: BadgeKey,
    issuer: Issuer,
    origin: str,
    clock: Callable[[], datetime],
) -> Callable[[Session, Attempt], None]:
    """Give what an attempt that is passed calls, inside the transaction that ends it."""
    office = Office(content, key, issuer, origin, clock)

    def award(session: Session, attempt: Attempt) -> None:
        issue(session, attempt, office=office)

    return award


def issue(session: Session, attempt: Attempt, *, office: Office) -> Badge:
    """Give the badge of an attempt; one that was given stays as it was signed."""
    given = of_attempt(session, attempt.id)
    if given is not None:
        return given
    badge = _signed(attempt, code=_free_code(session), office=office)
    session.add(badge)
    return badge


def of_attempt(session: Session, attempt_id: str) -> Badge | None:
    """Give the badge that an attempt earned."""
    return session.scalar(select(Badge).where(Badge.attempt_id == attempt_id))


def find(session: Session, code: str) -> Badge | None:
    """Give the badge of a code, however it was typed."""
    return session.get(Badge, plain_code(code))


def is_real(badge: Badge, *, keys: Mapping[str, Ed25519PublicKey], origin: str) -> bool:
    """Tell whether the badge's document is about this badge and signed by one of our keys."""
    document = json.loads(badge.credential)
    is_about_it = document.get("id") == badge_address(origin, badge.code)
    return is_about_it and badge.key_id in keys and verify(document, keys[badge.key_id])


def definition_of(
    content: Content, *, micro_competence: str, employer_language: str, origin: str
) -> Definition:
    """Give what a badge is given for. Raises `UnknownAchievementError` when none is."""
    bank = content.assessments.get(micro_competence)
    if bank is None or employer_language not in bank.employer_languages:
        raise UnknownAchievementError("No badge is given for this.")
    return Definition(
        competence=_competence(content, micro_competence, language=employer_language),
        employer_language=employer_language,
        own_name=content.languages[employer_language].own_name,
        origin=origin,
    )


def plain_code(typed: str) -> str:
    """Give a code as it is kept: `7q4k-2m9x` → `7Q4K2M9X`."""
    return typed.upper().replace("-", "").replace(" ", "")


def shown_code(code: str) -> str:
    """Give a code as people read it: `7Q4K2M9X` → `7Q4K-2M9X`."""
    return f"{code[:4]}-{code[4:]}"


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """Draw a code that nobody can guess; `choose` takes one character of a text."""
    return "".join(choose(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def _free_code(session: Session) -> str:
    code = new_code()
    while session.get(Badge, code) is not None:
        code = new_code()
    return code


def _signed(attempt: Attempt, *, code: str, office: Office) -> Badge:
    now = office.clock()
    award = _award(attempt, code=code, office=office, now=now)
    method = verification_method(office.issuer.did, office.key.id)
    document = sign(
        credential(award), office.key.private_key, verification_method=method, created=now
    )
    return Badge(
        code=code,
        attempt_id=attempt.id,
        micro_competence=attempt.assessment,
        employer_language=attempt.employer_language,
        credential=json.dumps(document, ensure_ascii=False, indent=2),
        key_id=office.key.id,
        issued_at=now,
    )


def _award(attempt: Attempt, *, code: str, office: Office, now: datetime) -> Award:
    return Award(
        code=code,
        holder_id=uuid4().urn,
        definition=definition_of(
            office.content,
            micro_competence=attempt.assessment,
            employer_language=attempt.employer_language,
            origin=office.origin,
        ),
        issued_at=now,
        issuer=office.issuer,
    )


def _competence(content: Content, micro_competence: str, *, language: str) -> Competence:
    found = content.micro_competences[micro_competence]
    written_in = wording_for(language).language
    return Competence(found.id, found.names[written_in], found.descriptions[written_in])
