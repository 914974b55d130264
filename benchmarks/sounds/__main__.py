"""Make the sounds or look at them by numbers: `python -m benchmarks.sounds --make | --show`."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from benchmarks.measures.stock import Stock
from benchmarks.sounds.conditions import CONDITIONS, apply
from benchmarks.sounds.levels import active_dbfs, rms_dbfs
from benchmarks.sounds.neural import NeuralVoices
from benchmarks.sounds.others import Surroundings
from benchmarks.sounds.people import CODINGS, NoClips
from benchmarks.sounds.sets import Sounds, make
from benchmarks.sounds.spoken import LANGUAGES, Spoken, read
from voice_app.audio.speech import SAMPLE_RATE_HZ
from voice_app.settings import Settings

ASSETS = Path(__file__).parents[2] / "audio_assets"


def main() -> None:
    """Make all sounds, or show one of each kind and condition."""
    asked = _arguments()
    sounds = Sounds(asked.cache, seed=asked.seed)
    for language in asked.language or LANGUAGES:
        if asked.make:
            _make(sounds, language, asked=asked)
        if asked.show:
            _show(sounds, language, asked=asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sounds", description=__doc__)
    parser.add_argument("--make", action="store_true", help="make what is missing")
    parser.add_argument("--show", action="store_true", help="show one of each in numbers")
    parser.add_argument("--limit", type=int, help="native and foreign sounds of each kind")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--cache", type=Path, default=platformdirs.user_cache_path("voice-app") / "bench"
    )
    return parser.parse_args()


def _make(sounds: Sounds, language: str, *, asked: argparse.Namespace) -> None:
    voices = NeuralVoices(Settings().models_folder)
    for coding in CODINGS:
        print(f"{language} {coding}: {len(_people(sounds, language, coding))} clips of people")
    for kind in ("formant", "neural"):
        planned = sounds.planned(language, kind, limit=asked.limit)
        make(planned, voices=voices)
        print(f"{language} {kind}: {len(planned)} sounds")
    others = list(_surroundings(sounds, language).all())
    print(f"{language} others: {len(others)} sounds that are no answer")


def _people(sounds: Sounds, language: str, coding: str) -> tuple[Spoken, ...]:
    try:
        return sounds.people(language, coding=coding)
    except NoClips as error:
        print(f"left out: {error}")
        return ()


def _surroundings(sounds: Sounds, language: str) -> Surroundings:
    return Surroundings(language, sounds.cache, ASSETS, sounds.seed)


def _show(sounds: Sounds, language: str, *, asked: argparse.Namespace) -> None:
    stock = Stock(Settings().models_folder / "whisper-base", cache=sounds.cache / "stock")
    print("lang | what                     | speech dBFS | all dBFS | seconds | said -> heard")
    for what, said, path in _examples(sounds, language, limit=asked.limit):
        samples = read(path)
        heard = stock.hear(path, language)
        levels = f"{active_dbfs(samples):11.1f} | {rms_dbfs(samples):8.1f}"
        seconds = len(samples) / SAMPLE_RATE_HZ
        print(f"{language:4} | {what:24} | {levels} | {seconds:7.1f} | {said} -> {heard.text}")


def _examples(
    sounds: Sounds, language: str, *, limit: int | None
) -> Iterator[tuple[str, str, Path]]:
    for each in _one_of_each(sounds, language, limit=limit):
        yield f"{each.kind} {each.accent or 'native'}", each.text, each.path
    last = each
    crowd = sounds.crowd(language)
    for condition in CONDITIONS[1:]:
        heard = apply(last.path, condition, seed=sounds.seed, cache=sounds.cache, crowd=crowd)
        yield condition, last.text, heard
    seen: set[str] = set()
    for other in _surroundings(sounds, language).all():
        if other.kind not in seen:
            seen.add(other.kind)
            yield other.kind, other.text[:40], other.path


def _one_of_each(sounds: Sounds, language: str, *, limit: int | None) -> Iterator[Spoken]:
    """Yield the first sound of each kind, accent and coding that is made."""
    for coding in CODINGS:
        yield from _people(sounds, language, coding)[:1]
    planned = (
        each
        for kind in ("formant", "neural")
        for each in sounds.planned(language, kind, limit=limit)
    )
    found = {(each.kind, each.accent): each for each in planned if each.path.is_file()}
    yield from found.values()


if __name__ == "__main__":
    main()
