"""Print how well spoken answers are judged: `python -m benchmarks.decide`."""

import argparse
import os
import platform
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import platformdirs

from benchmarks.decide import people, voices
from benchmarks.decide.counting import HEADINGS, Counts, line
from benchmarks.decide.listening import listen
from benchmarks.decide.trials import Trial
from voice_app.audio.ears import Ears
from voice_app.audio.speech import SpeechError
from voice_app.dialogues.loader import load_content
from voice_app.settings import Settings

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "fr", "es", "ko")
KOREAN_BANK = ROOT / "tests/data/bank_ko"


def main() -> None:
    """Hear every trial of the chosen part, print one row a language, engine and kind."""
    asked = _arguments()
    _print_conditions(asked)
    languages = asked.language or LANGUAGES
    ears = Ears(Settings().models_folder, languages=languages)
    try:
        ears.warm_up()
        rows = _rows(ears, asked)
    finally:
        ears.close()
    print(HEADINGS)
    for (language, engine, kind), counts in sorted(rows.items()):
        print(line(language, engine, kind=kind, counts=counts))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decide", description=__doc__)
    parser.add_argument("--limit", type=int, default=24, help="sounds of each kind and language")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=("dev", "report"), default="report")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--keep", type=Path, help="keep what was heard here, and read it again")
    parser.add_argument(
        "--cache", type=Path, default=platformdirs.user_cache_path("voice-app") / "bench"
    )
    return parser.parse_args()


def _print_conditions(asked: argparse.Namespace) -> None:
    engines = ", ".join(f"{name} {version(name)}" for name in ("faster-whisper", "vosk"))
    print(f"date     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"machine  {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"engines  {engines}, Python {platform.python_version()}, 2 threads")
    print(f"trials   part {asked.part}, at most {asked.limit} of a kind, seed {asked.seed}")
    print("tuned    the rules were tuned on the part dev alone\n")


def _rows(ears: Ears, asked: argparse.Namespace) -> dict[tuple[str, str, str], Counts]:
    rows: dict[tuple[str, str, str], Counts] = defaultdict(Counts)
    for trial in _trials(asked):
        try:
            engine = ears.engine_for(trial.language)
            listened = listen(ears, trial, keep=asked.keep)
        except SpeechError as error:
            print(f"left out {trial.language} {trial.id}: {error}")
            continue
        rows[trial.language, engine, trial.kind].add(trial, listened)
    return rows


def _trials(asked: argparse.Namespace) -> Iterator[Trial]:
    for language in asked.language or LANGUAGES:
        for found in _kinds(language, asked):
            yield from [each for each in found if each.part == asked.part][: asked.limit]


def _kinds(language: str, asked: argparse.Namespace) -> Iterator[list[Trial]]:
    if language in people.FOLDERS:
        for coding in people.KINDS:
            yield _people(language, coding, asked)
    bank = _bank(language)
    if bank is not None:
        yield voices.shipped(bank, assets=ROOT / "audio_assets", seed=asked.seed)
        yield voices.echoes(bank, assets=ROOT / "audio_assets", seed=asked.seed)
        yield voices.formant(bank, cache=asked.cache, seed=asked.seed)


def _people(language: str, coding: str, asked: argparse.Namespace) -> list[Trial]:
    try:
        return people.trials(language, coding=coding, cache=asked.cache, seed=asked.seed)
    except people.NoClips as error:
        print(f"left out {people.KINDS[coding]} in {language}: {error}")
        return []


def _bank(language: str) -> voices.Bank | None:
    if language != "ko":
        return voices.Bank(load_content(), "MC3", language)
    if not KOREAN_BANK.is_dir():
        return None
    content = load_content(KOREAN_BANK)
    return voices.Bank(content, next(iter(content.assessments)), language)


if __name__ == "__main__":
    main()
