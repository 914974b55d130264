"""Voices made of numbers, for tests that need something like speech but no engine."""

from pathlib import Path

import numpy as np

from benchmarks.sounds.spoken import write
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

QUIET_SECONDS = 0.3


def voice(*, seconds: float = 1.5, pitch_hz: float = 140.0) -> Samples:
    """Vowels of a voice: overtones up to 6 kHz in syllables, with quiet before and after."""
    time = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    tones = [np.sin(2 * np.pi * pitch_hz * n * time) / n for n in range(1, int(6000 / pitch_hz))]
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * time)
    quiet = np.zeros(int(QUIET_SECONDS * SAMPLE_RATE_HZ))
    return np.concatenate([quiet, 0.1 * syllables * sum(tones), quiet]).astype(np.float32)


def clip(folder: Path, *, pitch_hz: float = 140.0) -> Path:
    return write(folder / f"{pitch_hz:g}.wav", voice(pitch_hz=pitch_hz))
