"""Whether memory grows: megabytes a minute, over the later part of a run."""

import statistics
from collections.abc import Sequence
from itertools import combinations

# Of a run, the first third fills caches.
_WARM_UP_SHARE = 1 / 3
_FEWEST_MINUTES = 3


def after_warm_up(held: Sequence[float]) -> Sequence[float]:
    """The later two thirds of what was held minute by minute, the start first; may be empty.

    Under three minutes say nothing about growth.
    """
    later = held[round((len(held) - 1) * _WARM_UP_SHARE) :] if held else held
    return later if len(later) > _FEWEST_MINUTES else ()


def slope(held: Sequence[float]) -> float:
    """Megabytes a minute: the median over all pairs of minutes, two minutes at least.

    One minute in which a process and its replacement both run does not count as growth.
    """
    return statistics.median(
        (later - earlier) / (second - first)
        for (first, earlier), (second, later) in combinations(enumerate(held), 2)
    )
