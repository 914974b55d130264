"""`voice-app match`: what the texts of a case file are worth, one JSON line a case."""

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO

import click
from tqdm import tqdm

from voice_app.errors import VoiceAppError
from voice_app.scoring.cases import BadCase, heard_of, target_of
from voice_app.scoring.target import understand

# Below this many lines, starting processes takes longer than the work.
_FEW = 4000
_CHUNK = 250
_INTERRUPTED = 130
_VERDICTS = {"accept": "A", "reject": "R", "person": "H"}
_Numbered = tuple[int, bytes]


@click.command()
@click.option("--cases", required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--workers", type=click.IntRange(min=1), help="Processes; all cores for large files.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--resume", is_flag=True, help="Keep what --out has, judge only the other ids.")
def match(cases: Path, workers: int | None, out: Path | None, *, resume: bool) -> None:
    """Judge the texts of CASES: JSON lines of id, lang, task, target and heard.

    Each is printed again with its verdict, A (right), R (wrong) or H (for a person to say),
    and the reasons. A line that cannot be judged has an error instead; then the exit code is 1.
    """
    if resume and out is None:
        raise click.UsageError("--resume needs --out.")
    done = _done(out) if resume and out else set()
    lines = [each for each in _numbered(cases) if _id(*each) not in done]
    try:
        bad = _write_all(lines, workers=workers, out=out, is_added=resume)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        sys.exit(_INTERRUPTED)
    if bad:
        click.echo(f"{bad} of {len(lines)} lines could not be judged.", err=True)
        sys.exit(1)


def judge(numbered: _Numbered) -> dict[str, Any]:
    """Judge one line of a case file, given with its number from 1."""
    number, raw = numbered
    line: dict[str, Any] = {}
    try:
        line = _line(raw)
        understood = understand(target_of(line), heard_of(line))
    except VoiceAppError as error:
        return {"id": line.get("id"), "line": number, "error": str(error)}
    return line | {
        "verdict": _VERDICTS[understood.verdict],
        "reasons": list(understood.reasons),
        "likeness": round(understood.likeness, 3),
    }


def _line(raw: bytes) -> dict[str, Any]:
    try:
        line = json.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        raise BadCase(f"This is no JSON: {error}.") from error
    if not isinstance(line, dict):
        raise BadCase("This is JSON, but no object with names.")
    return line


def _numbered(cases: Path) -> list[_Numbered]:
    if str(cases) == "-":
        return _said(click.get_binary_stream("stdin"))
    try:
        with cases.open("rb") as file:
            return _said(file)
    except OSError as error:
        raise click.ClickException(f"{cases} cannot be read: {error.strerror}.") from error


def _said(file: BinaryIO) -> list[_Numbered]:
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
        except BadCase:
            continue
        if "verdict" in line:
            kept.append(raw.rstrip(b"\r\n") + b"\n")
            done.add(_id(number, raw))
    out.write_bytes(b"".join(kept))
    return done


def _write_all(
    lines: list[_Numbered], *, workers: int | None, out: Path | None, is_added: bool
) -> int:
    """Print every line as it is judged, in the order read; return how many are in error."""
    workers = workers or (1 if len(lines) < _FEW else os.cpu_count() or 1)
    bad = 0
    with _opened(out, is_added=is_added) as file:
        judged = _judged(lines, workers)
        for line in tqdm(judged, total=len(lines), file=sys.stderr, disable=None, unit="case"):
            click.echo(json.dumps(line, ensure_ascii=False), file=file)
            bad += "error" in line
    return bad


def _opened(out: Path | None, *, is_added: bool) -> Any:
    if out is None:
        return nullcontext(None)
    try:
        return out.open("a" if is_added else "w", encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error


def _judged(lines: list[_Numbered], workers: int) -> Iterator[dict[str, Any]]:
    if workers == 1:
        yield from map(judge, lines)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _leave_interrupts) as pool:
        try:
            for batch in _batches(lines, _CHUNK * workers * 4):
                yield from pool.map(judge, batch, chunksize=_CHUNK)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _batches(lines: Iterable[_Numbered], size: int) -> Iterator[list[_Numbered]]:
    rest = iter(lines)
    while batch := list(islice(rest, size)):
        yield batch


def _leave_interrupts() -> None:
    """Let the command itself answer Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


__all__ = ["judge", "match"]
