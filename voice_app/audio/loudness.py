"""Loudness and peaks: measuring them as broadcasters do, and bringing a sound to the target."""

from dataclasses import dataclass
from typing import cast

import numpy as np
import pyloudnorm
from scipy import ndimage, signal

from voice_app.audio.speech import Samples
from voice_app.errors import VoiceAppError

TARGET_LUFS = -19.0
TOLERANCE_LU = 1.0
PEAK_DBTP = -1.0

_OVERSAMPLING = 4
_SHORTEST_SECONDS = 0.5  # the meter needs 0.4 s
_LIMITER_SECONDS = 0.008
_ROUNDS = 6
_CLOSE_LU = 0.1


class SilentSound(VoiceAppError):
    """A sound has nothing in it to bring to a loudness."""


@dataclass(frozen=True)
class Loudness:
    """`lufs` is the integrated loudness (BS.1770), `peak_dbtp` the true peak; -inf when silent."""

    lufs: float
    peak_dbtp: float

    @property
    def is_right(self) -> bool:
        """Whether a shipped sound may be like this."""
        return abs(self.lufs - TARGET_LUFS) <= TOLERANCE_LU and self.peak_dbtp <= PEAK_DBTP


def measure(samples: Samples, *, rate_hz: int) -> Loudness:
    """Measure mono samples, shape (n,); one shorter than 0.5 s is measured followed by silence."""
    with np.errstate(divide="ignore"):
        peak = float(20 * np.log10(true_peak(samples)))
    return Loudness(integrated_lufs(samples, rate_hz=rate_hz), peak)


def integrated_lufs(samples: Samples, *, rate_hz: int) -> float:
    """The loudness of all of it, its silences left out as BS.1770 says; -inf when silent."""
    missing = max(0, round(_SHORTEST_SECONDS * rate_hz) - len(samples))
    padded = np.pad(samples, (0, missing)).astype(np.float64)
    with np.errstate(divide="ignore"):
        return float(pyloudnorm.Meter(rate_hz).integrated_loudness(padded))


def true_peak(samples: Samples) -> float:
    """The highest point of the wave between the samples too, by 4x oversampling."""
    if not len(samples):
        return 0.0
    return float(np.abs(signal.resample_poly(samples, _OVERSAMPLING, 1)).max())


def level(
    samples: Samples, *, rate_hz: int, lufs: float = TARGET_LUFS, peak_dbtp: float = PEAK_DBTP
) -> Samples:
    """The same sound at the loudness, its peaks rounded off below the limit.

    Limiting takes a little loudness away, which is given back, a few times over. Raises
    `SilentSound`.
    """
    ceiling = 10 ** (peak_dbtp / 20)
    leveled = samples
    for _ in range(_ROUNDS):
        now = integrated_lufs(leveled, rate_hz=rate_hz)
        if not np.isfinite(now):
            raise SilentSound("There is no sound in the recording.")
        if leveled is not samples and abs(now - lufs) <= _CLOSE_LU:
            break
        leveled = _limit(leveled * np.float32(10 ** ((lufs - now) / 20)), ceiling, rate_hz=rate_hz)
    return leveled


def _limit(samples: Samples, ceiling: float, *, rate_hz: int) -> Samples:
    """Turn the sound down around each peak above the ceiling, smoothly, a little ahead of it."""
    peaks = np.abs(signal.resample_poly(samples, _OVERSAMPLING, 1)).reshape(-1, _OVERSAMPLING)
    highest = np.maximum(peaks.max(axis=1), np.abs(samples))
    if highest.max() <= ceiling:
        return samples
    gain = np.minimum(1.0, ceiling / np.maximum(highest, 1e-9))
    width = round(_LIMITER_SECONDS * rate_hz) | 1
    held = ndimage.minimum_filter1d(gain, width)
    window = signal.windows.hann(width)
    smooth = np.convolve(np.pad(held, width // 2, mode="edge"), window / window.sum(), "valid")
    return cast("Samples", (samples * smooth).astype(np.float32))
