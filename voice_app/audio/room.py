"""What lives in the engines' process: the judge of quality, and the engines themselves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

import numpy as np

from voice_app.audio.choosing import Choice
from voice_app.audio.quality import SpeechFrames, assess, speech_span
from voice_app.audio.recordings import Decoded
from voice_app.audio.speech import (
    SAMPLE_RATE_HZ,
    Evidence,
    FreeSpeech,
    Hearing,
    Recognizer,
    Recording,
    Stretch,
)
from voice_app.audio.stretches import Span, spans

# Enough for a soft first consonant and a slow last one; the rest is silence to be left out,
# because engines invent words in it.
_MARGIN_SECONDS = 0.5
_UNUSABLE = ("empty", "too-quiet", "no-speech")
_THREADS = 2

FindSpeech = Callable[[Recording], SpeechFrames]


@dataclass(frozen=True)
class Asked:
    """What is asked of a take: engines, phrases of each language, the pace to hear it at."""

    choices: Sequence[Choice]
    phrases: Mapping[str, Sequence[str]]
    pace: float = 1.0


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

    def transcribe(self, decoded: Decoded, choices: Sequence[Choice]) -> FreeSpeech:
        """Write down what is said in a take, once with each engine; an unusable one is not."""
        recording = decoded.recording
        is_speech = self._find_speech(recording)
        quality = assess(recording, is_speech)
        if quality.trouble in _UNUSABLE:
            return FreeSpeech(quality, recording.duration_seconds, is_cut=decoded.is_cut)
        places = spans(recording, is_speech)
        first, *others = [
            [self._written(recording, place, each) for place in places] for each in choices
        ]
        return FreeSpeech(
            quality,
            recording.duration_seconds,
            tuple(first),
            engine="+".join(each.engine for each in choices),
            is_cut=decoded.is_cut,
            others=tuple(stretch for told in others for stretch in told),
        )

    def _written(self, recording: Recording, place: Span, choice: Choice) -> Stretch:
        self.load(choice)
        begin, end = place
        part = Recording(recording.samples[begin:end])
        heard = self._engines[choice.engine].transcribe(part, language=choice.language)
        return _later(heard, begin / SAMPLE_RATE_HZ)

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


def _later(heard: Stretch, seconds: float) -> Stretch:
    """Tell the places of a stretch from the beginning of the take."""
    words = tuple(
        replace(
            word,
            start_seconds=word.start_seconds + seconds,
            end_seconds=word.end_seconds + seconds,
        )
        for word in heard.words
    )
    return replace(
        heard,
        start_seconds=heard.start_seconds + seconds,
        end_seconds=heard.end_seconds + seconds,
        words=words,
    )


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
