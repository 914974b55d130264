"""Attempts: what is answered, what is heard in it, and how it ends."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class Attempt(Row):
    """One candidate's go at one assessment, with the criteria that held when it began.

    `criteria` is {"percent": 60, "items": [item ids in order]}; for scenarios instead of items
    "scenarios": ids in order, "steps": {step id: points} and "rubric": {criterion: {"steps":
    [step ids], "points": n, "levels": [points]}}. `owner_hash` is the SHA-256 of the secret in
    the owner's cookie.
    """

    __tablename__ = "attempt"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner_hash: Mapped[str] = mapped_column(String(64), index=True)
    assessment: Mapped[str] = mapped_column(String(16))
    employer_language: Mapped[str] = mapped_column(String(8))
    help_language: Mapped[str] = mapped_column(String(8))
    content_version: Mapped[str] = mapped_column(String(64))
    criteria: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]


class Response(Row):
    """What is taken as an answer: a touched option, or an utterance (then `option` is None).

    `kind` is touch, speech, order (then `options` are the ids in their order) or done (nothing
    more will be said). `id` is made on the phone. `rehearsal` rows are never scored.
    `plays_normal` and `plays_slow` count how often the prompt was heard; they never enter the
    mark.
    """

    __tablename__ = "response"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    item: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(8))
    option: Mapped[str | None] = mapped_column(String(64))
    options: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    plays_normal: Mapped[int]
    plays_slow: Mapped[int]
    takes: Mapped[int]
    received_at: Mapped[datetime]


class Utterance(Row):
    """The recorded sound of a spoken response: the original bytes lie in the recording store."""

    __tablename__ = "utterance"

    id: Mapped[str] = mapped_column(ForeignKey("response.id"), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    byte_size: Mapped[int]
    path: Mapped[str]


class Unheard(Row):
    """An utterance that waits to be heard: work to do and no fact, so it goes when it is done.

    It comes with the utterance and goes with the hearing, each in one transaction. `seq` is the
    response's; `since` is when its turn begins to count: a little later than it came, where
    nobody waits for what is heard. `tries` counts the times an engine failed on it.
    """

    __tablename__ = "unheard"
    __table_args__ = (Index("ix_unheard_turn", "attempt_id", "tries", "seq"),)

    utterance_id: Mapped[str] = mapped_column(ForeignKey("utterance.id"), primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    seq: Mapped[int]
    since: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)


class Hearing(Row):
    """What was heard in an utterance, and the verdict on it.

    `verdict` is right, unsure, wrong, echo or unusable; prepared for free speech, of which no
    machine judges anything: its `reasons` are the ids of what was found in it. `trouble` names
    why a take was unusable. `evidence` is everything the engines said, so that the decision can
    be replayed.
    """

    __tablename__ = "hearing"
    __table_args__ = (UniqueConstraint("utterance_id", "decider"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    utterance_id: Mapped[str] = mapped_column(ForeignKey("utterance.id"), index=True)
    decider: Mapped[str] = mapped_column(String(40))
    engine: Mapped[str | None] = mapped_column(String(80))
    verdict: Mapped[str] = mapped_column(String(8))
    chosen: Mapped[str | None] = mapped_column(String(64))
    trouble: Mapped[str | None] = mapped_column(String(32))
    reasons: Mapped[list[str]]
    evidence: Mapped[dict[str, Any]]
    content_version: Mapped[str] = mapped_column(String(64))
    heard_at: Mapped[datetime]


class Outcome(Row):
    """How an attempt ended; the last row holds. Private: only the owner is told of points."""

    __tablename__ = "outcome"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    points: Mapped[int]
    maximum: Mapped[int]
    reviews: Mapped[int]
    decided_at: Mapped[datetime]
