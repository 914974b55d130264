"""What comes next in an attempt: a pure function of the assessment and of the responses so far."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Literal

from voice_app.dialogues.content import Assessment, Category, Item, Section

Kind = Literal["touch", "speech"]
State = Literal["pending", "right", "wrong", "unsure", "echo", "unusable", "stopped"]
Reason = Literal["unsure", "echo", "unusable"]
Final = Literal["right", "wrong_touch", "for_person", "pending", "open"]

REHEARSALS = 3
UNSCORED_TAKES = 2
SCORED_TAKES = 2


@dataclass(frozen=True)
class Response:
    """One response to one item; a touch is right or wrong at once, speech is pending at first.

    `state` may move from pending to a verdict; everything else stays as received. `stopped` is
    no verdict: the machine may not decide, and a person will.
    """

    item: str
    kind: Kind
    state: State
    option: str | None = None


@dataclass(frozen=True)
class Rehearse:
    """Ask the unscored rehearsal item."""

    item: str


@dataclass(frozen=True)
class Ask:
    """Ask an item for the first time."""

    item: str


@dataclass(frozen=True)
class AskAgain:
    """Ask an item another time, for a reason that blames nobody."""

    item: str
    reason: Reason


@dataclass(frozen=True)
class Wait:
    """Nothing can be asked before a pending answer is heard."""


@dataclass(frozen=True)
class Finish:
    """Every item is settled, by the machine or left to a person."""


Turn = Rehearse | Ask | AskAgain | Wait | Finish


@dataclass(frozen=True)
class Progress:
    """How far a candidate is in one section: `answered` of `items`."""

    category: Category
    items: int
    answered: int


def next_turn(assessment: Assessment, responses: Sequence[Response]) -> Turn:
    """Return what to do next; `responses` stand in the order received."""
    rehearsal = _rehearsal_turn(assessment, responses)
    if rehearsal is not None:
        return rehearsal
    attempt = _Attempt.of(assessment, responses)
    again = next(chain(attempt.at_once(), attempt.due_between_sections()), None)
    if again is not None:
        return again
    unanswered = next(attempt.unanswered(), None)
    if unanswered is not None:
        return Ask(unanswered)
    is_pending = any(standing.final == "pending" for standing in attempt.standings.values())
    return Wait() if is_pending else Finish()


def is_open(assessment: Assessment, responses: Sequence[Response], item: str) -> bool:
    """Return whether the item may take a response now.

    Besides the item of `next_turn` this is true for those that a verdict arriving a moment
    ago has pushed aside: the picture may already be under the candidate's finger.
    """
    if not _is_rehearsed(assessment, responses):
        return item == assessment.rehearsal.id
    attempt = _Attempt.of(assessment, responses)
    again = (turn.item for turn in chain(attempt.at_once(), attempt.unsure_of_completed()))
    return item in again or item == next(attempt.unanswered(), None)


def final_states(assessment: Assessment, responses: Sequence[Response]) -> Mapping[str, Final]:
    """Return by item id how each item stands; `open` still needs a response."""
    attempt = _Attempt.of(assessment, responses)
    return {item: standing.final for item, standing in attempt.standings.items()}


def progress(assessment: Assessment, responses: Sequence[Response]) -> tuple[Progress, ...]:
    """Return how many items of each section have an answer, heard or not yet."""
    standings = _Attempt.of(assessment, responses).standings
    return tuple(
        Progress(
            category=section.category,
            items=len(section.items),
            answered=sum(standings[item].is_answered for item in section.items),
        )
        for section in assessment.sections
    )


def least_met(assessment: Assessment, met: Mapping[str, int]) -> list[str]:
    """Return the items of the form that was met least, the first of several; `met` is by item."""
    return list(min(assessment.forms, key=lambda form: sum(met.get(item, 0) for item in form)))


def option_order(item: Item, seed: str) -> tuple[str, ...]:
    """Return the ids of the options in the order to show, the same for the same seed."""
    left = [option.id for option in item.options]
    number = int.from_bytes(sha256(f"{seed}\n{item.id}".encode()).digest(), "big")
    number %= math.factorial(len(left))
    order = []
    while left:
        number, place = divmod(number, len(left))
        order.append(left.pop(place))
    return tuple(order)


def _rehearsal_turn(assessment: Assessment, responses: Sequence[Response]) -> Turn | None:
    if _is_rehearsed(assessment, responses):
        return None
    states = _rehearsal_states(assessment, responses)
    is_waiting = "pending" in states[-1:]
    return Wait() if is_waiting else Rehearse(assessment.rehearsal.id)


def _is_rehearsed(assessment: Assessment, responses: Sequence[Response]) -> bool:
    states = _rehearsal_states(assessment, responses)
    is_over = "right" in states or "stopped" in states
    return is_over or (len(states) >= REHEARSALS and states[-1] != "pending")


def _rehearsal_states(assessment: Assessment, responses: Sequence[Response]) -> list[State]:
    return [one.state for one in responses if one.item == assessment.rehearsal.id]


@dataclass(frozen=True)
class _Standing:
    """How one item stands: `last` state counted, `unsure` and `unscored` takes so far."""

    final: Final = "open"
    last: State | None = None
    unsure: int = 0
    unscored: int = 0

    @property
    def is_answered(self) -> bool:
        return self.final != "open" or self.unsure > 0

    @property
    def is_unsure(self) -> bool:
        return self.final == "open" and self.last == "unsure"


@dataclass(frozen=True)
class _Attempt:
    sections: tuple[Section, ...]
    standings: Mapping[str, _Standing]

    @classmethod
    def of(cls, assessment: Assessment, responses: Sequence[Response]) -> "_Attempt":
        standings = {
            item: _standing(one for one in responses if one.item == item)
            for section in assessment.sections
            for item in section.items
        }
        return cls(assessment.sections, standings)

    def at_once(self) -> Iterator[AskAgain]:
        for item, standing in self.standings.items():
            if standing.final == "open" and (
                standing.last == "echo" or standing.last == "unusable"  # noqa: PLR1714 mypy narrows this form only
            ):
                yield AskAgain(item, standing.last)

    def due_between_sections(self) -> Iterator[AskAgain]:
        if not any(self._is_underway(section) for section in self.sections):
            yield from self.unsure_of_completed()

    def unsure_of_completed(self) -> Iterator[AskAgain]:
        for section in self.sections:
            if self._unanswered(section):
                continue
            yield from (
                AskAgain(item, "unsure") for item in section.items if self.standings[item].is_unsure
            )

    def unanswered(self) -> Iterator[str]:
        return chain.from_iterable(map(self._unanswered, self.sections))

    def _is_underway(self, section: Section) -> bool:
        return 0 < len(self._unanswered(section)) < len(section.items)

    def _unanswered(self, section: Section) -> list[str]:
        return [item for item in section.items if self.standings[item].last is None]


def _standing(responses: Iterable[Response]) -> _Standing:
    standing = _Standing()
    for response in responses:
        if standing.final != "open":
            break
        standing = _after(standing, response)
    return standing


def _after(standing: _Standing, response: Response) -> _Standing:
    unsure, unscored = standing.unsure, standing.unscored
    state = response.state
    if state in ("echo", "unusable"):
        if unscored < UNSCORED_TAKES:
            return _Standing(last=state, unsure=unsure, unscored=unscored + 1)
        state = "unsure"
    if state == "unsure":
        final: Final = "open" if unsure + 1 < SCORED_TAKES else "for_person"
        return _Standing(final, state, unsure + 1, unscored)
    return _Standing(_final(response.kind, state), state, unsure, unscored)


def _final(kind: Kind, state: State) -> Final:
    if state == "pending":
        return "pending"
    if state == "right":
        return "right"
    return "wrong_touch" if kind == "touch" else "for_person"
