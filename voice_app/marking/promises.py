"""What is promised about marks: a day that stands; what is due first comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from voice_app.marking.policies import DEFAULT
from voice_app.marking.records import REAL
from voice_app.models import MarkingPolicy, Outcome, Unmarked

_FRIDAY = 4
# The phrases there are: the next longer one is said, so that nobody is promised too much.
_SAID = {0: "today", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}
_SAID |= {8: "eight", 9: "nine", 10: "ten", 20: "twenty", 30: "thirty"}
_LATE = "promise.late"


@dataclass(frozen=True)
class Promise:
    """An attempt that waits for people: `answers` are how many, `due` is until when.

    `since` is when its candidate began to wait.
    """

    attempt_id: str
    micro_competence: str
    answers: int
    since: datetime
    due: datetime

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether more time went by than was promised."""
        return now > self.due


class Promised:
    """What a center has promised over time: a change of days holds for who waits from then on."""

    def __init__(self, session: Session, center: str | None) -> None:
        here = select(MarkingPolicy.at, MarkingPolicy.promise_days).where(
            MarkingPolicy.center == (center or "")
        )
        self._chosen = session.execute(here.order_by(MarkingPolicy.seq.desc())).all()

    def due(self, since: datetime) -> datetime:
        """Give until when whoever waits `since` then was promised to know more."""
        days = next((days for at, days in self._chosen if at <= since), DEFAULT.promise_days)
        return due_at(since, days=days)


def promises(session: Session, center: str | None) -> Sequence[Promise]:
    """Give what the candidates of a center wait for, what is due first at the head."""
    began = _began(Unmarked.attempt_id)
    rows = session.execute(
        select(
            Unmarked.attempt_id,
            Unmarked.micro_competence,
            func.count(),
            func.coalesce(began, func.min(Unmarked.since)).label("since"),
        )
        .where(Unmarked.center == (center or ""), Unmarked.why.in_(REAL))
        .group_by(Unmarked.attempt_id, Unmarked.micro_competence)
    )
    promised = Promised(session, center)
    found = (Promise(*row, due=promised.due(row.since)) for row in rows)
    return sorted(found, key=due_first)


def due_first(one: Promise) -> tuple[datetime, datetime, str]:
    """Give by what promises are put in order."""
    return one.due, one.since, one.attempt_id


def waits_since(session: Session, attempt_id: str) -> datetime | None:
    """Give since when a candidate waits for people, however many marks come meanwhile."""
    return session.scalar(select(_began(attempt_id)))


def due_at(since: datetime, *, days: int) -> datetime:
    """Give when so many working days are over: Saturdays and Sundays do not count."""
    at, left = since, days
    while left:
        at += timedelta(days=1)
        left -= at.weekday() <= _FRIDAY
    return at


def days_left(due: datetime, *, now: datetime) -> int | None:
    """Give how many working days are left, none on the last; None once it is over."""
    days = (due.date() - now.date()).days
    if days < 0:
        return None
    coming = (now + timedelta(days=more) for more in range(1, days + 1))
    return sum(day.weekday() <= _FRIDAY for day in coming)


def phrase_of(days: int | None) -> str:
    """Give the key of the sentence that says so many days, or a little more; None is too late."""
    if days is None:
        return _LATE
    name = next((_SAID[one] for one in sorted(_SAID) if days <= one), _SAID[max(_SAID)])
    return f"promise.{name}"


def _began(attempt_id: object) -> ColumnElement[datetime]:
    """Give when the outcome began to wait that waits now: none waited since all was told."""
    other = aliased(Outcome)
    told = select(func.coalesce(func.max(other.seq), 0)).where(
        other.attempt_id == Outcome.attempt_id, other.reviews == 0
    )
    waits = select(func.min(Outcome.decided_at)).where(
        Outcome.attempt_id == attempt_id, Outcome.seq > told.scalar_subquery()
    )
    return waits.scalar_subquery()
