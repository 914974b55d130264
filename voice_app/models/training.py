"""What assessors learn from each other: comments that a center offers to all of its assessors."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class GoodComment(Row):
    """A comment that an assessor proposes to the others, and what a coordinator said to it.

    `state` is proposed, shared, refused or retired; a later row is `about` the proposal by its
    `seq`, and the last one holds. `criterion` is what it is about, in `language`. It names no
    candidate and repeats no words of theirs; what is refused keeps no words.
    """

    __tablename__ = "good_comment"
    __table_args__ = (Index("ix_good_comment_center", "center", "micro_competence"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    about: Mapped[int | None] = mapped_column(index=True)
    center: Mapped[str] = mapped_column(String(36))
    micro_competence: Mapped[str] = mapped_column(String(8))
    criterion: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(String(240))
    state: Mapped[str] = mapped_column(String(12))
    author: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
