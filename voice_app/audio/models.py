"""What a speech model is: its pinned files, where it comes from, and whether it is in place."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voice_app.errors import VoiceAppError

RECORD_NAME = "installed.json"
_CHUNK_BYTES = 1 << 20

State = Literal["missing", "installed", "broken"]


class ModelError(VoiceAppError):
    """A model cannot be installed, or is not usable."""


class UnknownModel(ModelError):
    """No model of the catalog has that name."""


@dataclass(frozen=True)
class ModelFile:
    """A file of an installed model; `path` is relative to the model's folder."""

    path: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Package:
    """One package of a registry, at one version, with what its archive must be."""

    name: str
    version: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class PythonPackages:
    """Wheels, fetched by the installation's own pip with the person's own settings."""

    packages: tuple[Package, ...]


@dataclass(frozen=True)
class NodePackage:
    """A package fetched by the person's own npm."""

    package: Package


@dataclass(frozen=True)
class ZipArchive:
    """A ZIP at an address of the web; `by_hand` is the folder that lies inside it."""

    address: str
    by_hand: str
    size_bytes: int
    sha256: str


Source = PythonPackages | NodePackage | ZipArchive


@dataclass(frozen=True)
class Join:
    """Files made by joining members of the archives: (target, members in order)."""

    files: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Tree:
    """All members below `prefix`, which ends with a slash, keeping their relative paths."""

    prefix: str


@dataclass(frozen=True)
class VoiceTable:
    """Raw float32 voice files below `prefix`, saved as one .npz of arrays (510, 1, 256)."""

    prefix: str
    target: str


Recipe = Join | Tree | VoiceTable


@dataclass(frozen=True)
class Model:
    """One model of the catalog.

    `files` are pinned by size and SHA-256; `needed` are paths that must exist where the files
    themselves are not pinned (the archive they come from is).
    """

    name: str
    used_for: str
    license: str
    download_bytes: int
    source: Source
    recipe: Recipe
    files: tuple[ModelFile, ...] = ()
    needed: tuple[str, ...] = ()
    language: str | None = None
    is_default: bool = False

    @property
    def folder_names(self) -> tuple[str, ...]:
        """Names under which its folder is accepted: its own, and the one inside its ZIP."""
        if isinstance(self.source, ZipArchive):
            return (self.name, self.source.by_hand)
        return (self.name,)


@dataclass(frozen=True)
class Condition:
    """How a model is found in a models folder; `problem` is a sentence when it is broken."""

    state: State
    folder: Path | None = None
    problem: str | None = None


def inspect(model: Model, models_folder: Path, *, is_thorough: bool = False) -> Condition:
    """Find a model: by names and sizes, and by every SHA-256 when thorough (seconds)."""
    places = (models_folder / name for name in model.folder_names)
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        return Condition("missing")
    problem = next(_problems(model, folder, is_thorough=is_thorough), None)
    return Condition("broken" if problem else "installed", folder, problem)


def installed_folder(model: Model, models_folder: Path) -> Path | None:
    """The folder of a model whose files are all there with their sizes, or None."""
    condition = inspect(model, models_folder)
    return condition.folder if condition.state == "installed" else None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def describe(folder: Path) -> tuple[ModelFile, ...]:
    """Every file below a folder but the installer's own record."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != RECORD_NAME)
    return tuple(
        ModelFile(p.relative_to(folder).as_posix(), p.stat().st_size, sha256_of(p)) for p in paths
    )


def digest_of(model: Model, folder: Path) -> str:
    """One SHA-256 for all files of an installed model, as they were pinned or recorded.

    Files that neither names are read, which takes seconds.
    """
    known = {f.path: f.sha256 for f in (*_recorded(folder), *model.files)}
    files = known or {f.path: f.sha256 for f in describe(folder)}
    lines = "".join(f"{sha256} {path}\n" for path, sha256 in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def write_record(model: Model, folder: Path) -> None:
    """Note what was installed, so that a later check can find a changed file."""
    files = {f.path: {"bytes": f.size_bytes, "sha256": f.sha256} for f in describe(folder)}
    text = json.dumps({"model": model.name, "files": files}, indent=1, sort_keys=True)
    (folder / RECORD_NAME).write_text(text + "\n", encoding="utf-8")


def _problems(model: Model, folder: Path, *, is_thorough: bool) -> Iterator[str]:
    expected = {f.path: f for f in (*_recorded(folder), *model.files)}
    for path in model.needed:
        if not (folder / path).exists():
            yield f"{path} is missing"
    for file in expected.values():
        yield from _file_problems(file, folder / file.path, is_thorough=is_thorough)


def _file_problems(file: ModelFile, path: Path, *, is_thorough: bool) -> Iterator[str]:
    if not path.is_file():
        yield f"{file.path} is missing"
    elif (size := path.stat().st_size) != file.size_bytes:
        yield f"{file.path} has {size} bytes instead of {file.size_bytes}"
    elif is_thorough and sha256_of(path) != file.sha256:
        yield f"{file.path} is not the pinned file (its SHA-256 differs)"


def _recorded(folder: Path) -> tuple[ModelFile, ...]:
    record = folder / RECORD_NAME
    if not record.is_file():
        return ()
    try:
        files = json.loads(record.read_text(encoding="utf-8"))["files"]
        return tuple(ModelFile(p, int(f["bytes"]), str(f["sha256"])) for p, f in files.items())
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()
