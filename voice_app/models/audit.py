"""The log: who saw or changed what, each entry bound to the one before it."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class AuditEntry(Row):
    """One thing that somebody did or saw; the table is added to and never changed.

    `seq` counts from 1 without a gap. `actor` is account:ID, candidate:ID, owner:HASH,
    machine:NAME or command. `before` and `after` are states in codes, or digests; never words
    that anybody said. `digest` is the SHA-256 of all that stands before it in canonical JSON,
    `previous` the digest of the entry before, `mac` an HMAC of the digest.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("previous", name="uq_audit_entry_previous"),
        Index("ix_audit_entry_subject", "subject"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(120))
    center: Mapped[str | None] = mapped_column(String(80))
    before: Mapped[str | None] = mapped_column(String(120))
    after: Mapped[str | None] = mapped_column(String(120))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))
