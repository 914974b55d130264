"""Files that hold a secret: whole or not there, and readable by their owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def put_new(path: Path, content: bytes) -> None:
    """Put a whole new file at `path`; one that another process put there first stays."""
    part = _part(path, content)
    try:
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink()
    _sync_folder(path.parent)


def replace(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step: whoever reads finds the old file or the new."""
    _part(path, content).replace(path)
    _sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def is_open_to_others(path: Path) -> bool:
    """Tell whether anybody but its owner can read or write a file."""
    return bool(path.stat().st_mode & 0o077)


def _part(path: Path, content: bytes) -> Path:
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return part


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
