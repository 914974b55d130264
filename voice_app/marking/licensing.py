"""Who may mark what: applied, exercise, shadow, licensed, and paused when controls are missed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app.errors import VoiceAppError
from voice_app.marking import conflicts, turns
from voice_app.marking.records import stands
from voice_app.models import Account, Attempt, Candidate, License, Mark

State = Literal["applied", "exercise", "shadow", "licensed", "paused", "ended"]

APPLIED: Final = "applied"
EXERCISE: Final = "exercise"
SHADOW: Final = "shadow"
LICENSED: Final = "licensed"
PAUSED: Final = "paused"
ENDED: Final = "ended"
# Why somebody may begin without exercise: there are no reference marks without first markers.
FOUNDING = "founding"
# Whoever has the machine; the log names it so.
COMMAND = "command"
MICRO_COMPETENCES = ("MC1", "MC3", "MC4")
_MARKERS = {"assessor", "owner"}


class LicenseError(VoiceAppError):
    """This step on the way to marking cannot be taken now."""


def standing(session: Session, author: str) -> Mapping[str, str]:
    """Give by micro-competence how far an author is with marking it; nothing for none."""
    account_id = conflicts.account_of(author)
    if account_id is None:
        return {}
    last = (
        select(func.max(License.seq))
        .where(License.account_id == account_id)
        .group_by(License.micro_competence)
    )
    rows = session.scalars(select(License).where(License.seq.in_(last)))
    return {row.micro_competence: row.state for row in rows}


def may_mark(session: Session, author: str, micro_competence: str) -> bool:
    """Tell whether somebody is licensed for a micro-competence now."""
    return standing(session, author).get(micro_competence) == LICENSED


def may_decide(session: Session, author: str, micro_competence: str, *, center: str) -> bool:
    """Tell whether somebody may decide on an answer where whole attempts are looked at.

    In a center where nobody was ever licensed anybody may whose role allows it.
    """
    if may_mark(session, author, micro_competence):
        return True
    licensed = (
        select(License.seq)
        .join(Account, Account.id == License.account_id)
        .where(Account.center_id == center, License.micro_competence == micro_competence)
    )
    return session.scalar(licensed.where(License.state == LICENSED).limit(1)) is None


def of_center(session: Session, center: str | None) -> Sequence[License]:
    """Give the last row of each account of a center and micro-competence."""
    last = (
        select(func.max(License.seq))
        .join(Account, Account.id == License.account_id)
        .where(Account.center_id == center)
        .group_by(License.account_id, License.micro_competence)
    )
    return session.scalars(select(License).where(License.seq.in_(last)).order_by(License.seq)).all()


def begin(
    session: Session,
    account_id: str,
    micro_competence: str,
    *,
    candidate_id: str | None = None,
    author: str,
    at: datetime,
) -> License:
    """Let somebody of the staff do the exercise; whoever applied is named by `candidate_id`.

    Their own answers are never theirs to mark. Raises `LicenseError`.
    """
    _check_is_staff(session, account_id)
    if _state(session, account_id, micro_competence) not in (None, ENDED):
        raise LicenseError("This person is on the way already.")
    if candidate_id is not None:
        _answer(
            session, candidate_id, micro_competence, account_id=account_id, author=author, at=at
        )
    return add(
        session, micro_competence, state=EXERCISE, author=author, at=at, account_id=account_id
    )


def appoint(
    session: Session,
    account_id: str,
    micro_competence: str,
    *,
    is_ready: bool,
    author: str,
    at: datetime,
    reason: str | None = None,
) -> License:
    """License somebody who did exercise and shadow; `founding` where nobody marked before.

    Nobody appoints themselves, but for who has the machine. Raises `LicenseError`.
    """
    _check_is_another(account_id, author=author)
    state = _state(session, account_id, micro_competence)
    if reason not in (None, FOUNDING):
        raise LicenseError(f"Give no reason, or {FOUNDING}.")
    if reason is None and not (state == SHADOW and is_ready):
        raise LicenseError("First come the exercise and the marks in shadow.")
    if state == LICENSED:
        raise LicenseError("This assessor is licensed already.")
    _check_is_staff(session, account_id)
    if reason == FOUNDING and state is not None:
        raise LicenseError("This person is on the way, or was: founding is for who never began.")
    is_first = author == COMMAND or not _is_marked(session, account_id, micro_competence)
    if reason == FOUNDING and not is_first:
        raise LicenseError("Others mark this already: begin with the exercise.")
    return add(
        session,
        micro_competence,
        state=LICENSED,
        author=author,
        at=at,
        account_id=account_id,
        reason=reason,
    )


def advance(session: Session, account_id: str, micro_competence: str, *, at: datetime) -> License:
    """Let somebody who passed the exercise mark in shadow."""
    return add(
        session,
        micro_competence,
        state=SHADOW,
        author="machine:marking",
        at=at,
        account_id=account_id,
    )


def pause(
    session: Session,
    account_id: str,
    micro_competence: str,
    *,
    reason: str,
    author: str = "machine:marking",
    at: datetime,
) -> License:
    """Let somebody mark no more until a coordinator has talked with them. Raises `LicenseError`."""
    if _state(session, account_id, micro_competence) != LICENSED:
        raise LicenseError("Only who is licensed can be paused.")
    turns.give_back(session, conflicts.author_of(account_id), micro_competence=micro_competence)
    return add(
        session,
        micro_competence,
        state=PAUSED,
        author=author,
        at=at,
        account_id=account_id,
        reason=reason,
    )


def lift(
    session: Session, account_id: str, micro_competence: str, *, author: str, at: datetime
) -> License:
    """Let somebody who was paused mark again; controls count anew.

    Nobody lifts their own pause, but for who has the machine. Raises `LicenseError`.
    """
    _check_is_another(account_id, author=author)
    if _state(session, account_id, micro_competence) != PAUSED:
        raise LicenseError("This assessor is not paused.")
    return add(
        session, micro_competence, state=LICENSED, author=author, at=at, account_id=account_id
    )


def end(
    session: Session,
    account_id: str,
    micro_competence: str,
    *,
    reason: str | None = None,
    author: str,
    at: datetime,
) -> License:
    """Take a license for good. Raises `LicenseError`."""
    if _state(session, account_id, micro_competence) in (None, ENDED):
        raise LicenseError("There is no license to end.")
    turns.give_back(session, conflicts.author_of(account_id), micro_competence=micro_competence)
    return add(
        session,
        micro_competence,
        state=ENDED,
        author=author,
        at=at,
        account_id=account_id,
        reason=reason,
    )


def since(session: Session, account_id: str, micro_competence: str) -> License | None:
    """Give the row that holds, from which controls count; None where there is none."""
    mine = (License.account_id == account_id) & (License.micro_competence == micro_competence)
    return session.scalar(select(License).where(mine).order_by(License.seq.desc()).limit(1))


def add(
    session: Session,
    micro_competence: str,
    *,
    state: State,
    author: str,
    at: datetime,
    account_id: str | None = None,
    candidate_id: str | None = None,
    reason: str | None = None,
) -> License:
    """Add how far somebody is from now on. Raises `LicenseError`."""
    if micro_competence not in MICRO_COMPETENCES:
        raise LicenseError(f"People mark {', '.join(MICRO_COMPETENCES)}.")
    row = License(
        account_id=account_id,
        candidate_id=candidate_id,
        micro_competence=micro_competence,
        state=state,
        reason=reason,
        author=author,
        at=at,
    )
    session.add(row)
    session.flush()
    return row


def _answer(
    session: Session,
    candidate_id: str,
    micro_competence: str,
    *,
    account_id: str,
    author: str,
    at: datetime,
) -> None:
    """Take up an application: the row about the candidate ends, the account goes on."""
    candidate = session.get(Candidate, candidate_id)
    if candidate is None:
        raise LicenseError("There is no such candidate.")
    mine = candidate.owner_hash
    conflicts.note(session, account_id, owner_hash=mine, kind="own", author=author, at=at)
    add(session, micro_competence, state=EXERCISE, author=author, at=at, candidate_id=candidate_id)


def _state(session: Session, account_id: str, micro_competence: str) -> str | None:
    row = since(session, account_id, micro_competence)
    return None if row is None else row.state


def _check_is_another(account_id: str, *, author: str) -> None:
    if author == conflicts.author_of(account_id):
        raise LicenseError("Nobody does this for themselves: ask another coordinator or the owner.")


def _is_marked(session: Session, account_id: str, micro_competence: str) -> bool:
    """Tell whether anybody of the center of an account has given a mark that counts."""
    center = select(Account.center_id).where(Account.id == account_id).scalar_subquery()
    staff = select(conflicts.ACCOUNT + Account.id).where(Account.center_id == center)
    marks = (
        select(Mark.seq)
        .join(Attempt, Attempt.id == Mark.attempt_id)
        .where(Mark.author.in_(staff), Mark.is_counted, Mark.reason.is_(None))
        .where(Attempt.assessment == micro_competence, stands())
    )
    return session.scalar(marks.limit(1)) is not None


def _check_is_staff(session: Session, account_id: str) -> None:
    account = session.get(Account, account_id)
    if account is None or account.locked_at is not None or account.role not in _MARKERS:
        raise LicenseError("Marks are given by assessors of the staff.")
