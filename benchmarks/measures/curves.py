"""Scores of right and wrong targets: the trade between two errors, and how honest chances are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Det:
    """What each threshold costs, lowest first; accepted is what scores no lower than it.

    `accepts` are wrong accepts as a share of the wrong targets, `rejects` wrong rejects as a
    share of the right ones; each of shape (n,), 0 to 1. The last threshold accepts nothing.
    """

    thresholds: Numbers
    accepts: Numbers
    rejects: Numbers


@dataclass(frozen=True)
class EqualError:
    """Where both errors are the same: their share, 0 to 1, and the threshold there."""

    value: float
    threshold: float


@dataclass(frozen=True)
class Bin:
    """Decisions of about the same stated chance: their mean chance, share right, and number."""

    chance: float
    right: float
    count: int


def det(right: Sequence[float], wrong: Sequence[float]) -> Det:
    """Return the errors at every threshold; raises `ValueError` where a side has no score."""
    if not len(right) or not len(wrong):
        raise ValueError("A trade between errors needs scores of right and of wrong targets.")
    rights, wrongs = np.sort(np.asarray(right, float)), np.sort(np.asarray(wrong, float))
    thresholds = np.append(np.unique(np.concatenate([rights, wrongs])), np.inf)
    rejects = np.searchsorted(rights, thresholds, side="left") / len(rights)
    accepts = 1 - np.searchsorted(wrongs, thresholds, side="left") / len(wrongs)
    return Det(thresholds, accepts, rejects)


def equal_error(right: Sequence[float], wrong: Sequence[float]) -> EqualError:
    """Return where wrong accepts and wrong rejects are equal, between two thresholds if need be.

    The threshold is the one whose two errors are nearest to each other.
    """
    curve = det(right, wrong)
    gaps = curve.rejects - curve.accepts
    after = int(np.argmax(gaps >= 0))
    nearest = int(np.argmin(np.abs(gaps)))
    if after == 0 or gaps[after] == 0:
        value = (curve.accepts[after] + curve.rejects[after]) / 2
    else:
        weight = -gaps[after - 1] / (gaps[after] - gaps[after - 1])
        value = curve.rejects[after - 1] + weight * (
            curve.rejects[after] - curve.rejects[after - 1]
        )
    return EqualError(float(value), float(curve.thresholds[nearest]))


def fewest_errors(right: Sequence[float], wrong: Sequence[float]) -> float:
    """Return the threshold that makes the fewest errors in all, the lowest of several."""
    curve = det(right, wrong)
    errors = curve.accepts * len(wrong) + curve.rejects * len(right)
    return float(curve.thresholds[int(np.argmin(np.round(errors)))])


def brier(chances: Sequence[float], truths: Sequence[bool]) -> float:
    """Return the mean square of stated chance less truth: 0 is best, 0.25 is a coin."""
    gaps = np.asarray(chances, float) - np.asarray(truths, float)
    return float(np.mean(np.square(gaps)))


def reliability(
    chances: Sequence[float], truths: Sequence[bool], *, bins: int = 10
) -> tuple[Bin, ...]:
    """Return the decisions in bins of equal width, lowest chance first, without empty ones."""
    stated, true = np.asarray(chances, float), np.asarray(truths, float)
    places = np.minimum((stated * bins).astype(int), bins - 1)
    return tuple(
        Bin(float(stated[inside].mean()), float(true[inside].mean()), int(inside.sum()))
        for inside in (places == place for place in range(bins))
        if inside.any()
    )


def calibration_error(chances: Sequence[float], truths: Sequence[bool], *, bins: int = 10) -> float:
    """Return the expected calibration error (ECE), 0 to 1, over bins of equal width."""
    found = reliability(chances, truths, bins=bins)
    total = sum(each.count for each in found)
    return sum(each.count * abs(each.chance - each.right) for each in found) / total
