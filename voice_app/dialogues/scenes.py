"""What comes next in an attempt at scenarios: a pure function of what is drawn and answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from voice_app.dialogues import pictured
from voice_app.dialogues.scenario import Asking, Saying, Scenario, ScenarioBank, Step

Kind = Literal["touch", "speech", "order", "done"]
State = Literal["pending", "prepared", "unusable", "stopped", "given"]

UNDERSTOOD = "understood"
DONE = "done"
CANNOT_SPEAK = "cannot-speak"

ASK_AGAIN = "task.ask-again"
ASK_TOUCH = "task.ask-touch"
OTHER = "rehearsal.other"

REHEARSALS = 3
TAKES = 12
UNUSABLE_TAKES = 2
FRUITLESS_TAKES = 2


@dataclass(frozen=True)
class Answer:
    """One answer to one step; speech is pending at first and is never judged.

    `option` was touched, or `options` were picked or put in order. `found` are the questions
    found in speech; `trouble` says why a take was unusable. `stopped`: a person will listen.
    """

    step: str
    kind: Kind
    state: State = "given"
    option: str | None = None
    options: tuple[str, ...] = ()
    found: frozenset[str] = frozenset()
    trouble: str | None = None

    @property
    def chosen(self) -> tuple[str, ...]:
        """The pictures of it, in their order."""
        return self.options if self.option is None else (self.option,)


@dataclass(frozen=True)
class DoStep:
    """Do a step: `asked` are the questions answered so far, `again` says why once more."""

    scenario: Scenario
    step: Step
    is_rehearsal: bool
    asked: frozenset[str] = frozenset()
    again: str | None = None


@dataclass(frozen=True)
class WaitFor:
    """Nothing else can be done before the take of this step is heard."""

    step: str


@dataclass(frozen=True)
class Over:
    """Every step has its answer."""


Turn = DoStep | WaitFor | Over


@dataclass(frozen=True)
class Progress:
    """How far a candidate is in one scenario: `answered` of `steps`."""

    scenario: Scenario
    steps: int
    answered: int


def next_step(bank: ScenarioBank, drawn: Sequence[str], given: Sequence[Answer]) -> Turn:
    """Return what to do next; `given` stand in the order received."""
    places = list(_places(bank, drawn, given))
    due = next((place for place in places if not place.is_over), None)
    if due is not None:
        return DoStep(
            due.scenario,
            due.step,
            is_rehearsal=due.is_rehearsal,
            asked=asked(due.step, due.given),
            again=_again(due),
        )
    waits = (place.step.id for place in places if place.is_waiting and not place.is_rehearsal)
    name = next(waits, None)
    return Over() if name is None else WaitFor(name)


def is_open(
    bank: ScenarioBank, drawn: Sequence[str], given: Sequence[Answer], *, step: str
) -> bool:
    """Tell whether a step may take an answer now.

    Besides that of `next_step` it is the one that a take heard a moment ago has pushed aside.
    """
    places = [place for place in _places(bank, drawn, given) if not place.is_over]
    again = [place.step.id for place in places if place.is_again]
    first = next((place.step.id for place in places if not place.is_again), None)
    return step == first or step in again


def progress(
    bank: ScenarioBank, drawn: Sequence[str], given: Sequence[Answer]
) -> tuple[Progress, ...]:
    """Return how many steps of each scenario have an answer, the rehearsal left out."""
    places = [place for place in _places(bank, drawn, given) if not place.is_rehearsal]
    return tuple(
        Progress(
            bank.scenarios[name],
            steps=len(bank.scenarios[name].steps),
            answered=sum(place.is_over for place in places if place.scenario.id == name),
        )
        for name in drawn
    )


def asked(step: Step, given: Sequence[Answer]) -> frozenset[str]:
    """Return the questions of a step that were asked so far, aloud or by touch."""
    if not isinstance(step.task, Asking):
        return frozenset()
    known = {question.id for question in step.task.questions}
    said = (name for one in given if one.step == step.id for name in (*one.found, one.option))
    return frozenset(name for name in said if name in known)


def newly_asked(step: Step, given: Sequence[Answer]) -> tuple[str, ...]:
    """Return the questions that the last of these answers asked first, in the step's order."""
    if not isinstance(step.task, Asking):
        return ()
    new = asked(step, given) - asked(step, given[:-1])
    return tuple(question.id for question in step.task.questions if question.id in new)


def trouble(step: Step, given: Sequence[Answer]) -> str | None:
    """Return what to say after the last of these answers to a step; None where it goes on.

    Nobody is blamed. Raises `ValueError` where none of them is to this step.
    """
    mine = tuple(one for one in given if one.step == step.id)
    if not mine:
        raise ValueError(step.id)
    return _troubled(step, mine)


def drawn(bank: ScenarioBank, seen: Mapping[str, int], *, key: bytes) -> list[str]:
    """Draw the scenarios of an attempt: of each pool those least often met, by chance of `key`."""
    return [
        name
        for pool in bank.pools
        for name in sorted(pool.scenarios, key=lambda one: (seen.get(one, 0), _lot(key, one)))[
            : pool.take
        ]
    ]


def shuffled(names: Sequence[str], *, seed: str) -> tuple[str, ...]:
    """Return names in an order that the seed alone decides."""
    return tuple(sorted(names, key=lambda one: _lot(seed.encode(), one)))


def _lot(key: bytes, name: str) -> bytes:
    return sha256(key + b"\n" + name.encode()).digest()


@dataclass(frozen=True)
class _Place:
    """A step where it stands, with what was answered to it."""

    scenario: Scenario
    step: Step
    is_rehearsal: bool
    given: tuple[Answer, ...]
    is_left: bool

    @property
    def is_over(self) -> bool:
        if self.is_left:
            return True
        if self.is_rehearsal:
            return _is_rehearsed(self.step, self.given)
        return _is_over(self.step, self.given)

    @property
    def is_again(self) -> bool:
        return isinstance(self.step.task, Saying) and bool(self.given)

    @property
    def is_waiting(self) -> bool:
        is_pending = any(one.state == "pending" for one in self.given[-1:])
        return isinstance(self.step.task, Saying) and is_pending


def _places(bank: ScenarioBank, drawn: Sequence[str], given: Sequence[Answer]) -> Iterator[_Place]:
    """Yield the steps in order; a rehearsal is left behind once something that counts is done."""
    scored = [bank.scenarios[name] for name in drawn]
    counting = {step.id for scenario in scored for step in scenario.steps}
    has_begun = any(one.step in counting for one in given)
    for scenario in (bank.rehearsal, *scored):
        is_rehearsal = scenario is bank.rehearsal
        for step in scenario.steps:
            mine = tuple(one for one in given if one.step == step.id)
            yield _Place(scenario, step, is_rehearsal, mine, is_left=is_rehearsal and has_begun)


def _is_rehearsed(step: Step, given: Sequence[Answer]) -> bool:
    if pictured.is_spoken(step.task):
        is_enough = bool(asked(step, given)) or _is_over(step, given)
        return is_enough or len(given) >= REHEARSALS
    tries = [one.chosen for one in given if one.kind != "speech"]
    return len(tries) >= REHEARSALS or any(pictured.is_right(step, one) for one in tries)


def _is_over(step: Step, given: Sequence[Answer]) -> bool:
    match step.task:
        case Asking(questions):
            is_done = any(one.kind == "done" for one in given)
            has_all = len(asked(step, given)) == len(questions)
            is_long = _takes(given) >= TAKES or len(given) >= TAKES + len(questions)
            return is_done or has_all or is_long
        case Saying():
            is_settled = bool(given) and given[-1].state != "unusable"
            return is_settled or _unusable(given) > UNUSABLE_TAKES
        case _:
            return any(one.kind != "speech" for one in given)


def _takes(given: Sequence[Answer]) -> int:
    return sum(one.kind == "speech" for one in given)


def _unusable(given: Sequence[Answer]) -> int:
    return sum(one.state == "unusable" for one in given)


def _again(place: _Place) -> str | None:
    if not place.given:
        return None
    if place.is_rehearsal and not pictured.is_spoken(place.step.task):
        return OTHER
    return _troubled(place.step, place.given)


def _troubled(step: Step, given: Sequence[Answer]) -> str | None:
    """What is wrong with the last answer, which nobody is blamed for."""
    last = given[-1]
    if last.state == "unusable":
        return f"trouble.{last.trouble or 'machine'}"
    if not isinstance(step.task, Asking) or last.kind != "speech":
        return None
    if last.state == "stopped":
        return ASK_TOUCH
    if last.state == "pending" or last.found:
        return None
    fruitless = sum(one.state == "prepared" and not one.found for one in given)
    return ASK_AGAIN if fruitless < FRUITLESS_TAKES else ASK_TOUCH
