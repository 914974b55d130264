"""The sentences that are spoken and the manifest that says which file speaks which."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from voice_app.errors import VoiceAppError

MANIFEST_NAME = "manifest.json"
_VERSION = 1

Kind = Literal[
    "prompt", "question", "word", "phrase", "scene", "task", "example", "offer", "resource"
]
Pace = Literal["normal", "slow"]


class ManifestError(VoiceAppError):
    """The manifest of the sounds cannot be read."""


@dataclass(frozen=True)
class Sentence:
    """Something that is said aloud; `key` such as `fr/prompts/broom` names it everywhere.

    `voice` is the place of its voice among those of the language. A prompt has them all.
    """

    key: str
    language: str
    kind: Kind
    text: str
    voice: int = 0

    @property
    def is_employers(self) -> bool:
        """Whether an employer says it."""
        return self.kind in ("prompt", "scene")

    @property
    def paces(self) -> tuple[Pace, ...]:
        """What an employer says is spoken normally and slowly, the rest at one calm pace."""
        return ("normal", "slow") if self.is_employers else ("normal",)


@dataclass(frozen=True)
class Entry:
    """One sound file, what made it and what was measured on it.

    `path` is relative to the folder of the manifest. `spoken` is the text as the engine got
    it. `fingerprint` is the SHA-256 of everything that decides how the file sounds, `sha256`
    that of its bytes. `duration_seconds` is the whole file; the rates are over the speech
    with its pauses, without the quiet before and after it. `speed` is the engine's own.
    """

    key: str
    pace: Pace
    language: str
    kind: Kind
    text: str
    spoken: str
    engine: str
    voice: str
    speed: float
    path: str
    fingerprint: str
    sha256: str
    size_bytes: int
    duration_seconds: float
    lufs: float
    peak_dbtp: float
    words_per_minute: float
    syllables_per_second: float

    @property
    def place(self) -> tuple[str, str, str]:
        """What the entry is the only one of: key, pace and voice."""
        return (self.key, self.pace, self.voice)


@dataclass(frozen=True)
class Manifest:
    """All sound files of a folder, by key."""

    entries: tuple[Entry, ...] = ()
    _by_key: Mapping[tuple[str, str], tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_key: dict[tuple[str, str], tuple[str, ...]] = {}
        for entry in self.entries:
            place = (entry.key, entry.pace)
            by_key[place] = (*by_key.get(place, ()), entry.path)
        object.__setattr__(self, "_by_key", by_key)

    @classmethod
    def load(cls, folder: Path) -> "Manifest":
        """Read the manifest of a folder; one that has none yet is empty.

        Raises `ManifestError` when the file is there and is not a manifest.
        """
        path = folder / MANIFEST_NAME
        if not path.exists():
            return cls()
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            return cls(_entries(document))
        except (ValueError, KeyError, TypeError) as error:
            raise ManifestError(f"{path} is not a manifest of sounds: {error}") from error

    def files(self, key: str, pace: str = "normal") -> tuple[str, ...]:
        """Paths of the files that say `key`, one a voice; empty when there is none."""
        return self._by_key.get((key, pace), ())

    def has(self, key: str) -> bool:
        """Whether `key` can be played at its normal pace."""
        return (key, "normal") in self._by_key

    def with_entry(self, entry: Entry) -> "Manifest":
        """This manifest with `entry` in the place of the one it replaces, in order of place."""
        others = (e for e in self.entries if e.place != entry.place)
        return Manifest(tuple(sorted((*others, entry), key=lambda e: e.place)))

    def without(self, entries: Iterable[Entry]) -> "Manifest":
        """This manifest less some entries."""
        gone = {entry.place for entry in entries}
        return Manifest(tuple(e for e in self.entries if e.place not in gone))

    def save(self, folder: Path) -> None:
        """Write the manifest whole or not at all, one entry a line."""
        lines = ",\n".join(json.dumps(asdict(e), ensure_ascii=False) for e in self.entries)
        text = f'{{"version": {_VERSION}, "entries": [\n{lines}\n]}}\n'
        write_whole(folder / MANIFEST_NAME, text.encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a power cut, sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _entries(document: Mapping[str, Any]) -> tuple[Entry, ...]:
    if document["version"] != _VERSION:
        raise ValueError(f"version {document['version']} is not {_VERSION}")
    return tuple(Entry(**entry) for entry in document["entries"])
