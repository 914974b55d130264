"""Bringing three people together over one attempt, at a distance or in one room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from uuid import uuid4

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from voice_app import attempts, audit, outcomes, scenes
from voice_app.dialogues.content import Content
from voice_app.errors import VoiceAppError
from voice_app.marking import conflicts, tasks
from voice_app.marking.records import RUBRIC, has_jury, stands
from voice_app.models import (
    Account,
    Attempt,
    Candidate,
    Jury,
    JuryNote,
    JurySeat,
    Mark,
    Unmarked,
)

Role = Literal["employer", "peer", "trainer"]
ROLES: tuple[Role, ...] = get_args(Role)
REMOTE = "remote"
FACE_TO_FACE = "face-to-face"
LONGEST_NAME = 120
_PASSED = "passed"


class JuryError(VoiceAppError):
    """A jury is three people of three roles, over an attempt that waits for them."""


@dataclass(frozen=True)
class Seated:
    """Who is to sit in a role: a member of staff, or somebody with a name and no account."""

    role: str
    account_id: str | None = None
    name: str = ""


def remote(
    session: Session,
    attempt: Attempt,
    *,
    seats: Sequence[Seated],
    center: str,
    author: str,
    at: datetime,
) -> Jury:
    """Let three people mark the recordings of a finished attempt, in place of anybody else.

    Raises `JuryError`.
    """
    last = outcomes.latest(session, attempt.id)
    if not attempt.criteria.get("rubric") or not tasks.spoken(attempt):
        raise JuryError("Nothing in this attempt is marked by people.")
    if last is None:
        raise JuryError("The candidate has not finished this attempt.")
    if last.state == _PASSED:
        raise JuryError("This attempt has passed: there is nothing for a jury to decide.")
    if has_jury(session, attempt.id):
        raise JuryError("This attempt has a jury already.")
    if any(_has_marked(session, attempt, one) for one in seats):
        raise JuryError("Whoever marked this attempt as an assessor does not sit over it.")
    jury = _added(session, attempt, mode=REMOTE, seats=seats, center=center, author=author, at=at)
    jury.is_recorded = True
    waits = (Unmarked.attempt_id == attempt.id) & (Unmarked.why == RUBRIC)
    session.execute(delete(Unmarked).where(waits))
    return jury


def face_to_face(
    session: Session,
    content: Content,
    candidate: Candidate,
    *,
    assessment: str,
    employer_language: str,
    seats: Sequence[Seated],
    author: str,
    at: datetime,
) -> Jury:
    """Draw an attempt for a candidate that three people will see with their own eyes.

    Raises `JuryError`, and `UnknownChoice` for an assessment or a language there is not.
    """
    attempt = scenes.start(
        session,
        content,
        assessment=assessment,
        languages=(employer_language, candidate.help_language),
        owner=attempts.OwnerHash(candidate.owner_hash),
        now=at,
        center=candidate.center_id,
    )
    session.flush()
    if not tasks.spoken(attempt):
        raise JuryError("Nothing in this attempt is marked by people.")
    return _added(
        session,
        attempt,
        mode=FACE_TO_FACE,
        seats=seats,
        center=candidate.center_id,
        author=author,
        at=at,
    )


def dissolve(session: Session, jury: Jury, *, author: str, at: datetime) -> None:
    """Send a jury home: what it marked does not count, and assessors mark as ever."""
    if not standing(session, jury):
        return
    session.add(
        JuryNote(jury_id=jury.id, kind="dissolved", item="", detail={}, author=author, at=at)
    )
    session.flush()
    _log(session, jury, "jury.dissolved", author=author, at=at)


def standing(session: Session, jury: Jury) -> bool:
    """Tell whether a jury was not sent home."""
    over = select(JuryNote.seq).where(JuryNote.jury_id == jury.id, JuryNote.kind == "dissolved")
    return session.scalar(over.limit(1)) is None


def jury_of(session: Session, attempt_id: str) -> Jury | None:
    """Give the jury over an attempt that was not sent home."""
    is_over = exists().where(JuryNote.jury_id == Jury.id, JuryNote.kind == "dissolved")
    return session.scalar(select(Jury).where(Jury.attempt_id == attempt_id, ~is_over).limit(1))


def of_center(session: Session, center: str, *, most: int = 100) -> Sequence[Jury]:
    """Give the juries of a center, the newest first."""
    here = select(Jury).where(Jury.center == center)
    return session.scalars(here.order_by(Jury.at.desc(), Jury.id).limit(most)).all()


def seats_of(session: Session, jury: Jury) -> Sequence[JurySeat]:
    """Give who sits on a jury, always in the same order of roles."""
    found = session.scalars(select(JurySeat).where(JurySeat.jury_id == jury.id))
    return sorted(found, key=lambda one: [*ROLES, one.role].index(one.role))


def _added(
    session: Session,
    attempt: Attempt,
    *,
    mode: str,
    seats: Sequence[Seated],
    center: str,
    author: str,
    at: datetime,
) -> Jury:
    people = [_checked(session, one, attempt=attempt, center=center) for one in seats]
    accounts = [one.account_id for one in people if one.account_id]
    if sorted(one.role for one in people) != sorted(ROLES) or len(set(accounts)) < len(accounts):
        raise JuryError("A jury has an employer, a working peer and a trainer: three people.")
    jury = Jury(
        id=str(uuid4()),
        attempt_id=attempt.id,
        center=center,
        mode=mode,
        is_recorded=False,
        author=author,
        at=at,
    )
    session.add(jury)
    session.flush()
    session.add_all(
        JurySeat(
            id=str(uuid4()),
            jury_id=jury.id,
            role=one.role,
            account_id=one.account_id,
            name=one.name,
        )
        for one in people
    )
    session.flush()
    _log(session, jury, "jury.convened", author=author, at=at)
    return jury


def _checked(session: Session, one: Seated, *, attempt: Attempt, center: str) -> Seated:
    if one.account_id is None:
        name = one.name.strip()[:LONGEST_NAME]
        if not name:
            raise JuryError("Say who sits in each seat.")
        return Seated(one.role, None, name)
    account = session.get(Account, one.account_id)
    if account is None or account.center_id != center or account.locked_at is not None:
        raise JuryError("There is no such member of staff here.")
    author = conflicts.author_of(account.id)
    if conflicts.is_barred(session, author, owner_hash=attempt.owner_hash):
        raise JuryError(f"{account.name} is too close to this candidate to mark them.")
    return Seated(one.role, account.id, account.name)


def _has_marked(session: Session, attempt: Attempt, one: Seated) -> bool:
    if one.account_id is None:
        return False
    author = conflicts.author_of(one.account_id)
    mine = (Mark.attempt_id == attempt.id) & (Mark.author == author)
    return session.scalar(select(Mark.seq).where(mine, stands()).limit(1)) is not None


def _log(session: Session, jury: Jury, action: str, *, author: str, at: datetime) -> None:
    audit.record(
        session,
        actor=author,
        action=action,
        subject=f"jury:{jury.id}",
        center=jury.center,
        after=jury.mode,
        at=at,
    )
