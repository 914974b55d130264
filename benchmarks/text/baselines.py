"""What peers do with a text: equality, or a likeness of spelling above the best threshold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from voice_app.scoring.normalize import without_accents
from voice_app.scoring.target import Target


@dataclass(frozen=True)
class Judged:
    """One labeled case: what is asked, what was heard, the verdict expected, those tolerated."""

    target: Target
    heard: str
    expected: str
    tolerated: str

    @property
    def may_be_accepted(self) -> bool:
        """Whether accepting is tolerated."""
        return "A" in self.tolerated

    @property
    def must_be_accepted(self) -> bool:
        """Whether it is right, so that not accepting is an error of a rule of two outcomes."""
        return self.expected == "A"


def equality(cases: Sequence[Judged]) -> tuple[int, int]:
    """Return wrong accepts and misses of exact equality, case and outer spaces apart."""
    return _errors(cases, lambda one, other: one.strip().casefold() == other.strip().casefold())


def best_threshold(
    cases: Sequence[Judged], scorer: Callable[..., float]
) -> tuple[int, tuple[int, int]]:
    """Return the threshold, 50 to 100, with the fewest errors, and its wrong accepts and misses."""
    found = (
        (limit, _errors(cases, lambda m, s, limit=limit: _score(scorer, m, s) >= limit))
        for limit in range(50, 101)
    )
    return min(found, key=lambda each: sum(each[1]))


def _score(scorer: Callable[..., float], meant: str, said: str) -> float:
    if not said.strip():
        return 0.0
    one, other = (without_accents(each) for each in (meant, said))
    return scorer(one, other, processor=utils.default_process)


def _errors(cases: Sequence[Judged], is_right: Callable[[str, str], bool]) -> tuple[int, int]:
    accepted = [any(is_right(each, case.heard) for each in case.target.accepted) for case in cases]
    wrong = sum(yes and not case.may_be_accepted for yes, case in zip(accepted, cases, strict=True))
    missed = sum(
        case.must_be_accepted and not yes for yes, case in zip(accepted, cases, strict=True)
    )
    return wrong, missed


SCORERS = {"ratio": fuzz.ratio, "WRatio": fuzz.WRatio}
