"""Takes made ready for an assessor: one sound of all, its outline, and where somebody speaks."""

import io
import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

PEAKS = 800
# Heard as a break between two takes, and seen as one in the outline.
GAP_SECONDS = 0.5
_FRAME = SAMPLE_RATE_HZ // 50
_LOUDEST = 32767
# Over the noise of the room, and over a microphone that hears nothing at all.
_OVER_NOISE_DB = 9.0
_LEAST_DBFS = -52.0
_JOINED_SECONDS = 0.7
_MARGIN_SECONDS = 0.2

Stretch = tuple[float, float]


@dataclass(frozen=True)
class Wave:
    """Takes one after the other: `samples` at 16 kHz, and where each take lies, in seconds."""

    samples: Samples
    takes: tuple[Stretch, ...]

    @property
    def seconds(self) -> float:
        """Length of the whole."""
        return len(self.samples) / SAMPLE_RATE_HZ


def joined(takes: Sequence[Samples]) -> Wave:
    """Put takes one after the other, with a short silence between."""
    gap = np.zeros(int(GAP_SECONDS * SAMPLE_RATE_HZ), np.float32)
    pieces: list[Samples] = []
    places: list[Stretch] = []
    length = 0
    for take in takes:
        if pieces:
            pieces.append(gap)
            length += len(gap)
        places.append((length / SAMPLE_RATE_HZ, (length + len(take)) / SAMPLE_RATE_HZ))
        pieces.append(take)
        length += len(take)
    whole = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    return Wave(whole, tuple(places))


def peaks(samples: Samples, *, count: int = PEAKS) -> list[tuple[float, float]]:
    """Give the lowest and the highest sample of each of `count` equal parts, from -1 to 1."""
    if not len(samples):
        return []
    parts = np.array_split(samples, min(count, len(samples)))
    return [(round(float(one.min()), 3), round(float(one.max()), 3)) for one in parts]


def spoken(samples: Samples) -> list[Stretch]:
    """Give the stretches in which something is louder than the room, in seconds, with margins.

    Short pauses belong to the speech around them. What is quiet throughout is one stretch.
    """
    if not len(samples):
        return []
    levels = _levels(samples)
    seconds = len(samples) / SAMPLE_RATE_HZ
    threshold = max(float(np.percentile(levels, 10)) + _OVER_NOISE_DB, _LEAST_DBFS)
    loud = np.flatnonzero(levels > threshold) * _FRAME / SAMPLE_RATE_HZ
    if not len(loud):
        return [(0.0, seconds)]
    return [
        (max(0.0, begin - _MARGIN_SECONDS), min(seconds, end + _MARGIN_SECONDS))
        for begin, end in _runs(loud.tolist())
    ]


def wav(samples: Samples) -> bytes:
    """Give a WAV file that every browser plays and in which it finds its way."""
    kept = np.round(np.clip(samples, -1.0, 1.0) * _LOUDEST).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(SAMPLE_RATE_HZ)
        written.writeframes(kept.tobytes())
    return file.getvalue()


def _levels(samples: Samples) -> NDArray[np.float64]:
    whole = np.pad(samples, (0, -len(samples) % _FRAME)).astype(np.float64).reshape(-1, _FRAME)
    power = np.mean(np.square(whole - whole.mean(axis=1, keepdims=True)), axis=1)
    levels: NDArray[np.float64] = 10 * np.log10(np.maximum(power, 1e-10))
    return levels


def _runs(loud: Iterable[float]) -> list[Stretch]:
    """Join loud frames, told by when they begin, that are not far from each other."""
    found: list[Stretch] = []
    for begin in loud:
        end = begin + _FRAME / SAMPLE_RATE_HZ
        if found and begin - found[-1][1] <= _JOINED_SECONDS:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found
