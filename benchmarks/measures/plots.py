"""Plots as SVG files: the trade between errors, and how honest stated chances are."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.stats import norm

from benchmarks.measures.curves import Det, Numbers, reliability

_TICKS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
_LINES = ("-", "--", ":", "-.")


def plot_det(curves: Mapping[str, Det], path: Path, *, title: str) -> Path:
    """Write the curves of several judges on probit axes, where normal scores are straight lines.

    Errors under 0.1 % are drawn at the edge.
    """
    figure, axes = _square(title)
    for number, (name, curve) in enumerate(curves.items()):
        line = _LINES[number % len(_LINES)]
        axes.plot(_probit(curve.accepts), _probit(curve.rejects), line, label=name)
    edge = _probit(np.array([_TICKS[0], _TICKS[-1]]))
    axes.plot(edge, edge, color="0.8", linewidth=0.8, zorder=0)
    ticks, labels = _probit(np.array(_TICKS)), [f"{100 * tick:g}" for tick in _TICKS]
    axes.set_xticks(ticks, labels)
    axes.set_yticks(ticks, labels)
    axes.set(xlim=edge, ylim=edge, xlabel="wrong accepts, %", ylabel="wrong rejects, %")
    return _save(figure, axes, path)


def plot_reliability(
    judged: Mapping[str, tuple[Sequence[float], Sequence[bool]]], path: Path, *, title: str
) -> Path:
    """Write the share right at each stated chance; the larger a point, the more decisions.

    `judged` has the chances (0 to 1) and truths of each language, or of anything else.
    """
    figure, axes = _square(title)
    axes.plot((0, 1), (0, 1), color="0.8", linewidth=0.8, zorder=0)
    for number, (name, (chances, truths)) in enumerate(judged.items()):
        bins = reliability(chances, truths)
        x, y = [each.chance for each in bins], [each.right for each in bins]
        (line,) = axes.plot(x, y, _LINES[number % len(_LINES)], label=f"{name} (n={len(chances)})")
        sizes = [10 + 90 * each.count / len(chances) for each in bins]
        axes.scatter(x, y, s=sizes, color=line.get_color())
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="stated chance", ylabel="share right")
    return _save(figure, axes, path)


def _square(title: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(5.5, 5.5), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title)
    axes.set_aspect("equal")
    axes.grid(color="0.92")
    return figure, axes


def _save(figure: Figure, axes: Axes, path: Path) -> Path:
    axes.legend(loc="best")
    path.parent.mkdir(parents=True, exist_ok=True)
    # With a fixed salt and no date, the same numbers give the same file.
    with rc_context({"svg.hashsalt": "voice-app", "svg.fonttype": "none"}):
        figure.savefig(path, format="svg", metadata={"Date": None})
    return path


def _probit(shares: Numbers) -> Numbers:
    return np.asarray(norm.ppf(np.clip(shares, _TICKS[0], 1 - _TICKS[0])))
