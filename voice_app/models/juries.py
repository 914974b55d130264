"""Juries besides who sits on them: the links that open a seat, and what happened."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class JuryLink(Row):
    """A way to one seat of a jury; of the links of a seat the last one opens, once.

    Only hashes are kept: `token_hash` of the secret in the link, `key_hash` of the secret that
    the browser got which opened it. Both end at `ends_at`.
    """

    __tablename__ = "jury_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    seat_id: Mapped[str] = mapped_column(ForeignKey("jury_seat.id"), index=True)
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_by: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    ends_at: Mapped[datetime]


class JuryNote(Row):
    """What happened to a jury: a consent or a refusal to be recorded, a conflict, its end.

    `kind` is consent, refusal, conflict or dissolved. A conflict names the `item` of which two
    phones told different things, and in `detail` what was left out.
    """

    __tablename__ = "jury_note"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    jury_id: Mapped[str] = mapped_column(ForeignKey("jury.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    item: Mapped[str] = mapped_column(String(64))
    detail: Mapped[dict[str, Any]]
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
