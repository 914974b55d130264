"""What people were told about their voice before they gave it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class Notice(Row):
    """One wording of the spoken notice in one language, named by the digest of all it says.

    `lines` holds for each sentence its phrase's key, its text, the digest of its sound (None
    where none was rendered) and its picture: enough to tell years later what was heard.
    """

    __tablename__ = "notice"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[str] = mapped_column(String(8))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    at: Mapped[datetime]


class NoticeHeard(Row):
    """That somebody touched "I have heard it": whose phone or candidate, and which wording.

    `was_played` says whether the page played it to its end, as far as it knows.
    """

    __tablename__ = "notice_heard"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    owner_hash: Mapped[str] = mapped_column(String(64), index=True)
    digest: Mapped[str] = mapped_column(ForeignKey("notice.digest"))
    was_played: Mapped[bool]
    at: Mapped[datetime]
