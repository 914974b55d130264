"""Open verification: was this phrase said? Ours and plain judges on the same sounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.decide.hearing import Listened
from benchmarks.decide.trials import Trial
from benchmarks.measures.baselines import JUDGES, likeness
from benchmarks.measures.curves import Det, calibration_error, det, equal_error
from voice_app.scoring.decide import Right, Wrong
from voice_app.scoring.target import Target
from voice_app.scoring.verify import verify

OURS = "ours"


@dataclass(frozen=True)
class Asked:
    """One sound against one phrase: what each judge says, higher for likelier."""

    language: str
    is_near: bool
    is_said: bool
    scores: Mapping[str, float]
    verdict: str


def asked(trial: Trial, listened: Listened, *, stock: str | None = None) -> list[Asked]:
    """Judge a sound against what is said, its near neighbor and a phrase at random.

    `stock` is what the recognizer's own library heard, where it was asked.
    """
    text = " ".join(each.text for each in listened.heard)
    found = []
    for target in (trial.spoken.text, trial.near, trial.others[0]):
        verdict = verify(Target("repeat", trial.language, (target,)), listened.heard)
        scores = {OURS: verdict.p or 0.0}
        scores |= {name: likeness(judge, text, target) for name, judge in JUDGES.items()}
        if stock is not None:
            scores |= {
                f"stock + {name}": likeness(judge, stock, target) for name, judge in JUDGES.items()
            }
        is_said = target == trial.spoken.text
        near, name = target == trial.near, type(verdict).__name__
        found.append(Asked(trial.language, near, is_said, scores, name))
    return found


def curve(found: Sequence[Asked], judge: str, *, near: bool | None) -> Det:
    """Return the trade between errors; wrong phrases are near ones, random ones or both."""
    return det(*_sides(found, judge, near=near))


def lines(found: Sequence[Asked]) -> list[str]:
    """Return the equal errors of each judge, against near, random and both wrong phrases."""
    judges = list(dict.fromkeys(name for each in found for name in each.scores))
    rows = []
    for judge in judges:
        some = [each for each in found if judge in each.scores]
        errors = [
            equal_error(*_sides(some, judge, near=near)).value for near in (True, False, None)
        ]
        cells = " | ".join(f"{100 * error:5.1f} %" for error in errors)
        rows.append(f"{judge:16} | {sum(e.is_said for e in some):4} | {cells}")
    return rows


def verdicts(found: Sequence[Asked]) -> str:
    """Return what the rule makes of right and of wrong phrases."""
    said = [each for each in found if each.is_said]
    other = [each for each in found if not each.is_said]
    accept, reject = Right.__name__, Wrong.__name__
    chances = [each.scores[OURS] for each in found]
    return (
        f"accepted {_percent(said, accept)} of what was said, rejected {_percent(said, reject)}; "
        f"accepted {_percent(other, accept)} of what was not said, "
        f"rejected {_percent(other, reject)}; calibration error (ECE) "
        f"{calibration_error(chances, [each.is_said for each in found]):.3f}"
    )


def _percent(found: Sequence[Asked], verdict: str) -> str:
    count = sum(each.verdict == verdict for each in found)
    return f"{100 * count / max(1, len(found)):.1f} % ({count} of {len(found)})"


def _sides(
    found: Sequence[Asked], judge: str, *, near: bool | None
) -> tuple[list[float], list[float]]:
    right = [each.scores[judge] for each in found if each.is_said]
    wrong = [
        each.scores[judge]
        for each in found
        if not each.is_said and (near is None or each.is_near == near)
    ]
    return right, wrong
