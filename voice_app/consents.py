"""What a person agreed to: what they were told, how they said yes, and that they took it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app.models import Consent

# What nobody needs for the test: each is asked for alone, and a no changes nothing else.
Extra = Literal["improve-listening", "show-voice", "follow-up"]
Purpose = Literal["show-badge"] | Extra
EXTRAS: tuple[Extra, ...] = ("improve-listening", "show-voice", "follow-up")
# Why a yes was touched and not spoken: nobody asked for the voice, the person chose so, or
# the microphone could not be used.
Silence = Literal[
    "not-asked",
    "chosen",
    "blocked",
    "unsupported",
    "insecure",
    "no-microphone",
    "busy",
    "silent",
    "failed",
]


@dataclass(frozen=True)
class Told:
    """What a person was told before they answered.

    `phrase` is the sentence's key in the content files, `text` its words in `language`,
    `sound_sha256` the digest of the sound, None where none is rendered. `was_played` says
    whether it was played to its end, as far as the page knows.
    """

    phrase: str
    text: str
    language: str
    sound_sha256: str | None = None
    was_played: bool = False


@dataclass(frozen=True)
class Spoken:
    """A yes that was said aloud: `recording` is its name in the recording store."""

    recording: str
    sha256: str
    byte_size: int
    media_type: str


@dataclass(frozen=True)
class Touched:
    """A yes that was touched alone, and why it was not spoken."""

    why: Silence


Yes = Spoken | Touched


@dataclass(frozen=True)
class About:
    """What a consent is for, what about, and whose it is (`owner_hash`)."""

    purpose: Purpose
    subject: str
    owner_hash: str


def give(session: Session, about: About, *, told: Told, yes: Yes, at: datetime) -> Consent:
    """Add a yes. The recording of a spoken one is kept, and judged by nobody here."""
    row = _word(about, is_given=True, told=told, at=at)
    match yes:
        case Spoken():
            row.recording, row.recording_sha256 = yes.recording, yes.sha256
            row.recording_bytes, row.media_type = yes.byte_size, yes.media_type
        case Touched():
            row.untold = yes.why
    return _added(session, row)


def withdraw(session: Session, about: About, *, at: datetime) -> Consent:
    """Add that a yes is taken back; one touch is enough."""
    return _added(session, _word(about, is_given=False, told=None, at=at))


def refuse(session: Session, about: About, *, told: Told, at: datetime) -> Consent:
    """Add a no, with what was told before it; one touch is enough, and nobody asks why."""
    return _added(session, _word(about, is_given=False, told=told, at=at))


def last(session: Session, *, purpose: Purpose, subject: str) -> Consent | None:
    """Give the word that holds now; None where the person was never asked."""
    about = (Consent.purpose == purpose) & (Consent.subject == subject)
    return session.scalar(select(Consent).where(about).order_by(Consent.seq.desc()).limit(1))


def about_extra(purpose: Extra, *, owner_hash: str) -> About:
    """Say what an extra is about: everything its owner gave."""
    return About(purpose, owner_hash[:40], owner_hash)


def holds(session: Session, purpose: Extra, *, owner_hash: str) -> bool:
    """Tell whether an extra is allowed now. Where nobody was asked, it is not."""
    word = last(
        session, purpose=purpose, subject=about_extra(purpose, owner_hash=owner_hash).subject
    )
    return word is not None and word.is_given


def words_of(session: Session, owner_hash: str) -> Sequence[Consent]:
    """Give the words of a person that hold now, one for each purpose and subject, oldest first."""
    newest = (
        select(func.max(Consent.seq))
        .where(Consent.owner_hash == owner_hash)
        .group_by(Consent.purpose, Consent.subject)
    )
    return session.scalars(
        select(Consent).where(Consent.seq.in_(newest)).order_by(Consent.seq)
    ).all()


def recordings(session: Session) -> set[str]:
    """Give the names of all recordings in the store that a consent rests on."""
    return set(session.scalars(select(Consent.recording).where(Consent.recording.is_not(None))))


def is_used(session: Session, recording: str) -> bool:
    """Tell whether a consent rests on a recording already: each yes is said anew."""
    return session.scalar(select(Consent.seq).where(Consent.recording == recording)) is not None


def _word(about: About, *, is_given: bool, told: Told | None, at: datetime) -> Consent:
    row = Consent(
        purpose=about.purpose,
        subject=about.subject,
        owner_hash=about.owner_hash,
        is_given=is_given,
        was_played=False,
        at=at,
    )
    if told is not None:
        row.language, row.phrase, row.text = told.language, told.phrase, told.text
        row.played_sha256, row.was_played = told.sound_sha256, told.was_played
    return row


def _added(session: Session, row: Consent) -> Consent:
    session.add(row)
    session.flush()
    return row
