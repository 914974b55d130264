"""Takes made at test time, and engines that behave badly on purpose."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from voice_app.audio.quality import FRAME_SAMPLES, SpeechFrames
from voice_app.audio.speech import (
    SAMPLE_RATE_HZ,
    EngineError,
    Evidence,
    Recording,
    Spelled,
    Stretch,
    Transcript,
)

Sound = NDArray[np.float32]


def tone(seconds: float, *, level: float = 0.5, rate: int = 48_000, hertz: float = 440.0) -> Sound:
    times = np.arange(int(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def speechlike(seconds: float, *, level: float = 0.3, rate: int = SAMPLE_RATE_HZ) -> Sound:
    """Bursts of a buzz, four a second, with half a second of quiet before and after."""
    times = np.arange(int(seconds * rate)) / rate
    envelope = np.clip(np.sin(2 * np.pi * 4 * times), 0, 1)
    buzz = sum(np.sin(2 * np.pi * 130 * n * times) / n for n in range(1, 8))
    quiet = np.zeros(rate // 2)
    sound = np.concatenate((quiet, level * envelope * buzz / np.max(np.abs(buzz)), quiet))
    hiss = np.random.default_rng(1).normal(0, 0.0005, len(sound))
    return (sound + hiss).astype(np.float32)


def write_take(
    path: Path,
    sound: Sound,
    *,
    codec: str,
    rate: int = 48_000,
    layout: str = "mono",
    options: dict[str, str] | None = None,
) -> Path:
    """Write a sound, the same in every channel, as a recorder would."""
    channels = 2 if layout == "stereo" else 1
    frame = av.AudioFrame.from_ndarray(np.tile(sound, (channels, 1)), "fltp", layout)
    frame.sample_rate = rate
    frame.pts = 0
    with av.open(str(path), "w", options=options or {}) as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        resampler = av.AudioResampler(stream.format.name, layout, rate)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


FRAGMENTED = {
    "movflags": "frag_keyframe+empty_moov+default_base_moof",
    "frag_duration": "500000",
}


class Echo:
    """A recognizer that hears its phrases, and does as the first one says."""

    def __init__(self, word: str = "heard") -> None:
        self._word = word

    def hear(self, recording: Recording, *, language: str, phrases: Sequence[str] = ()) -> Evidence:
        order = phrases[0] if phrases else ""
        if order == "crash":
            os.abort()
        if order == "hang":
            time.sleep(60)
        if order == "bug":
            _ = phrases[7]
        if order == "refuse":
            raise EngineError("I do not want to.")
        text = f"{self._word} {len(recording.samples)}"
        return Evidence("echo", language, Transcript(text, 1.0))

    def transcribe(self, recording: Recording, *, language: str) -> Stretch:
        seconds = recording.duration_seconds
        word = Spelled(self._word, 0.1, 0.4)
        return Stretch(0.0, seconds, f"{self._word} {language}", 0.5, (word,))

    def process_id(self) -> int:
        return os.getpid()


def broken() -> Echo:
    """An engine that cannot be loaded."""
    raise EngineError("There is no model.")


def dying() -> Echo:
    """An engine that dies while it is loaded."""
    os._exit(3)


def loud_frames(recording: Recording) -> SpeechFrames:
    """A detector that takes whatever stands out of a quiet take for speech."""
    missing = -len(recording.samples) % FRAME_SAMPLES
    frames = np.pad(recording.samples, (0, missing)).reshape(-1, FRAME_SAMPLES)
    peaks = np.abs(frames).max(axis=1, initial=0)
    least = 4 * float(np.percentile(peaks, 10)) if len(peaks) else 0.0
    return np.asarray(peaks > max(0.0005, least), np.bool_)
