"""What people asked about their data, and what was deleted when its time had come."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class Erasure(Row):
    """One wish to be forgotten, kept as a proof without telling whose it was.

    `tag` is the vault's name of the person; `scope` is voice or everything; `badges` is kept or
    cancelled. `asked_by` is holder, account:ID, command or restore. `counts` says how many rows
    of each table went, `files` names the recordings to remove; it is empty once that is done,
    at `done_at`.
    """

    __tablename__ = "erasure"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tag: Mapped[str] = mapped_column(String(64), index=True)
    scope: Mapped[str] = mapped_column(String(12))
    badges: Mapped[str] = mapped_column(String(12))
    asked_by: Mapped[str] = mapped_column(String(80))
    counts: Mapped[dict[str, Any]]
    files: Mapped[list[str]]
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class RetentionRun(Row):
    """One look at what is due: `deleted` says how many of each kind went, at `at`."""

    __tablename__ = "retention_run"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    deleted: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Correction(Row):
    """Somebody says that something kept about them is wrong: a person looks at it.

    `answered_by` is who did, and `answered_at` when.
    """

    __tablename__ = "correction"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    owner_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]
    answered_by: Mapped[str | None] = mapped_column(String(80))
    answered_at: Mapped[datetime | None]
