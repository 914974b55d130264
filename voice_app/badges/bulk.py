"""Badges of a whole cohort: one at a time and whole, so that a run can stop and go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from voice_app.badges.giving import (
    NOTHING_MORE,
    Details,
    add_signed,
    drafted,
    is_free,
    of_attempt,
    signed,
)
from voice_app.badges.office import Office
from voice_app.badges.stacking import complete
from voice_app.db import Database
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt, Badge, Outcome

Done = Literal["done", "kept", "refused"]


@dataclass(frozen=True)
class Handled:
    """What became of one line: done now, kept as it was before, or refused with a sentence.

    `id` is the attempt or the code that was asked for, `code` the badge that stands for it.
    """

    id: str
    done: Done
    code: str | None = None
    why: str | None = None


def issue_one(
    database: Database, attempt_id: str, *, office: Office, details: Details = NOTHING_MORE
) -> Handled:
    """Give the badge of an attempt that was passed; again changes nothing.

    Signing holds no lock: whoever answers meanwhile is not kept waiting.
    """
    while True:
        with database.reading.begin() as session:
            attempt = session.get(Attempt, attempt_id)
            if attempt is None:
                return Handled(attempt_id, "refused", why="There is no such attempt.")
            if not _is_passed(session, attempt_id):
                return Handled(attempt_id, "refused", why="The attempt was not passed.")
            given = of_attempt(session, attempt_id)
            draft = drafted(session, attempt, details=details)
        if given is not None:
            return Handled(attempt_id, "kept", given.code)
        try:
            badge = signed(draft, office=office)
        except VoiceAppError as error:
            return Handled(attempt_id, "refused", why=str(error))
        if _stored(database, badge, attempt_id=attempt_id, office=office):
            return Handled(attempt_id, "done", badge.code)


def change_one(
    database: Database, code: str, *, change: Callable[[Session, str], Badge | None]
) -> Handled:
    """Do one thing to one badge in a transaction of its own.

    `change` gives the badge that stands now, or None when there was nothing to do.
    """
    try:
        with database.writing.begin() as session:
            badge = change(session, code)
    except VoiceAppError as error:
        return Handled(code, "refused", why=str(error))
    return Handled(code, "kept", code) if badge is None else Handled(code, "done", badge.code)


def without_badge(session: Session) -> Sequence[str]:
    """Give the attempts that were passed and have no badge, oldest first."""
    attempts = session.scalars(
        select(Attempt.id)
        .where(~exists().where(Badge.attempt_id == Attempt.id))
        .where(exists().where(Outcome.attempt_id == Attempt.id, Outcome.state == "passed"))
        .order_by(Attempt.started_at, Attempt.id)
    )
    return [one for one in attempts if _is_passed(session, one)]


def signed_with(session: Session, key_id: str) -> Sequence[str]:
    """Give the codes of the badges that a key signed, oldest first, the full ones last.

    A full one that rests on a badge given again was given again with it.
    """
    return session.scalars(
        select(Badge.code)
        .where(Badge.key_id == key_id)
        .order_by(Badge.kind.desc(), Badge.issued_at, Badge.code)
    ).all()


def _is_passed(session: Session, attempt_id: str) -> bool:
    last = select(Outcome.state).where(Outcome.attempt_id == attempt_id)
    return session.scalar(last.order_by(Outcome.seq.desc()).limit(1)) == "passed"


def _stored(database: Database, badge: Badge, *, attempt_id: str, office: Office) -> bool:
    """Add the badge, unless the attempt, the code or the place was taken while it was signed."""
    with database.writing.begin() as session:
        if of_attempt(session, attempt_id) is not None or not is_free(session, badge):
            return False
        add_signed(session, badge)
        complete(session, session.get_one(Attempt, attempt_id), office=office)
    return True
