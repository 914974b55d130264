"""Decodes every hostile file as the service does, and prints what each kind came to.

python -m benchmarks.hostile: no crash, no hang, nothing read elsewhere, memory in bounds.
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hostile.corpus import Hostile, corpus
from benchmarks.hostile.takes import takes
from voice_app.audio.decoding import Decoder
from voice_app.audio.speech import SpeechError

_MEGABYTE = 1_000_000
# `prctl` is what each decoding process confines itself by: it shows that they are watched.
_CALLS = "trace=%file,%network,execve,fork,vfork,prctl"


@dataclass
class Found:
    """What was found over all files."""

    files: int = 0
    worst_seconds: float = 0.0
    most_work_seconds: float = 0.0
    worst_name: str = ""
    peak_bytes: int = 0
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def main() -> None:
    """Print the figures; the exit code is 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every so many files")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        canary = Path(folder) / "canary.wav"
        canary.write_bytes(takes(3.0)["wav"])
        files = [one for at, one in enumerate(corpus(canary)) if at % asked.every == 0]
        raise SystemExit(_run(files, canary))


def _run(files: list[Hostile], canary: Path) -> int:
    decoder = Decoder()
    decoder.start()
    number = decoder.vitals().process_id
    read_before = canary.stat().st_atime_ns
    with _watched(number, canary.parent / "calls") as calls:
        found = found_in(decoder, files)
    vitals = decoder.vitals()
    crashes = {kind: count for kind, count in vitals.crashes.items() if count}
    is_same = vitals.process_id == number
    is_read = canary.stat().st_atime_ns != read_before
    decoder.close()
    _print(found)
    print(f"crashes, by kind: {crashes or 'none'}; the waiting process {_lived(is_same)}")
    print(f"kept from: {decoder.confinement()}; the canary was {'' if is_read else 'not '}read")
    print(f"calls for files, network, programs: {_told(calls)}")
    return int(bool(crashes) or is_read or not is_same or bool(calls and calls["granted"]))


def found_in(decoder: Decoder, files: Iterable[Hostile]) -> Found:
    """Decode every file, and count what came of it."""
    found = Found()
    for one in files:
        began = time.monotonic()
        outcome = _outcome(decoder, one.data)
        seconds = time.monotonic() - began
        found.files += 1
        found.outcomes[one.kind][outcome] += 1
        found.most_work_seconds = max(found.most_work_seconds, decoder.work_seconds)
        found.peak_bytes = max(found.peak_bytes, decoder.vitals().resident_bytes)
        if seconds > found.worst_seconds:
            found.worst_seconds, found.worst_name = seconds, f"{one.kind}, {one.name}"
    return found


def _outcome(decoder: Decoder, data: bytes) -> str:
    try:
        decoder.decode(data)
    except SpeechError as refusal:
        return refusal.code
    return "heard"


def _print(found: Found) -> None:
    for kind, outcomes in found.outcomes.items():
        told = ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
        print(f"{kind:18} {sum(outcomes.values()):4}  {told}")
    print(f"files: {found.files}; slowest: {found.worst_seconds:.2f} s ({found.worst_name})")
    print(f"most work: {found.most_work_seconds:.2f} s of a core")
    print(f"most memory of one decoding process: {found.peak_bytes / _MEGABYTE:.0f} MB")


def _lived(is_same: bool) -> str:  # noqa: FBT001 -- said in words at its one call
    return "lived through it" if is_same else "was replaced"


@contextmanager
def _watched(number: int | None, log: Path) -> "Iterator[dict[str, int]]":
    """Count, where strace is installed, what the decoding processes ask for and are granted."""
    calls: dict[str, int] = {}
    if shutil.which("strace") is None:
        yield calls
        return
    command = ["strace", "-f", "-q", "-e", _CALLS, "-o", str(log), "-p", str(number)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as watcher:
        time.sleep(2)
        yield calls
        watcher.terminate()
    told = [line for line in log.read_text(errors="replace").splitlines() if "(" in line]
    lines = [line for line in told if " prctl(" not in line]
    calls["watched"] = sum("PR_SET_SECCOMP" in line for line in told)
    calls["asked"] = len(lines)
    calls["granted"] = sum(" = -1 " not in line for line in lines)


def _told(calls: dict[str, int]) -> str:
    if not calls:
        return "not watched, strace is not installed"
    watched = f"{calls['watched']} processes watched"
    return f"{watched}, {calls['asked']} asked for, {calls['granted']} granted"


if __name__ == "__main__":
    main()
