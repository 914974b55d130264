"""The spoken notice: who hears a voice, why and for how long; its wordings, and who heard which."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.audio.prompts import Manifest
from voice_app.dialogues.content import Language
from voice_app.dialogues.sentences import sound_key
from voice_app.models import Attempt, Notice, NoticeHeard

# Why the test may be held at all (GDPR 6(1)(b) or (e)). It is told; nobody is asked to agree.
Basis = Literal["contract", "public-task"]
# Each sentence with the picture that is shown meanwhile, in the order they are said.
_CARDS = (
    ("notice.why", "ui-microphone"),
    ("notice.basis.{basis}", "ui-home-path"),
    ("notice.who", "ui-notice-people"),
    ("notice.computer", "ui-notice-computer"),
    ("notice.never", "ui-notice-never"),
    ("notice.long", "ui-notice-time"),
    ("notice.rights", "ui-notice-rights"),
    ("notice.ask", "ui-help-person"),
)


@dataclass(frozen=True)
class Line:
    """One sentence of the notice: its key, words, picture, and its sound's path and digest.

    Without a rendered sound both are None.
    """

    phrase: str
    text: str
    picture: str
    sound: str | None
    sound_sha256: str | None


@dataclass(frozen=True)
class Edition:
    """The notice as it is told in one language."""

    language: str
    lines: tuple[Line, ...]

    @property
    def digest(self) -> str:
        """SHA-256 in hex of everything said and shown, but for where the sounds lie."""
        return sha256(json.dumps([self.language, self.told()]).encode()).hexdigest()

    def told(self) -> list[dict[str, str | None]]:
        """What is kept of it, ready for JSON."""
        return [
            {name: one for name, one in asdict(line).items() if name != "sound"}
            for line in self.lines
        ]


def edition(language: Language, manifest: Manifest, *, basis: Basis) -> Edition:
    """Give the notice of a language. Sentences the language lacks are not in it."""
    cards = [(key.format(basis=basis), picture) for key, picture in _CARDS]
    spoken = {sound_key(language.code, "phrases", key) for key, _ in cards}
    sounds = {one.key: one for one in manifest.entries if one.key in spoken}
    lines = []
    for key, picture in cards:
        if text := language.phrases.get(key):
            sound = sounds.get(sound_key(language.code, "phrases", key))
            where = (None, None) if sound is None else (sound.path, sound.sha256)
            lines.append(Line(key, text, picture, *where))
    return Edition(language.code, tuple(lines))


def hear(
    session: Session, told: Edition, *, owner_hash: str, was_played: bool, at: datetime
) -> NoticeHeard:
    """Add that somebody heard an edition; its wording is kept with the first who did."""
    if session.get(Notice, told.digest) is None:
        session.add(Notice(digest=told.digest, language=told.language, lines=told.told(), at=at))
        session.flush()
    row = NoticeHeard(owner_hash=owner_hash, digest=told.digest, was_played=was_played, at=at)
    session.add(row)
    session.flush()
    return row


def is_heard(session: Session, digest: str, *, owner_hash: str) -> bool:
    """Tell whether somebody heard this very edition before."""
    heard = (NoticeHeard.owner_hash == owner_hash) & (NoticeHeard.digest == digest)
    return session.scalar(select(NoticeHeard.seq).where(heard).limit(1)) is not None


def has_met(session: Session, owner_hash: str) -> bool:
    """Tell whether somebody was told what happens with their voice, or is in the middle of it.

    Whoever has an attempt heard a notice before it, of whatever edition.
    """
    heard = select(NoticeHeard.seq).where(NoticeHeard.owner_hash == owner_hash).limit(1)
    begun = select(Attempt.id).where(Attempt.owner_hash == owner_hash).limit(1)
    return session.scalar(heard) is not None or session.scalar(begun) is not None
