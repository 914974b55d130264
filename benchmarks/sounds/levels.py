"""Levels of speech in samples at 16 kHz: how loud it is where somebody speaks, and where it is."""

import numpy as np
from numpy.typing import NDArray

from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

FRAME = SAMPLE_RATE_HZ // 50
# What lies deeper under the loudest frame of a clean sound is pause, breath or tail.
ACTIVE_UNDER_PEAK_DB = 25.0
_SILENCE = 1e-12


def active_dbfs(samples: Samples) -> float:
    """Return the mean level of the frames in which somebody speaks, in dB under full scale."""
    powers = _powers(samples)
    return _db(float(powers[_is_active(powers)].mean()))


def active_span(samples: Samples) -> tuple[int, int]:
    """Return the first sample of the first frame with speech, and the end of the last one."""
    active = np.flatnonzero(_is_active(_powers(samples)))
    return int(active[0]) * FRAME, min(len(samples), (int(active[-1]) + 1) * FRAME)


def rms_dbfs(samples: Samples) -> float:
    """Return the mean level of all samples in dB under full scale."""
    return _db(float(np.mean(np.square(samples, dtype=np.float64))))


def at_level(samples: Samples, dbfs: float, *, active: bool = False) -> Samples:
    """Return samples turned up or down to a mean level, of the speech in them if `active`."""
    found = active_dbfs(samples) if active else rms_dbfs(samples)
    return np.asarray(samples * 10 ** ((dbfs - found) / 20), dtype=np.float32)


def _powers(samples: Samples) -> NDArray[np.float64]:
    count = max(1, len(samples) // FRAME)
    frames = np.resize(samples, count * FRAME).reshape(count, FRAME).astype(np.float64)
    powers: NDArray[np.float64] = np.mean(np.square(frames), axis=1)
    return powers


def _is_active(powers: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(powers >= powers.max() * 10 ** (-ACTIVE_UNDER_PEAK_DB / 10))


def _db(power: float) -> float:
    return float(10 * np.log10(max(power, _SILENCE)))
