"""What people's marks on one spoken answer come to: one, two, or three and the middle one.

Points are doubled, so that the mean of two marks is a whole number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from voice_app.errors import VoiceAppError

Levels = Mapping[str, int]
Scales = Mapping[str, Sequence[int]]
Needs = Literal["first", "second", "third"]

_PAIR = 2


class UnknownLevel(VoiceAppError):
    """A mark on other criteria than the answer is marked by, or of no level that there is."""


@dataclass(frozen=True)
class Standing:
    """How one answer stands: `points_x2` of `maximum_x2` by the marks so far, both doubled.

    `is_settled`: no more marks are wanted; otherwise `needs` says which is, and the points may
    change.
    """

    points_x2: int
    maximum_x2: int
    is_settled: bool
    needs: Needs | None


def standing(
    marks: Sequence[Levels], scales: Scales, *, is_double: bool, appeal: Levels | None = None
) -> Standing:
    """Give how an answer stands by independent marks, in the order they were given.

    `scales` are the points of the levels of each criterion, the lowest first. `is_double`: a
    second mark is wanted. An `appeal` never lowers a criterion. Raises `UnknownLevel`.
    """
    for mark in (*marks, *([] if appeal is None else [appeal])):
        _check(mark, scales)
    wants = needs(marks, scales, is_double=is_double)
    found = {name: middle_x2([mark[name] for mark in marks]) for name in scales}
    if appeal is not None:
        found = {name: max(points, 2 * appeal[name]) for name, points in found.items()}
    return Standing(
        points_x2=sum(found.values()),
        maximum_x2=2 * sum(scale[-1] for scale in scales.values()),
        is_settled=wants is None or appeal is not None,
        needs=None if appeal is not None else wants,
    )


def needs(marks: Sequence[Levels], scales: Scales, *, is_double: bool) -> Needs | None:
    """Tell which mark is wanted next: two that are too far apart want a third."""
    if not marks:
        return "first"
    if len(marks) == 1:
        return "second" if is_double else None
    return "third" if len(marks) == _PAIR and are_apart(marks[0], marks[1], scales) else None


def are_apart(one: Levels, other: Levels, scales: Scales) -> bool:
    """Tell whether two marks differ by more than one level in any criterion."""
    places = {name: list(scale).index for name, scale in scales.items()}
    return any(abs(place(one[name]) - place(other[name])) > 1 for name, place in places.items())


def middle_x2(points: Sequence[int]) -> int:
    """Give twice the median: of one mark itself, of two their mean; 0 where there is none."""
    if not points:
        return 0
    ordered = sorted(points)
    return ordered[(len(points) - 1) // 2] + ordered[len(points) // 2]


def _check(mark: Levels, scales: Scales) -> None:
    if mark.keys() != scales.keys():
        raise UnknownLevel("The mark is not by the criteria of this answer.")
    if wrong := [name for name, points in mark.items() if points not in scales[name]]:
        raise UnknownLevel(f"There is no such level of {', '.join(sorted(wrong))}.")
