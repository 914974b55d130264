"""Who must not mark whom: the assessor themselves, their trainees, relatives, and the enrolled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CompoundSelect, Select, exists, func, literal, select, union
from sqlalchemy.orm import Session, aliased

from voice_app.errors import VoiceAppError
from voice_app.marking import taking_back
from voice_app.marking.records import APPEAL, JURY, stands
from voice_app.models import Attempt, AuditEntry, Candidate, Conflict, Mark

Kind = Literal["own", "trainee", "relative", "enrolled", "known"]

ACCOUNT = "account:"
_CANDIDATE = "candidate:"
_AGAIN = (APPEAL, JURY)


class ConflictError(VoiceAppError):
    """A conflict of interest is of one of our kinds, and is about an account."""


def author_of(account_id: str) -> str:
    """Give how what an account does is signed."""
    return f"{ACCOUNT}{account_id}"


def account_of(author: str) -> str | None:
    """Give the id of the account of an author, None where it is no account."""
    return author.removeprefix(ACCOUNT) if author.startswith(ACCOUNT) else None


def note(
    session: Session, account_id: str, *, owner_hash: str, kind: str, author: str, at: datetime
) -> None:
    """Note why an assessor must not mark a candidate; again changes nothing.

    What they gave that candidate before is taken back where no outcome was told, and asked of
    others. Raises `ConflictError`.
    """
    if kind not in get_args(Kind):
        raise ConflictError(f"Give one of these reasons: {', '.join(get_args(Kind))}.")
    last = _last(session, account_id, owner_hash=owner_hash)
    if last is None or last.is_over:
        _add(session, account_id, owner_hash=owner_hash, kind=kind, author=author, at=at)
        taking_back.ask_others(session, author_of(account_id), owner_hash=owner_hash, at=at)


def lift(session: Session, account_id: str, *, owner_hash: str, author: str, at: datetime) -> None:
    """Note that an assessor may mark a candidate again, in the word of another.

    Raises `ConflictError`.
    """
    if author == author_of(account_id):
        raise ConflictError("Nobody lifts what keeps themselves from a candidate.")
    last = _last(session, account_id, owner_hash=owner_hash)
    if last is None or last.is_over:
        raise ConflictError("Nothing keeps this assessor from this candidate.")
    if last.kind == "own":
        raise ConflictError("Nobody ever marks their own answers.")
    _add(
        session,
        account_id,
        owner_hash=owner_hash,
        kind=last.kind,
        author=author,
        at=at,
        is_over=True,
    )


def of_account(session: Session, account_id: str) -> Sequence[Conflict]:
    """Give what keeps an assessor from candidates now."""
    mine = _standing().where(Conflict.account_id == account_id)
    return session.scalars(mine.order_by(Conflict.seq)).all()


def between(session: Session, account_id: str, *, owner_hash: str) -> Conflict | None:
    """Give what keeps an assessor from a candidate now, None where nothing does."""
    last = _last(session, account_id, owner_hash=owner_hash)
    return None if last is None or last.is_over else last


@dataclass(frozen=True)
class Late:
    """An attempt with a told outcome that rests on marks of somebody too close to its candidate."""

    attempt_id: str
    micro_competence: str
    owner_hash: str
    marked_at: datetime


def late(session: Session, center: str | None) -> Sequence[Late]:
    """Give the attempts of a center whose outcome was told before a conflict was noted.

    Not those on which somebody has looked again since, on appeal or as a jury.
    """
    noted = _standing().subquery()
    again = aliased(Mark)
    rows = session.execute(
        select(Attempt.id, Attempt.assessment, Attempt.owner_hash, func.max(Mark.at))
        .join(Mark, Mark.attempt_id == Attempt.id)
        .join(noted, noted.c.owner_hash == Attempt.owner_hash)
        .where(
            Mark.author == literal(ACCOUNT) + noted.c.account_id,
            Mark.is_counted,
            Mark.reason.is_(None),
            Mark.why.in_(taking_back.OF_ATTEMPTS),
            stands(),
            Attempt.criteria["center"].as_string() == center,
            ~exists().where(
                again.attempt_id == Attempt.id, again.why.in_(_AGAIN), again.at > noted.c.at
            ),
        )
        .group_by(Attempt.id)
        .order_by(func.max(Mark.at), Attempt.id)
    )
    return [Late(*row) for row in rows]


def barred(author: str) -> CompoundSelect[str]:
    """Give the owners whose answers an author must not mark; whom they enrolled are among them."""
    mine = _standing().where(Conflict.account_id == account_of(author)).subquery()
    is_theirs = exists().where(
        AuditEntry.subject == literal(_CANDIDATE) + Candidate.id,
        AuditEntry.action == "enroll",
        AuditEntry.actor == author,
    )
    return union(select(mine.c.owner_hash), select(Candidate.owner_hash).where(is_theirs))


def is_barred(session: Session, author: str, *, owner_hash: str, phone: str | None = None) -> bool:
    """Tell whether an author must not mark a candidate; `phone` owns what theirs has answered."""
    if owner_hash == phone:
        return True
    return bool(session.scalar(select(literal(owner_hash).in_(barred(author)))))


def _standing() -> Select[Conflict]:
    last = select(func.max(Conflict.seq)).group_by(Conflict.account_id, Conflict.owner_hash)
    return select(Conflict).where(Conflict.seq.in_(last), Conflict.is_over.is_(False))


def _last(session: Session, account_id: str, *, owner_hash: str) -> Conflict | None:
    about = (Conflict.account_id == account_id) & (Conflict.owner_hash == owner_hash)
    return session.scalar(select(Conflict).where(about).order_by(Conflict.seq.desc()).limit(1))


def _add(
    session: Session,
    account_id: str,
    *,
    owner_hash: str,
    kind: str,
    author: str,
    at: datetime,
    is_over: bool = False,
) -> None:
    row = Conflict(
        account_id=account_id,
        owner_hash=owner_hash,
        kind=kind,
        is_over=is_over,
        author=author,
        at=at,
    )
    session.add(row)
    session.flush()
