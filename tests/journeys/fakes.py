"""Ears that hear what a test tells them to; the decoding before them is the real one."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from voice_app.audio.recordings import Decoded, Limits, decode, decode_bytes
from voice_app.audio.speech import (
    EngineError,
    EngineStopped,
    Evidence,
    FreeSpeech,
    Hearing,
    Quality,
    Recording,
    Stretch,
    Transcript,
    Trouble,
    is_named,
)


class ScriptedEars:
    """Decodes a take for real, then hears the next scripted text in it."""

    def __init__(self) -> None:
        self.texts: list[str | Exception] = []
        self.default = ""

    def hear(self, take: Path, languages: Mapping[str, Sequence[str]]) -> Hearing:
        recording = decode(take).recording
        quality = _quality(recording)
        text = self.texts.pop(0) if self.texts else self.default
        if isinstance(text, Exception):
            raise text
        is_usable = quality.trouble in (None, "clipped")
        evidences = tuple(_evidence(text, code) for code in languages) if is_usable else ()
        return Hearing(quality, recording.duration_seconds, evidences)

    def transcribe(self, take: Path, language: str) -> FreeSpeech:
        """Hear the next scripted text as one stretch of the whole take."""
        del language
        heard = self.hear(take, {"": ()})
        texts = [one.transcript.text for one in heard.evidences]
        return FreeSpeech(
            heard.quality,
            heard.recording_seconds,
            tuple(Stretch(0.0, heard.recording_seconds, text, 0.9) for text in texts if text),
            engine="scripted" if texts else None,
        )

    def decode(self, take: bytes) -> Decoded:
        return decode_bytes(take, limits=Limits())

    def without(self, engines: Collection[str]) -> "ScriptedEars | Deaf":
        return Deaf() if is_named("scripted", engines) else self

    def warm_up(self) -> None:
        """Nothing to load."""

    def status(self) -> dict[str, Any]:
        return {"fr": {"engine": "scripted", "state": "ready"}}

    def close(self) -> None:
        """Nothing to let go of."""


class Deaf:
    """Ears whose only engine is stopped."""

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        raise EngineStopped(f"Stopped, so nothing is heard at {pace} in {languages} of {take}.")

    def transcribe(self, take: Path, language: str) -> FreeSpeech:
        raise EngineStopped(f"Stopped, so nothing is written down in {language} of {take}.")


def _quality(recording: Recording) -> Quality:
    loud = np.abs(recording.samples)
    peak, clipped = float(loud.max(initial=0)), float(np.mean(loud >= 0.999))
    trouble: Trouble | None = "too-quiet" if peak < 0.01 else "clipped" if clipped > 0.02 else None
    return Quality(recording.duration_seconds, peak, -20.0, clipped, -60.0, trouble)


def _evidence(text: str, language: str) -> Evidence:
    return Evidence("scripted", language, Transcript(text, 0.9), (), text)


def crash() -> EngineError:
    return EngineError("The engine's process ended.")
