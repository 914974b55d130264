"""Marks that are taken back by a row: by hand, and where a conflict of interest is noted late."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import oversight
from voice_app.marking import settling
from voice_app.marking.records import (
    APPEAL,
    DOUBTS,
    RUBRIC,
    counted,
    open_turns,
    puzzling_items,
    stands,
)
from voice_app.marking.turns import ask, ask_again
from voice_app.models import Attempt, Mark, Outcome

# What somebody gives a candidate as an assessor.
OF_ATTEMPTS = (RUBRIC, APPEAL, *DOUBTS)


def back(mark: Mark, *, at: datetime) -> Mark:
    """Give the row that takes a mark back."""
    return Mark(
        attempt_id=mark.attempt_id,
        item=mark.item,
        why=mark.why,
        turn=mark.turn,
        author=mark.author,
        levels={},
        reason=None,
        comment={},
        is_counted=mark.is_counted,
        listened_seconds=0.0,
        replaces=mark.seq,
        began_at=at,
        at=at,
    )


def is_told(session: Session, mark: Mark) -> bool:
    """Tell whether a candidate was told an outcome since a mark was given."""
    told = select(Outcome.seq).where(
        Outcome.attempt_id == mark.attempt_id,
        Outcome.decided_at >= mark.at,
        Outcome.state != "to_review",
    )
    return session.scalar(told.limit(1)) is not None


def ask_others(session: Session, author: str, *, owner_hash: str, at: datetime) -> int:
    """Take back what somebody gave a candidate, where no outcome was told, and ask others.

    Returns how many marks it were.
    """
    given = [
        one
        for one in of_author(session, author, owner_hash=owner_hash)
        if not is_told(session, one)
    ]
    for mark in given:
        session.add(back(mark, at=at))
        session.flush()
        _unsay(session, mark, at=at)
        settling.withdraw(session, mark)
        attempt = session.get_one(Attempt, mark.attempt_id)
        ask(session, attempt, item=mark.item, why=mark.why, turn=mark.turn, at=at)
    return len(given)


def ask_seconds(session: Session, author: str, micro_competence: str, *, at: datetime) -> int:
    """Ask for a second mark wherever somebody alone marked a task, and no outcome was told.

    Returns how many.
    """
    alone = (
        select(Mark)
        .join(Attempt, Attempt.id == Mark.attempt_id)
        .where(Mark.author == author, Attempt.assessment == micro_competence)
        .where(Mark.is_counted, Mark.reason.is_(None), Mark.why == RUBRIC, stands())
        .order_by(Mark.seq)
    )
    return sum(
        ask_again(session, session.get_one(Attempt, mark.attempt_id), [mark], at=at)
        for mark in session.scalars(alone).all()
        if not is_told(session, mark) and _is_alone(session, mark)
    )


def of_author(session: Session, author: str, *, owner_hash: str) -> Sequence[Mark]:
    """Give the marks that stand which somebody gave a candidate and which count."""
    mine = (
        select(Mark)
        .join(Attempt, Attempt.id == Mark.attempt_id)
        .where(Mark.author == author, Attempt.owner_hash == owner_hash)
        .where(Mark.is_counted, Mark.reason.is_(None), Mark.why.in_(OF_ATTEMPTS), stands())
    )
    return session.scalars(mine.order_by(Mark.seq)).all()


def _is_alone(session: Session, mark: Mark) -> bool:
    """Tell whether one mark is all that an answer has, and all that it waits for."""
    given = counted(session, mark.attempt_id)[mark.item]
    waits = {one.item for one in open_turns(session, mark.attempt_id)}
    final = puzzling_items(session, mark.attempt_id)
    return len(given) == 1 and mark.item not in waits | final


def _unsay(session: Session, mark: Mark, *, at: datetime) -> None:
    """Take back the word on an answer among pictures that rests on a mark."""
    if mark.why not in DOUBTS:
        return
    word = oversight.last_ruling(session, mark.attempt_id, item=mark.item)
    if word is not None and word.referral_seq is None:
        oversight.take_back(session, mark.attempt_id, item=mark.item, author=word.author, at=at)
