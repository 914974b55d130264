"""The order of turns: rehearsal, sections, what is asked again and when it all ends."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialogues.fakes import REHEARSAL, assessment, item
from voice_app.dialogues.flow import (
    Ask,
    AskAgain,
    Finish,
    Progress,
    Rehearse,
    Response,
    State,
    Wait,
    final_states,
    is_open,
    next_turn,
    option_order,
    progress,
)

SMALL = assessment(2, 2)
REHEARSED = Response(REHEARSAL, "touch", "right")


def said(name: str, *states: State) -> list[Response]:
    return [Response(name, "speech", state) for state in states]


def touched(name: str, state: State = "right") -> list[Response]:
    return [Response(name, "touch", state)]


def turn(*runs: list[Response]):
    return next_turn(SMALL, [REHEARSED, *(one for run in runs for one in run)])


def test_the_rehearsal_comes_first():
    assert next_turn(SMALL, []) == Rehearse(REHEARSAL)


def test_one_right_rehearsal_is_enough():
    assert next_turn(SMALL, said(REHEARSAL, "right")) == Ask("a1")


@pytest.mark.parametrize("state", ["wrong", "unsure", "echo", "unusable"])
def test_three_rehearsals_are_enough_whatever_came_of_them(state: State):
    assert next_turn(SMALL, said(REHEARSAL, state, state)) == Rehearse(REHEARSAL)
    assert next_turn(SMALL, said(REHEARSAL, state, state, state)) == Ask("a1")


def test_a_pending_rehearsal_is_waited_for_and_may_be_touched_meanwhile():
    assert next_turn(SMALL, said(REHEARSAL, "pending")) == Wait()
    assert is_open(SMALL, said(REHEARSAL, "pending"), REHEARSAL)


def test_items_come_section_by_section():
    assert turn(touched("a1")) == Ask("a2")
    assert turn(touched("a1"), touched("a2")) == Ask("b1")


def test_a_pending_answer_does_not_block():
    assert turn(said("a1", "pending")) == Ask("a2")
    assert turn(said("a1", "pending"), said("a2", "pending")) == Ask("b1")


@pytest.mark.parametrize("state", ["echo", "unusable"])
def test_an_unscored_take_is_asked_again_at_once_twice(state: State):
    assert turn(said("a1", state)) == AskAgain("a1", state)
    assert turn(said("a1", state, state)) == AskAgain("a1", state)


def test_a_third_unscored_take_counts_as_unsure():
    takes = said("a1", "echo", "unusable", "echo")
    assert turn(takes) == Ask("a2")
    assert turn(takes, touched("a2")) == AskAgain("a1", "unsure")


def test_an_echo_heard_late_is_asked_before_anything_else():
    assert turn(said("a1", "echo"), touched("a2"), touched("b1")) == AskAgain("a1", "echo")


def test_unsure_answers_are_asked_again_at_the_end_of_the_section():
    assert turn(said("a1", "unsure")) == Ask("a2")
    assert turn(said("a1", "unsure"), touched("a2")) == AskAgain("a1", "unsure")
    assert turn(said("a1", "unsure"), touched("a2"), touched("a1")) == Ask("b1")


def test_a_verdict_that_comes_late_is_asked_at_the_end_of_a_later_section():
    begun = (said("a1", "unsure"), touched("a2"), touched("b1"))
    assert turn(*begun) == Ask("b2")
    assert turn(*begun, touched("b2")) == AskAgain("a1", "unsure")


def test_unsure_twice_stays_for_a_person():
    twice = said("a1", "unsure", "unsure")
    assert turn(twice, touched("a2")) == Ask("b1")
    assert final_states(SMALL, twice)["a1"] == "for_person"


def test_spoken_wrong_is_not_asked_again_and_stays_for_a_person():
    assert turn(said("a1", "wrong"), touched("a2")) == Ask("b1")
    assert final_states(SMALL, said("a1", "wrong"))["a1"] == "for_person"


def test_a_touch_is_final():
    assert turn(touched("a1", "wrong"), touched("a2")) == Ask("b1")
    assert final_states(SMALL, touched("a1", "wrong"))["a1"] == "wrong_touch"
    assert final_states(SMALL, touched("a1"))["a1"] == "right"


def test_the_end_waits_for_pending_answers_and_then_finishes():
    rest = [*touched("a2"), *touched("b1"), *touched("b2")]
    assert turn(said("a1", "pending"), rest) == Wait()
    assert turn(said("a1", "unsure"), rest) == AskAgain("a1", "unsure")
    assert turn(said("a1", "unsure", "pending"), rest) == Wait()
    assert turn(said("a1", "right"), rest) == Finish()


def test_an_item_is_open_when_it_is_the_turn_or_was_a_moment_ago():
    shown_meanwhile = [REHEARSED, *said("a1", "echo")]
    assert is_open(SMALL, shown_meanwhile, "a1")
    assert is_open(SMALL, shown_meanwhile, "a2")
    assert not is_open(SMALL, shown_meanwhile, "b1")
    assert not is_open(SMALL, shown_meanwhile, REHEARSAL)
    assert not is_open(SMALL, [REHEARSED, *touched("a1")], "a1")
    assert not is_open(SMALL, [REHEARSED, *said("a1", "pending")], "a1")
    assert not is_open(SMALL, [REHEARSED], "nowhere")
    assert not is_open(SMALL, [], "a1")


def test_progress_counts_what_is_answered():
    responses = [*said("a1", "pending"), *said("a2", "echo")]
    assert progress(SMALL, responses) == (Progress("product", 2, 1), Progress("material", 2, 0))


def test_the_order_of_options_is_kept_for_a_seed_and_spread_over_all_orders():
    orders = Counter(option_order(item("a1"), f"attempt {number}") for number in range(2400))
    assert option_order(item("a1"), "x") == option_order(item("a1"), "x")
    assert len(orders) == 24
    assert all(60 <= count <= 145 for count in orders.values())
    right_at = Counter(order.index("north") for order in orders.elements())
    assert all(500 <= count <= 700 for count in right_at.values())


# A loaded machine is no defect of the code.
UNHURRIED = settings(deadline=None)

STATES = st.sampled_from(["right", "wrong", "unsure", "echo", "unusable"])
STEPS = st.lists(st.tuples(st.booleans(), STATES, st.integers(0, 6)), min_size=120, max_size=120)


Steps = list[tuple[bool, State, int]]
Responses = list[Response]


def walk(steps: Steps):
    """Answer whatever is asked; a spoken verdict arrives some turns late."""
    bank = assessment(3, 2, 4)
    responses: list[Response] = []
    verdicts: list[tuple[int, int, State]] = []
    for number, (is_touch, state, late) in enumerate(steps):
        turn = next_turn(bank, responses)
        yield bank, responses, turn
        for due, place, verdict in list(verdicts):
            if due <= number or isinstance(turn, Wait):
                responses[place] = Response(responses[place].item, "speech", verdict)
                verdicts.remove((due, place, verdict))
        if isinstance(turn, Finish):
            return
        if isinstance(turn, Wait):
            continue
        if is_touch:
            touch: State = "right" if state == "right" else "wrong"
            responses.append(Response(turn.item, "touch", touch))
        else:
            verdicts.append((number + late, len(responses), state))
            responses.append(Response(turn.item, "speech", "pending"))


@UNHURRIED
@given(STEPS)
def test_every_attempt_ends_and_settles_every_item(steps: Steps):
    *_, (bank, responses, last) = walk(steps)
    assert last == Finish()
    assert set(final_states(bank, responses).values()) <= {"right", "wrong_touch", "for_person"}
    assert all(one.answered == one.items for one in progress(bank, responses))


@UNHURRIED
@given(STEPS)
def test_nothing_is_asked_again_for_unsure_twice_and_a_touch_never(steps: Steps):
    unsure: Counter[str] = Counter()
    for _, responses, turn in walk(steps):
        if isinstance(turn, AskAgain):
            assert not any(one.kind == "touch" and one.item == turn.item for one in responses)
            unsure[turn.item] += turn.reason == "unsure"
    assert all(count <= 1 for count in unsure.values())


@UNHURRIED
@given(STEPS)
def test_whoever_is_asked_may_answer(steps: Steps):
    for bank, responses, turn in walk(steps):
        if isinstance(turn, Rehearse | Ask | AskAgain):
            assert is_open(bank, responses, turn.item)


RESPONSES = st.lists(
    st.one_of(
        st.builds(Response, st.sampled_from(["a1", "a2", "b1", "b2"]), st.just("speech"), STATES),
        st.builds(
            Response,
            st.sampled_from(["a1", "a2", "b1", "b2"]),
            st.just("touch"),
            st.sampled_from(["right", "wrong"]),
        ),
    )
)


@UNHURRIED
@given(RESPONSES, RESPONSES)
def test_a_settled_item_stays_as_it_is_whatever_follows(before: Responses, after: Responses):
    earlier = final_states(SMALL, before)
    later = final_states(SMALL, before + after)
    assert all(later[name] == state for name, state in earlier.items() if state != "open")
