"""The shape of a spoken sentence: its edges, its pauses, and its finished MP3."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voice_app.audio.loudness import PEAK_DBTP, TARGET_LUFS, Loudness, level, measure
from voice_app.audio.mp3 import ADDED_AFTER, ADDED_BEFORE, RATE_HZ, encode, read
from voice_app.audio.speech import Samples

HEAD_SECONDS = 0.1
TAIL_SECONDS = 0.25

_FRAME = RATE_HZ // 100
_SPEECH_DB = -42.0  # under the loudest frame: the weakest sound kept at an edge
_GAP_DB = -28.0
_SILENCE = 1e-5
_KEPT_BEFORE, _KEPT_AFTER = 3, 6  # frames
_SHORTEST_GAP = 3  # frames
_REACH = 0.2  # of the sentence, around where a pause should be
_MAX_ROUNDS = 5
_CLOSE_LU = 0.5


@dataclass(frozen=True)
class Finished:
    """A sound as it is shipped, measured after decoding."""

    mp3: bytes
    duration_seconds: float
    loudness: Loudness


def trim(samples: Samples) -> Samples:
    """Speech alone: what is quiet before and after it is cut, its edges faded."""
    loud = np.flatnonzero(_frames_db(samples) > _SPEECH_DB)
    if not len(loud):
        return samples[:0]
    start = max(0, int(loud[0]) - _KEPT_BEFORE) * _FRAME
    end = min(len(samples), (int(loud[-1]) + 1 + _KEPT_AFTER) * _FRAME)
    return _faded(samples[start:end])


def widen(samples: Samples, pauses: Sequence[tuple[float, float]]) -> tuple[Samples, float]:
    """Speech whose pauses last what they should, and how long they last together.

    `pauses` are (how much of the speech comes before, seconds). Where the voice made no gap
    near that point, none is made: cutting into a sound is worse than a missing pause.
    """
    gaps, pausing = _gaps(samples), 0.0
    for share, seconds in sorted(pauses, reverse=True):
        gap = _nearest(gaps, share * len(samples) / _FRAME, len(samples) / _FRAME * _REACH)
        if gap is not None:
            samples = _with_gap(samples, gap, seconds)
            pausing += seconds
            gaps = [other for other in gaps if other[1] <= gap[0]]
    return samples, pausing


def finish(speech: Samples) -> Finished:
    """Speech at the right loudness between its quiet edges, as MP3; peaks hold after decoding."""
    before = round(HEAD_SECONDS * RATE_HZ) - ADDED_BEFORE
    after = round(TAIL_SECONDS * RATE_HZ) - ADDED_AFTER
    framed = np.pad(speech, (before, after))
    lufs, peak = TARGET_LUFS, PEAK_DBTP - 0.5
    for _ in range(_MAX_ROUNDS):
        finished = _encoded(level(framed, rate_hz=RATE_HZ, lufs=lufs, peak_dbtp=peak))
        over = finished.loudness.peak_dbtp - PEAK_DBTP
        if finished.loudness.is_right and abs(finished.loudness.lufs - TARGET_LUFS) < _CLOSE_LU:
            break
        lufs += TARGET_LUFS - finished.loudness.lufs
        peak -= max(0.0, over) + (0.1 if over > 0 else 0.0)
    return finished


def _encoded(samples: Samples) -> Finished:
    mp3 = encode(samples)
    decoded = read(mp3)
    return Finished(mp3, len(decoded) / RATE_HZ, measure(decoded, rate_hz=RATE_HZ))


def _frames_db(samples: Samples) -> Samples:
    """Loudness of every 10 ms below the loudest, in decibels."""
    count = len(samples) // _FRAME
    if not count or np.abs(samples).max() < _SILENCE:
        return np.full(count, -np.inf, np.float32)
    frames = samples[: count * _FRAME].reshape(count, _FRAME)
    power = np.sqrt((frames**2).mean(axis=1))
    return np.asarray(20 * np.log10(np.maximum(power, 1e-6) / max(power.max(), 1e-6)), np.float32)


def _gaps(samples: Samples) -> list[tuple[int, int]]:
    """Quiet stretches inside the speech, as (first frame, frame after the last)."""
    quiet = np.concatenate(([0], (_frames_db(samples) < _GAP_DB).astype(int), [0]))
    edges = np.flatnonzero(np.diff(quiet))
    pairs = [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    last = len(quiet) - 2
    return [(a, b) for a, b in pairs if a > 0 and b < last and b - a >= _SHORTEST_GAP]


def _nearest(gaps: Sequence[tuple[int, int]], frame: float, reach: float) -> tuple[int, int] | None:
    """The longest gap within reach, one that is nearer counting for more."""
    near = [gap for gap in gaps if abs(sum(gap) / 2 - frame) <= max(reach, 25)]
    return max(near, key=lambda gap: gap[1] - gap[0], default=None)


def _with_gap(samples: Samples, gap: tuple[int, int], seconds: float) -> Samples:
    middle = (gap[0] + gap[1]) // 2 * _FRAME
    missing = round(seconds * RATE_HZ) - (gap[1] - gap[0]) * _FRAME
    if missing >= 0:
        quiet = np.zeros(missing, np.float32)
        return np.concatenate((_faded(samples[:middle]), quiet, _faded(samples[middle:])))
    half = -missing // 2
    return np.concatenate((_faded(samples[: middle - half]), _faded(samples[middle + half :])))


def _faded(samples: Samples) -> Samples:
    """The same with 5 ms faded in and 10 ms faded out, so that no edge clicks."""
    faded = samples.astype(np.float32)
    rise, fall = min(len(faded), RATE_HZ // 200), min(len(faded), RATE_HZ // 100)
    faded[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    faded[len(faded) - fall :] *= np.linspace(1, 0, fall, dtype=np.float32)
    return faded
