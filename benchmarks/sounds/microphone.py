"""What a phone makes of a clean voice: a level, a short wait at both ends and a quiet room."""

import numpy as np

from benchmarks.sounds.levels import active_dbfs, active_span, at_level
from benchmarks.sounds.noise import pink
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

# A phone held in the hand gives about this; a quiet room lies 40 dB under it.
_LEVELS_DBFS = (-28.0, -18.0)
_ROOM_UNDER_SPEECH_DB = 40.0
_WAITS_SECONDS = (0.25, 0.6)


def as_recorded(samples: Samples, *, seed: int) -> Samples:
    """Return a clean voice as if tapped, spoken, tapped: quiet ends, a level, a quiet room."""
    dice = np.random.default_rng(seed)
    start, end = active_span(samples)
    before, after = (int(each * SAMPLE_RATE_HZ) for each in dice.uniform(*_WAITS_SECONDS, 2))
    padded = np.pad(samples[max(0, start - before) : end + after], (before, after))
    level = float(dice.uniform(*_LEVELS_DBFS))
    loud = at_level(padded, level, active=True)
    room = at_level(pink(len(loud), dice=dice), active_dbfs(loud) - _ROOM_UNDER_SPEECH_DB)
    return np.asarray(loud + room, dtype=np.float32)
