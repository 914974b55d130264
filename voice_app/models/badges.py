"""Badges and what happens to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class Badge(Row):
    """An award as it was signed. `credential` is the signed JSON text, byte for byte.

    `attempt_id` is the attempt that earned it; for a full micro-certification (`kind` full,
    else single) the attempt that completed the four. `holder_id` is the `urn:uuid:` inside the
    document. `list_number` and `list_index` are its place in the status lists. `replaces` is
    the badge that it corrects. Its standing is folded from its events.
    """

    __tablename__ = "badge"
    __table_args__ = (
        # An attempt earns a badge once; what corrects a badge is of the same attempt.
        Index(
            "ux_badge_earned",
            "attempt_id",
            "kind",
            unique=True,
            sqlite_where=text("replaces IS NULL"),
            postgresql_where=text("replaces IS NULL"),
        ),
        UniqueConstraint("list_number", "list_index", name="uq_badge_place"),
        UniqueConstraint("replaces", name="uq_badge_replaces"),
    )

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), default="single")
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    micro_competence: Mapped[str] = mapped_column(String(16))
    employer_language: Mapped[str] = mapped_column(String(8))
    holder_id: Mapped[str | None] = mapped_column(String(45))
    credential: Mapped[str]
    key_id: Mapped[str] = mapped_column(String(80), index=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    list_number: Mapped[int | None]
    list_index: Mapped[int | None]
    replaces: Mapped[str | None] = mapped_column(String(8))


class BadgePart(Row):
    """A badge that a full micro-certification rests on."""

    __tablename__ = "badge_part"

    full_code: Mapped[str] = mapped_column(ForeignKey("badge.code"), primary_key=True)
    part_code: Mapped[str] = mapped_column(ForeignKey("badge.code"), primary_key=True, index=True)


class BadgeEvent(Row):
    """What happened to a badge after it was given; the last of a kind holds.

    `kind` is revoked, suspended, resumed, shown, hidden or reissued. `author` is the person
    who decided it, or `holder`. `reason` is a code that the content files have a phrase for.
    `other_code` is the badge that a reissued one was replaced with. `consent_seq` is the
    holder's word by which a badge was shown or hidden.
    """

    __tablename__ = "badge_event"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    badge_code: Mapped[str] = mapped_column(ForeignKey("badge.code"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))
    author: Mapped[str] = mapped_column(String(80))
    other_code: Mapped[str | None] = mapped_column(String(8))
    consent_seq: Mapped[int | None] = mapped_column(ForeignKey("consent.seq"))
    at: Mapped[datetime]


class PrivateLevel(Row):
    """A signed level of one attempt, made when its owner asked; nothing public refers to it.

    `token` is the unguessable end of its address. `key_id` names a key that signs levels alone.
    """

    __tablename__ = "private_level"

    token: Mapped[str] = mapped_column(String(43), primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    level: Mapped[str] = mapped_column(String(16))
    credential: Mapped[str]
    key_id: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime]
