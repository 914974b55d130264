"""The four slots of a holder, and the fifth badge: the full micro-certification of all four."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.badges.giving import NOTHING_MORE, Draft, add, free_code, free_place
from voice_app.badges.office import Office, languages_of
from voice_app.badges.standings import events_of, folded, withdrawal_in
from voice_app.models import Attempt, Badge
from voice_app.scoring.badges.credential import FULL


@dataclass(frozen=True)
class Slot:
    """A place for one micro-competence, or for `FULL`; empty while `badge` is None."""

    micro_competence: str
    badge: Badge | None

    @property
    def is_filled(self) -> bool:
        """Whether the holder has it."""
        return self.badge is not None


def slots(
    session: Session, owner_hash: str, *, employer_language: str, office: Office, now: datetime
) -> tuple[Slot, ...]:
    """Give the four slots of an owner in one employer language, then the one of the full.

    A slot is filled by a badge that stands: not cancelled, paused or expired; hidden ones
    count. The four stack within one employer language, because each badge says which employer
    its holder understands, and the full one says the same.
    """
    badges = _standing(session, owner_hash, employer_language=employer_language, now=now)
    held = {badge.micro_competence: badge for badge in badges}
    four = office.content.micro_competences[FULL].parts
    return tuple(Slot(one, held.get(one)) for one in (*four, FULL))


def complete(session: Session, attempt: Attempt, *, office: Office) -> Badge | None:
    """Give the full micro-certification when this attempt's badge filled the last of the four.

    An attempt completes the four once. A full one that a person withdrew for its own sake
    (not through a part) is not given anew either.
    """
    language = attempt.employer_language
    if language not in languages_of(office.content, FULL):
        return None
    *four, full = slots(
        session,
        attempt.owner_hash,
        employer_language=language,
        office=office,
        now=office.clock(),
    )
    parts = tuple(slot.badge.code for slot in four if slot.badge is not None)
    if full.is_filled or len(parts) < len(four) or _is_barred(session, attempt):
        return None
    return add(session, _draft(session, attempt, parts=parts), office=office)


def _standing(
    session: Session, owner_hash: str, *, employer_language: str, now: datetime
) -> Sequence[Badge]:
    """Give an owner's badges that stand, oldest first."""
    badges = session.scalars(
        select(Badge)
        .join(Attempt, Attempt.id == Badge.attempt_id)
        .where(Attempt.owner_hash == owner_hash, Badge.employer_language == employer_language)
        .order_by(Badge.issued_at, Badge.code)
    )
    return [one for one in badges if folded(one, events_of(session, one.code), now=now).is_good]


def _is_barred(session: Session, attempt: Attempt) -> bool:
    """Tell whether this attempt completed the four before, or a person withdrew the fifth."""
    fulls = session.scalars(
        select(Badge)
        .join(Attempt, Attempt.id == Badge.attempt_id)
        .where(
            Attempt.owner_hash == attempt.owner_hash,
            Badge.employer_language == attempt.employer_language,
            Badge.kind == "full",
        )
    )
    return any(one.attempt_id == attempt.id or _is_withdrawn(session, one) for one in fulls)


def _is_withdrawn(session: Session, full: Badge) -> bool:
    """Tell whether a full one was withdrawn for its own sake, and not through a part."""
    withdrawal = withdrawal_in(events_of(session, full.code))
    return (
        withdrawal is not None
        and withdrawal.other_code is None
        and withdrawal.reason != "correction"
    )


def _draft(session: Session, attempt: Attempt, *, parts: tuple[str, ...]) -> Draft:
    return Draft(
        code=free_code(session),
        place=free_place(session),
        holder_id=uuid4().urn,
        attempt_id=attempt.id,
        micro_competence=FULL,
        employer_language=attempt.employer_language,
        details=NOTHING_MORE,
        parts=parts,
    )
