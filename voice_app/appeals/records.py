"""What is kept of an appeal: the candidate's word, and the word that answers it."""

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.models import Attempt, Outcome, Referral, Ruling

State = Literal["can", "open", "kept", "raised", "none"]

TOLD = ("passed", "not_yet")
_ANSWERS = ("kept", "raised")


def referral(session: Session, attempt: Attempt, *, why: str, item: str) -> Referral | None:
    """Give what a candidate asked for; None where they did not."""
    about = (Referral.attempt_id == attempt.id) & (Referral.item == item) & (Referral.why == why)
    return session.scalar(select(Referral).where(about))


def answer_of(session: Session, row: Referral) -> State | None:
    """Give what came of it, kept or raised; None while people look."""
    said = session.scalar(select(Ruling.verdict).where(Ruling.referral_seq == row.seq))
    if said is None:
        return None
    return "raised" if said == "raised" else "kept"


def looked_at_since(session: Session, attempt: Attempt) -> datetime | None:
    """Give since when a coordinator is asked to look; None where nobody of them is."""
    if not is_for_coordinators(attempt):
        return None
    row = referral(session, attempt, why="appeal", item="")
    return None if row is None or answer_of(session, row) else row.at


def ruled(
    session: Session,
    row: Referral,
    *,
    is_raised: bool,
    author: str,
    at: datetime,
    reason: str | None = None,
) -> Ruling:
    """Answer what a candidate asked for."""
    ruling = Ruling(
        attempt_id=row.attempt_id,
        item=row.item,
        verdict=_ANSWERS[is_raised],
        reason=reason,
        referral_seq=row.seq,
        author=author,
        at=at,
    )
    session.add(ruling)
    session.flush()
    return ruling


def told(session: Session, attempt: Attempt) -> Outcome | None:
    """Give the outcome that holds, where all of it has been told; None while people listen."""
    mine = select(Outcome).where(Outcome.attempt_id == attempt.id)
    last = session.scalar(mine.order_by(Outcome.seq.desc()).limit(1))
    return None if last is None or last.state not in TOLD or last.reviews else last


def is_for_coordinators(attempt: Attempt) -> bool:
    """Tell whether rules alone mark an attempt: then a coordinator looks at its appeal."""
    return "steps" in attempt.criteria and not attempt.criteria["rubric"]
