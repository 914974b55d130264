"""Conditions a sound is heard in, applied to any sound: noise, rooms, lines, a late start."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from benchmarks.sounds.levels import active_span
from benchmarks.sounds.lines import telephoned, write_opus
from benchmarks.sounds.noise import mixed
from benchmarks.sounds.room import reverberated
from benchmarks.sounds.spoken import number_of, read, write
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

Condition = Literal[
    "clean",
    "noise-20",
    "noise-10",
    "noise-5",
    "room-0.5",
    "room-0.9",
    "telephone",
    "opus-16k",
    "late-start",
]
CONDITIONS: tuple[Condition, ...] = get_args(Condition)
_LATE_SECONDS = 0.2
_LEFT_SECONDS = 0.1  # of the shortest words, so that there is a sound at all

Change = Callable[[Samples, np.random.Generator], Samples]


def apply(
    path: Path, condition: Condition, *, seed: int, cache: Path, crowd: Sequence[Path] = ()
) -> Path:
    """Return the file of a sound in a condition, made once; the file itself where it is clean.

    The same sound, condition, seed and crowd give the same bytes. `crowd` are the sounds of
    those who talk in the background; without one, noise is pink alone. A 16 kHz WAV file, but
    a WebM file for Opus. Raises `SpeechError` for what is no sound.
    """
    if condition == "clean":
        return path
    others = [each for each in crowd if each != path]
    target = _target(path, condition, seed=seed, cache=cache, crowd=others)
    if target.is_file():
        return target
    dice = np.random.default_rng(number_of(target.stem))
    samples = read(path)
    if condition == "opus-16k":
        return write_opus(target, samples)
    if condition.startswith("noise"):
        # A crowd of one clip each for a few talkers: reading all of a language takes seconds.
        few = dice.permutation(len(others))[:12]
        talkers = [read(others[each]) for each in few]
        return write(target, _noisy(samples, condition, crowd=talkers, dice=dice))
    return write(target, _CHANGES[condition](samples, dice))


def late(samples: Samples) -> Samples:
    """Return samples without their first 200 ms of speech, nor what was before it."""
    start, _ = active_span(samples)
    latest = len(samples) - int(_LEFT_SECONDS * SAMPLE_RATE_HZ)
    return samples[max(0, min(start + int(_LATE_SECONDS * SAMPLE_RATE_HZ), latest)) :]


def _noisy(
    samples: Samples, condition: str, *, crowd: Sequence[Samples], dice: np.random.Generator
) -> Samples:
    return mixed(samples, ratio_db=float(condition.partition("-")[2]), crowd=crowd, dice=dice)


def _room(samples: Samples, dice: np.random.Generator, *, seconds: float) -> Samples:
    return reverberated(samples, seconds=seconds, dice=dice)


_CHANGES: Mapping[str, Change] = {
    "room-0.5": partial(_room, seconds=0.5),
    "room-0.9": partial(_room, seconds=0.9),
    "telephone": lambda samples, _: telephoned(samples),
    "late-start": lambda samples, _: late(samples),
}


def _target(
    path: Path, condition: Condition, *, seed: int, cache: Path, crowd: Sequence[Path]
) -> Path:
    digest = hashlib.sha256(path.read_bytes())
    named = (each.name for each in crowd) if condition.startswith("noise") else ()
    digest.update("\0".join((condition, str(seed), *named)).encode())
    suffix = ".webm" if condition == "opus-16k" else ".wav"
    return cache / "conditions" / condition / f"{path.stem}-{digest.hexdigest()[:16]}{suffix}"
