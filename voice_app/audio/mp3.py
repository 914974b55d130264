"""Sound files of the assets: reading any of them, writing mono MP3."""

import io
from pathlib import Path

import lameenc
import numpy as np
import soundfile
from scipy import signal

from voice_app.audio.speech import Samples
from voice_app.errors import VoiceAppError

RATE_HZ = 24_000
BITS_PER_SECOND = 32_000

# What decoding adds: quiet samples before the sound, from the encoder's and the decoder's
# delay, and after it, to fill the last frame (about half of one more or less than this).
ADDED_BEFORE = 1105
ADDED_AFTER = 527


class UnreadableSound(VoiceAppError):
    """A file is not a sound that can be read."""


def read(source: Path | bytes) -> Samples:
    """Read WAV, FLAC, OGG or MP3 as mono float32 samples at 24 kHz. Raises `UnreadableSound`."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        samples, rate_hz = soundfile.read(file, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        name = "The sound" if isinstance(source, bytes) else source.name
        raise UnreadableSound(f"{name} cannot be read as WAV, FLAC, OGG or MP3.") from error
    return _at_rate(samples.mean(axis=1), int(rate_hz))


def encode(samples: Samples) -> bytes:
    """Mono samples at 24 kHz as MP3 of 32 kbit/s; decoding adds some quiet before and after."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(BITS_PER_SECOND // 1000)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_out_sample_rate(RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(2)
    encoder.silence()
    pcm = (np.clip(samples, -1, 1) * 32767).round().astype("<i2")
    return bytes(encoder.encode(pcm.tobytes()) + encoder.flush())


def shape_of(path: Path) -> str:
    """What a file is, such as `MP3 24000 Hz 1 channel`. Raises `UnreadableSound`."""
    try:
        info = soundfile.info(path)
    except (soundfile.LibsndfileError, OSError) as error:
        raise UnreadableSound(f"{path.name} cannot be read.") from error
    return f"{info.format} {info.samplerate} Hz {info.channels} channel"


def _at_rate(samples: Samples, rate_hz: int) -> Samples:
    if rate_hz == RATE_HZ:
        return samples
    common = int(np.gcd(rate_hz, RATE_HZ))
    return np.asarray(
        signal.resample_poly(samples, RATE_HZ // common, rate_hz // common), dtype=np.float32
    )
