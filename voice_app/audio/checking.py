"""Checking shipped sounds: nothing missing, stale, changed, too loud or too quiet."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from voice_app.audio.plans import Assets, Task, due, leftovers
from voice_app.audio.prompts import Entry

LARGEST_BYTES = 40_000
_LUFS = (-20.0, -18.0)
_PEAK_DBTP = -1.0
_FORMAT = "MP3 24000 Hz 1 channel"


def problems(tasks: Iterable[Task], assets: Assets, *, is_measuring: bool) -> Iterator[str]:
    """A sentence for everything that is wrong; `is_measuring` decodes every file again."""
    tasks = tuple(tasks)
    known = {entry.place for entry in assets.manifest.entries}
    for task in due(tasks, assets):
        yield f"{_name(task)} is {'stale' if task.place in known else 'missing'}"
    for entry in leftovers(tasks, assets.manifest):
        yield f"{entry.path} is said by nobody any more"
    for entry in assets.manifest.entries:
        yield from _entry_problems(entry, assets.folder)
        if is_measuring and (assets.folder / entry.path).is_file():
            yield from _measured_problems(entry, assets.folder / entry.path)


def _name(task: Task) -> str:
    return f"{task.sentence.key} ({task.pace}, {task.voice})"


def _entry_problems(entry: Entry, folder: Path) -> Iterator[str]:
    path = folder / entry.path
    if not path.is_file():
        yield f"{entry.path} is not there"
        return
    if hashlib.sha256(path.read_bytes()).hexdigest() != entry.sha256:
        yield f"{entry.path} is not the file that was rendered"
    if entry.kind != "example" and entry.size_bytes > LARGEST_BYTES:
        yield f"{entry.path} has {entry.size_bytes} bytes"
    yield from _loudness_problems(entry.path, entry.lufs, entry.peak_dbtp)


def _loudness_problems(path: str, lufs: float, peak_dbtp: float) -> Iterator[str]:
    if not _LUFS[0] <= lufs <= _LUFS[1]:
        yield f"{path} has {lufs:.1f} LUFS, not -19 within 1"
    if peak_dbtp > _PEAK_DBTP:
        yield f"{path} peaks at {peak_dbtp:.1f} dBTP, over -1"


def _measured_problems(entry: Entry, path: Path) -> Iterator[str]:
    from voice_app.audio import loudness, mp3  # noqa: PLC0415 (needs the render extra)

    shape = mp3.shape_of(path)
    if shape != _FORMAT:
        yield f"{entry.path} is {shape}, not {_FORMAT}"
    found = loudness.measure(mp3.read(path), rate_hz=mp3.RATE_HZ)
    yield from _loudness_problems(entry.path, found.lufs, found.peak_dbtp)
