"""MC2 is not passed by chance: how likely that is, over every answer that can be given.

Of the longest orders there are too many: a fair sample stands for them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations, product
from math import perm
from random import Random

import pytest

from voice_app.dialogues.check_scenarios import points_of
from voice_app.dialogues.loader import load_content
from voice_app.dialogues.scenario import Arranging, Choosing, Picking, Scenario, Step
from voice_app.scoring import arranging, picking
from voice_app.scoring.marks import is_pass

Spread = Mapping[int, Fraction]
"""How likely each number of points is."""

SELDOM = Fraction(1, 1000)
MOST_ORDERS = 2_000
BANK = load_content().scenarios["MC2"]
STEPS = {step.id: step for scenario in BANK.scenarios.values() for step in scenario.steps}
DRAWS = list(product(*([BANK.scenarios[one] for one in pool.scenarios] for pool in BANK.pools)))

each_draw = pytest.mark.parametrize("drawn", DRAWS, ids=lambda drawn: "+".join(x.id for x in drawn))


def evenly(points: Iterable[int]) -> Spread:
    counted = Counter(points)
    return {worth: Fraction(many, counted.total()) for worth, many in counted.items()}


def one_or_other(spreads: Iterable[Spread]) -> Spread:
    known = list(spreads)
    worths = {worth for spread in known for worth in spread}
    return {
        worth: sum((spread.get(worth, Fraction(0)) for spread in known), Fraction(0)) / len(known)
        for worth in worths
    }


def together(spreads: Iterable[Spread]) -> Spread:
    whole: dict[int, Fraction] = {0: Fraction(1)}
    for spread in spreads:
        summed: Counter[int] = Counter()
        for (have, likely), (more, how_likely) in product(whole.items(), spread.items()):
            summed[have + more] += likely * how_likely
        whole = dict(summed)
    return whole


def mean(spread: Spread) -> Fraction:
    return sum((worth * likely for worth, likely in spread.items()), Fraction(0))


def orders(task: Arranging, count: int) -> Iterator[tuple[str, ...]]:
    free = [card.id for card in task.cards if card.id not in task.kept]
    if perm(len(free), count) <= MOST_ORDERS:
        yield from permutations(free, count)
        return
    chance = Random(count)  # noqa: S311 - guesses, not secrets
    for _ in range(MOST_ORDERS):
        yield tuple(chance.sample(free, count))


@cache
def by_count(step_id: str) -> tuple[Spread, ...]:
    """Give what a step is worth to somebody who touches none, one, two … at random."""
    step = STEPS[step_id]
    match step.task:
        case Choosing(options, right):
            return (evenly(step.points * (one == right) for one in options),)
        case Picking(options, several):
            return tuple(
                evenly(
                    picking.points(several, picked, options=options)
                    for picked in combinations(options, count)
                )
                for count in range(len(options) + 1)
            )
        case Arranging() as task:
            return tuple(
                evenly(arranging.marked(task, order).points for order in orders(task, count))
                for count in range(len(task.cards) - len(task.kept) + 1)
            )
        case _:
            return ({0: Fraction(1)},)


def touches_at_random(step: Step) -> Spread:
    return one_or_other(by_count(step.id))


def touches_everything(step: Step) -> Spread:
    return by_count(step.id)[-1]


def knows_how_many_pay_best(step: Step) -> Spread:
    return max(by_count(step.id), key=mean)


def chance_of_passing(
    drawn: tuple[Scenario, ...], guess: Callable[[Step], Spread]
) -> tuple[Fraction, Fraction]:
    """Give the chance, and the points on average."""
    maximum = sum(points_of(BANK, scenario) for scenario in drawn)
    points = together(guess(step) for scenario in drawn for step in scenario.steps)
    passed = (likely for worth, likely in points.items() if is_pass(worth, maximum))
    return sum(passed, Fraction(0)), mean(points)


@each_draw
@pytest.mark.parametrize("guess", [touches_at_random, touches_everything, knows_how_many_pay_best])
def test_chance_passes_nobody(drawn: tuple[Scenario, ...], guess: Callable[[Step], Spread]):
    chance, average = chance_of_passing(drawn, guess)
    assert average > 0
    assert chance < SELDOM


@each_draw
def test_doing_nothing_gives_nothing_but_a_lucky_choice(drawn: tuple[Scenario, ...]):
    for step in (step for scenario in drawn for step in scenario.steps):
        if not isinstance(step.task, Choosing):
            assert by_count(step.id)[0] == {0: 1}
