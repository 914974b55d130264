"""Noise: pink, a crowd that talks, and mixing either with speech at a wanted ratio."""

from collections.abc import Sequence

import numpy as np

from benchmarks.sounds.levels import active_dbfs, active_span, at_level
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

_TALKERS = 6
_LOWEST_HZ = 50.0  # under it lies rumble that no phone passes on


def pink(count: int, *, dice: np.random.Generator) -> Samples:
    """Return `count` samples of noise whose power falls by 3 dB an octave, level 0 dBFS."""
    spectrum = np.fft.rfft(dice.standard_normal(count))
    hertz = np.arange(len(spectrum)) * SAMPLE_RATE_HZ / count
    falling = 1 / np.sqrt(np.maximum(hertz, _LOWEST_HZ))
    noise = np.fft.irfft(spectrum * falling, count)
    return at_level(np.asarray(noise, dtype=np.float32), 0.0)


def babble(count: int, crowd: Sequence[Samples], *, dice: np.random.Generator) -> Samples:
    """Return `count` samples of several talkers of a crowd at once, equally loud, level 0 dBFS."""
    total = np.zeros(count, dtype=np.float32)
    for _ in range(_TALKERS):
        total += _talker(count, crowd, dice=dice)
    return at_level(total, 0.0)


def mixed(
    speech: Samples, *, ratio_db: float, crowd: Sequence[Samples], dice: np.random.Generator
) -> Samples:
    """Return speech in noise: half pink, half babble (all pink with no crowd).

    `ratio_db` is the level of the speech where somebody speaks over that of the noise.
    """
    noise = pink(len(speech), dice=dice)
    if crowd:
        noise = noise + babble(len(speech), crowd, dice=dice)
    added = at_level(noise, active_dbfs(speech) - ratio_db)
    return np.asarray(speech + added, dtype=np.float32)


def _talker(count: int, crowd: Sequence[Samples], *, dice: np.random.Generator) -> Samples:
    """Return one voice that speaks on without a pause, starting anywhere in a clip."""
    pieces: list[Samples] = []
    length = 0
    while length < 2 * count:
        clip = crowd[int(dice.integers(len(crowd)))]
        start, end = active_span(clip)
        pieces.append(at_level(clip[start:end], 0.0))
        length += end - start
    offset = int(dice.integers(length - count))
    return np.concatenate(pieces)[offset : offset + count]
