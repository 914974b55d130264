"""Verdicts counted: what was accepted, rejected and sent to a person, next to plain judges."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from benchmarks.decide.hearing import Listened
from benchmarks.decide.trials import CASES, Case, Trial
from benchmarks.measures.shares import Share, share
from voice_app.scoring.decide import Echo, Right, Unsure, Verdict, Wrong, decide
from voice_app.scoring.match import Choice
from voice_app.scoring.twice import decided_twice

HEADINGS = (
    "lang | sounds                   | condition  |   n | right choice             |"
    " wrong reject             | to a person              |"
    " wrong accept: other said | none of the four said"
)


def verdict_on(choice: Choice, listened: Listened) -> Verdict:
    """Return the product's verdict; a take with a flaw counts where it is right.

    The second listening counts where the first leaves doubt.
    """
    verdict = decided_twice(partial(decide, choice), listened.heard, listened.again)
    if listened.trouble and not isinstance(verdict, Right):
        return Unsure((listened.trouble,))
    return verdict


@dataclass
class Counts:
    """The verdicts on one kind of sound in one language and condition."""

    verdicts: Counter[tuple[Case, str]] = field(default_factory=Counter)
    chosen: int = 0

    def add(self, trial: Trial, listened: Listened) -> None:
        """Judge one sound in each of its choices of four."""
        for case in CASES:
            verdict = verdict_on(trial.choice(case), listened)
            self.verdicts[case, type(verdict).__name__] += 1
            if case == "right" and not isinstance(verdict, Echo):
                self.chosen += verdict.chosen == trial.spoken.text

    def share(self, case: Case, *verdicts: type) -> Share:
        """Return the share of some verdicts in a case."""
        names = {each.__name__ for each in verdicts}
        return share(
            sum(n for (c, name), n in self.verdicts.items() if c == case and name in names),
            self._total(case),
        )

    def _total(self, case: Case) -> int:
        return sum(n for (c, _), n in self.verdicts.items() if c == case)

    def line(self, language: str, kind: str, condition: str) -> str:
        """Return one row of the table."""
        cells = (
            f"{language:4}",
            f"{kind:24}",
            f"{condition:10}",
            f"{self._total('right'):3}",
            _cell(share(self.chosen, self._total("right"))),
            _cell(self.share("right", Wrong)),
            _cell(self.share("right", Unsure, Echo)),
            _cell(self.share("foil", Right)),
            _cell(self.share("none", Right)),
        )
        return " | ".join(cells)


def merged(every: Sequence[Counts]) -> Counts:
    """Return the sum of some counts."""
    total = Counts()
    for each in every:
        total.verdicts += each.verdicts
        total.chosen += each.chosen
    return total


def _cell(found: Share) -> str:
    if not found.whole:
        return f"{'-':24}"
    return f"{100 * found.value:5.1f} % [{100 * found.low:4.1f}, {100 * found.high:5.1f}]".ljust(24)
