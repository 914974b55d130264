"""Which unsure answers a person must hear: those that can still change the pass or a level."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from voice_app.scoring.marks import PASS_PERCENT, Level, is_pass, level


def may_change(
    settled: int, open_points: Sequence[int], *, maximum: int, percent: int = PASS_PERCENT
) -> bool:
    """Tell whether open answers of these points can together change how an attempt ends.

    Raises `ValueError` on impossible points.
    """
    best = settled + sum(open_points)
    return _end(settled, maximum, percent=percent) != _end(best, maximum, percent=percent)


def to_hear(
    settled: int, unsure: Mapping[str, int], *, maximum: int, percent: int = PASS_PERCENT
) -> frozenset[str]:
    """Give the items whose unsure answers can still change how an attempt ends, by what they give.

    An answer gives all its points or none. Whatever becomes of those left out, it ends the
    same. Raises `ValueError` on impossible points.
    """
    ends = [
        _end(points, maximum, percent=percent)
        for points in range(settled, settled + sum(unsure.values()) + 1)
    ]
    decides = {
        points: _decides(points, _others(unsure.values(), points), ends)
        for points in set(unsure.values())
    }
    return frozenset(item for item, points in unsure.items() if decides[points])


def _end(points: int, maximum: int, *, percent: int) -> tuple[bool, Level]:
    return is_pass(points, maximum, percent), level(points, maximum)


def _others(every: Iterable[int], points: int) -> list[int]:
    others = list(every)
    others.remove(points)
    return others


def _decides(points: int, others: Sequence[int], ends: Sequence[tuple[bool, Level]]) -> bool:
    return any(ends[more] != ends[more + points] for more in _sums(others))


def _sums(points: Sequence[int]) -> Iterator[int]:
    """Every sum of some of them, each once: the bits of one number."""
    reached = 1
    for one in points:
        reached |= reached << one
    return (total for total in range(reached.bit_length()) if reached >> total & 1)
