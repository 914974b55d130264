"""The last mark is taken back while nobody built on it, and its author has the answer again."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import oversight
from voice_app.errors import VoiceAppError
from voice_app.marking import conflicts, controls, queue, settling
from voice_app.marking.records import (
    CONTEST,
    DOUBTS,
    EXERCISE,
    KNOWN_PERSON,
    left_out,
    micro_competence_of,
    stands,
)
from voice_app.marking.taking_back import back, is_told
from voice_app.models import Account, Mark, Ruling, Unmarked

UNDO = timedelta(minutes=10)


class TooLate(VoiceAppError):
    """The last mark stands: it is too long ago, or somebody has built on it."""


def take_back(session: Session, author: str, *, at: datetime) -> Unmarked:
    """Take an author's last mark back, and give the answer again. Raises `TooLate`.

    Not after ten minutes, nor where another mark or an outcome rests on it, and not what was
    decided on a contest, nor a mark of the exercise: its author has seen the reference.
    """
    mine = select(Mark).where(Mark.author == author, stands())
    mark = session.scalar(mine.order_by(Mark.seq.desc()).limit(1))
    if mark is None or mark.at < at - UNDO or _is_built_on(session, mark):
        raise TooLate("The last mark stands by now.")
    session.add(back(mark, at=at))
    session.flush()
    ruled = _ruling(session, mark)
    if ruled is not None and ruled.author == author and _is_of_doubt(mark):
        oversight.take_back(session, mark.attempt_id, item=mark.item, author=author, at=at)
    settling.withdraw(session, mark)
    _retire(session, mark, at=at)
    return _again(session, mark, at=at)


def _retire(session: Session, mark: Mark, *, at: datetime) -> None:
    """What two marked alike is known no more once one of them takes it back."""
    known = controls.reference(session, attempt_id=mark.attempt_id, item=mark.item)
    if mark.is_counted and known is not None and not known.is_over:
        controls.retire(session, known, author=mark.author, at=at)


def _is_built_on(session: Session, mark: Mark) -> bool:
    same = (Mark.attempt_id == mark.attempt_id) & (Mark.item == mark.item)
    is_after = (Mark.seq > mark.seq) & (Mark.turn > settling.SECOND)
    if mark.why in (CONTEST, EXERCISE) and mark.reason is None:
        return True
    later = select(Mark.seq).where(same, is_after, Mark.why == mark.why, stands())
    is_later = session.scalar(later.limit(1)) is not None
    is_over = is_told(session, mark) or mark.item in left_out(session, mark.attempt_id)
    return is_later or is_over or _is_ruled_since(session, mark)


def _is_ruled_since(session: Session, mark: Mark) -> bool:
    """Tell whether somebody else said the word on an answer, or could not tell after this one."""
    ruled = _ruling(session, mark)
    if ruled is None or ruled.author == mark.author or not _is_of_doubt(mark):
        return False
    return ruled.verdict != oversight.CANNOT_TELL or mark.reason is not None


def _is_of_doubt(mark: Mark) -> bool:
    return mark.why in DOUBTS and mark.reason != KNOWN_PERSON


def _ruling(session: Session, mark: Mark) -> Ruling | None:
    return oversight.last_ruling(session, mark.attempt_id, item=mark.item)


def _again(session: Session, mark: Mark, *, at: datetime) -> Unmarked:
    """Give an author the answer again whose mark they took back."""
    same = (Unmarked.attempt_id == mark.attempt_id) & (Unmarked.item == mark.item)
    turn = (Unmarked.why == mark.why) & (Unmarked.turn == mark.turn)
    task = session.scalar(select(Unmarked).where(same, turn))
    if task is None:
        task = _asked_again(session, mark, at=at)
    if task.claimed_by not in (None, mark.author):
        raise TooLate("Somebody else has this answer now.")
    task.claimed_by, task.claimed_until = mark.author, at + queue.CLAIM
    session.flush()
    return task


def _asked_again(session: Session, mark: Mark, *, at: datetime) -> Unmarked:
    account = session.get(Account, conflicts.account_of(mark.author) or "")
    task = Unmarked(
        attempt_id=mark.attempt_id,
        item=mark.item,
        why=mark.why,
        turn=mark.turn,
        center="" if account is None else account.center_id or "",
        micro_competence=micro_competence_of(session, mark),
        since=at,
    )
    session.add(task)
    return task
