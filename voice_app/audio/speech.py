"""The shared words of voice: what is recorded, what is heard, who hears and who speaks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from voice_app.errors import VoiceAppError

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

    `total` is the sum over the phrase's tokens and its end (it favors short phrases), `mean`
    the average of them (it favors long ones), `lowest` the least likely of them. `prior` is the
    mean where nothing is said: what the engine expects of the phrase without hearing it.
    """

    phrase: str
    total: float
    mean: float
    lowest: float
    prior: float


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


def is_named(engine: str, names: Collection[str]) -> bool:
    """Tell whether an engine is one of `names`: whole names, or kinds such as vosk."""
    return any(engine == name or engine.startswith(f"{name}:") for name in names)


Trouble = Literal["empty", "too-quiet", "clipped", "no-speech"]


@dataclass(frozen=True)
class Quality:
    """How usable a take is.

    `speech_seconds` is the time in which somebody speaks; `peak` is 0 to 1; `rms_dbfs` is the
    level of the speech and `noise_floor_dbfs` that of the quietest tenth, both in dB under
    full scale; `clipped_share` is the share of samples at full scale, 0 to 1. `trouble` names
    what makes the take unusable, or is None.
    """

    speech_seconds: float
    peak: float
    rms_dbfs: float
    clipped_share: float
    noise_floor_dbfs: float
    trouble: Trouble | None = None


@dataclass(frozen=True)
class Hearing:
    """Everything learned from one take: its quality, its length, and what each engine says.

    `evidences` has one entry a language and engine, languages in the order asked for, and is
    empty when the take is unusable (`quality.trouble`). `again` holds the same for the slowed
    take where it was listened to twice, else nothing. `is_cut` says that only the first part
    was taken.
    """

    quality: Quality
    recording_seconds: float
    evidences: tuple[Evidence, ...] = ()
    is_cut: bool = False
    again: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Spelled:
    """One word that an engine heard, and where in the sound it is."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True)
class Stretch:
    """Some speech between two pauses: where it is, and the text that one engine heard in it.

    `confidence` is the engine's own, 0 to 1. `words` is empty for an engine that does not say
    where its words are.
    """

    start_seconds: float
    end_seconds: float
    text: str
    confidence: float
    words: tuple[Spelled, ...] = ()


@dataclass(frozen=True)
class FreeSpeech:
    """What was heard in a take in which somebody says what they like, in order of time.

    `engine` names who heard `stretches`, and joined to it by + who heard `others`, the same
    speech once more by a second engine. Both are empty where the take is unusable
    (`quality.trouble`). `is_cut` says that only the first part was taken.
    """

    quality: Quality
    recording_seconds: float
    stretches: tuple[Stretch, ...] = ()
    engine: str | None = None
    is_cut: bool = False
    others: tuple[Stretch, ...] = ()


class SpeechError(VoiceAppError):
    """A take could not be heard. `code` is a stable name for machines, such as `not-audio`.

    `told` is the end of the name of what is said of it (`trouble.not-audio`), where that is
    not the code itself.
    """

    code: ClassVar[str] = "speech"
    told: ClassVar[str | None] = None


class EngineError(SpeechError):
    """An engine failed; the take itself may be good."""

    code = "engine"


class EngineStopped(EngineError):
    """People have stopped every engine that could hear it."""

    code = "engine-stopped"


class VoiceError(VoiceAppError):
    """A synthesizer cannot speak."""


class UnknownVoice(VoiceError):
    """No such synthesizer, or it has no voice for the language."""


class Hears(Protocol):
    """Hears a take from its file, in one or several languages."""

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        """Decode a take, judge it, and hear it in each language.

        `languages` maps a language to the phrases to score or to build a grammar from (right
        and wrong options alike). A `pace` under 1 slows the take down first. Raises
        `SpeechError` with its `code`.
        """
        ...

    def transcribe(self, take: Path, language: str) -> FreeSpeech:
        """Decode a take, judge it, and write down what is said in it, up to two minutes.

        No engine is told what to expect. Raises `SpeechError` with its `code`.
        """
        ...

    def without(self, engines: Collection[str]) -> "Hears":
        """Give ears that leave these engines out, of whole names or kinds (vosk).

        They raise `EngineStopped` where no other engine hears a language.
        """
        ...


class Recognizer(Protocol):
    """Hears an utterance."""

    def hear(self, recording: Recording, *, language: str, phrases: Sequence[str] = ()) -> Evidence:
        """Hear a recording.

        `phrases` are candidates to score or to build a grammar from: always the right and
        the wrong options alike, never the right one alone. Raises `EngineError` when the
        engine fails.
        """
        ...

    def transcribe(self, recording: Recording, *, language: str) -> Stretch:
        """Write down up to 30 seconds of free speech, told nothing; raises `EngineError`."""
        ...


class Synthesizer(Protocol):
    """Speaks a sentence into a file. Raises `VoiceError`."""

    def say(self, text: str, *, language: str, voice: str, speed: float, target: Path) -> None:
        """Write `text` as a mono WAV file at `target`; `speed` 1.0 is the voice's own pace."""
        ...
