"""Points, the pass line and the private level, in integers."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["discovery", "exploration", "appropriation"]

PASS_PERCENT = 60
_EXPLORATION_PERCENT = 33
_APPROPRIATION_PERCENT = 66


@dataclass(frozen=True)
class PublicOutcome:
    """What anyone may know of an attempt: never points, never a level."""

    state: Literal["passed", "not_yet", "to_review"]


@dataclass(frozen=True)
class Passed:
    """The pass line is reached. `level` is None while an unsettled item could change it."""

    points: int
    maximum: int
    level: Level | None
    reviews: int

    def public(self) -> PublicOutcome:
        """Return the part that may be shown."""
        return PublicOutcome("passed")


@dataclass(frozen=True)
class NotYet:
    """The pass line cannot be reached any more."""

    points: int
    maximum: int
    level: Level | None
    reviews: int

    def public(self) -> PublicOutcome:
        """Return the part that may be shown."""
        return PublicOutcome("not_yet")


@dataclass(frozen=True)
class ToReview:
    """A person's marks decide whether the pass line is reached. `reviews` items wait for one."""

    points: int
    maximum: int
    level: Level | None
    reviews: int

    def public(self) -> PublicOutcome:
        """Return the part that may be shown."""
        return PublicOutcome("to_review")


Outcome = Passed | NotYet | ToReview


def is_pass(points: int, maximum: int, percent: int = PASS_PERCENT) -> bool:
    """Tell whether points reach the pass line. Raises `ValueError` on impossible points."""
    _check(points, maximum)
    return points * 100 >= percent * maximum


def level(points: int, maximum: int) -> Level:
    """Return the private level; its lower edge belongs to it. Raises `ValueError`."""
    _check(points, maximum)
    if points * 100 < _EXPLORATION_PERCENT * maximum:
        return "discovery"
    if points * 100 < _APPROPRIATION_PERCENT * maximum:
        return "exploration"
    return "appropriation"


def outcome(right: int, unsettled: int, *, wrong: int, percent: int = PASS_PERCENT) -> Outcome:
    """Decide an attempt of one point an item; each unsettled item may yet become right or wrong.

    Closed as passed or not yet as soon as no unsettled item can change that. Raises
    `ValueError` on negative counts or an attempt of no items.
    """
    if min(right, unsettled, wrong) < 0:
        message = "counts cannot be negative"
        raise ValueError(message)
    return weighed(
        right, unsettled, maximum=right + unsettled + wrong, reviews=unsettled, percent=percent
    )


def weighed(
    points: int, open_points: int, *, maximum: int, reviews: int, percent: int = PASS_PERCENT
) -> Outcome:
    """Decide an attempt whose `reviews` unsettled answers may yet give up to `open_points`.

    Closed as `outcome` is. Raises `ValueError` on impossible points.
    """
    best = points + open_points
    private = level(points, maximum)
    settled = private if private == level(best, maximum) else None
    waits = 0 if settled else reviews
    if is_pass(points, maximum, percent):
        return Passed(points, maximum, settled, waits)
    if not is_pass(best, maximum, percent):
        return NotYet(points, maximum, settled, waits)
    return ToReview(points, maximum, settled, reviews)


def unsigned(outcome: Outcome) -> Outcome:
    """Return what a pass is until a person has signed it off: no pass, and no fail either."""
    if not isinstance(outcome, Passed):
        return outcome
    return ToReview(outcome.points, outcome.maximum, None, max(1, outcome.reviews))


def _check(points: int, maximum: int) -> None:
    if maximum <= 0 or not 0 <= points <= maximum:
        message = f"{points} of {maximum} points is impossible"
        raise ValueError(message)
