"""Is this take usable? Loudness, clipping and speech present, by plain measures of energy."""

import numpy as np
from numpy.typing import NDArray

from voice_app.audio.speech import SAMPLE_RATE_HZ, Quality, Recording, Samples, Trouble

FRAME_SECONDS = 0.02
# A frame is speech when it stands this far above the quietest tenth of the take: breath and
# room noise stay within 6 to 8 dB of their own floor, the weakest syllable rises above 9.
SPEECH_ABOVE_FLOOR_DB = 9.0
# ... and is no more than this far under the loudest frame: what lies deeper is noise or echo.
SPEECH_UNDER_PEAK_DB = 35.0
# The shortest word of the content, spoken fast, has about 0.3 s.
SHORTEST_SPEECH_SECONDS = 0.25
# A click or a key press is loud too, but never this long in one piece.
SHORTEST_RUN_FRAMES = 3
# A phone held in the hand gives -30 to -15 dBFS; under this only the noise of the microphone.
TOO_QUIET_DBFS = -55.0
# No syllable that a person could make out lies under this.
FAINTEST_DBFS = -65.0
SILENCE_DBFS = -100.0
FULL_SCALE = 0.999
# Some clipping harms no recognizer; from here on vowels are squared off.
CLIPPED_SHARE = 0.02

Levels = NDArray[np.float64]


def assess(recording: Recording) -> Quality:
    """Measure a take and name its trouble, if any."""
    samples = recording.samples
    if not len(samples):
        return Quality(0.0, 0.0, SILENCE_DBFS, 0.0, SILENCE_DBFS, "empty")
    levels = _levels(samples)
    is_speech = _speech_frames(levels)
    peak = float(np.max(np.abs(samples)))
    clipped = float(np.mean(np.abs(samples) >= FULL_SCALE))
    speech_seconds = float(np.count_nonzero(is_speech) * FRAME_SECONDS)
    level = _mean_level(levels[is_speech] if is_speech.any() else levels)
    trouble = _trouble(peak=peak, level=level, clipped=clipped, speech_seconds=speech_seconds)
    floor = float(np.percentile(levels, 10))
    return Quality(speech_seconds, peak, level, clipped, floor, trouble)


def speech_span(recording: Recording, *, margin_seconds: float) -> tuple[int, int]:
    """The samples from the first speech to the last, with a margin; all where there is none."""
    is_speech = np.flatnonzero(_speech_frames(_levels(recording.samples)))
    if not len(is_speech):
        return 0, len(recording.samples)
    margin = int(margin_seconds * SAMPLE_RATE_HZ)
    frame = int(FRAME_SECONDS * SAMPLE_RATE_HZ)
    start = max(0, int(is_speech[0]) * frame - margin)
    return start, min(len(recording.samples), (int(is_speech[-1]) + 1) * frame + margin)


def _levels(samples: Samples) -> Levels:
    """Level of each frame in dBFS, shape (n,); a last piece of a frame is left out."""
    size = int(FRAME_SECONDS * SAMPLE_RATE_HZ)
    count = max(1, len(samples) // size)
    frames = np.resize(samples, count * size).reshape(count, size).astype(np.float64)
    centered = frames - frames.mean(axis=1, keepdims=True)
    power = np.mean(np.square(centered), axis=1)
    levels: Levels = 10 * np.log10(np.maximum(power, 10 ** (SILENCE_DBFS / 10)))
    return levels


def _speech_frames(levels: Levels) -> NDArray[np.bool_]:
    floor, top = float(np.percentile(levels, 10)), float(levels.max())
    least = max(floor + SPEECH_ABOVE_FLOOR_DB, top - SPEECH_UNDER_PEAK_DB, FAINTEST_DBFS)
    return _in_runs(levels >= least)


def _in_runs(is_loud: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep only runs of at least `SHORTEST_RUN_FRAMES` loud frames."""
    kept = np.zeros_like(is_loud)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], is_loud, [False])).astype(np.int8)))
    for start, end in edges.reshape(-1, 2):
        if end - start >= SHORTEST_RUN_FRAMES:
            kept[start:end] = True
    return kept


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
