"""Marking by people: what waits for a mark, the marks, who may give them and who must not."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class Unmarked(Row):
    """A mark that is waited for: work to do and no fact, so it goes when it is done.

    `item` is a step or an item. `why` is rubric (a spoken task), unsure (the machine could not
    take it for right), contest, appeal, sample or control; exercise and shadow are for one who
    learns to mark. `turn` is which of the independent
    marks on the same answer it is, from 1. `center` is empty for attempts of none.
    `claimed_by` has it on the screen until `claimed_until`; its sound was first sent there at
    `sent_at`, and somebody speaks in so many of its seconds.
    """

    __tablename__ = "unmarked"
    __table_args__ = (
        UniqueConstraint("attempt_id", "item", "why", "turn", name="uq_unmarked"),
        Index("ix_unmarked_turn", "center", "micro_competence", "since", "seq"),
        Index("ix_unmarked_kind", "center", "micro_competence", "why"),
        Index("ix_unmarked_claim", "claimed_by"),
        # A page that is left open must never name another answer by an old number.
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    attempt_id: Mapped[str] = mapped_column(String(36), index=True)
    item: Mapped[str] = mapped_column(String(64))
    why: Mapped[str] = mapped_column(String(12))
    turn: Mapped[int]
    center: Mapped[str] = mapped_column(String(36))
    micro_competence: Mapped[str] = mapped_column(String(8))
    since: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    spoken_seconds: Mapped[float | None]


class Mark(Row):
    """What one person gave one answer; a mark taken back has a later row that `replaces` it.

    `levels` are points by criterion; for an answer among four pictures {"heard": option, none
    or cannot-tell}. Empty with a `reason` where it could not be judged, and where it only takes
    back. `author` is account:ID or seat:ID. `comment` is sealed: {"text", "offers",
    "recording"}. `listened_seconds` is how much of the sound was heard, each part once.
    `is_counted` is false for marks in shadow, in exercises and on controls.
    """

    __tablename__ = "mark"
    __table_args__ = (
        Index("ix_mark_author", "author", "at"),
        Index("ix_mark_answer", "attempt_id", "item", "author"),
        Index("ix_mark_reason", "reason"),
        Index("ix_mark_replaces", "replaces"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    attempt_id: Mapped[str] = mapped_column(String(36), index=True)
    item: Mapped[str] = mapped_column(String(64))
    why: Mapped[str] = mapped_column(String(12))
    turn: Mapped[int]
    author: Mapped[str] = mapped_column(String(80))
    levels: Mapped[dict[str, Any]]
    reason: Mapped[str | None] = mapped_column(String(40))
    comment: Mapped[dict[str, Any]]
    is_counted: Mapped[bool]
    listened_seconds: Mapped[float]
    replaces: Mapped[int | None]
    began_at: Mapped[datetime]
    at: Mapped[datetime]


class MarkingPolicy(Row):
    """How a center has answers marked; its last row holds for what is answered from then on.

    `double_percent` of first marks are followed by a second, independent one (100 in a pilot);
    `control_percent` of what an assessor marks are controls. `is_proposal_first`: what the
    machine found is shown before the assessor has listened. `promise_days` is in working days.
    """

    __tablename__ = "marking_policy"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    center: Mapped[str] = mapped_column(String(36), index=True)
    double_percent: Mapped[int]
    control_percent: Mapped[int]
    unsure_sample_percent: Mapped[int]
    is_proposal_first: Mapped[bool]
    promise_days: Mapped[int]
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class Control(Row):
    """An answer whose marks are known: shown among others, to see whether an assessor hears well.

    `levels` are the reference marks by criterion. `attempt_id` is empty for an example of the
    content, that `item` names then. It is in use until a row with the same answer and
    `is_over` comes.
    """

    __tablename__ = "control"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    center: Mapped[str] = mapped_column(String(36), index=True)
    micro_competence: Mapped[str] = mapped_column(String(8))
    attempt_id: Mapped[str] = mapped_column(String(36))
    item: Mapped[str] = mapped_column(String(64))
    levels: Mapped[dict[str, Any]]
    is_over: Mapped[bool]
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class License(Row):
    """Whether an account may mark a micro-competence; its last row holds.

    `state` is applied, exercise, shadow, licensed, paused or ended; `reason` says why it was
    paused or ended. `candidate_id` is who applied, before an account is theirs.
    """

    __tablename__ = "license"
    __table_args__ = (Index("ix_license_of", "account_id", "micro_competence", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    account_id: Mapped[str | None] = mapped_column(String(36))
    candidate_id: Mapped[str | None] = mapped_column(String(36), index=True)
    micro_competence: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class Conflict(Row):
    """Why an assessor must not mark a candidate; the last row about the two holds.

    `kind` is own (the candidate is the assessor), trainee, relative, enrolled (by them) or known
    (they said so when they heard the voice).
    """

    __tablename__ = "conflict"
    __table_args__ = (Index("ix_conflict_of", "account_id", "owner_hash"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    account_id: Mapped[str] = mapped_column(String(36))
    owner_hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    is_over: Mapped[bool]
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class Jury(Row):
    """Three people over one attempt: remote on its recordings, or face to face.

    `mode` is remote or face-to-face. `is_recorded` is the candidate's consent to be recorded.
    """

    __tablename__ = "jury"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    attempt_id: Mapped[str] = mapped_column(String(36), index=True)
    center: Mapped[str] = mapped_column(String(36))
    mode: Mapped[str] = mapped_column(String(12))
    is_recorded: Mapped[bool]
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class JurySeat(Row):
    """Who sits on a jury: `role` is employer, peer or trainer; `name` for one without account."""

    __tablename__ = "jury_seat"
    __table_args__ = (UniqueConstraint("jury_id", "role", name="uq_jury_seat"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    jury_id: Mapped[str] = mapped_column(ForeignKey("jury.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[str | None] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(String(120))


class News(Row):
    """Something a candidate is to be told when they come again; `heard_at` once they heard it.

    `key` names the sentence, such as news.outcome.
    """

    __tablename__ = "news"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    owner_hash: Mapped[str] = mapped_column(String(64), index=True)
    attempt_id: Mapped[str] = mapped_column(String(36))
    key: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    heard_at: Mapped[datetime | None]
