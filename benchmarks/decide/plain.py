"""Plain judges of a transcript on the same closed choices, each at its best threshold."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.decide.hearing import Listened
from benchmarks.decide.trials import Trial
from benchmarks.measures import baselines
from benchmarks.measures.baselines import JUDGES, Judged
from benchmarks.measures.shares import share

_Key = tuple[str, str, str]


@dataclass
class Plain:
    """What judges of similarity make of transcripts: ours, and the stock call's.

    The threshold is the one that makes the fewest errors on these very clips: the best that
    can be said of them.
    """

    chosen: dict[_Key, list[bool]] = field(default_factory=lambda: defaultdict(list))
    judged: dict[_Key, list[Judged]] = field(default_factory=lambda: defaultdict(list))

    def add(self, trial: Trial, listened: Listened, *, stock: str) -> None:
        """Judge one sound in its choice of four."""
        own = " ".join(each.text for each in listened.heard)
        options = [candidate.id for candidate in trial.choice("right").candidates]
        for source, text in (("our transcript", own), ("stock transcript", stock)):
            for name, judge in JUDGES.items():
                key = (trial.language, source, name)
                self.chosen[key].append(baselines.choice(judge, text, options) == options[0])
                self.judged[key].append(Judged(text, options[0], is_right=True))
                self.judged[key].append(Judged(text, trial.near, is_right=False))

    def lines(self) -> Iterator[str]:
        """Yield one row a judge: right choice, and errors at its best threshold."""
        yield "lang | judge                        |   n | right choice | missed | wrong accept"
        for (language, source, name), chosen in self.chosen.items():
            judge, judged = JUDGES[name], self.judged[language, source, name]
            least = baselines.best_threshold(judge, judged)
            accepted = [baselines.likeness(judge, e.heard, e.target) >= least for e in judged]
            rights = [a for a, e in zip(accepted, judged, strict=True) if e.is_right]
            wrongs = [a for a, e in zip(accepted, judged, strict=True) if not e.is_right]
            yield (
                f"{language:4} | {source + ', ' + name:28} | {len(chosen):3} |"
                f" {100 * share(sum(chosen), len(chosen)).value:10.1f} % |"
                f" {100 * (1 - sum(rights) / len(rights)):4.1f} % |"
                f" {100 * sum(wrongs) / len(wrongs):10.1f} %"
            )
