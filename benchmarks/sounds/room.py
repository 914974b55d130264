"""Rooms: the sound of a voice that also comes back from the walls."""

import numpy as np
from scipy.signal import fftconvolve

from benchmarks.sounds.levels import active_dbfs, at_level
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

_FIRST_WALL_SECONDS = 0.004
_TAIL_UNDER_DIRECT_DB = 2.0  # a phone held at arm's length
_FALL_DB = 60.0


def response(seconds: float, *, dice: np.random.Generator) -> Samples:
    """Return the impulse response of a room whose sound falls by 60 dB in `seconds` (RT60).

    The voice itself, then noise that decays exponentially, 2 dB weaker in all.
    """
    count = int(seconds * SAMPLE_RATE_HZ)
    fall = 10 ** (-_FALL_DB / 20 * np.arange(count) / count)
    tail = dice.standard_normal(count) * fall
    tail[: int(_FIRST_WALL_SECONDS * SAMPLE_RATE_HZ)] = 0.0
    tail *= np.sqrt(10 ** (-_TAIL_UNDER_DIRECT_DB / 10) / np.sum(np.square(tail)))
    tail[0] = 1.0
    return np.asarray(tail, dtype=np.float32)


def reverberated(samples: Samples, *, seconds: float, dice: np.random.Generator) -> Samples:
    """Return samples as they sound in a room, as loud as before; the tail makes them longer."""
    wet = fftconvolve(samples, response(seconds, dice=dice))
    return at_level(np.asarray(wet, dtype=np.float32), active_dbfs(samples), active=True)
