"""The answers that wait to be heard: bounded when they come, kept until they are heard."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from voice_app.errors import VoiceAppError
from voice_app.jobs.turns import Line
from voice_app.models import Attempt, Response, Unheard, Utterance

TRIES = 2
# How long an answer that nobody waits for lets others go first.
PATIENCE = timedelta(seconds=30)


class Busy(VoiceAppError):
    """So many answers wait that another would wait too long: the phone keeps it for a while."""

    retry_after_seconds = 15


@dataclass(frozen=True)
class Limits:
    """How many answers may wait: `all` together, `attempt` of one attempt."""

    all: int = 500
    attempt: int = 60


@dataclass(frozen=True)
class Standing:
    """How many `answers` of how many `people` wait to be heard, the oldest since `oldest`.

    `set_aside` of them cannot be heard or given to a person by this version of the program;
    they are tried again when the service starts.
    """

    answers: int
    people: int
    set_aside: int
    oldest: datetime | None

    def oldest_seconds(self, now: datetime) -> float:
        """How long the oldest has waited."""
        return 0.0 if self.oldest is None else max(0.0, (now - self.oldest).total_seconds())


@dataclass(frozen=True)
class Taken:
    """One answer whose turn it is; `since` is when it came, `path` the name of its take."""

    utterance_id: str
    attempt: Attempt
    item: str
    path: str
    since: datetime


def add(
    session: Session, utterance_id: str, *, limits: Limits, patient: Collection[str] = ()
) -> None:
    """Let an utterance that was added in this transaction wait to be heard; raises `Busy`.

    One to a `patient` step lets those go first that come a little later.
    """
    response = session.scalars(select(Response).where(Response.id == utterance_id)).one()
    mine = func.count().filter(Unheard.attempt_id == response.attempt_id)
    everybody, of_attempt = session.execute(select(func.count(), mine).select_from(Unheard)).one()
    if everybody >= limits.all:
        raise Busy(f"{everybody} answers wait to be heard.")
    if of_attempt >= limits.attempt:
        raise Busy(f"{of_attempt} answers of one attempt wait to be heard.")
    session.add(
        Unheard(
            utterance_id=utterance_id,
            attempt_id=response.attempt_id,
            seq=response.seq,
            since=response.received_at + (PATIENCE if response.item in patient else timedelta(0)),
            tries=0,
        )
    )


def lines(session: Session) -> list[Line]:
    """The attempts with answers that can be heard."""
    rows = session.execute(
        select(Unheard.attempt_id, func.min(Unheard.since))
        .where(Unheard.tries < TRIES)
        .group_by(Unheard.attempt_id)
    )
    return [Line(attempt_id, since) for attempt_id, since in rows]


def take(session: Session, attempt_id: str) -> Taken:
    """The next answer of an attempt: who waits longest, but one that failed after all others."""
    utterance, response, attempt = session.execute(
        select(Utterance, Response, Attempt)
        .join(Unheard, Unheard.utterance_id == Utterance.id)
        .join(Response, Response.id == Utterance.id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Unheard.attempt_id == attempt_id, Unheard.tries < TRIES)
        .order_by(Unheard.tries, Unheard.since, Unheard.seq)
        .limit(1)
    ).one()
    return Taken(utterance.id, attempt, response.item, utterance.path, response.received_at)


def remove(session: Session, utterance_id: str) -> bool:
    """It is heard, in this transaction; False where it waits no more, because it was deleted."""
    waiting = delete(Unheard).where(Unheard.utterance_id == utterance_id)
    return session.execute(waiting.returning(Unheard.utterance_id)).first() is not None


def count_failure(session: Session, utterance_id: str) -> int:
    """An engine failed on it; returns how often that was so, 0 where it was deleted meanwhile."""
    waiting = session.get(Unheard, utterance_id)
    if waiting is None:
        return 0
    waiting.tries += 1
    return waiting.tries


def restore(session: Session) -> None:
    """Give what was set aside another chance."""
    session.execute(update(Unheard).where(Unheard.tries >= TRIES).values(tries=0))


def standing(session: Session) -> Standing:
    """How many wait now."""
    answers, people, set_aside, oldest = session.execute(
        select(
            func.count(),
            func.count(Unheard.attempt_id.distinct()),
            func.count().filter(Unheard.tries >= TRIES),
            func.min(Unheard.since),
        )
    ).one()
    return Standing(answers, people, set_aside, oldest)
