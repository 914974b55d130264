"""Print what is found in free speech, and the time a take costs: `python -m benchmarks.tasks`."""

import argparse
import os
import platform
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
import platformdirs
from tqdm import tqdm

from benchmarks.measures.shares import share
from benchmarks.sounds import formant
from benchmarks.sounds.neural import NeuralVoices
from benchmarks.sounds.spoken import LANGUAGES, Spoken
from benchmarks.tasks.examples import Example, examples, voiced
from voice_app.audio.choosing import choose_engines
from voice_app.audio.recordings import Decoded, decode
from voice_app.audio.room import HearingRoom
from voice_app.audio.speech import SAMPLE_RATE_HZ, FreeSpeech, Recording, Stretch
from voice_app.dialogues.loader import load_content
from voice_app.scoring.finding import Said, found
from voice_app.settings import Settings

_LONG_SECONDS = (5, 20, 60, 120)
_PAUSE_SECONDS = 1.0


@dataclass
class Count:
    """What was shown by the words said, what was found, and both."""

    takes: int = 0
    shown: int = 0
    told: int = 0
    right: int = 0

    def line(self) -> str:
        """Recall and precision with their 95 % intervals."""
        recall, precision = share(self.right, self.shown), share(self.right, self.told)
        return f"{self.takes:6}  {recall!s:24} {precision!s}"


def main() -> None:
    """Say the examples of the rubrics, hear them, and print what is found in them."""
    asked = _arguments()
    models = Settings().models_folder
    room = HearingRoom(models)
    _print_conditions(asked)
    counts: dict[tuple[str, str], Count] = defaultdict(Count)
    sounds: dict[str, list[Recording]] = defaultdict(list)
    for example, kind, recording in _takes(asked, NeuralVoices(models, threads=2)):
        heard = _heard(room, recording, language=example.language)
        _count(counts[example.language, kind], example, heard)
        if kind == "native":
            sounds[example.language].append(recording)
    print("\nlanguage voice      takes  found of what was said   said of what was found")
    for (language, kind), count in counts.items():
        print(f"{language:8} {kind:8} {count.line()}")
    _print_times(room, sounds)


def _arguments() -> argparse.Namespace:
    cache = platformdirs.user_cache_path("voice-app") / "bench"
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tasks", description=__doc__)
    parser.add_argument("--examples", type=int, default=12, help="of each language")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--cache", type=Path, default=cache)
    return parser.parse_args()


def _print_conditions(asked: argparse.Namespace) -> None:
    engines = ", ".join(f"{name} {version(name)}" for name in ("faster-whisper", "vosk"))
    print(f"date     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"machine  {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for language in asked.language or LANGUAGES:
        choices = choose_engines(language, Settings().models_folder)
        print(f"engines  {language}: {'+'.join(one.engine for one in choices)} ({engines})")
    print(f"said     up to {asked.examples} examples of the rubrics a language, synthetic voices")
    print("truth    what is found in the text of the example; nobody has listened to the sounds")


def _takes(
    asked: argparse.Namespace, voices: NeuralVoices
) -> Iterator[tuple[Example, str, Recording]]:
    content = load_content()
    for language in asked.language or LANGUAGES:
        some = list(examples(content, language))
        some = some[:: max(1, len(some) // asked.examples)][: asked.examples]
        for example in tqdm(some, desc=language):
            for kind, spoken in voiced(example, cache=asked.cache):
                _make(spoken, voices)
                yield example, kind, decode(spoken.path).recording


def _make(spoken: Spoken, voices: NeuralVoices) -> None:
    if spoken.path.exists():
        return
    if spoken.kind == "formant":
        formant.make(spoken)
    else:
        voices.make(spoken)


def _heard(room: HearingRoom, recording: Recording, *, language: str) -> FreeSpeech:
    choices = choose_engines(language, Settings().models_folder)
    return room.transcribe(Decoded(recording, is_cut=False, bad_packets=0), choices)


def _count(count: Count, example: Example, heard: FreeSpeech) -> None:
    told = frozenset(
        one.id
        for part in (heard.stretches, heard.others)
        for one in found(_said(part), example.cues, example.language)
    )
    count.takes += 1
    count.shown += len(example.shown)
    count.told += len(told)
    count.right += len(told & example.shown)


def _said(stretches: tuple[Stretch, ...]) -> tuple[Said, ...]:
    return tuple(Said(one.start_seconds, one.end_seconds, one.text) for one in stretches)


def _print_times(room: HearingRoom, sounds: dict[str, list[Recording]]) -> None:
    """Print seconds by the clock, and seconds of work of all cores, which no load changes much."""
    print("\nlanguage take     heard in   work of cores")
    for language, recordings in sounds.items():
        quiet = np.zeros(int(_PAUSE_SECONDS * SAMPLE_RATE_HZ), np.float32)
        parts = [part for one in recordings for part in (one.samples, quiet)]
        whole = np.tile(np.concatenate(parts), 20)
        for seconds in _LONG_SECONDS:
            take = Recording(whole[: seconds * SAMPLE_RATE_HZ])
            began, work = time.monotonic(), time.process_time()
            _heard(room, take, language=language)
            work, spent = time.process_time() - work, time.monotonic() - began
            print(f"{language:8} {seconds:4} s   {spent:6.1f} s    {work:6.1f} s")


if __name__ == "__main__":
    main()
