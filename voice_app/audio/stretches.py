"""Free speech cut at its pauses into stretches that a recognizer can take at once."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from voice_app.audio.quality import FRAME_SAMPLES, SpeechFrames
from voice_app.audio.speech import SAMPLE_RATE_HZ, Recording, Samples

Span = tuple[int, int]

LONGEST_SECONDS = 20.0
SHORTEST_SECONDS = 3.0
# Shorter silences are within words. Longer ones part what a recognizer is given at once: in
# silence it invents words, but it hears a sentence better after another.
_WITHIN_SECONDS = 0.25
_APART_SECONDS = 1.5
# A short answer may lean on what stands this near.
_NEAR_SECONDS = 2.5
# Where somebody speaks without any pause, the cut is sought from here on.
_CUT_FROM_SECONDS = 10.0
_CUT_FRAMES = 5
_MARGIN_SECONDS = 0.3
_FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE_HZ


def spans(recording: Recording, is_speech: SpeechFrames) -> tuple[Span, ...]:
    """Return the samples from begin to end of each stretch, in order; none overlap.

    All speech is in one of them. Each has `LONGEST_SECONDS` at most and, unless it stands
    alone, `SHORTEST_SECONDS` at least, a margin of silence on both sides not counted.
    """
    said = [part for run in _runs(is_speech) for part in _parted(recording.samples, run)]
    return tuple(_with_margins(_merged(said), len(recording.samples)))


def _runs(is_speech: SpeechFrames) -> list[Span]:
    """Return frames from begin to end of each run of speech, short silences counted in."""
    frames = np.flatnonzero(is_speech)
    if not len(frames):
        return []
    breaks = np.flatnonzero(np.diff(frames) * _FRAME_SECONDS > _WITHIN_SECONDS)
    begins = frames[np.concatenate(([0], breaks + 1))]
    ends = frames[np.concatenate((breaks, [len(frames) - 1]))] + 1
    return [(int(begin), int(end)) for begin, end in zip(begins, ends, strict=True)]


def _parted(samples: Samples, run: Span) -> Iterator[Span]:
    """Cut a run that is too long where it is quietest: between words, if anywhere."""
    begin, end = run
    while _seconds(begin, end) > LONGEST_SECONDS:
        first = begin + int(_CUT_FROM_SECONDS / _FRAME_SECONDS)
        last = begin + int(LONGEST_SECONDS / _FRAME_SECONDS)
        cut = first + int(np.argmin(_loudness(samples, first, last)))
        yield begin, cut
        begin = cut
    yield begin, end


def _loudness(samples: Samples, first: int, last: int) -> NDArray[np.float64]:
    """Return how loud it is around each of the frames, shape (last - first,)."""
    part = samples[first * FRAME_SAMPLES : last * FRAME_SAMPLES]
    whole = np.pad(part, (0, (last - first) * FRAME_SAMPLES - len(part)))
    power = np.square(whole.reshape(-1, FRAME_SAMPLES), dtype=np.float64).mean(axis=1)
    return np.convolve(power, np.ones(_CUT_FRAMES), mode="same")


def _merged(said: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for part in said:
        if found and _belongs(found[-1], part):
            found[-1] = (found[-1][0], part[1])
        else:
            found.append(part)
    return found


def _belongs(before: Span, part: Span) -> bool:
    if _seconds(before[0], part[1]) > LONGEST_SECONDS:
        return False
    gap = _seconds(before[1], part[0])
    is_short = min(_seconds(*before), _seconds(*part)) < SHORTEST_SECONDS
    return gap <= (_NEAR_SECONDS if is_short else _APART_SECONDS)


def _with_margins(found: Sequence[Span], size: int) -> Iterator[Span]:
    """Give each stretch the silence beside it, up to the middle between two of them."""
    whole = [(begin * FRAME_SAMPLES, min(size, end * FRAME_SAMPLES)) for begin, end in found]
    middles = [(before[1] + after[0]) // 2 for before, after in pairwise(whole)]
    margin = int(_MARGIN_SECONDS * SAMPLE_RATE_HZ)
    limits = pairwise([0, *middles, size])
    for (begin, end), (least, most) in zip(whole, limits, strict=False):
        yield max(least, begin - margin), min(most, end + margin)


def _seconds(begin: int, end: int) -> float:
    return (end - begin) * _FRAME_SECONDS
