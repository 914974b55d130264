"""What people agreed to."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class Consent(Row):
    """A person's word on one thing that needs it; the last row of a purpose and subject holds.

    `purpose` is what for (such as show-badge), `subject` what about (a badge's code). Where
    `is_given`, `phrase` is the key of the sentence the person was told, `text` its words and
    `played_sha256` the digest of its sound (None where none was rendered); `was_played` says
    whether the page played it to its end. A spoken yes lies in the recording store:
    `recording` is its name there. Without one, `untold` says why: chosen, not-asked, or the
    trouble of the microphone. A word taken back has neither phrase nor recording.
    """

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_about", "purpose", "subject", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    purpose: Mapped[str] = mapped_column(String(24))
    subject: Mapped[str] = mapped_column(String(40))
    owner_hash: Mapped[str] = mapped_column(String(64), index=True)
    is_given: Mapped[bool]
    language: Mapped[str | None] = mapped_column(String(8))
    phrase: Mapped[str | None] = mapped_column(String(80))
    text: Mapped[str | None]
    played_sha256: Mapped[str | None] = mapped_column(String(64))
    was_played: Mapped[bool]
    recording: Mapped[str | None] = mapped_column(String(64), unique=True)
    recording_sha256: Mapped[str | None] = mapped_column(String(64))
    recording_bytes: Mapped[int | None]
    media_type: Mapped[str | None] = mapped_column(String(80))
    untold: Mapped[str | None] = mapped_column(String(16))
    at: Mapped[datetime]
