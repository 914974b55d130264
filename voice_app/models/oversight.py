"""What people may stop, choose and decide over the machine, and what the machine did."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class Stop(Row):
    """The switch of the machine; the last row of a scope and name holds.

    `scope` is all, center or engine; `name` the center's id or the engine's name, empty for
    all. `author` is account:ID or command.
    """

    __tablename__ = "machine_stop"
    __table_args__ = (Index("ix_machine_stop_about", "scope", "name", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    scope: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(80))
    is_stopped: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(40))
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class CenterPolicy(Row):
    """How far a center lets the machine decide; its last row holds for attempts that begin.

    `automatic` are the micro-competences that pass without a person's sign-off;
    `sample_percent` of those passes (0 to 100) are heard by a person afterwards. The row of no
    center (empty) is for phones without one.
    """

    __tablename__ = "center_policy"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    center: Mapped[str] = mapped_column(String(36), index=True)
    automatic: Mapped[list[str]]
    sample_percent: Mapped[int]
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class Inference(Row):
    """One verdict of the machine and all it rests on, in digests: never what was said.

    `evidence_digest` is the SHA-256 of the hearing's evidence in canonical JSON,
    `input_digest` that of the take as it came, `model_digest` that of the engines' files.
    `thresholds` are the probabilities from which right and wrong are said. `verdict` is the
    hearing's, or failed for a try in which an engine failed. It outlives the hearing it is
    about, so nothing ties it to that row; `hearing_seq` is negative where there is none.
    """

    __tablename__ = "inference"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    hearing_seq: Mapped[int] = mapped_column(unique=True)
    attempt_id: Mapped[str] = mapped_column(String(36), index=True)
    item: Mapped[str] = mapped_column(String(64))
    engine: Mapped[str | None] = mapped_column(String(80))
    model_digest: Mapped[str | None] = mapped_column(String(64))
    decider: Mapped[str] = mapped_column(String(40))
    calibration: Mapped[str | None] = mapped_column(String(40))
    content_version: Mapped[str] = mapped_column(String(64))
    input_digest: Mapped[str] = mapped_column(String(64))
    evidence_digest: Mapped[str] = mapped_column(String(64))
    thresholds: Mapped[dict[str, Any]]
    verdict: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]


class Referral(Row):
    """What waits for a person besides doubt itself; `item` is empty for a whole attempt.

    `why` is contest (the candidate says that it is wrong), appeal (that the outcome is), sample
    (an automatic pass that was drawn) or sign-off (the center passes nobody without a person).
    """

    __tablename__ = "referral"
    __table_args__ = (UniqueConstraint("attempt_id", "item", "why", name="uq_referral"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    attempt_id: Mapped[str] = mapped_column(String(36))
    item: Mapped[str] = mapped_column(String(64))
    why: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]


class Ruling(Row):
    """What a person decided; the last one about an item holds, and wins over the machine.

    `verdict` is right or wrong for an item, signed, confirmed or doubted for a whole attempt
    (`item` empty), kept or raised for an appeal and for a contested task, left-out for a spoken
    task that nobody could hear; taken-back undoes the last one about an item. `referral_seq` is
    what it answers. `author` is account:ID or command.
    """

    __tablename__ = "ruling"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    attempt_id: Mapped[str] = mapped_column(String(36), index=True)
    item: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))
    referral_seq: Mapped[int | None]
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
