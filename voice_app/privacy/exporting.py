"""Everything that is kept about a person, in one file that they can keep and open anywhere."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.models import Attempt, Badge, Consent, Hearing, Mark, Response, Row, Utterance
from voice_app.privacy.belongings import belongings, events, marked
from voice_app.privacy.keeper import Keeping
from voice_app.vault import SEALED, VaultError, about_comment, unclosed, unsealed

FORMAT = 1
SUMMARY = "listen-first.mp3"
# What is about another person: of a jury the candidate learns the roles.
_OTHERS: Mapping[str, frozenset[str]] = {"jury_seat": frozenset({"name", "account_id"})}
_SECRET = ("_hash", "secret", "sealed", "_tag")
_ENDINGS: Mapping[str, str] = {
    "audio/webm": "webm",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "video/webm": "webm",
    "video/mp4": "mp4",
}
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_COLUMNS = ("date", "question", "answered by", "heard", "verdict", "recording")


@dataclass(frozen=True)
class Voice:
    """One recording: its place in the file, its name in the store, what it is about."""

    place: str
    name: str
    utterance_id: str | None


def export(keeping: Keeping, owner_hash: str, target: Path, *, summary: bytes) -> int:
    """Write the zip of a person to `target`; returns how many recordings are in it.

    `summary` is an MP3 that tells aloud what is inside, empty where nobody speaks. Recordings
    that cannot be opened any more are named in the index without a file.
    """
    with keeping.database.reading.begin() as session:
        voices = list(_voices(session, owner_hash))
        rows = _rows(keeping, session, owner_hash)
        badges = _badges(session, owner_hash)
        answers = list(_answers(keeping, session, owner_hash, voices=voices))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        if summary:
            file.writestr(SUMMARY, summary)
        packed = [one for one in voices if _pack(keeping, file, one, owner_hash=owner_hash)]
        for code, document in badges:
            file.writestr(f"badges/{code}.json", document)
        file.writestr("answers.csv", table(_COLUMNS, answers))
        index = _index(keeping, rows, voices=packed, badges=[code for code, _ in badges])
        file.writestr("index.json", json.dumps(index, ensure_ascii=False, indent=1))
    return len(packed)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write rows as CSV in which no cell can be a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([[_cell(value) for value in row] for row in (columns, *rows)])
    return written.getvalue()


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _index(
    keeping: Keeping,
    rows: Mapping[str, Any],
    *,
    voices: Sequence[Voice],
    badges: Sequence[str],
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": keeping.clock().isoformat(),
        "recordings": [{"file": one.place, "answer": one.utterance_id} for one in voices],
        "badges": [f"badges/{code}.json" for code in badges],
        "rows": rows,
    }


def _pack(keeping: Keeping, file: zipfile.ZipFile, voice: Voice, *, owner_hash: str) -> bool:
    try:
        sound = keeping.store.read(voice.name, owner=owner_hash)
    except (OSError, VaultError):
        return False
    file.writestr(voice.place, sound)
    return True


def _voices(session: Session, owner_hash: str) -> Iterator[Voice]:
    spoken = session.execute(
        select(Utterance, Response)
        .join(Response, Response.id == Utterance.id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.owner_hash == owner_hash)
        .order_by(Response.seq)
    )
    for number, (utterance, response) in enumerate(spoken, start=1):
        ending = _ending(utterance.media_type)
        yield Voice(f"voice/{number:03}-{response.item}.{ending}", utterance.path, utterance.id)
    words = session.scalars(
        select(Consent).where(Consent.owner_hash == owner_hash, Consent.recording.is_not(None))
    )
    for word in words:
        name = f"{word.recording}.{word.recording_sha256}.take"
        yield Voice(f"voice/yes-{word.seq}.{_ending(word.media_type or '')}", name, None)
    for mark in session.scalars(select(Mark).where(marked(owner_hash))):
        if (told := mark.comment.get("recording")) is not None:
            name = f"{told['id']}.{told['sha256']}.take"
            yield Voice(f"voice/comment-{mark.seq}.{_ending(told['media_type'])}", name, None)


def _ending(media_type: str) -> str:
    return _ENDINGS.get(media_type.partition(";")[0].strip().lower(), "bin")


def _badges(session: Session, owner_hash: str) -> list[tuple[str, str]]:
    rows = session.scalars(
        select(Badge)
        .join(Attempt, Attempt.id == Badge.attempt_id)
        .where(Attempt.owner_hash == owner_hash)
    )
    return [(row.code, row.credential) for row in rows]


def _rows(keeping: Keeping, session: Session, owner_hash: str) -> dict[str, list[dict[str, Any]]]:
    """Give all rows of a person by table, without secrets; what was heard is opened."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, condition in (*belongings(owner_hash).items(), ("inference", events(owner_hash))):
        here = Row.metadata.tables[name]
        rows = session.execute(select(here).where(condition)).mappings().all()
        found[name] = [_shown(keeping, name, dict(row), owner_hash=owner_hash) for row in rows]
    return {name: rows for name, rows in found.items() if rows}


def _shown(
    keeping: Keeping, name: str, row: Mapping[str, Any], *, owner_hash: str
) -> dict[str, Any]:
    others = _OTHERS.get(name, frozenset())
    mine = {key: value for key, value in row.items() if key not in others}
    shown = {key: _plain(value) for key, value in mine.items() if not key.endswith(_SECRET)}
    if name == "hearing":
        utterance_id = row["utterance_id"]
        shown["evidence"] = _opened(keeping, row["evidence"], owner_hash, of=utterance_id)
    if name == "mark":
        shown["comment"] = _told(keeping, row, owner_hash)
    return shown


def _told(keeping: Keeping, mark: Mapping[str, Any], owner_hash: str) -> Mapping[str, Any]:
    """What an assessor told them, as it was before it was sealed."""
    kept = {one: part for one, part in mark["comment"].items() if one != SEALED}
    try:
        about = about_comment(mark)
        words = unsealed(keeping.vault, mark["comment"], owner=owner_hash, about=about)
    except VaultError:
        return kept
    return kept | words


def _opened(
    keeping: Keeping, evidence: Mapping[str, Any], owner_hash: str, *, of: str
) -> Mapping[str, Any]:
    try:
        return unclosed(keeping.vault, evidence, owner=owner_hash, utterance_id=of)
    except VaultError:
        return {}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def _answers(
    keeping: Keeping, session: Session, owner_hash: str, *, voices: Sequence[Voice]
) -> Iterator[tuple[str, ...]]:
    places = {one.utterance_id: one.place for one in voices}
    rows = session.execute(
        select(Response, Hearing)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .outerjoin(Hearing, Hearing.utterance_id == Response.id)
        .where(Attempt.owner_hash == owner_hash)
        .order_by(Response.seq, Hearing.seq)
    )
    for response, hearing in rows:
        yield (
            response.received_at.isoformat(timespec="seconds"),
            response.item,
            response.kind,
            "" if hearing is None else _heard(keeping, hearing, owner_hash),
            _given(response) if hearing is None else hearing.verdict,
            places.get(response.id, ""),
        )


def _given(response: Response) -> str:
    return response.option or ", ".join(response.options or ())


def _heard(keeping: Keeping, hearing: Hearing, owner_hash: str) -> str:
    evidence = _opened(keeping, hearing.evidence, owner_hash, of=hearing.utterance_id)
    judged = (one["transcript"]["text"] for one in evidence.get("engines", ()))
    free = (one["text"] for one in evidence.get("stretches", ()))
    return " / ".join((*judged, *free))
