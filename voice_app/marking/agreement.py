"""How well assessors agree: weighted kappa, Gwet's AC1 and Krippendorff's alpha, with n."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import isfinite, lcm, sqrt
from typing import Any

Pairs = Sequence[tuple[int, int]]
Units = Sequence[Sequence[int]]

LEAST = 10
_WIDTH = 1.96


@dataclass(frozen=True)
class Figures:
    """How well two markings of the same answers agree; `n` is how many there are.

    `exact` is the share of equal ones, `kappa` quadratic-weighted with its 95 % interval from
    `low` to `high`, `ac1` Gwet's, `alpha` Krippendorff's for ordered levels. All are None under
    ten answers, and each is where nothing varies.
    """

    n: int
    exact: float | None = None
    kappa: float | None = None
    low: float | None = None
    high: float | None = None
    ac1: float | None = None
    alpha: float | None = None


def figures(pairs: Pairs, levels: int) -> Figures:
    """Give how well pairs of marks agree, each the place of a level from 0 up to `levels`."""
    if len(pairs) < LEAST:
        return Figures(len(pairs))
    kappa = weighted_kappa(pairs, levels)
    error = None if kappa is None else kappa_error(pairs, levels)
    return Figures(
        n=len(pairs),
        exact=sum(one == other for one, other in pairs) / len(pairs),
        kappa=kappa,
        low=None if kappa is None or error is None else max(-1.0, kappa - _WIDTH * error),
        high=None if kappa is None or error is None else min(1.0, kappa + _WIDTH * error),
        ac1=ac1(pairs, levels),
        alpha=alpha(pairs, levels),
    )


def is_below(pairs: Pairs, limit: float) -> bool:
    """Tell whether pairs agree less than a limit, by weighted kappa and by AC1 too."""
    levels = 1 + max(max(pair) for pair in pairs)
    found = (weighted_kappa(pairs, levels), ac1(pairs, levels))
    return all(one is not None and one < limit for one in found)


def weighted_kappa(pairs: Pairs, levels: int) -> float | None:
    """Give Cohen's kappa with quadratic weights; None where nothing varies."""
    return _kappa(_counts(pairs), levels, lambda one, other: (one - other) ** 2)


def ac1(pairs: Pairs, levels: int) -> float | None:
    """Give Gwet's AC1; None where there is one level alone."""
    if levels < 2:  # noqa: PLR2004
        return None
    return _number(_matrix(_counts(pairs), levels).AC1)


def alpha(units: Units, levels: int) -> float | None:
    """Give Krippendorff's alpha for ordered levels; None where nothing varies.

    `units` holds for each answer the marks of any number of people; answers with one are left
    out. The coincidences of all pairs make one table, of which weighted kappa is alpha but for
    the correction for small samples.
    """
    together, whole = _coincidences(units)
    sizes = [sum(n for (one, _), n in together.items() if one == level) for level in range(levels)]
    if not whole or max(sizes) == sum(sizes):
        return None
    kappa = _kappa(together, levels, lambda one, other: _ordinal(sizes, one, other))
    return None if kappa is None else 1 - (1 - kappa) * (whole - 1) / whole


def kappa_error(pairs: Pairs, levels: int) -> float | None:
    """Give the standard error of weighted kappa (Fleiss, Cohen and Everitt, 1969)."""
    places = range(levels)
    weight = [[1 - ((i - j) / max(1, levels - 1)) ** 2 for j in places] for i in places]
    share = {pair: n / len(pairs) for pair, n in Counter(pairs).items()}
    rows = [sum(p for (i, _), p in share.items() if i == place) for place in places]
    columns = [sum(p for (_, j), p in share.items() if j == place) for place in places]
    by_row = [sum(columns[j] * weight[i][j] for j in places) for i in places]
    by_column = [sum(rows[i] * weight[i][j] for i in places) for j in places]
    chance = sum(rows[i] * by_row[i] for i in places)
    if chance >= 1:
        return None
    kappa = (sum(p * weight[i][j] for (i, j), p in share.items()) - chance) / (1 - chance)
    spread = sum(
        p * (weight[i][j] - (by_row[i] + by_column[j]) * (1 - kappa)) ** 2
        for (i, j), p in share.items()
    )
    variance = spread - (kappa - chance * (1 - kappa)) ** 2
    return sqrt(max(0.0, variance) / len(pairs)) / (1 - chance)


def _counts(pairs: Pairs) -> Counter[tuple[int, int]]:
    return Counter((one, other) for one, other in pairs)


def _coincidences(units: Units) -> tuple[Counter[tuple[int, int]], int]:
    """Count every ordered pair of marks on one answer, and the marks that have another.

    Each mark weighs the same however many marked its answer, in whole numbers.
    """
    several = [unit for unit in units if len(unit) > 1]
    times = lcm(*(len(unit) - 1 for unit in several))
    together: Counter[tuple[int, int]] = Counter()
    for unit in several:
        for one, other in permutations(unit, 2):
            together[one, other] += times // (len(unit) - 1)
    return together, sum(map(len, several))


def _ordinal(sizes: Sequence[int], one: int, other: int) -> int:
    """Give how far two levels lie apart: by how many marks lie between, four times the square."""
    low, high = sorted((one, other))
    return (2 * sum(sizes[low : high + 1]) - sizes[low] - sizes[high]) ** 2 if low != high else 0


def _kappa(
    counts: Mapping[tuple[int, int], int], levels: int, apart: Callable[[int, int], int]
) -> float | None:
    places = range(levels)
    weight = {i: {j: apart(i, j) for j in places} for i in places}
    if not any(any(row.values()) for row in weight.values()):
        return None
    return _number(_matrix(counts, levels).weighted_kappa(weight=weight))


def _matrix(counts: Mapping[tuple[int, int], int], levels: int) -> Any:
    # The library is slow to load, and only figures need it.
    from pycm import ConfusionMatrix  # noqa: PLC0415

    places = range(levels)
    table = {i: {j: counts.get((i, j), 0) for j in places} for i in places}
    return ConfusionMatrix(matrix=table)


def _number(found: object) -> float | None:
    """Give a figure of the library, which says "None" where there is none."""
    return float(found) if isinstance(found, int | float) and isfinite(found) else None
