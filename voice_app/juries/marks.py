"""A mark of one seat: by the rubric of the attempt, once, and never seen by the other seats."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.juries.convening import ROLES, JuryError
from voice_app.marking import conflicts, tasks
from voice_app.marking.giving import REASONS
from voice_app.marking.records import JURY, stands
from voice_app.models import Attempt, JurySeat, Mark


@dataclass(frozen=True)
class SeatMark:
    """What a seat gives one spoken task: `levels` by criterion, or a `reason` why it cannot."""

    seat: str
    step: str
    levels: Mapping[str, int] = field(default_factory=dict)
    reason: str | None = None
    listened_seconds: float = 0.0
    began_at: datetime | None = None
    at: datetime | None = None


def is_too_close(session: Session, seat: JurySeat, attempt: Attempt) -> bool:
    """Tell whether whoever sits must not mark this candidate; a name alone tells nothing."""
    if seat.account_id is None:
        return False
    author = conflicts.author_of(seat.account_id)
    return conflicts.is_barred(session, author, owner_hash=attempt.owner_hash)


def author_of(seat: JurySeat) -> str:
    """How marks of a seat are signed."""
    return f"seat:{seat.id}"


def known(session: Session, attempt: Attempt, seat: JurySeat, *, step: str) -> Mark | None:
    """Give the mark that a seat gave a task."""
    mine = select(Mark).where(
        Mark.attempt_id == attempt.id,
        Mark.item == step,
        Mark.why == JURY,
        Mark.author == author_of(seat),
        stands(),
    )
    return session.scalar(mine.limit(1))


def is_same(mark: Mark, told: SeatMark) -> bool:
    """Tell whether a mark says what was told."""
    return dict(mark.levels) == dict(told.levels) and mark.reason == told.reason


def row(attempt: Attempt, seat: JurySeat, *, told: SeatMark, now: datetime) -> Mark:
    """Make the row of a mark; times that a phone told lie before `now`. Raises `JuryError`."""
    _check(attempt, told)
    at = min(told.at or now, now)
    return Mark(
        attempt_id=attempt.id,
        item=told.step,
        why=JURY,
        turn=[*ROLES, seat.role].index(seat.role) + 1,
        author=author_of(seat),
        levels=dict(told.levels),
        reason=told.reason,
        comment={},
        is_counted=True,
        listened_seconds=max(0.0, told.listened_seconds),
        replaces=None,
        began_at=min(told.began_at or at, at),
        at=at,
    )


def _check(attempt: Attempt, told: SeatMark) -> None:
    scales = tasks.scales(attempt, told.step)
    if told.reason is not None:
        if told.reason not in REASONS or told.levels:
            raise JuryError(f"Either give a mark, or one of these reasons: {', '.join(REASONS)}.")
        return
    is_level = all(told.levels.get(name) in scale for name, scale in scales.items())
    if told.levels.keys() != scales.keys() or not is_level:
        raise JuryError("Give a level of each criterion.")
