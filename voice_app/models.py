"""The rows: facts that are added and never rewritten."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    ForeignKey,
    Index,
    String,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A point in time, always in UTC and always aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware to naive UTC."""
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Naive UTC to aware."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class Row(DeclarativeBase):
    """The root of all tables."""

    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[str]: JSON}  # noqa: RUF012


class Attempt(Row):
    """One candidate's go at one assessment, with the criteria that held when it began.

    `criteria` is {"percent": 60, "items": [item ids in order]}. `owner_hash` is the SHA-256
    of the secret in the owner's cookie.
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

    `id` is made on the phone. `rehearsal` rows are never scored. `plays_normal` and
    `plays_slow` count how often the prompt was heard; they never enter the mark.
    """

    __tablename__ = "response"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    item: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(8))
    option: Mapped[str | None] = mapped_column(String(64))
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

    It comes with the utterance and goes with the hearing, each in one transaction. `seq` and
    `since` are the response's; `tries` counts the times an engine failed on it.
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

    `verdict` is right, unsure, wrong, echo or unusable; `trouble` names why a take was
    unusable. `evidence` is everything the engines said, so that the decision can be replayed.
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
