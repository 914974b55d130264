"""Points for an order: by the constraints it keeps, whichever right order it is."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring.arranging import Arranged, ImpossibleOrder, Placed, marked, timeline
from voice_app.scoring.orders import (
    Arranging,
    Before,
    Card,
    DoneBy,
    Excludes,
    First,
    Fits,
    Includes,
    Last,
    NotDuring,
    Rule,
)

CARDS = "abcdef"
MORNING = Arranging(
    cards=tuple(
        Card(name, minutes) for name, minutes in zip("abcd", (20, 30, 10, 60), strict=True)
    ),
    rules=(
        Includes("wants-a", 1, "a"),
        Includes("wants-b", 1, "b"),
        Before("a-first", 2, "a", "b"),
        Fits("in-time", 1, 60),
        DoneBy("b-soon", 1, "b", 50),
        NotDuring("c-quiet", 1, "c", 0, 30),
        Excludes("not-d", 1, "d"),
        Last("c-last", 1, "c"),
        First("a-at-once", 1, "a"),
    ),
)


def test_cards_follow_each_other_in_time() -> None:
    assert timeline(MORNING, ["c", "a"]) == (Placed("c", 0, 10), Placed("a", 10, 30))


def test_an_order_that_keeps_everything_gets_everything() -> None:
    everything = tuple(rule.id for rule in MORNING.rules)
    assert marked(MORNING, ["a", "b", "c"]) == Arranged(10, 10, everything, ())


@pytest.mark.parametrize(
    ("order", "broken"),
    [
        ("bac", {"a-first", "a-at-once"}),
        ("cab", {"c-quiet", "b-soon", "c-last", "a-at-once"}),
        ("abcd", {"in-time", "not-d", "c-last"}),
        ("ab", {"c-quiet", "c-last"}),
        ("a", {"wants-b", "a-first", "b-soon", "c-quiet", "c-last"}),
    ],
)
def test_each_broken_constraint_costs_its_own_points_alone(order: str, broken: set[str]) -> None:
    found = marked(MORNING, list(order))
    assert set(found.broken) == broken
    assert found.points == 10 - sum(one.points for one in MORNING.rules if one.id in broken)


def test_doing_nothing_earns_nothing() -> None:
    for order in ((), ("c",)):
        found = marked(MORNING, order)
        assert not {"not-d", "in-time", "b-soon", "c-quiet"} & set(found.kept)
    assert marked(MORNING, ()).points == 0


def test_half_of_what_is_wanted_is_enough_for_what_is_left_undone_to_count() -> None:
    assert {"not-d", "in-time"} <= set(marked(MORNING, ["a"]).kept)


def test_without_wanted_cards_one_that_is_placed_is_enough() -> None:
    task = Arranging(cards=(Card("a"), Card("b")), rules=(Excludes("not-b", 1, "b"),))
    assert marked(task, []).points == 0
    assert marked(task, ["a"]).points == 1


def test_what_was_done_before_stands_first_whether_it_is_named_or_not() -> None:
    task = replace(
        MORNING, kept=("c",), rules=(First("next", 1, "a"), DoneBy("b-soon", 1, "b", 60))
    )
    assert marked(task, ["a", "b"]) == marked(task, ["c", "a", "b"])
    assert marked(task, ["a", "b"]).kept == ("next", "b-soon")
    assert marked(task, []).points == 0


@pytest.mark.parametrize("order", ["ax", "aa", "aba"])
def test_an_impossible_order_is_refused(order: str) -> None:
    with pytest.raises(ImpossibleOrder):
        marked(MORNING, list(order))


def test_work_may_touch_the_time_it_must_not_fall_in() -> None:
    task = Arranging(
        cards=(Card("a", 30), Card("b", 30), Card("c", 30)),
        rules=(NotDuring("quiet", 1, "b", 60, 90),),
    )
    assert marked(task, ["a", "b"]).points == 1
    assert marked(task, ["a", "c", "b"]).points == 0


cards = st.sampled_from(CARDS)
minutes = st.integers(0, 120)
points = st.integers(1, 3)


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    kind = st.one_of(
        st.builds(Includes, st.just(""), points, cards),
        st.builds(Excludes, st.just(""), points, cards),
        st.builds(First, st.just(""), points, cards),
        st.builds(Last, st.just(""), points, cards),
        st.builds(Before, st.just(""), points, cards, cards),
        st.builds(Fits, st.just(""), points, minutes),
        st.builds(DoneBy, st.just(""), points, cards, minutes),
        st.builds(NotDuring, st.just(""), points, cards, minutes, minutes),
    )
    drawn = draw(st.lists(kind, max_size=8))
    return tuple(replace(rule, id=f"r{number}") for number, rule in enumerate(drawn))


@st.composite
def tasks(draw: st.DrawFn) -> Arranging:
    lengths = draw(st.lists(st.sampled_from((0, 10, 20, 45)), min_size=6, max_size=6))
    return Arranging(
        cards=tuple(map(Card, CARDS, lengths)),
        rules=draw(rules()),
        kept=tuple(draw(st.sampled_from(["", "a", "ab"]))),
    )


orders = st.permutations(CARDS).flatmap(lambda all_: st.integers(0, 6).map(lambda n: all_[:n]))


def rest_of(task: Arranging, order: list[str]) -> list[str]:
    return [card for card in order if card not in task.kept]


@given(tasks(), orders)
def test_points_are_never_below_none_nor_above_all(task: Arranging, order: list[str]) -> None:
    found = marked(task, rest_of(task, order))
    assert 0 <= found.points <= found.maximum
    assert not set(found.kept) & set(found.broken)
    assert found.points == sum(one.points for one in task.rules if one.id in found.kept)


def _renamed(rule: Rule, one: str, other: str) -> tuple[object, ...]:
    swap = {one: other, other: one}
    fields = {key: swap.get(value, value) for key, value in vars(rule).items() if key != "id"}
    return (type(rule).__name__, *sorted(fields.items()))


def _are_equal(task: Arranging, one: str, other: str) -> bool:
    """Tell whether two cards take as long and stand in the same rules, or in none."""
    lengths = {card.id: card.minutes for card in task.cards}
    as_they_are = sorted(map(repr, (_renamed(rule, "", "") for rule in task.rules)))
    swapped = sorted(map(repr, (_renamed(rule, one, other) for rule in task.rules)))
    movable = not {one, other} & set(task.kept)
    return movable and lengths[one] == lengths[other] and as_they_are == swapped


@st.composite
def with_twins(draw: st.DrawFn) -> tuple[Arranging, str, str]:
    """A task in which whatever holds for one card holds for another."""
    task = draw(tasks())
    one, other = draw(st.permutations("cdef").map(lambda all_: all_[:2]))
    free = [rule for rule in task.rules if isinstance(rule, Fits)]
    rest = [rule for rule in task.rules if not isinstance(rule, Fits)]
    swap = {one: other, other: one}
    twins = [
        replace(rule, id=f"{rule.id}-twin", **{key: swap[value]})
        for rule in rest
        for key, value in vars(rule).items()
        if key == "card" and value in swap and getattr(rule, "other", None) not in swap
    ]
    alone = [rule for rule in rest if getattr(rule, "other", None) not in swap]
    lengths = {card.id: card.minutes for card in task.cards}
    lengths[other] = lengths[one]
    return (
        replace(
            task,
            cards=tuple(Card(name, lengths[name]) for name in CARDS),
            rules=(*free, *alone, *twins),
        ),
        one,
        other,
    )


@given(with_twins(), orders)
def test_points_never_depend_on_the_order_of_equal_cards(
    twins: tuple[Arranging, str, str], order: list[str]
) -> None:
    task, one, other = twins
    assert _are_equal(task, one, other)
    swap = {one: other, other: one}
    here = rest_of(task, order)
    there = [swap.get(card, card) for card in here]
    assert marked(task, here).points == marked(task, there).points


@given(tasks(), st.sets(cards))
def test_every_permutation_that_breaks_nothing_gets_everything(
    task: Arranging, chosen: set[str]
) -> None:
    for order in permutations(sorted(chosen - set(task.kept))):
        found = marked(task, order)
        if order and not found.broken:
            assert found.points == found.maximum


@given(tasks(), orders, rules())
def test_a_broken_rule_more_never_raises_points(
    task: Arranging, order: list[str], more: tuple[Rule, ...]
) -> None:
    here = rest_of(task, order)
    before = marked(task, here)
    for rule in more:
        grown = replace(task, rules=(*task.rules, replace(rule, id="new")))
        after = marked(grown, here)
        if "new" in after.broken:
            assert after.points <= before.points
