"""Ends what was left behind: a last take that nobody heard, of a candidate who does not come back.

Whoever is there has their attempt ended by what they do, or by what is heard.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from voice_app import hearings, outcomes, scenes
from voice_app.db import Database
from voice_app.dialogues.content import Content
from voice_app.jobs import queue
from voice_app.models import Attempt, Hearing, Outcome, Response

log = logging.getLogger(__name__)

# A machine had its time: from then on a person listens.
LONGEST = timedelta(days=1)
# A service that was off hears what has waited before anybody gives it up.
WARM = timedelta(hours=1)


@dataclass(frozen=True)
class _LeftBehind:
    """A take that no rules were used on."""

    decider: ClassVar[str] = hearings.STOPPED

    utterance_id: str
    content_version: str


@dataclass(frozen=True)
class Sweep:
    """Looks after attempts without an outcome that have takes nobody heard; `since` it runs.

    `award` is called inside the transaction that ends an attempt; `clock` says the time.
    """

    database: Database
    content: Content
    award: outcomes.Award
    clock: Callable[[], datetime]
    since: datetime

    def run(self) -> int:
        """Give to people what was not heard for a day, and end what is complete.

        Returns how many attempts have their outcome by it.
        """
        now = self.clock()
        with self.database.reading.begin() as session:
            names = _left(session, before=now - scenes.PATIENCE)
        ended = sum(self._ended(name, now) for name in names)
        if ended:
            log.info("Attempts ended that were left behind: %s", ended)
        return ended

    def _ended(self, name: str, now: datetime) -> bool:
        """End one attempt, in a transaction of its own."""
        with self.database.writing.begin() as session:
            attempt = session.get(Attempt, name)
            if attempt is None or not self._is_known(attempt):
                return False
            if now - self.since >= WARM:
                self._give_up(session, attempt, now)
            bank = self.content.scenarios.get(attempt.assessment)
            outcomes.settle(
                session,
                self.content.assessments[attempt.assessment] if bank is None else bank,
                attempt=attempt,
                award=self.award,
                now=now,
            )
            return scenes.has_ended(session, attempt)

    def _is_known(self, attempt: Attempt) -> bool:
        return attempt.assessment in self.content.scenarios.keys() | self.content.assessments.keys()

    def _give_up(self, session: Session, attempt: Attempt, now: datetime) -> None:
        """Leave to people what no machine heard for so long; it is no candidate's fault."""
        for name in _unheard(session, attempt, before=now - LONGEST):
            queue.remove(session, name)
            left = _LeftBehind(name, attempt.content_version)
            session.add(hearings.row(hearings.withheld(), {}, waiting=left, now=now))
        session.flush()


def _left(session: Session, *, before: datetime) -> Sequence[str]:
    """Give the attempts without an outcome that have takes nobody heard."""
    mine = select(Response.attempt_id).where(_is_unheard(before)).distinct()
    has_outcome = exists().where(Outcome.attempt_id == Response.attempt_id)
    return session.scalars(mine.where(~has_outcome)).all()


def _unheard(session: Session, attempt: Attempt, *, before: datetime) -> Sequence[str]:
    mine = select(Response.id).where(Response.attempt_id == attempt.id, _is_unheard(before))
    return session.scalars(mine.order_by(Response.seq)).all()


def _is_unheard(before: datetime) -> ColumnElement[bool]:
    is_heard = exists().where(Hearing.utterance_id == Response.id)
    return and_(Response.kind == "speech", Response.received_at < before, ~is_heard)
