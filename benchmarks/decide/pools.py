"""Which sounds are judged: people where there are clips, neural and formant voices, accents."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from benchmarks.decide.trials import Pool
from benchmarks.sounds.neural import NeuralVoices
from benchmarks.sounds.people import CODINGS
from benchmarks.sounds.sets import Sounds, make
from benchmarks.sounds.spoken import LANGUAGES
from voice_app.settings import Settings


def options(parser: argparse.ArgumentParser) -> None:
    """Add what every benchmark on sounds asks for."""
    cache = platformdirs.user_cache_path("voice-app") / "bench"
    parser.add_argument("--voices", type=int, default=54, help="native and foreign, of each kind")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=cache, help="sounds, and what was heard")


def pools(language: str, asked: argparse.Namespace) -> Iterator[tuple[str, Pool]]:
    """Yield each kind of sound with its pool, making what is missing. Raises `NoClips`."""
    sounds = Sounds(asked.cache, seed=asked.seed)
    crowd = sounds.crowd(language)
    for coding in CODINGS:
        if clips := sounds.people(language, coding=coding):
            yield coding, Pool(clips, asked.cache, asked.seed, crowd)
    voices = NeuralVoices(Settings().models_folder)
    for kind in ("neural", "formant"):
        planned = sounds.planned(language, kind, limit=asked.voices)
        make(planned, voices=voices)
        yield kind, Pool(planned, asked.cache, asked.seed, crowd)
