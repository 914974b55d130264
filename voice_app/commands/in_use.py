"""Who works with a data folder: services serve from it, or one command changes its keys."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice_app.badge_keys.files import make_folder
from voice_app.errors import VoiceAppError

_FILE = "in-use.lock"


class InUseError(VoiceAppError):
    """The data folder is in use, and what is asked for needs it alone."""


@contextmanager
def serving(data_folder: Path) -> Iterator[None]:
    """Say, while this lasts, that a service runs. Raises `InUseError` while keys are changed.

    The system lets go of the lock when the process ends, in whatever way.
    """
    why = f"The keys in {data_folder} are being changed right now. Start again when that is done."
    with _locked(data_folder, fcntl.LOCK_SH, why=why):
        yield


@contextmanager
def alone(data_folder: Path) -> Iterator[None]:
    """Keep services away while this lasts. Raises `InUseError` while one runs."""
    why = f"A service runs with {data_folder}. Stop it first, and start it again afterwards."
    with _locked(data_folder, fcntl.LOCK_EX, why=why):
        yield


@contextmanager
def _locked(data_folder: Path, kind: int, *, why: str) -> Iterator[None]:
    make_folder(data_folder)
    file = os.open(data_folder / _FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUseError(why) from error
        yield
    finally:
        os.close(file)
