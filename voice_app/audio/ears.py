"""Hearing a take from its file: decoded in one supervised process, heard in another."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

from voice_app.audio.child import Call
from voice_app.audio.choosing import NoEngine, choose_engines
from voice_app.audio.decoding import Decoder
from voice_app.audio.recordings import Decoded, Limits
from voice_app.audio.room import Asked
from voice_app.audio.sandbox import Confinement
from voice_app.audio.speech import EngineError, FreeSpeech, Hearing, Hears
from voice_app.audio.vitals import Vitals
from voice_app.audio.workers import Spec, State, Worker


class LanguageStatus(TypedDict):
    """For /readyz: which engine hears a language, and what its process is doing."""

    engine: str | None
    state: State | Literal["missing"]


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
        spec = Spec("voice_app.audio.room:HearingRoom", {"models_folder": models_folder})
        self._deadline_seconds = deadline_seconds
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

    def transcribe(self, take: Path, language: str) -> FreeSpeech:
        """Decode a take, judge it and write down what is said in it; see `Hears`."""
        return self._transcribe(take, language, without=())

    def without(self, engines: Collection[str]) -> Hears:
        """Give ears that leave these engines out; the same processes hear for them."""
        return _Fewer(self._hear, self._transcribe, tuple(engines))

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

    def _transcribe(self, take: Path, language: str, *, without: Collection[str]) -> FreeSpeech:
        choices = choose_engines(language, self._models_folder, without=without)
        decoded = self._decoder.decode(take)
        most = self._deadline_seconds + decoded.recording.duration_seconds * len(choices)
        heard = self._worker.call_within(most, Call("transcribe", (decoded, choices)))
        if not isinstance(heard, FreeSpeech):
            raise EngineError("The engine's process gave no speech.")
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
    pen: Callable[..., FreeSpeech]
    left_out: tuple[str, ...]

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        return self.ears(take, languages, pace=pace, without=self.left_out)

    def transcribe(self, take: Path, language: str) -> FreeSpeech:
        return self.pen(take, language, without=self.left_out)

    def without(self, engines: Collection[str]) -> Hears:
        return _Fewer(self.ears, self.pen, (*self.left_out, *engines))
