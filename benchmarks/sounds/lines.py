"""What sound goes through on its way: a telephone line, and a phone's low-bitrate Opus file."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from scipy.signal import butter, resample_poly, sosfiltfilt

from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

_LINE_HZ = 8_000
_BAND_HZ = (300.0, 3400.0)
_MU = 255.0
_OPUS_RATE_HZ = 48_000
_OPUS_BITS = 16_000
_OPUS_FRAME = 960
# As recorders write: no length at the start. Without random names, so that bytes can be compared.
_CONTAINER = {"live": "1", "fflags": "+bitexact"}


def telephoned(samples: Samples) -> Samples:
    """Return samples after 300 to 3400 Hz, 8 kHz and 8-bit mu-law, back at 16 kHz."""
    band = butter(6, _BAND_HZ, btype="bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    narrow = resample_poly(sosfiltfilt(band, samples), _LINE_HZ, SAMPLE_RATE_HZ)
    back = resample_poly(_mu_law(np.clip(narrow, -1, 1)), SAMPLE_RATE_HZ, _LINE_HZ)
    # What the coding and the steps between samples put above the line's own band is not heard.
    smooth = butter(8, _BAND_HZ[1], btype="lowpass", fs=SAMPLE_RATE_HZ, output="sos")
    return np.asarray(sosfiltfilt(smooth, back), dtype=np.float32)


def write_opus(path: Path, samples: Samples) -> Path:
    """Write samples as a browser's recorder does: mono Opus of 16 kbit/s in WebM, no length."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.half")
    with av.open(str(half), "w", format="webm", options=_CONTAINER) as container:
        stream = container.add_stream("libopus", rate=_OPUS_RATE_HZ, layout="mono")
        stream.bit_rate = _OPUS_BITS
        stream.options = {"application": "voip"}
        for frame in _frames(samples):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    half.replace(path)
    return path


def _frames(samples: Samples) -> list[av.AudioFrame]:
    loud = resample_poly(samples, _OPUS_RATE_HZ, SAMPLE_RATE_HZ)
    whole = np.pad(loud, (0, -len(loud) % _OPUS_FRAME))
    numbers = np.round(np.clip(whole, -1, 1) * 32767).astype(np.int16)
    return [_frame(numbers, start) for start in range(0, len(numbers), _OPUS_FRAME)]


def _frame(numbers: np.ndarray, start: int) -> av.AudioFrame:
    piece = numbers[start : start + _OPUS_FRAME].reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
    frame.rate = _OPUS_RATE_HZ
    frame.pts = start
    frame.time_base = Fraction(1, _OPUS_RATE_HZ)
    return frame


def _mu_law(samples: np.ndarray) -> np.ndarray:
    """Return samples rounded to the 256 steps of mu-law."""
    pressed = np.sign(samples) * np.log1p(_MU * np.abs(samples)) / np.log1p(_MU)
    steps = np.round((pressed + 1) / 2 * _MU) / _MU * 2 - 1
    return np.asarray(np.sign(steps) * np.expm1(np.abs(steps) * np.log1p(_MU)) / _MU)
