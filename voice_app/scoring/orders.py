"""Cards to put in order, and the constraints that an order keeps or breaks, as values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """Something to put in order: a task with what it takes in minutes, or a room (no minutes)."""

    id: str
    minutes: int = 0


@dataclass(frozen=True)
class Rule:
    """A constraint on an order, worth `points`; `id` names the sentence that gives its reason.

    One class a kind stands below.
    """

    id: str
    points: int


@dataclass(frozen=True)
class Includes(Rule):
    """`card` is among them."""

    card: str


@dataclass(frozen=True)
class Excludes(Rule):
    """`card` is not among them."""

    card: str


@dataclass(frozen=True)
class Before(Rule):
    """`card` comes before `other`, wherever both are placed."""

    card: str
    other: str


@dataclass(frozen=True)
class First(Rule):
    """`card` comes before all others."""

    card: str


@dataclass(frozen=True)
class Last(Rule):
    """`card` comes after all others."""

    card: str


@dataclass(frozen=True)
class Fits(Rule):
    """All together takes `minutes` at most."""

    minutes: int


@dataclass(frozen=True)
class DoneBy(Rule):
    """`card` is over `minutes` after the start at the latest."""

    card: str
    minutes: int


@dataclass(frozen=True)
class NotDuring(Rule):
    """`card` is not at work between two minutes after the start."""

    card: str
    begins: int
    ends: int


@dataclass(frozen=True)
class Arranging:
    """Cards are chosen and put in order; `plan` is a drawing of the home, where there is one.

    `kept` are cards that stand first already and stay: what was done before a change came.
    """

    cards: tuple[Card, ...]
    rules: tuple[Rule, ...]
    kept: tuple[str, ...] = ()
    plan: str | None = None
