"""What is promised about marks: so many working days; what is due first comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app.marking.policies import policy_of
from voice_app.marking.records import REAL
from voice_app.models import Unmarked

_FRIDAY = 4
# The phrases there are: the next longer one is said, so that nobody is promised too much.
_SAID = {1: "one", 2: "two", 3: "three", 5: "five", 10: "ten", 20: "twenty", 30: "thirty"}


@dataclass(frozen=True)
class Promise:
    """An attempt that waits for marks: `answers` are how many, `due` is until when.

    `since` is when the first of them began to wait.
    """

    attempt_id: str
    micro_competence: str
    answers: int
    since: datetime
    due: datetime

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether more time went by than was promised."""
        return now > self.due


def promises(session: Session, center: str | None) -> Sequence[Promise]:
    """Give what the candidates of a center wait for, what is due first at the head."""
    days = policy_of(session, center).promise_days
    rows = session.execute(
        select(
            Unmarked.attempt_id,
            Unmarked.micro_competence,
            func.count(),
            func.min(Unmarked.since).label("since"),
        )
        .where(Unmarked.center == (center or ""), Unmarked.why.in_(REAL))
        .group_by(Unmarked.attempt_id, Unmarked.micro_competence)
    )
    found = (Promise(*row, due=due_at(row.since, days=days)) for row in rows)
    return sorted(found, key=lambda one: (one.due, one.since, one.attempt_id))


def due_at(since: datetime, *, days: int) -> datetime:
    """Give when so many working days are over: Saturdays and Sundays do not count."""
    at, left = since, days
    while left:
        at += timedelta(days=1)
        left -= at.weekday() <= _FRIDAY
    return at


def phrase_of(days: int) -> str:
    """Give the key of the sentence that promises this, or a little more time."""
    name = next((_SAID[one] for one in sorted(_SAID) if days <= one), _SAID[max(_SAID)])
    return f"promise.{name}"
