"""Print the curve that the engine's settings were read from: `python -m benchmarks.tuning`."""

import argparse
import os
import platform
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tqdm import tqdm

from benchmarks.decide.pools import options
from benchmarks.decide.trials import Pool, Trial
from benchmarks.sounds.people import CODINGS, NoClips
from benchmarks.sounds.sets import Sounds
from benchmarks.sounds.spoken import read
from voice_app.audio.catalog import WHISPER_BASE
from voice_app.audio.engines.silero import speech_frames
from voice_app.audio.engines.whisper import Tuning, WhisperRecognizer
from voice_app.audio.models import installed_folder
from voice_app.audio.quality import speech_span
from voice_app.audio.speech import Evidence, PhraseScore, Recording
from voice_app.scoring.normalize import normalize
from voice_app.settings import Settings

CHOSEN = Tuning()
LANGUAGES = ("en", "fr")
_MARGIN_SECONDS = 0.5
HEADINGS = (
    "lang | window | tail | quantization | same words | right of 5 by mean | less prior |"
    " s median | s p95"
)


@dataclass(frozen=True)
class Heard:
    """What one setting made of one trial."""

    trial: Trial
    evidence: Evidence
    seconds: float

    @property
    def has_same_words(self) -> bool:
        """Whether the free text is what is said, word by word."""
        language = self.trial.language
        text = self.evidence.transcript.text
        return normalize(text, language) == normalize(self.trial.spoken.text, language)

    def ranks(self, *, prior: float) -> bool:
        """Whether the phrase that is said is the likeliest of five."""
        best = max(self.evidence.scores, key=lambda each: _likelihood(each, prior))
        return best.phrase == self.trial.spoken.text


def main() -> None:
    """Hear development clips of people with each setting in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tuning", description=__doc__)
    parser.add_argument("--clips", type=int, default=40, help="of each language and coding")
    options(parser)
    asked = parser.parse_args()
    print(f"date     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    print(f"machine  {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("sounds   clips of people, 16 and 8 kHz, part dev; 2 threads, 5 phrases scored\n")
    print(HEADINGS)
    for language in asked.language or LANGUAGES:
        try:
            trials = list(_trials(language, asked))
        except NoClips as missing:
            print(f"left out {language}: {missing}")
            continue
        for tuning in settings():
            print(_line(language, tuning, list(_hear(trials, tuning))), flush=True)


def settings() -> Iterator[Tuning]:
    """Yield the chosen setting, and others that differ from it in one thing."""
    yield CHOSEN
    for window in (4.0, 6.0, 8.0, 10.0, 15.0, 30.0):
        yield replace(CHOSEN, window_seconds=window)
    for tail in (0.0, 1.5):
        yield replace(CHOSEN, tail_seconds=tail, window_seconds=4.0)
    yield replace(CHOSEN, quantization="float32")


def _trials(language: str, asked: argparse.Namespace) -> Iterator[Trial]:
    sounds = Sounds(asked.cache, seed=asked.seed)
    for coding in CODINGS:
        clips = sounds.people(language, coding=coding)
        yield from Pool(clips, asked.cache, asked.seed).trials(
            "dev", conditions=("clean",), limit=asked.clips
        )


def _hear(trials: Sequence[Trial], tuning: Tuning) -> Iterator[Heard]:
    folder = installed_folder(WHISPER_BASE, Settings().models_folder)
    if folder is None:
        raise SystemExit("Whisper is not installed: voice-app models install whisper-base")
    engine = WhisperRecognizer(folder, threads=2, tuning=tuning)
    for trial in tqdm(trials, desc=str(tuning), leave=False):
        samples = read(trial.sound)
        is_speech = speech_frames(Recording(samples))
        start, end = speech_span(Recording(samples), is_speech, margin_seconds=_MARGIN_SECONDS)
        started = time.perf_counter()
        evidence = engine.hear(
            Recording(samples[start:end]), language=trial.language, phrases=trial.texts
        )
        yield Heard(trial, evidence, time.perf_counter() - started)


def _line(language: str, tuning: Tuning, heard: Sequence[Heard]) -> str:
    seconds = sorted(each.seconds for each in heard)
    cells = (
        f"{language:4}",
        f"{tuning.window_seconds:4.0f} s",
        f"{tuning.tail_seconds:3.1f} s"[:4],
        f"{tuning.quantization:12}",
        f"{_percent([each.has_same_words for each in heard]):>10}",
        f"{_percent([each.ranks(prior=0) for each in heard]):>18}",
        f"{_percent([each.ranks(prior=0.3) for each in heard]):>10}",
        f"{statistics.median(seconds):8.2f}",
        f"{seconds[int(0.95 * len(seconds))]:5.2f}",
    )
    return " | ".join(cells)


def _likelihood(score: PhraseScore, prior: float) -> float:
    return score.mean - prior * score.prior


def _percent(found: Sequence[bool]) -> str:
    return f"{100 * sum(found) / max(1, len(found)):.1f} %"


if __name__ == "__main__":
    main()
