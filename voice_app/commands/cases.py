"""Case files: JSON lines in, the same lines judged out, in order, resumed where it stopped."""

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import click
from tqdm import tqdm

from voice_app.errors import VoiceAppError
from voice_app.scoring.cases import BadCase

_INTERRUPTED = 130
# A line of the file as it is, with its number from 1.
Numbered = tuple[int, bytes]
Judge = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Cases:
    """The lines to judge, and where to write what is said of them (None: to the terminal)."""

    lines: tuple[Numbered, ...]
    folder: Path
    out: Path | None
    is_added: bool

    def write(self, judged: Iterable[dict[str, Any]]) -> None:
        """Print each judged line as it comes; ends with 1 where any is in error, 130 on Ctrl-C."""
        bad = 0
        try:
            with _opened(self.out, is_added=self.is_added) as file:
                total = len(self.lines)
                for line in tqdm(judged, total=total, file=sys.stderr, disable=None, unit="case"):
                    click.echo(json.dumps(line, ensure_ascii=False), file=file)
                    bad += "error" in line
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            sys.exit(_INTERRUPTED)
        if bad:
            click.echo(f"{bad} of {len(self.lines)} lines could not be judged.", err=True)
            sys.exit(1)


def open_cases(path: Path, *, out: Path | None, resume: bool) -> Cases:
    """Read a case file (`-`: standard input), without the lines that `out` has if resumed."""
    if resume and out is None:
        raise click.UsageError("--resume needs --out.")
    done = _done(out) if resume and out else set()
    lines = tuple(each for each in _numbered(path) if _id(*each) not in done)
    return Cases(lines, path.parent, out, is_added=resume)


def judged(numbered: Numbered, judge: Judge) -> dict[str, Any]:
    """Return one line with what `judge` adds to it; with an error where it cannot be judged."""
    number, raw = numbered
    line: dict[str, Any] = {}
    try:
        line = _line(raw)
        return line | judge(line)
    except VoiceAppError as error:
        return {"id": line.get("id"), "line": number, "error": str(error)}


def _line(raw: bytes) -> dict[str, Any]:
    try:
        line = json.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        raise BadCase(f"This is no JSON: {error}.") from error
    if not isinstance(line, dict):
        raise BadCase("This is JSON, but no object with names.")
    return line


def _numbered(path: Path) -> list[Numbered]:
    if str(path) == "-":
        return _said(click.get_binary_stream("stdin"))
    try:
        with path.open("rb") as file:
            return _said(file)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from error


def _said(file: BinaryIO) -> list[Numbered]:
    return [(at, raw) for at, raw in enumerate(file, start=1) if raw.strip()]


def _id(number: int, raw: bytes) -> str:
    """Return a line's id, or its number where it has none."""
    try:
        found = _line(raw).get("id")
    except BadCase:
        found = None
    return str(number if found is None else found)


def _done(out: Path) -> set[str]:
    """Return the ids judged in an earlier run; a line cut short or in error is taken out."""
    if not out.exists():
        return set()
    kept, done = [], set()
    for number, raw in _numbered(out):
        try:
            line = _line(raw)
        except BadCase:  # nosec B112 # cut short by a kill: it is judged again
            continue
        if "verdict" in line:
            kept.append(raw.rstrip(b"\r\n") + b"\n")
            done.add(_id(number, raw))
    out.write_bytes(b"".join(kept))
    return done


def _opened(out: Path | None, *, is_added: bool) -> Any:
    if out is None:
        return nullcontext(None)
    try:
        return out.open("a" if is_added else "w", encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
