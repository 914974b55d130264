"""What to say after an attempt: what went well, what to practice; never a number, never blame."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from voice_app.scoring.marks import NotYet, Outcome, Passed, ToReview, is_pass


@dataclass(frozen=True)
class ItemMark:
    """One item of a finished attempt: `is_right` is None while a person has to listen."""

    item: str
    learning_outcome: str
    is_right: bool | None


@dataclass(frozen=True)
class StepMark:
    """How one step of a scenario stands, in doubled points; `is_open` while people have to mark.

    `is_sure`: its points can only become more.
    """

    step: str
    learning_outcome: str
    points_x2: int
    maximum_x2: int
    is_open: bool = False
    is_by_people: bool = False
    is_sure: bool = True

    @property
    def open_x2(self) -> int:
        """The points that it may yet get."""
        return self.maximum_x2 - self.points_x2 if self.is_open else 0


@dataclass(frozen=True)
class Practice:
    """An item worth practicing."""

    item: str
    learning_outcome: str


@dataclass(frozen=True)
class Feedback:
    """Phrase keys to speak in order, learning outcomes that went well, items to practice."""

    say: tuple[str, ...]
    good: tuple[str, ...]
    practice: tuple[Practice, ...]


Shown = Literal["good", "practice", "open"]

PENDING = Feedback(("result.pending",), (), ())


def feedback(outcome: Outcome, marks: Sequence[ItemMark]) -> Feedback:
    """Return what to say of a finished attempt; `marks` in the order the items were asked."""
    good = tuple(name for name in _learning_outcomes(marks) if _is_good(marks, name))
    practice = tuple(Practice(m.item, m.learning_outcome) for m in marks if not m.is_right)
    needed = tuple(
        name
        for name in _learning_outcomes(marks)
        if any(each.learning_outcome == name for each in practice)
    )
    say = (
        _opening(outcome),
        *((f"result.level.{outcome.level}",) if outcome.level else ()),
        *(f"result.good.{name}" for name in good),
        *(f"result.practice.{name}" for name in needed),
        *_next(outcome, is_practice=bool(practice)),
    )
    return Feedback(say, good, practice)


def at_home(outcome: Outcome) -> tuple[str, ...]:
    """Return what to say of a finished attempt at scenarios, before each learning outcome."""
    is_due = {
        f"result.level.{outcome.level}": outcome.level is not None,
        "result.next-badge": isinstance(outcome, Passed),
    }
    return (_opening(outcome), *(key for key, due in is_due.items() if due))


def shown(marks: Sequence[StepMark]) -> Mapping[str, Shown]:
    """Return by learning outcome how well it was shown; open while marks can still decide it."""
    names = dict.fromkeys(each.learning_outcome for each in marks)
    return {name: _shown([m for m in marks if m.learning_outcome == name]) for name in names}


def _shown(marks: Sequence[StepMark]) -> Shown:
    points, maximum = sum(m.points_x2 for m in marks), sum(m.maximum_x2 for m in marks)
    if is_pass(points, maximum):
        return "good"
    return "open" if is_pass(points + sum(m.open_x2 for m in marks), maximum) else "practice"


def _learning_outcomes(marks: Sequence[ItemMark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.learning_outcome for each in marks))


def _is_good(marks: Sequence[ItemMark], name: str) -> bool:
    mine = [each for each in marks if each.learning_outcome == name]
    return is_pass(sum(each.is_right is True for each in mine), len(mine))


def _opening(outcome: Outcome) -> str:
    match outcome:
        case Passed():
            return "result.passed"
        case NotYet():
            return "result.not-yet"
        case ToReview():
            return "result.to-review"


def _next(outcome: Outcome, *, is_practice: bool) -> tuple[str, ...]:
    is_due = {
        "result.next-badge": isinstance(outcome, Passed),
        "result.next-person": outcome.reviews > 0,
        "result.next-practice": is_practice,
    }
    return tuple(key for key, due in is_due.items() if due)
