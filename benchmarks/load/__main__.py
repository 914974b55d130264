"""Print what a service under load does: `python -m benchmarks.load --minutes 5 --people 40`."""

import argparse
import os
import platform
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from benchmarks.load.growth import after_warm_up, slope
from benchmarks.load.people import Person, Sounds
from benchmarks.load.service import Answer, Memory, Service, running
from voice_app.audio.prompts import Manifest
from voice_app.dialogues.loader import load_content
from voice_app.settings import assets_folder

_LANGUAGES = ("en", "fr")
_ASSESSMENT = "MC3"


def main() -> None:
    """Let people answer for some minutes, then print what was heard and how fast."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as service:
        _print_conditions(service, asked)
        people = _people(service.origin, asked)
        held = _load(service, people, minutes=asked.minutes)
        answers = service.answers()
        _print_speed(answers)
        _print_fairness(answers, people)
        _print_processes(service)
        _print_growth(held)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--people", type=int, default=40, help="how many answer at once")
    return parser.parse_args()


def _people(origin: str, asked: argparse.Namespace) -> list[Person]:
    """The first has a backlog; half speak one language, half the other."""
    bank = load_content().assessments[_ASSESSMENT]
    sounds = Sounds(assets_folder(), Manifest.load(assets_folder()))
    stop = threading.Event()
    return [
        Person(
            origin=origin,
            bank=bank,
            sounds=sounds,
            languages=_LANGUAGES if number % 2 else _LANGUAGES[::-1],
            has_backlog=number == 0,
            stop=stop,
        )
        for number in range(asked.people)
    ]


def _load(service: Service, people: Sequence[Person], *, minutes: float) -> list[Memory]:
    """Let them answer; returns what was held at the start and after each minute."""
    threads = [threading.Thread(target=person.run, daemon=True) for person in people]
    began = time.monotonic()
    held = [service.memory()]
    print(f"start   {held[0]}", flush=True)
    for thread in threads:
        thread.start()
    before = 0
    for minute in range(1, int(minutes) + 1):
        time.sleep(max(0.0, began + 60 * minute - time.monotonic()))
        held.append(service.memory())
        heard = len(service.answers())
        waiting = service.ready()["waiting"]
        print(
            f"{minute:2} min  {held[-1]}; {heard - before} heard, {waiting} wait",
            flush=True,
        )
        before = heard
    time.sleep(max(0.0, began + 60 * minutes - time.monotonic()))
    print(f"end     {service.memory()}")
    people[0].stop.set()
    for thread in threads:
        thread.join(timeout=30)
    return held


def _print_conditions(service: Service, asked: argparse.Namespace) -> None:
    engines = {one["engine"] for one in service.ready()["engines"].values() if one["engine"]}
    print(f"date     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"machine  {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"engines  {', '.join(sorted(engines))}; Python {platform.python_version()}")
    print(f"         faster-whisper {version('faster-whisper')}, vosk {version('vosk')}")
    print(f"people   {asked.people}, each answering as soon as heard, one of them sending all at")
    print("         once; their phones run on the same machine")
    print(
        f"answers  shipped sounds of the right options of {_ASSESSMENT} (neural voice, 1 to 2 s),"
    )
    print(f"         each heard in {' and '.join(_LANGUAGES)}\n")


def _print_speed(answers: Sequence[Answer]) -> None:
    if len(answers) < 2:
        print("\nfewer than two answers were heard")
        return
    minutes = (answers[-1].heard - answers[0].received).total_seconds() / 60
    works = [
        (one.heard - max(before.heard, one.received)).total_seconds()
        for before, one in pairwise(answers)
    ]
    verdicts = sorted({one.verdict for one in answers})
    print(f"\nanswers  {len(answers)}, {len(answers) / minutes:.0f} a minute")
    print(f"work     {_spread(works)} for one answer, from the one before")
    for verdict in verdicts:
        print(f"         {verdict}: {sum(one.verdict == verdict for one in answers)}")


def _print_fairness(answers: Sequence[Answer], people: Sequence[Person]) -> None:
    backlog = {attempt for one in people if one.has_backlog for attempt in one.attempts}
    mine = [one.waited_seconds for one in answers if one.attempt in backlog]
    others = [one.waited_seconds for one in answers if one.attempt not in backlog]
    print(f"\nwaiting  {_spread(others)} for those who send one answer after the other")
    print(f"         {_spread(mine)} for the one who sends all at once")
    per_person = [
        sum(one.attempt in person.attempts for one in answers)
        for person in people
        if not person.has_backlog
    ]
    print(f"heard    {min(per_person, default=0)} to {max(per_person, default=0)} answers of each,")
    print(f"         {len(mine)} of the one who sends all at once")
    print(f"put off  {sum(person.put_off for person in people)} uploads\n")


def _print_processes(service: Service) -> None:
    for name, told in service.ready()["processes"].items():
        print(f"process  {name}: {told}")


def _print_growth(held: Sequence[Memory]) -> None:
    named = {
        "service": after_warm_up([one.parent for one in held]),
        "engines": after_warm_up([one.children for one in held]),
    }
    print()
    for name, later in named.items():
        told = f"{slope(later):+.2f} MB a minute" if later else "too short a run to tell"
        print(f"growth   {name}: {told}, over the last {max(0, len(later) - 1)} minutes")


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "none"
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"median {statistics.median(ordered):.2f} s, p95 {p95:.2f} s, most {ordered[-1]:.2f} s"


if __name__ == "__main__":
    main()
