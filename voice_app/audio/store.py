"""Where the original bytes of every utterance live: a folder of sealed files that stay."""

import hashlib
import os
import re
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from voice_app.audio.scratch import Scratch
from voice_app.errors import VoiceAppError

_SUFFIX = ".take"
_PARTIAL = ".partial"
_NAME = re.compile(r"(?P<id>[A-Za-z0-9_-]{1,64})\.(?P<hash>[0-9a-f]{64})\.take")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class BadUtteranceId(VoiceAppError):
    """An id that cannot be part of a file's name."""


class Sealer(Protocol):
    """Seals bytes for their owner; `about` says what they are, and is told again to open them."""

    overhead_bytes: int

    def seal(self, data: bytes, *, owner: str, about: str = "") -> bytes:
        """Seal bytes."""
        ...

    def opened(self, sealed: bytes, *, owner: str, about: str = "") -> bytes:
        """Give the bytes again. Raises a `VoiceAppError` when nobody can any more."""
        ...

    def is_sealed(self, data: bytes) -> bool:
        """Tell sealed bytes from plain ones."""
        ...


@dataclass(frozen=True)
class Stored:
    """A recording as it lies in the store; `byte_size` and `sha256` are those of its sound."""

    path: Path
    sha256: str
    byte_size: int


class RecordingStore:
    """Recordings in one folder, one file each, sealed under the key of the person who spoke.

    A file's name holds the utterance's id and the SHA-256 of the sound, so that other bytes
    under the same id lie beside the first and nothing is ever overwritten. Files from before
    recordings were sealed are read as they are.
    """

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder = folder
        self._sealer = sealer
        self.scratch = Scratch(folder)

    def keep(self, utterance_id: str, data: bytes, *, owner: str) -> Stored:
        """Keep bytes; when this returns they survive a loss of power.

        The same bytes under the same id again are the same file. Raises `OSError` when the
        disk refuses, and then leaves nothing.
        """
        stored = Stored(
            self.path(utterance_id, sha256 := hashlib.sha256(data).hexdigest()), sha256, len(data)
        )
        if not stored.path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            about = _about(stored.path.name)
            self._write(stored.path, self._sealer.seal(data, owner=owner, about=about))
        _sync_folder(self._folder)
        return stored

    def read(self, name: str, *, owner: str) -> bytes:
        """Give the sound of a file of the store.

        Raises `BadUtteranceId` for another name, `OSError` when there is no such file, and
        what the sealer raises when its key is gone.
        """
        data = self._named(name).read_bytes()
        if not self._sealer.is_sealed(data):
            return data
        return self._sealer.opened(data, owner=owner, about=_about(name))

    def opened(self, name: str, *, owner: str) -> AbstractContextManager[Path]:
        """Lend the sound as a file of its own, alone in its folder; raises as `read` does."""
        return self.scratch.holding(self.read(name, owner=owner))

    def path(self, utterance_id: str, sha256: str) -> Path:
        """Where the bytes with that hash lie under that id; raises `BadUtteranceId`."""
        return self._named(f"{utterance_id}.{sha256}{_SUFFIX}")

    def kept(self, utterance_id: str) -> tuple[Stored, ...]:
        """All recordings under an id, usually one."""
        if not _ID.fullmatch(utterance_id):
            raise BadUtteranceId("The utterance's id is malformed.")
        paths = sorted(self._folder.glob(f"{utterance_id}.*{_SUFFIX}"))
        return tuple(self._stored(path) for path in paths)

    def found(self, utterance_id: str, sha256: str) -> Stored:
        """Find one recording. Raises `BadUtteranceId`, or `OSError` when it is not there."""
        return self._stored(self.path(utterance_id, sha256))

    def has(self, name: str) -> bool:
        """Whether a file of the store is there."""
        return self._named(name).exists()

    def drop(self, name: str) -> None:
        """Remove one file of the store, if it is there."""
        self._named(name).unlink(missing_ok=True)
        _sync_folder(self._folder)

    def ids(self) -> set[str]:
        """Give under which ids there are recordings, in one look at the folder."""
        return {name.partition(".")[0] for name in self.names()}

    def remove(self, *utterance_ids: str) -> int:
        """Remove all recordings under ids, in one look; returns how many there were."""
        if not all(map(_ID.fullmatch, utterance_ids)):
            raise BadUtteranceId("The utterance's id is malformed.")
        gone = set(utterance_ids)
        found = [name for name in self.names() if name.partition(".")[0] in gone] if gone else []
        for name in found:
            (self._folder / name).unlink(missing_ok=True)
        if found:
            _sync_folder(self._folder)
        return len(found)

    def seal(self, name: str, *, owner: str) -> bool:
        """Seal a file from before recordings were sealed; False for one that is sealed."""
        path = self._named(name)
        data = path.read_bytes()
        if self._sealer.is_sealed(data):
            return False
        self._write(path, self._sealer.seal(data, owner=owner, about=_about(name)))
        _sync_folder(self._folder)
        return True

    def names(self) -> Iterator[str]:
        """Give the names of all files in the store, in no order."""
        return (path.name for path in self._folder.glob(f"*{_SUFFIX}"))

    def is_sealed(self, name: str) -> bool:
        """Whether a file of the store is sealed. Raises `OSError` when there is none."""
        with self._named(name).open("rb") as file:
            return self._sealer.is_sealed(file.read(self._sealer.overhead_bytes))

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
        Half-written files of a killed process go too. What is lent now (`scratch`) is left alone.
        """
        removed = [path for path in self._orphans(known) if _is_older(path, older_than)]
        for path in removed:
            path.unlink(missing_ok=True)
        if removed:
            _sync_folder(self._folder)
        return tuple(removed)

    def _named(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise BadUtteranceId("The utterance's id or hash is malformed.")
        return self._folder / name

    def _stored(self, path: Path) -> Stored:
        sha256 = path.name.removesuffix(_SUFFIX).rpartition(".")[2]
        overhead = self._sealer.overhead_bytes if self.is_sealed(path.name) else 0
        return Stored(path, sha256, path.stat().st_size - overhead)

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


def _about(name: str) -> str:
    return f"recording {name.removesuffix(_SUFFIX)}"


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
