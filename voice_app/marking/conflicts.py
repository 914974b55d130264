"""Who must not mark whom: the assessor themselves, their trainees, relatives, and the enrolled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CompoundSelect, Select, exists, func, literal, select, union
from sqlalchemy.orm import Session

from voice_app.errors import VoiceAppError
from voice_app.models import AuditEntry, Candidate, Conflict

Kind = Literal["own", "trainee", "relative", "enrolled", "known"]

# Why an assessor says they cannot judge: from then on nothing of this person is theirs.
KNOWN_PERSON = "known-person"
ACCOUNT = "account:"
_CANDIDATE = "candidate:"


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

    Raises `ConflictError`.
    """
    if kind not in get_args(Kind):
        raise ConflictError(f"Give one of these reasons: {', '.join(get_args(Kind))}.")
    last = _last(session, account_id, owner_hash=owner_hash)
    if last is None or last.is_over:
        _add(session, account_id, owner_hash=owner_hash, kind=kind, author=author, at=at)


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
