"""`voice-app match`: what the texts of a case file are worth, one JSON line a case."""

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click

from voice_app.commands.cases import Numbered, judged, open_cases
from voice_app.scoring.cases import heard_of, target_of
from voice_app.scoring.target import understand

# Below this many lines, starting processes takes longer than the work.
_FEW = 4000
_CHUNK = 250
_VERDICTS = {"accept": "A", "reject": "R", "person": "H"}


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
    read = open_cases(cases, out=out, resume=resume)
    workers = workers or (1 if len(read.lines) < _FEW else os.cpu_count() or 1)
    read.write(_judged(read.lines, workers))


def judge(numbered: Numbered) -> dict[str, Any]:
    """Judge one line of a case file, given with its number from 1."""
    return judged(numbered, _understood)


def _understood(line: dict[str, Any]) -> dict[str, Any]:
    understood = understand(target_of(line), heard_of(line))
    return {
        "verdict": _VERDICTS[understood.verdict],
        "reasons": list(understood.reasons),
        "likeness": round(understood.likeness, 3),
    }


def _judged(lines: tuple[Numbered, ...], workers: int) -> Iterator[dict[str, Any]]:
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


def _batches(lines: Iterable[Numbered], size: int) -> Iterator[list[Numbered]]:
    rest = iter(lines)
    while batch := list(islice(rest, size)):
        yield batch


def _leave_interrupts() -> None:
    """Let the command itself answer Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


__all__ = ["judge", "match"]
