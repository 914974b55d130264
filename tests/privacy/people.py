"""People with voices in the store, put there row by row, and a search for what can be opened."""

import base64
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.audio.store import RecordingStore
from voice_app.db import open_database
from voice_app.models import (
    Attempt,
    Badge,
    BadgeEvent,
    Consent,
    Hearing,
    Outcome,
    Response,
    Unheard,
    Utterance,
)
from voice_app.privacy import Keeping
from voice_app.vault import Vault, VaultError, closed

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PASSPHRASE = b"a passphrase for tests"
SOUND = b"RIFF canary of a sound: 7731-kestrel"
WORDS = "canary of words: the blue kestrel 7731"


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def open_house(folder: Path, clock: Clock) -> Keeping:
    database = open_database(folder / "voice-app.sqlite3")
    audit.watch(database, PASSPHRASE)
    vault = Vault(folder / "vault", PASSPHRASE)
    return Keeping(database, RecordingStore(folder / "recordings", vault), vault, clock)


@dataclass(frozen=True)
class Person:
    owner: str
    attempt: str
    utterances: tuple[str, ...]
    waiting: str | None
    badge: str | None
    consent_recording: str


def enter(
    house: Keeping,
    name: str,
    *,
    at: datetime = NOW,
    has_badge: bool = False,
    waits: bool = False,
    is_ended: bool = True,
) -> Person:
    """A person who answered twice aloud, said yes aloud once, and may have a badge."""
    owner = name.encode().hex().ljust(64, "0")
    attempt = str(uuid.uuid4())
    spoken = tuple(str(uuid.uuid4()) for _ in range(2))
    waiting = str(uuid.uuid4()) if waits else None
    said_yes = f"yes-{name}"
    kept = {
        one: house.store.keep(one, SOUND, owner=owner)
        for one in (*spoken, said_yes, *([waiting] if waiting else []))
    }
    code = f"{name:2<8}".upper()[:8] if has_badge else None
    with house.database.writing.begin() as session:
        _answers(session, attempt, owner, {one: kept[one] for one in kept if one != said_yes}, at)
        for one in spoken:
            evidence = closed(house.vault, _evidence(), owner=owner, utterance_id=one)
            session.add(_hearing(one, evidence, at=at))
        if waiting:
            seq = 3
            session.add(Unheard(utterance_id=waiting, attempt_id=attempt, seq=seq, since=at))
        if is_ended:
            session.add(_outcome(attempt, at=at))
        word = _consent(owner, said_yes, kept[said_yes], subject=code or "x", at=at)
        session.add(word)
        session.flush()
        if code:
            _award(session, code, attempt, word)
    return Person(owner, attempt, spoken, waiting, code, said_yes)


def _answers(session: Session, attempt: str, owner: str, kept: dict, at: datetime) -> None:
    session.add(_attempt(attempt, owner, at=at))
    session.flush()
    for one, stored in kept.items():
        session.add(_response(one, attempt, at=at))
        session.flush()
        session.add(_utterance(one, stored))
        session.flush()


def _award(session: Session, code: str, attempt: str, word: Consent) -> None:
    session.add(_badge(code, attempt, at=word.at))
    session.flush()
    session.add(
        BadgeEvent(badge_code=code, kind="shown", author="holder", consent_seq=word.seq, at=word.at)
    )


def openable(folder: Path, vault: Vault, people: list[Person]) -> int:
    """How many seals in any file of a folder open with any key the vault still has."""
    abouts = {f"hearing {one}" for p in people for one in p.utterances}
    abouts |= {f"recording {path.name.removesuffix('.take')}" for path in folder.rglob("*.take")}
    found = 0
    for path in folder.rglob("*"):
        if path.is_file():
            for box in _boxes(path.read_bytes()):
                found += any(
                    _opens(vault, box, owner=p.owner, about=about)
                    for p in people
                    for about in abouts
                )
    return found


def in_the_clear(folder: Path) -> list[Path]:
    """The files of a folder in which a canary can be read, written as it is or in JSON."""
    canaries = (SOUND, WORDS.encode(), base64.b64encode(SOUND)[:-4])
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(one in path.read_bytes() for one in canaries)]


def _boxes(data: bytes) -> list[bytes]:
    if data.startswith(b"VAS1"):
        return [data]
    # A seal in a row is base64 and begins as the magic does.
    return [base64.b64decode(one) for one in re.findall(rb"VkFTM[A-Za-z0-9+/]{60,}={0,2}", data)]


def _opens(vault: Vault, box: bytes, *, owner: str, about: str) -> bool:
    try:
        vault.opened(box, owner=owner, about=about)
    except (VaultError, ValueError):
        return False
    return True


def _attempt(attempt: str, owner: str, *, at: datetime) -> Attempt:
    return Attempt(
        id=attempt,
        owner_hash=owner,
        assessment="MC3",
        employer_language="fr",
        help_language="es",
        content_version="1",
        criteria={},
        started_at=at,
    )


def _response(one: str, attempt: str, *, at: datetime) -> Response:
    return Response(
        id=one,
        attempt_id=attempt,
        item="broom",
        kind="speech",
        plays_normal=1,
        plays_slow=0,
        takes=1,
        received_at=at,
    )


def _utterance(one: str, kept) -> Utterance:
    return Utterance(
        id=one,
        media_type="audio/wav",
        sha256=kept.sha256,
        byte_size=kept.byte_size,
        path=kept.path.name,
    )


def _evidence() -> dict:
    said = {
        "engine": "fake",
        "language": "fr",
        "transcript": {"text": WORDS, "confidence": 0.5, "no_speech_probability": None},
        "scores": [],
        "chosen_phrase": WORDS,
    }
    return {"choice": {"right": "broom"}, "quality": {}, "engines": [said], "again": []}


def _hearing(one: str, evidence: dict, *, at: datetime) -> Hearing:
    return Hearing(
        utterance_id=one,
        decider="logistic-2",
        engine="fake",
        verdict="right",
        chosen="broom",
        reasons=[],
        evidence=evidence,
        content_version="1",
        heard_at=at,
    )


def _outcome(attempt: str, *, at: datetime) -> Outcome:
    return Outcome(
        attempt_id=attempt, state="passed", points=2, maximum=2, reviews=0, decided_at=at
    )


def _consent(owner: str, name: str, kept, *, subject: str, at: datetime) -> Consent:
    return Consent(
        purpose="show-badge",
        subject=subject,
        owner_hash=owner,
        is_given=True,
        was_played=True,
        recording=name,
        recording_sha256=kept.sha256,
        recording_bytes=kept.byte_size,
        media_type="audio/webm",
        at=at,
    )


def _badge(code: str, attempt: str, *, at: datetime) -> Badge:
    return Badge(
        code=code,
        attempt_id=attempt,
        micro_competence="MC3",
        employer_language="fr",
        credential='{"name": "badge"}',
        key_id="key-1",
        issued_at=at,
    )


def days(count: float) -> timedelta:
    return timedelta(days=count)
