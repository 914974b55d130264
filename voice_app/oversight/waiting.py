"""What waits for the people of a center: doubt of the machine, contests, words on an attempt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app.models import Attempt, Outcome, Referral, Ruling

REVIEW = "review"


@dataclass(frozen=True)
class Waiting:
    """An attempt that waits for a person, `since` the first of its reasons came up.

    `whys` are review (answers that the machine could not take for right decide how it ends),
    contest, sample, doubt and sign-off.
    """

    attempt: Attempt
    whys: tuple[str, ...]
    since: datetime


def waiting(session: Session, *, center: str | None) -> Sequence[Referral]:
    """Give what was handed to people of a center and has no answer, oldest first.

    Appeals, and what is contested of tasks at a home, wait in the queue of marks.
    """
    answered = select(Ruling.referral_seq).where(Ruling.referral_seq.is_not(None))
    rows = session.execute(
        select(Referral, Attempt)
        .join(Attempt, Attempt.id == Referral.attempt_id)
        .where(Referral.seq.not_in(answered))
        .order_by(Referral.seq)
    )
    return [
        referral
        for referral, attempt in rows
        if _is_of(attempt, center) and not _is_for_markers(referral, attempt)
    ]


def to_review(session: Session, *, center: str | None) -> Sequence[Outcome]:
    """Give the outcomes of a center that hold now and may change by a person's marks.

    What is marked by a rubric waits in a queue of its own.
    """
    last = select(func.max(Outcome.seq)).group_by(Outcome.attempt_id)
    rows = session.execute(
        select(Outcome, Attempt)
        .join(Attempt, Attempt.id == Outcome.attempt_id)
        .where(Outcome.seq.in_(last), Outcome.reviews > 0)
        .order_by(Outcome.seq)
    )
    return [
        outcome
        for outcome, attempt in rows
        if _is_of(attempt, center) and "rubric" not in attempt.criteria
    ]


def everything(session: Session, *, center: str | None) -> Sequence[Waiting]:
    """Give the attempts of a center that wait for a person for any reason, oldest first."""
    found: dict[str, list[tuple[str, datetime]]] = {}
    for one in to_review(session, center=center):
        found.setdefault(one.attempt_id, []).append((REVIEW, one.decided_at))
    for referral in waiting(session, center=center):
        found.setdefault(referral.attempt_id, []).append((referral.why, referral.at))
    told = (_told(session, attempt_id, reasons) for attempt_id, reasons in found.items())
    return sorted(told, key=lambda one: one.since)


def is_waiting(session: Session, attempt: Attempt) -> bool:
    """Tell whether an attempt waits for a person at all."""
    answered = select(Ruling.referral_seq).where(Ruling.referral_seq.is_not(None))
    mine = select(Referral.seq).where(
        Referral.attempt_id == attempt.id, Referral.seq.not_in(answered)
    )
    last = (
        select(Outcome.reviews)
        .where(Outcome.attempt_id == attempt.id)
        .order_by(Outcome.seq.desc())
        .limit(1)
    )
    return session.scalar(mine.limit(1)) is not None or bool(session.scalar(last))


def doubted(session: Session, *, center: str | None) -> Sequence[Attempt]:
    """Give the attempts of a center whose pass two people doubted, oldest first."""
    rows = session.scalars(
        select(Attempt)
        .join(Referral, Referral.attempt_id == Attempt.id)
        .join(Ruling, Ruling.referral_seq == Referral.seq)
        .where(Referral.why == "doubt", Ruling.verdict == "doubted")
        .order_by(Ruling.seq)
    )
    return [attempt for attempt in rows if _is_of(attempt, center)]


def _is_for_markers(referral: Referral, attempt: Attempt) -> bool:
    return referral.why == "appeal" or (referral.why == "contest" and "steps" in attempt.criteria)


def _is_of(attempt: Attempt, center: str | None) -> bool:
    return attempt.criteria.get("center") == center


def _told(session: Session, attempt_id: str, reasons: Iterable[tuple[str, datetime]]) -> Waiting:
    whys, moments = zip(*reasons, strict=True)
    # Whoever signs off looks at all answers, those in doubt too.
    told = tuple(one for one in dict.fromkeys(whys) if one != REVIEW or "sign-off" not in whys)
    return Waiting(session.get_one(Attempt, attempt_id), told, min(moments))
