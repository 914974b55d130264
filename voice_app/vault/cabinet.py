"""The cabinet: one small file for each person's key, wrapped; to destroy one is to forget."""

import os
from datetime import datetime
from pathlib import Path

from voice_app.badge_keys.files import make_folder, put_new
from voice_app.vault.envelope import DataKey, new_key
from voice_app.vault.master import KEYS_FOLDER, Master

_MAGIC = b"VAK1"
_ID_BYTES = 16


class Cabinet:
    """The keys of a folder. `tag` names a person (see `tag_of`); every call reads the file.

    So that a key which another process destroyed is never used again from memory.
    """

    def __init__(self, folder: Path, master: Master) -> None:
        self._folder = folder / KEYS_FOLDER
        self._master = master

    def key(self, tag: str) -> DataKey | None:
        """Give a person's key; None when there is none, or none any more."""
        try:
            written = self._path(tag).read_bytes()
        except FileNotFoundError:
            return None
        ends = len(_MAGIC) + _ID_BYTES
        id_ = written[len(_MAGIC) : ends]
        return DataKey(id_, self._master.unwrapped(written[ends:], bound=_bound(tag, id_)))

    def key_or_new(self, tag: str) -> DataKey:
        """Give a person's key, made now if there is none; it is safe on disk when this returns."""
        found = self.key(tag)
        while found is None:
            make_folder(self._folder)
            made = new_key()
            wrapped = self._master.wrapped(made.secret, bound=_bound(tag, made.id))
            put_new(self._path(tag), _MAGIC + made.id + wrapped)
            found = self.key(tag)
        return found

    def name_of(self, tag: str) -> str:
        """Name a person's key, without opening it; empty when there is none."""
        try:
            written = self._path(tag).read_bytes()
        except FileNotFoundError:
            return ""
        return written[len(_MAGIC) : len(_MAGIC) + _ID_BYTES].hex()

    def destroy(self, tag: str) -> None:
        """Overwrite a key and remove its file; when this returns the disk was told."""
        shred(self._path(tag))

    def tags(self, *, made_before: datetime | None = None) -> set[str]:
        """Give who has a key, or one that was made before a moment."""
        keys = self._folder.glob("*.key")
        return {path.stem for path in keys if made_before is None or _is_older(path, made_before)}

    def _path(self, tag: str) -> Path:
        return self._folder / f"{tag}.key"


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def shred(path: Path) -> None:
    """Overwrite a file and remove it, if it is there; when this returns the disk was told."""
    try:
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _bound(tag: str, id_: bytes) -> bytes:
    return b"\0".join((_MAGIC, tag.encode(), id_))
