"""A badge is drafted, signed and added, with a place of its own in the status lists."""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from voice_app.badges.codes import new_code
from voice_app.badges.office import Office, definition_of
from voice_app.models import Attempt, Badge, BadgePart
from voice_app.scoring.badges.credential import (
    FULL,
    Award,
    StatusPlace,
    badge_address,
    credential,
)
from voice_app.scoring.badges.did import verification_method
from voice_app.scoring.badges.signing import sign
from voice_app.scoring.badges.status_list import ENTRIES

# Above this, drawing a place that is free takes too many tries: the next list is opened.
FULL_LIST = ENTRIES * 3 // 4


@dataclass(frozen=True)
class Details:
    """What a person may add to a badge: the holder's name, by their consent, and an end."""

    holder_name: str | None = None
    expires_at: datetime | None = None


NOTHING_MORE = Details()


@dataclass(frozen=True)
class Draft:
    """A badge before it is signed: whose, of what, under which code and place.

    `place` is a list's number and an index in it. `replaces` is the code it corrects, `parts`
    the codes that a full micro-certification rests on.
    """

    code: str
    place: tuple[int, int]
    holder_id: str
    attempt_id: str
    micro_competence: str
    employer_language: str
    details: Details
    replaces: str | None = None
    parts: tuple[str, ...] = ()


def of_attempt(session: Session, attempt_id: str) -> Badge | None:
    """Give the badge that an attempt earned, the corrected one where there is one."""
    later = aliased(Badge)
    return session.scalar(
        select(Badge)
        .where(Badge.attempt_id == attempt_id, Badge.kind == "single")
        .where(~exists().where(later.replaces == Badge.code))
    )


def drafted(session: Session, attempt: Attempt, *, details: Details = NOTHING_MORE) -> Draft:
    """Draw what a new badge of an attempt needs: a code, a place, a name for its holder."""
    return Draft(
        code=free_code(session),
        place=free_place(session),
        holder_id=uuid4().urn,
        attempt_id=attempt.id,
        micro_competence=attempt.assessment,
        employer_language=attempt.employer_language,
        details=details,
    )


def add(session: Session, draft: Draft, *, office: Office) -> Badge:
    """Sign a draft and add its rows."""
    return add_signed(session, signed(draft, office=office), parts=draft.parts)


def add_signed(session: Session, badge: Badge, *, parts: Sequence[str] = ()) -> Badge:
    """Add a badge that is signed, and what it rests on."""
    session.add(badge)
    session.flush()
    session.add_all(BadgePart(full_code=badge.code, part_code=part) for part in parts)
    return badge


def signed(draft: Draft, *, office: Office) -> Badge:
    """Sign a draft; the row is not added yet. Needs no database, so that no lock is held."""
    now = office.clock()
    method = verification_method(office.issuer.did, office.key.id)
    unsigned = credential(award_of(draft, office=office, now=now))
    document = sign(unsigned, office.key.private_key, verification_method=method, created=now)
    number, index = draft.place
    return Badge(
        code=draft.code,
        kind="full" if draft.micro_competence == FULL else "single",
        attempt_id=draft.attempt_id,
        micro_competence=draft.micro_competence,
        employer_language=draft.employer_language,
        holder_id=draft.holder_id,
        credential=json.dumps(document, ensure_ascii=False, indent=2),
        key_id=office.key.id,
        issued_at=now,
        expires_at=draft.details.expires_at,
        list_number=number,
        list_index=index,
        replaces=draft.replaces,
    )


def award_of(draft: Draft, *, office: Office, now: datetime) -> Award:
    """Give what a draft's credential says, were it given at the aware time `now`."""
    number, index = draft.place
    return Award(
        code=draft.code,
        holder_id=draft.holder_id,
        definition=definition_of(
            office.content,
            micro_competence=draft.micro_competence,
            employer_language=draft.employer_language,
            origin=office.origin,
        ),
        issued_at=now,
        issuer=office.issuer,
        expires_at=draft.details.expires_at,
        holder_name=draft.details.holder_name,
        place=StatusPlace(list_address(office.origin, number), index),
        parts=tuple(badge_address(office.origin, part) for part in draft.parts),
    )


def list_address(origin: str, number: int) -> str:
    """Give where the status lists of a number are published, one for each purpose under it."""
    return f"{origin}/status/{number}"


def free_code(session: Session, draw: Callable[[], str] = new_code) -> str:
    """Draw a code that no badge has."""
    code = draw()
    while session.get(Badge, code) is not None:
        code = draw()
    return code


def free_place(
    session: Session, choose: Callable[[int], int] = secrets.randbelow
) -> tuple[int, int]:
    """Draw a place in the newest status list; `choose` takes a number below another.

    A random index tells nobody how many badges there are, or which were given together.
    """
    number = session.scalar(select(func.max(Badge.list_number))) or 1
    taken = select(func.count()).where(Badge.list_number == number)
    if (session.scalar(taken) or 0) >= FULL_LIST:
        number += 1
    index = choose(ENTRIES)
    while _is_taken(session, number, index):
        index = choose(ENTRIES)
    return number, index


def is_free(session: Session, badge: Badge) -> bool:
    """Tell whether neither the code nor the place of a badge has been taken meanwhile."""
    if badge.list_number is None or badge.list_index is None:
        return session.get(Badge, badge.code) is None
    is_place_taken = _is_taken(session, badge.list_number, badge.list_index)
    return session.get(Badge, badge.code) is None and not is_place_taken


def _is_taken(session: Session, number: int, index: int) -> bool:
    place = (Badge.list_number == number) & (Badge.list_index == index)
    return session.scalar(select(Badge.code).where(place)) is not None
