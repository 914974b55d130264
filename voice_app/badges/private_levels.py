"""A level in writing: made when its owner asks, signed by a key of its own, for the owner alone."""

import json
import secrets
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.badge_keys import BadgeKey
from voice_app.badges.office import Office, definition_of
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt
from voice_app.models import PrivateLevel as LevelRow
from voice_app.scoring.badges.did import verification_method
from voice_app.scoring.badges.level import LevelAward, PrivateLevel, level_credential
from voice_app.scoring.badges.signing import sign


class UnknownLevelError(VoiceAppError):
    """No level of this owner has this address."""


@dataclass(frozen=True)
class LevelOffice:
    """Who writes levels: the office that gives badges, with the key that signs levels alone."""

    office: Office
    key: BadgeKey


def write_level(
    session: Session, attempt: Attempt, *, private: PrivateLevel, level_office: LevelOffice
) -> LevelRow:
    """Write the level of an attempt; one that was written before and is the same stays."""
    written = session.scalar(
        select(LevelRow).where(LevelRow.attempt_id == attempt.id, LevelRow.level == private.level)
    )
    if written is not None:
        return written
    row = _signed(attempt, private=private, level_office=level_office)
    session.add(row)
    session.flush()
    return row


def owned_level(session: Session, token: str, *, owner_hash: str) -> LevelRow:
    """Give a level to its owner; to anybody else it does not exist (`UnknownLevelError`)."""
    row = session.get(LevelRow, token)
    if row is None or session.get_one(Attempt, row.attempt_id).owner_hash != owner_hash:
        raise UnknownLevelError("There is no such level on this device.")
    return row


def _signed(attempt: Attempt, *, private: PrivateLevel, level_office: LevelOffice) -> LevelRow:
    office, key = level_office.office, level_office.key
    now = office.clock()
    token = secrets.token_urlsafe(32)
    definition = definition_of(
        office.content,
        micro_competence=attempt.assessment,
        employer_language=attempt.employer_language,
        origin=office.origin,
    )
    award = LevelAward(token, uuid4().urn, definition, private, now, office.issuer)
    method = verification_method(office.issuer.did, key.id)
    document = sign(
        level_credential(award), key.private_key, verification_method=method, created=now
    )
    return LevelRow(
        token=token,
        attempt_id=attempt.id,
        level=private.level,
        credential=json.dumps(document, ensure_ascii=False, indent=2),
        key_id=key.id,
        made_at=now,
    )
