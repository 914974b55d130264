"""The shared words of voice: what is recorded, what is heard, who hears and who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Recording:
    """The sound of one utterance: mono float32 samples in [-1, 1] at 16 kHz, shape (n,)."""

    samples: Samples

    @property
    def duration_seconds(self) -> float:
        """Length of the sound."""
        return len(self.samples) / SAMPLE_RATE_HZ


@dataclass(frozen=True)
class Transcript:
    """What an engine heard when nobody told it what to expect.

    `confidence` is the engine's own, 0 to 1; it is not a probability of being right.
    `no_speech_probability` is 0 to 1 where the engine gives one, else None.
    """

    text: str
    confidence: float
    no_speech_probability: float | None = None


@dataclass(frozen=True)
class PhraseScore:
    """How likely one given phrase is for the recording, in natural logarithms of probability.

    `total` is the sum over the phrase's tokens (it favors short phrases), `mean` the
    average per token (it favors long ones), `lowest` the least likely token.
    """

    phrase: str
    total: float
    mean: float
    lowest: float


@dataclass(frozen=True)
class Evidence:
    """All that one engine says about one utterance.

    `engine` names engine and model, such as `whisper:base-int8`. `scores` is empty for an
    engine that cannot score phrases. `chosen_phrase` is what a grammar of the given phrases
    heard, or None where the engine has no grammar or heard none of them.
    """

    engine: str
    language: str
    transcript: Transcript
    scores: tuple[PhraseScore, ...] = ()
    chosen_phrase: str | None = None


class Recognizer(Protocol):
    """Hears an utterance."""

    def hear(
        self, recording: Recording, *, language: str, phrases: Sequence[str] = ()
    ) -> Evidence:
        """Hear a recording.

        `phrases` are candidates to score or to build a grammar from: always the right and
        the wrong options alike, never the right one alone. Raises `EngineError` when the
        engine fails.
        """
        ...


class Synthesizer(Protocol):
    """Speaks a sentence into a file."""

    def say(self, text: str, *, language: str, voice: str, speed: float, target: Path) -> None:
        """Write `text` as a mono WAV file at `target`; `speed` 1.0 is the voice's own pace."""
        ...
