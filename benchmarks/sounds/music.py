"""Sounds that nobody says: rooms, knocks, beeps and music, made of numbers."""

from collections.abc import Callable, Mapping

import numpy as np

from benchmarks.sounds.levels import at_level
from benchmarks.sounds.noise import pink
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

_SECONDS = 5.0
_SCALE = (0, 2, 4, 7, 9, 12)  # pentatonic, in half tones
_CHORDS = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))
_LOWEST_NOTE_HZ = 196.0

Maker = Callable[[np.random.Generator], Samples]


def _silence(_dice: np.random.Generator) -> Samples:
    return np.zeros(int(_SECONDS * SAMPLE_RATE_HZ), dtype=np.float32)


def _room(dice: np.random.Generator) -> Samples:
    level = float(dice.uniform(-65, -30))
    return at_level(pink(int(_SECONDS * SAMPLE_RATE_HZ), dice=dice), level)


def _hum(dice: np.random.Generator) -> Samples:
    """A machine that runs: the mains' overtones and a little noise."""
    mains = sum(_tone(50.0 * n, _SECONDS, dice=dice) / n for n in (1, 2, 3, 4, 6))
    noise = pink(int(_SECONDS * SAMPLE_RATE_HZ), dice=dice)
    return at_level(np.asarray(mains + 0.2 * noise, dtype=np.float32), -35.0)


def _clicks(dice: np.random.Generator) -> Samples:
    """Knocks and key presses in a quiet room."""
    found = 10 ** (-60 / 20) * pink(int(_SECONDS * SAMPLE_RATE_HZ), dice=dice)
    for _ in range(int(dice.integers(2, 9))):
        length = int(dice.uniform(0.003, 0.04) * SAMPLE_RATE_HZ)
        knock = dice.standard_normal(length) * np.exp(-5 * np.arange(length) / length)
        start = int(dice.integers(len(found) - length))
        found[start : start + length] += 0.2 * knock
    return np.asarray(found, dtype=np.float32)


def _beeps(dice: np.random.Generator) -> Samples:
    """The signals of phones and ovens."""
    pitch, length = float(dice.uniform(440, 2000)), float(dice.uniform(0.1, 0.6))
    beep = 0.2 * _tone(pitch, length, dice=dice)
    pause = np.zeros(int(float(dice.uniform(0.1, 0.5)) * SAMPLE_RATE_HZ))
    return np.asarray(np.concatenate([pause, *(beep, pause) * 4]), dtype=np.float32)


def _melody(dice: np.random.Generator) -> Samples:
    length = float(dice.uniform(0.2, 0.5))
    steps = dice.choice(_SCALE, int(_SECONDS / length))
    return at_level(np.concatenate([_note(int(step), length) for step in steps]), -22.0)


def _chords(dice: np.random.Generator) -> Samples:
    """An accompaniment: a chord a second, a bass under it and a beat."""
    bars = [_bar(_CHORDS[int(bar)], dice=dice) for bar in dice.integers(len(_CHORDS), size=5)]
    return at_level(np.concatenate(bars), -22.0)


def _bar(chord: tuple[int, ...], *, dice: np.random.Generator) -> Samples:
    bar = sum((_note(step, 1.0) for step in (*chord, chord[0] - 12)), np.float32(0))
    beat = dice.standard_normal(SAMPLE_RATE_HZ) * np.exp(-40 * (np.arange(SAMPLE_RATE_HZ) % 4000))
    return np.asarray(bar + 0.3 * beat, dtype=np.float32)


def _note(step: int, seconds: float) -> Samples:
    """A plucked note: overtones that fade, the higher the sooner."""
    time = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    pitch = _LOWEST_NOTE_HZ * 2 ** (step / 12)
    tones = (np.sin(2 * np.pi * pitch * n * time) * np.exp(-2 * n * time) / n for n in range(1, 7))
    return np.asarray(sum(tones), dtype=np.float32)


def _tone(hertz: float, seconds: float, *, dice: np.random.Generator) -> Samples:
    time = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    phase = float(dice.uniform(0, 2 * np.pi))
    return np.asarray(np.sin(2 * np.pi * hertz * time + phase), dtype=np.float32)


MAKERS: Mapping[str, Maker] = {
    "silence": _silence,
    "room": _room,
    "hum": _hum,
    "clicks": _clicks,
    "beeps": _beeps,
    "melody": _melody,
    "chords": _chords,
}
COUNTS: Mapping[str, int] = {"silence": 1, "room": 6, "hum": 2, "clicks": 5, "beeps": 5}
_USUAL_COUNT = 5


def count_of(kind: str) -> int:
    """Return how many different sounds of a kind are worth hearing."""
    return COUNTS.get(kind, _USUAL_COUNT)
