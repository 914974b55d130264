"""Verdicts counted: what was accepted, rejected and sent to a person, and how fast."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.decide.listening import Listened
from benchmarks.decide.trials import Case, Trial
from voice_app.scoring.decide import Echo, Right, Unsure, Wrong, decide

Name = str


@dataclass
class Counts:
    """The verdicts of one kind of sound in one language by one engine."""

    verdicts: Counter[tuple[Case, str]] = field(default_factory=Counter)
    chosen_right: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, trial: Trial, listened: Listened) -> None:
        """Judge one sound in each of its choices."""
        self.seconds.append(listened.seconds)
        for case, choice in trial.choices.items():
            verdict = decide(choice, listened.heard) if listened.heard else Unsure(("unusable",))
            self.verdicts[case, type(verdict).__name__] += 1
            if case == "right" and not isinstance(verdict, Echo):
                self.chosen_right += verdict.chosen == trial.said

    def of(self, case: Case, *verdicts: type) -> int:
        """Count the verdicts of a case; all of them where none is named."""
        names = {each.__name__ for each in verdicts}
        return sum(
            n for (c, name), n in self.verdicts.items() if c == case and name in (names or {name})
        )


HEADINGS = (
    "lang | engine           | kind of sound            |   n | chosen | accepted |"
    " wrong reject | to a person | wrong accept (other) | (none) | (echo) | s median | s p95"
)


def line(language: str, engine: str, *, kind: str, counts: Counts) -> str:
    """Return one row of the table."""
    n, foils = counts.of("right"), counts.of("foil")
    nones, echoes = counts.of("none"), counts.of("echo")
    cells = (
        f"{language:4}",
        f"{engine:16}",
        f"{kind:24}",
        f"{n or echoes:3}",
        f"{_percent(counts.chosen_right, n):>6}",
        f"{_percent(counts.of('right', Right), n):>8}",
        f"{_share(counts.of('right', Wrong), n):>12}",
        f"{_percent(counts.of('right', Unsure, Echo), n):>11}",
        f"{_share(counts.of('foil', Right), foils):>20}",
        f"{_share(counts.of('none', Right), nones):>7}",
        f"{_share(counts.of('echo', Right), echoes):>7}",
        f"{statistics.median(counts.seconds):8.1f}",
        f"{_p95(counts.seconds):5.1f}",
    )
    return " | ".join(cells)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else "-"


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[max(0, -(-95 * len(seconds) // 100) - 1)]
