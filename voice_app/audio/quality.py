"""Is this take usable? Loudness, clipping and noise, and how long somebody speaks."""

import numpy as np
from numpy.typing import NDArray

from voice_app.audio.speech import SAMPLE_RATE_HZ, Quality, Recording, Samples, Trouble

# What a detector of speech says of each of these frames, shape (n,).
FRAME_SAMPLES = 512
SpeechFrames = NDArray[np.bool_]

# The shortest word of the content, spoken fast, has about 0.3 s; detectors leave out its edges.
SHORTEST_SPEECH_SECONDS = 0.2
# A phone held in the hand gives -30 to -15 dBFS; under this only the noise of the microphone.
TOO_QUIET_DBFS = -55.0
SILENCE_DBFS = -100.0
FULL_SCALE = 0.999
# Some clipping harms no recognizer; from here on vowels are squared off.
CLIPPED_SHARE = 0.02

Levels = NDArray[np.float64]


def assess(recording: Recording, is_speech: SpeechFrames) -> Quality:
    """Measure a take and name its trouble, if any; `is_speech` is one a frame."""
    samples = recording.samples
    if not len(samples):
        return Quality(0.0, 0.0, SILENCE_DBFS, 0.0, SILENCE_DBFS, "empty")
    levels = _levels(samples)
    spoken = np.resize(is_speech, len(levels)) if len(is_speech) else np.zeros(1, bool)
    peak = float(np.max(np.abs(samples)))
    clipped = float(np.mean(np.abs(samples) >= FULL_SCALE))
    seconds = float(np.count_nonzero(is_speech) * FRAME_SAMPLES / SAMPLE_RATE_HZ)
    level = _mean_level(levels[spoken] if spoken.any() else levels)
    trouble = _trouble(peak=peak, level=level, clipped=clipped, speech_seconds=seconds)
    return Quality(seconds, peak, level, clipped, float(np.percentile(levels, 10)), trouble)


def speech_span(
    recording: Recording, is_speech: SpeechFrames, *, margin_seconds: float
) -> tuple[int, int]:
    """The samples from the first speech to the last, with a margin; all where there is none."""
    frames = np.flatnonzero(is_speech)
    if not len(frames):
        return 0, len(recording.samples)
    margin = int(margin_seconds * SAMPLE_RATE_HZ)
    start = max(0, int(frames[0]) * FRAME_SAMPLES - margin)
    return start, min(len(recording.samples), (int(frames[-1]) + 1) * FRAME_SAMPLES + margin)


def _levels(samples: Samples) -> Levels:
    """Level of each frame in dBFS, shape (n,), the last filled up with silence."""
    whole = np.pad(samples, (0, -len(samples) % FRAME_SAMPLES)).astype(np.float64)
    frames = whole.reshape(-1, FRAME_SAMPLES)
    power = np.mean(np.square(frames - frames.mean(axis=1, keepdims=True)), axis=1)
    levels: Levels = 10 * np.log10(np.maximum(power, 10 ** (SILENCE_DBFS / 10)))
    return levels


def _mean_level(levels: Levels) -> float:
    return float(10 * np.log10(np.mean(10 ** (levels / 10))))


def _trouble(*, peak: float, level: float, clipped: float, speech_seconds: float) -> Trouble | None:
    if peak == 0:
        return "empty"
    if level < TOO_QUIET_DBFS:
        return "too-quiet"
    if speech_seconds < SHORTEST_SPEECH_SECONDS:
        return "no-speech"
    if clipped > CLIPPED_SHARE:
        return "clipped"
    return None
