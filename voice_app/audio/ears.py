"""Which engine hears which language, and hearing a take from its file in a supervised process."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict, assert_never

import numpy as np

from voice_app.audio.catalog import WHISPER_BASE, vosk_model_for
from voice_app.audio.decoding import Decoder
from voice_app.audio.models import Model, installed_folder
from voice_app.audio.quality import SpeechFrames, assess, speech_span
from voice_app.audio.recordings import Decoded, Limits
from voice_app.audio.sandbox import Confinement
from voice_app.audio.speech import (
    EngineError,
    EngineStopped,
    Evidence,
    Hearing,
    Hears,
    Recognizer,
    Recording,
    is_named,
)
from voice_app.audio.vitals import Vitals
from voice_app.audio.workers import Spec, State, Worker

# Enough for a soft first consonant and a slow last one; the rest is silence to be left out,
# because engines invent words in it.
_MARGIN_SECONDS = 0.5
_UNUSABLE = ("empty", "too-quiet", "no-speech")
_THREADS = 2

FindSpeech = Callable[[Recording], SpeechFrames]


class NoEngine(EngineError):
    """No installed model hears the language."""

    code = "no-engine"


class LanguageStatus(TypedDict):
    """For /readyz: which engine hears a language, and what its process is doing."""

    engine: str | None
    state: State | Literal["missing"]


@dataclass(frozen=True)
class Choice:
    """The engine that hears a language: its kind, its model and the model's folder."""

    kind: Literal["vosk", "whisper"]
    model: Model
    folder: Path
    language: str

    @property
    def engine(self) -> str:
        """The name written on the evidence."""
        name = self.model.name.removeprefix(f"{self.kind}-")
        return f"{self.kind}:{name}" if self.kind == "vosk" else f"{self.kind}:{name}-int8"


@dataclass(frozen=True)
class Asked:
    """What is asked of a take: engines, phrases of each language, the pace to hear it at."""

    choices: Sequence[Choice]
    phrases: Mapping[str, Sequence[str]]
    pace: float = 1.0


def choose_engines(
    language: str, models_folder: Path, *, without: Collection[str] = ()
) -> tuple[Choice, ...]:
    """Vosk where its model of the language is installed, and Whisper; raises `NoEngine`.

    Two engines are two sources for a verdict; one of them alone is enough to hear. Raises
    `EngineStopped` where each of them is one of `without`.
    """
    vosk = vosk_model_for(language)
    found = []
    if vosk is not None and (folder := installed_folder(vosk, models_folder)):
        found.append(Choice("vosk", vosk, folder, language))
    if folder := installed_folder(WHISPER_BASE, models_folder):
        found.append(Choice("whisper", WHISPER_BASE, folder, language))
    if found:
        return _going_on(found, without)
    names = " or ".join(model.name for model in (WHISPER_BASE, vosk) if model is not None)
    raise NoEngine(
        f"Nothing installed hears {language}. Install a model: voice-app models install {names}"
    )


def _going_on(found: Sequence[Choice], without: Collection[str]) -> tuple[Choice, ...]:
    left = tuple(one for one in found if not is_named(one.engine, without))
    if not left:
        raise EngineStopped(f"Stopped: {', '.join(one.engine for one in found)}.")
    return left


class Ears:
    """Hears takes in a process of its own, with the models of one folder.

    Takes are decoded in other processes, that can reach nothing: a take that ends one of them
    is a take that cannot be heard, and costs the engines nothing.

    Meant to be called from one background thread; other threads may ask `status`.
    `languages` are those that `status` reports and `warm_up` loads.
    """

    def __init__(
        self,
        models_folder: Path,
        *,
        languages: Sequence[str] = ("fr", "es", "en"),
        limits: Limits | None = None,
        deadline_seconds: float = 45.0,
    ) -> None:
        self._models_folder = models_folder
        self._languages = tuple(languages)
        self._decoder = Decoder(limits)
        spec = Spec("voice_app.audio.ears:HearingRoom", {"models_folder": models_folder})
        self._worker = Worker(spec, deadline_seconds=deadline_seconds)

    def engine_for(self, language: str) -> str:
        """What will hear a language, such as `vosk:ko+whisper:base-int8`; raises `NoEngine`."""
        return "+".join(each.engine for each in choose_engines(language, self._models_folder))

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        """Decode a take, judge it and hear it in each language; see `Hears`."""
        return self._hear(take, languages, pace=pace, without=())

    def decode(self, take: bytes) -> Decoded:
        """Decode a take for people, from any thread; raises as `Decoder.decode` does."""
        return self._decoder.decode(take)

    def without(self, engines: Collection[str]) -> Hears:
        """Give ears that leave these engines out; the same processes hear for them."""
        return _Fewer(self._hear, tuple(engines))

    def _hear(
        self,
        take: Path,
        languages: Mapping[str, Sequence[str]],
        *,
        pace: float,
        without: Collection[str],
    ) -> Hearing:
        choices = tuple(
            each
            for name in languages
            for each in choose_engines(name, self._models_folder, without=without)
        )
        phrases = {name: tuple(given) for name, given in languages.items()}
        decoded = self._decoder.decode(take)
        heard = self._worker.call("hear", decoded, Asked(choices, phrases, pace))
        if not isinstance(heard, Hearing):
            raise EngineError("The engine's process gave no hearing.")
        return heard

    def warm_up(self) -> None:
        """Load the engines of all languages; takes seconds, so call it in the background."""
        self._decoder.start()
        self._worker.start()
        for language in self._languages:
            for choice in choose_engines(language, self._models_folder):
                self._worker.prepare("load", choice)

    def status(self) -> dict[str, LanguageStatus]:
        """Which engine hears each language, and its state; never waits for an engine."""
        return {language: self._status_of(language) for language in self._languages}

    def processes(self) -> Mapping[str, Vitals]:
        """How each process is, by name; never waits for an engine."""
        return {"ears": self._worker.vitals(), "decoder": self._decoder.vitals()}

    def confinement(self) -> Confinement | None:
        """What decoding processes are kept from; None before the first was started."""
        return self._decoder.confinement()

    def close(self) -> None:
        """End the processes."""
        self._decoder.close()
        self._worker.close()

    def _status_of(self, language: str) -> LanguageStatus:
        try:
            engine = self.engine_for(language)
        except NoEngine:
            return {"engine": None, "state": "missing"}
        return {"engine": engine, "state": self._worker.status()}


@dataclass(frozen=True)
class _Fewer:
    """Ears without the engines that people have stopped."""

    ears: Callable[..., Hearing]
    left_out: tuple[str, ...]

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        return self.ears(take, languages, pace=pace, without=self.left_out)

    def without(self, engines: Collection[str]) -> Hears:
        return _Fewer(self.ears, (*self.left_out, *engines))


class HearingRoom:
    """What lives in the process: the judge of quality, and the engines."""

    def __init__(self, models_folder: Path, *, find_speech: FindSpeech | None = None) -> None:
        self._models_folder = models_folder
        self._find_speech = find_speech or _silero()
        self._engines: dict[str, Recognizer] = {}

    def hear(self, decoded: Decoded, asked: Asked) -> Hearing:
        """Hear a take; an unusable one is not given to the engines."""
        recording = _paced(decoded.recording, asked.pace)
        is_speech = self._find_speech(recording)
        quality = assess(recording, is_speech)
        evidences: tuple[Evidence, ...] = ()
        if quality.trouble not in _UNUSABLE:
            speech = _trimmed(recording, is_speech)
            evidences = tuple(self._hear(speech, each, asked) for each in asked.choices)
        return Hearing(quality, recording.duration_seconds, evidences, is_cut=decoded.is_cut)

    def load(self, choice: Choice) -> None:
        """Load an engine unless it is loaded."""
        if choice.engine not in self._engines:
            self._engines[choice.engine] = _load(choice)

    def _hear(self, recording: Recording, choice: Choice, asked: Asked) -> Evidence:
        self.load(choice)
        engine = self._engines[choice.engine]
        phrases = asked.phrases[choice.language]
        return engine.hear(recording, language=choice.language, phrases=phrases)


def _silero() -> FindSpeech:
    from voice_app.audio.engines.silero import speech_frames  # noqa: PLC0415

    speech_frames(Recording(np.zeros(0, np.float32)))  # loads it before the first take
    return speech_frames


def _load(choice: Choice) -> Recognizer:
    """Import an engine only when it is chosen: its library is large."""
    match choice.kind:
        case "vosk":
            from voice_app.audio.engines.vosk import VoskRecognizer  # noqa: PLC0415

            return VoskRecognizer(choice.folder, name=choice.model.name, language=choice.language)
        case "whisper":
            from voice_app.audio.engines.whisper import WhisperRecognizer  # noqa: PLC0415

            return WhisperRecognizer(choice.folder, threads=_THREADS)
        case _:
            assert_never(choice.kind)


def _paced(recording: Recording, pace: float) -> Recording:
    """Return a recording as a slower tape plays it, a little lower; itself at its own pace."""
    if pace == 1:
        return recording
    samples = recording.samples
    at = np.arange(int(len(samples) / pace)) * pace
    return Recording(np.interp(at, np.arange(len(samples)), samples).astype(np.float32))


def _trimmed(recording: Recording, is_speech: SpeechFrames) -> Recording:
    start, end = speech_span(recording, is_speech, margin_seconds=_MARGIN_SECONDS)
    return Recording(recording.samples[start:end])
