"""Whether a mark is near enough to one that is known: pure, with the tolerance in one place."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median_low
from typing import Any

from voice_app.scoring.rubric import Scales, are_apart

HEARD = "heard"
NONE_OF_THEM = "none"
_CRITERIA_A_POINT = 2


def is_within(given: Mapping[str, Any], known: Mapping[str, Any], scales: Scales) -> bool:
    """Tell whether a mark is within tolerance of a known one.

    Among pictures it must name the same. By criteria each is one level off at most, and the sum
    is off by no more than a point for every two criteria (one at least).
    """
    if HEARD in known:
        return bool(given.get(HEARD) == known[HEARD])
    if given.keys() != scales.keys() or are_apart(given, known, scales):
        return False
    return abs(_sum(given) - _sum(known)) <= tolerance(scales)


def tolerance(scales: Scales) -> int:
    """Give by how many points two marks of one answer may differ in all."""
    return max(1, len(scales) // _CRITERIA_A_POINT)


def middle(marks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the mark in the middle: by criterion the median, the lower one of two.

    Among pictures the one that more than half of them heard, none where there is none.
    """
    if HEARD in marks[0]:
        ((heard, times),) = Counter(mark[HEARD] for mark in marks).most_common(1)
        return {HEARD: heard if 2 * times > len(marks) else NONE_OF_THEM}
    return {name: median_low(mark[name] for mark in marks) for name in marks[0]}


def _sum(levels: Mapping[str, int]) -> int:
    return sum(levels.values())
