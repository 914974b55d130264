"""What is decided on the page of a whole attempt of pictures: one mark of those that are wanted."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import oversight
from voice_app.dialogues.content import Assessment
from voice_app.marking import conflicts, giving, licensing, queue
from voice_app.marking.comparing import NONE_OF_THEM
from voice_app.marking.records import DOUBTS, center_of, open_turns, stands
from voice_app.models import Attempt, Mark, Unmarked
from voice_app.oversight import RulingError


def decide(
    session: Session,
    attempt: Attempt,
    *,
    bank: Assessment,
    item: str,
    verdict: oversight.Heard,
    author: str,
    at: datetime,
) -> None:
    """Take what somebody says of an answer: it counts as a mark where marks are waited for.

    Raises `RulingError` where this person must not, or where somebody else does it now.
    """
    _check(session, attempt, item=item, author=author)
    turns = [one for one in open_turns(session, attempt.id) if one.item == item]
    doubts = [one for one in turns if one.why in DOUBTS]
    if verdict == oversight.CANNOT_TELL or not doubts:
        oversight.rule(session, attempt, item=item, verdict=verdict, author=author, at=at)
        return
    if oversight.is_for_another(session, attempt.id, item=item, author=author):
        raise RulingError("Somebody else decides on what you have decided before.")
    giving.give(
        session,
        _taken(doubts, author=author, at=at),
        bank=bank,
        author=author,
        heard=bank.items[item].right if verdict == "right" else NONE_OF_THEM,
        began_at=at,
        at=at,
    )


def has_marked(session: Session, attempt: Attempt, *, item: str, author: str) -> bool:
    """Tell whether somebody marked an answer already: somebody else gives the next mark."""
    mine = (Mark.author == author) & (Mark.attempt_id == attempt.id) & (Mark.item == item)
    return session.scalar(select(Mark.seq).where(mine, stands()).limit(1)) is not None


def _check(session: Session, attempt: Attempt, *, item: str, author: str) -> None:
    if has_marked(session, attempt, item=item, author=author):
        raise RulingError("Somebody else decides on what you have decided before.")
    if conflicts.is_barred(session, author, owner_hash=attempt.owner_hash):
        raise RulingError("You know this candidate: somebody else decides.")
    if not licensing.may_decide(session, author, attempt.assessment, center=center_of(attempt)):
        raise RulingError("Those who are licensed to mark decide on this answer.")


def _taken(turns: list[Unmarked], *, author: str, at: datetime) -> Unmarked:
    """Give the first turn that nobody else has on the screen, kept for this person."""
    for one in turns:
        if one.claimed_by in (None, author) or not one.claimed_until or one.claimed_until < at:
            one.claimed_by, one.claimed_until = author, at + queue.CLAIM
            return one
    raise RulingError("Somebody else has this answer on the screen now.")
