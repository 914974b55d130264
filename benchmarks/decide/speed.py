"""Seconds an answer: three seconds of sound and eight candidates, next to the stock call."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.decide.hearing import Ear
from benchmarks.decide.trials import Trial
from benchmarks.measures.stock import Stock
from benchmarks.sounds.spoken import read, write
from voice_app.audio.speech import SAMPLE_RATE_HZ
from voice_app.hearings import listened, verdict_on
from voice_app.scoring.decide import Verdict, decide
from voice_app.scoring.match import Candidate, Choice
from voice_app.scoring.sources import phrases

SECONDS = 3.0
CANDIDATES = 8


@dataclass(frozen=True)
class Take:
    """A sound and the choice it is judged in."""

    sound: Path
    choice: Choice

    def verdict(self, ear: Ear) -> Verdict:
        """Hear it now and decide."""
        decides = partial(decide, self.choice)
        heard = listened(ear.ears, self.sound, phrases(self.choice), decide=decides)
        return verdict_on(heard, decides)


def lines(trials: Sequence[Trial], ear: Ear, stock: Stock, *, folder: Path) -> list[str]:
    """Time hearing and deciding, and the stock transcription, on the same sounds in turn."""
    texts = list(dict.fromkeys(text for each in trials for text in each.texts))
    own, other, taken = [], [], []
    for number, trial in enumerate(trials):
        sound = _of_three_seconds(trial, folder=folder)
        some = [trial.spoken.text, *(t for t in texts if t != trial.spoken.text)][:CANDIDATES]
        take = Take(sound, _choice(trial.language, some))
        started = time.perf_counter()
        verdict = take.verdict(ear)
        own.append(time.perf_counter() - started)
        taken.append((take, verdict))
        other.append(stock.timed(sound, trial.language).seconds)
        if number == 0:
            own, other = [], []  # the first sound warms the caches of the machine
    same = sum(take.verdict(ear) == verdict for take, verdict in taken)
    faster = statistics.median(other) / statistics.median(own)
    return [
        f"{len(own)} sounds of {SECONDS:.0f} s, {CANDIDATES} candidates each, never heard before",
        f"ours    median {statistics.median(own):.2f} s, 95th percentile {_p95(own):.2f} s",
        f"stock   median {statistics.median(other):.2f} s, 95th percentile {_p95(other):.2f} s",
        f"stock takes {faster:.1f} times as long",
        f"heard twice, same verdict and same chance: {same} of {len(taken)}",
    ]


def _choice(language: str, texts: Sequence[str]) -> Choice:
    candidates = tuple(Candidate(text, ((language, text),)) for text in texts)
    return Choice("", language, language, candidates, texts[0])


def _of_three_seconds(trial: Trial, *, folder: Path) -> Path:
    samples = read(trial.sound)
    size = int(SECONDS * SAMPLE_RATE_HZ)
    target = folder / f"{trial.spoken.id.replace('/', '-')}.wav"
    repeated = np.resize(np.pad(samples, (0, SAMPLE_RATE_HZ // 5)), size).astype(np.float32)
    return write(target, repeated)


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[max(0, -(-95 * len(seconds) // 100) - 1)]
