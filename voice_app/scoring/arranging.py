"""Points for an order of cards: each constraint that it keeps gives its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from voice_app.errors import VoiceAppError
from voice_app.scoring.orders import (
    Arranging,
    Before,
    DoneBy,
    Excludes,
    First,
    Fits,
    Includes,
    Last,
    NotDuring,
    Rule,
)


class ImpossibleOrder(VoiceAppError):
    """An order of cards that are not there, or in which one stands twice."""


@dataclass(frozen=True)
class Arranged:
    """`points` of `maximum`; `kept` and `broken` are ids of rules.

    A rule in neither was kept by doing nothing, where too little was done to count it.
    """

    points: int
    maximum: int
    kept: tuple[str, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """A card at its place: from `begins` to `ends`, in minutes after the start."""

    card: str
    begins: int
    ends: int


def timeline(task: Arranging, order: Sequence[str]) -> tuple[Placed, ...]:
    """Give when each card is at work, with those that stand first already.

    An order may name these at its beginning or leave them out. Raises `ImpossibleOrder`.
    """
    minutes = {card.id: card.minutes for card in task.cards}
    placed: list[Placed] = []
    for card in _whole(task, order):
        begins = placed[-1].ends if placed else 0
        placed.append(Placed(card, begins, begins + minutes[card]))
    return tuple(placed)


def marked(task: Arranging, order: Sequence[str]) -> Arranged:
    """Mark an order: the points of the rules it keeps. Raises `ImpossibleOrder`.

    What is kept by doing nothing counts once half of the cards that belong there are placed.
    """
    line = _Line.of(task, timeline(task, order))
    holds = {rule.id: line.keeps(rule) for rule in task.rules}
    is_enough = line.does_enough(task.rules)
    kept = [rule for rule in task.rules if holds[rule.id] and (is_enough or not _is_idle(rule))]
    return Arranged(
        points=sum(rule.points for rule in kept),
        maximum=sum(rule.points for rule in task.rules),
        kept=tuple(rule.id for rule in kept),
        broken=tuple(name for name, is_kept in holds.items() if not is_kept),
    )


def _whole(task: Arranging, order: Sequence[str]) -> tuple[str, ...]:
    names_kept = tuple(order[: len(task.kept)]) == task.kept
    whole = tuple(order) if names_kept else (*task.kept, *order)
    if strangers := set(whole) - {card.id for card in task.cards}:
        raise ImpossibleOrder(f"There is no card {', '.join(sorted(strangers))}.")
    if len(set(whole)) < len(whole):
        raise ImpossibleOrder("A card stands in the order more than once.")
    return whole


def _is_idle(rule: Rule) -> bool:
    """Tell whether somebody who places next to nothing would keep it."""
    return isinstance(rule, Excludes | Fits | DoneBy | NotDuring)


@dataclass(frozen=True)
class _Line:
    """The cards in their order; `first` is the place of the first that did not stand already."""

    placed: tuple[Placed, ...]
    first: int

    @classmethod
    def of(cls, task: Arranging, placed: tuple[Placed, ...]) -> "_Line":
        return cls(placed, len(task.kept))

    def does_enough(self, rules: Sequence[Rule]) -> bool:
        wanted = [rule for rule in rules if isinstance(rule, Includes)]
        done = sum(self._at(rule.card) is not None for rule in wanted)
        return len(self.placed) > self.first and 2 * done >= len(wanted)

    def keeps(self, rule: Rule) -> bool:
        match rule:
            case Fits(minutes=minutes):
                return not self.placed or self.placed[-1].ends <= minutes
            case Excludes(card=card):
                return self._at(card) is None
            case Before(card=card, other=other):
                return self._is_before(card, other)
            case Includes() | First() | Last() | DoneBy() | NotDuring():
                place = self._at(rule.card)
                return place is not None and self._is_right_at(rule, place)
            case _:
                raise TypeError(rule)

    def _is_right_at(self, rule: Includes | First | Last | DoneBy | NotDuring, place: int) -> bool:
        at = self.placed[place]
        match rule:
            case Includes():
                return True
            case First():
                return place == self.first
            case Last():
                return place == len(self.placed) - 1
            case DoneBy(minutes=minutes):
                return at.ends <= minutes
            case NotDuring(begins=begins, ends=ends):
                return at.ends <= begins or at.begins >= ends

    def _is_before(self, card: str, other: str) -> bool:
        place, after = self._at(card), self._at(other)
        return place is not None and after is not None and place < after

    def _at(self, card: str) -> int | None:
        return next((n for n, one in enumerate(self.placed) if one.card == card), None)
