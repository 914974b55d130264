"""Where the original bytes of every utterance live: a folder, written so that they stay."""

import hashlib
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from voice_app.errors import VoiceAppError

_SUFFIX = ".take"
_PARTIAL = ".partial"
_NAME = re.compile(r"(?P<id>[A-Za-z0-9_-]{1,64})\.(?P<hash>[0-9a-f]{64})\.take")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class BadUtteranceId(VoiceAppError):
    """An id that cannot be part of a file's name."""


@dataclass(frozen=True)
class Stored:
    """A recording as it lies in the store; `byte_size` is its length."""

    path: Path
    sha256: str
    byte_size: int


class RecordingStore:
    """Recordings in one folder, one file each.

    A file's name holds the utterance's id and the SHA-256 of the bytes, so that other bytes
    under the same id lie beside the first and nothing is ever overwritten.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, utterance_id: str, data: bytes) -> Stored:
        """Keep bytes; when this returns they survive a loss of power.

        The same bytes under the same id again are the same file. Raises `OSError` when the
        disk refuses, and then leaves nothing.
        """
        stored = Stored(
            self.path(utterance_id, sha256 := hashlib.sha256(data).hexdigest()), sha256, len(data)
        )
        if not stored.path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(stored.path, data)
        _sync_folder(self._folder)
        return stored

    def path(self, utterance_id: str, sha256: str) -> Path:
        """Where the bytes with that hash lie under that id; raises `BadUtteranceId`."""
        name = f"{utterance_id}.{sha256}{_SUFFIX}"
        if not _NAME.fullmatch(name):
            raise BadUtteranceId("The utterance's id or hash is malformed.")
        return self._folder / name

    def kept(self, utterance_id: str) -> tuple[Stored, ...]:
        """All recordings under an id, usually one."""
        if not _ID.fullmatch(utterance_id):
            raise BadUtteranceId("The utterance's id is malformed.")
        paths = sorted(self._folder.glob(f"{utterance_id}.*{_SUFFIX}"))
        return tuple(_stored(path) for path in paths)

    def is_writable(self) -> bool:
        """Whether a recording could be kept now."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            probe = self._partial(self._folder / "probe")
            probe.touch(exist_ok=False)
            probe.unlink()
        except OSError:
            return False
        return True

    def sweep(self, known: Collection[str], *, older_than: datetime) -> tuple[Path, ...]:
        """Remove files from before `older_than` that no row names; returns what was removed.

        `known` are the utterances that have a row: other bytes that came under such an id stay.
        Half-written files of a killed process go too.
        """
        removed = [path for path in self._orphans(known) if _is_older(path, older_than)]
        for path in removed:
            path.unlink(missing_ok=True)
        if removed:
            _sync_folder(self._folder)
        return tuple(removed)

    def _orphans(self, known: Collection[str]) -> list[Path]:
        named = ((path, _NAME.fullmatch(path.name)) for path in self._folder.glob(f"*{_SUFFIX}"))
        orphans = [path for path, name in named if name and name["id"] not in known]
        return [*orphans, *self._folder.glob(f"*{_PARTIAL}")]

    def _write(self, path: Path, data: bytes) -> None:
        partial = self._partial(path)
        try:
            with partial.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.rename(path)
        except OSError:
            partial.unlink(missing_ok=True)
            raise

    @staticmethod
    def _partial(path: Path) -> Path:
        return path.with_suffix(f".{os.getpid()}.{os.urandom(4).hex()}{_PARTIAL}")


def _stored(path: Path) -> Stored:
    return Stored(path, path.name.removesuffix(_SUFFIX).rpartition(".")[2], path.stat().st_size)


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
