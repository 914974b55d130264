"""The order of an attempt at scenarios: rehearsed first, then each step until it has its answer."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dialogues.homes import bank
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.dialogues.scenes import (
    TAKES,
    Answer,
    DoStep,
    Over,
    Progress,
    State,
    WaitFor,
    asked,
    drawn,
    is_open,
    newly_asked,
    next_step,
    progress,
    shuffled,
    trouble,
)

BANK = bank()
DRAWN = ["talk-a", "show-a"]
REHEARSED = [
    Answer("try.ask", "touch", option="who"),
    Answer("try.say", "touch", option="cannot-speak"),
    Answer("try.choose", "touch", option="mop"),
]
HEARD = Answer("talk-a.hello", "touch", option="understood")
DONE = Answer("talk-a.ask", "done", option="done")
SAID = Answer("talk-a.restate", "speech", "prepared")
SHOWN = [
    Answer("show-a.choose", "touch", option="sponge"),
    Answer("show-a.pick", "order", options=("mop",)),
    Answer("show-a.rooms", "order", options=("kitchen",)),
]


def take(step: str, state: State = "prepared", *found: str, trouble: str | None = None) -> Answer:
    return Answer(step, "speech", state, found=frozenset(found), trouble=trouble)


def turn(*answers: Answer) -> DoStep | WaitFor | Over:
    return next_step(BANK, DRAWN, [*REHEARSED, *answers])


def where(*answers: Answer) -> str:
    now = turn(*answers)
    assert isinstance(now, DoStep), now
    return now.step.id


def test_the_rehearsal_comes_first_and_is_no_part_of_the_path() -> None:
    now = next_step(BANK, DRAWN, [])
    assert isinstance(now, DoStep)
    assert (now.step.id, now.is_rehearsal) == ("try.ask", True)
    parts = progress(BANK, DRAWN, REHEARSED)
    assert [(part.scenario.id, part.steps, part.answered) for part in parts] == [
        ("talk-a", 3, 0),
        ("show-a", 3, 0),
    ]


def test_each_step_comes_once_the_one_before_has_its_answer() -> None:
    assert where() == "talk-a.hello"
    assert where(HEARD) == "talk-a.ask"
    assert where(HEARD, DONE) == "talk-a.restate"
    assert where(HEARD, DONE, SAID) == "show-a.choose"
    assert where(HEARD, DONE, SAID, SHOWN[0]) == "show-a.pick"
    assert where(HEARD, DONE, SAID, *SHOWN[:2]) == "show-a.rooms"
    assert turn(HEARD, DONE, SAID, *SHOWN) == Over()


def test_a_rehearsal_of_pictures_goes_on_until_it_is_right_or_was_tried_three_times() -> None:
    before = REHEARSED[:2]
    wrong = Answer("try.choose", "touch", option="broom")
    again = next_step(BANK, DRAWN, [*before, wrong, wrong])
    assert isinstance(again, DoStep)
    assert (again.step.id, again.again) == ("try.choose", "rehearsal.other")
    after = next_step(BANK, DRAWN, [*before, wrong, wrong, wrong])
    assert isinstance(after, DoStep)
    assert after.step.id == "talk-a.hello"


def test_one_question_rehearses_asking_and_three_tries_whatever_came_of_them() -> None:
    one = next_step(BANK, DRAWN, [take("try.ask", "prepared", "home")])
    assert isinstance(one, DoStep)
    assert one.step.id == "try.say"
    tries = [take("try.ask"), take("try.ask", "unusable"), take("try.ask", "stopped")]
    assert not is_open(BANK, DRAWN, tries, step="try.ask")
    assert is_open(BANK, DRAWN, tries[:2], step="try.ask")


def test_asking_is_over_when_everything_was_asked_aloud_or_by_touch() -> None:
    aloud = take("talk-a.ask", "prepared", "who", "talk-b")
    assert where(HEARD, aloud) == "talk-a.ask"
    now = turn(HEARD, aloud)
    assert isinstance(now, DoStep)
    assert now.asked == {"who"}
    assert where(HEARD, aloud, Answer("talk-a.ask", "touch", option="home")) == "talk-a.restate"


def test_asking_is_over_after_many_takes() -> None:
    takes = [take("talk-a.ask")] * TAKES
    assert where(HEARD, *takes[:-1]) == "talk-a.ask"
    assert where(HEARD, *takes) == "talk-a.restate"


def test_the_same_question_touched_again_and_again_ends_it_too() -> None:
    same = [Answer("talk-a.ask", "touch", option="who")] * (TAKES + 2)
    assert where(HEARD, *same[:-1]) == "talk-a.ask"
    assert where(HEARD, *same) == "talk-a.restate"


def test_what_was_not_understood_is_asked_again_and_then_by_touch() -> None:
    nothing, something = take("talk-a.ask"), take("talk-a.ask", "prepared", "who")
    again = [turn(HEARD, *[nothing] * times) for times in (1, 2)]
    assert [one.again for one in again if isinstance(one, DoStep)] == [
        "task.ask-again",
        "task.ask-touch",
    ]
    stopped, heard = turn(HEARD, take("talk-a.ask", "stopped")), turn(HEARD, nothing, something)
    assert isinstance(stopped, DoStep)
    assert isinstance(heard, DoStep)
    assert (stopped.again, heard.again) == ("task.ask-touch", None)


def test_only_what_was_asked_first_is_answered_now() -> None:
    step = BANK.scenarios["talk-a"].steps[1]
    first = [take(step.id, "prepared", "who")]
    both = [*first, take(step.id, "prepared", "home", "who")]
    assert newly_asked(step, first) == ("who",)
    assert newly_asked(step, both) == ("home",)
    assert newly_asked(step, [*both, both[-1]]) == ()
    assert newly_asked(BANK.scenarios["talk-a"].steps[2], both) == ()
    assert asked(step, [Answer("talk-b.ask", "touch", option="who")]) == frozenset()


def test_an_unusable_take_is_asked_again_twice_and_then_left_to_a_person() -> None:
    bad = take("talk-a.restate", "unusable", trouble="too-quiet")
    now = turn(HEARD, DONE, bad, bad)
    assert isinstance(now, DoStep)
    assert (now.step.id, now.again) == ("talk-a.restate", "trouble.too-quiet")
    assert where(HEARD, DONE, bad, bad, bad) == "show-a.choose"
    assert where(HEARD, DONE, bad, bad, SAID) == "show-a.choose"


@pytest.mark.parametrize("state", ["pending", "prepared", "stopped"])
def test_one_take_is_enough_to_go_on(state: State) -> None:
    assert where(HEARD, DONE, take("talk-a.restate", state)) == "show-a.choose"


def test_who_cannot_speak_goes_on() -> None:
    no_voice = Answer("talk-a.restate", "touch", option="cannot-speak")
    assert where(HEARD, DONE, no_voice) == "show-a.choose"


def test_at_the_end_a_take_that_may_be_unusable_is_waited_for() -> None:
    assert turn(HEARD, DONE, take("talk-a.restate", "pending"), *SHOWN) == WaitFor("talk-a.restate")
    late = take("talk-a.restate", "unusable")
    assert where(HEARD, DONE, late, *SHOWN) == "talk-a.restate"


def test_a_take_that_is_heard_late_does_not_refuse_the_answer_on_the_screen() -> None:
    answers = [*REHEARSED, HEARD, DONE, take("talk-a.restate", "unusable")]
    assert is_open(BANK, DRAWN, answers, step="talk-a.restate")
    assert is_open(BANK, DRAWN, answers, step="show-a.choose")
    assert not is_open(BANK, DRAWN, answers, step="show-a.pick")


def test_nothing_is_skipped_while_questions_are_asked() -> None:
    answers = [*REHEARSED, HEARD, take("talk-a.ask", "prepared", "who")]
    assert is_open(BANK, DRAWN, answers, step="talk-a.ask")
    assert not is_open(BANK, DRAWN, answers, step="talk-a.restate")


def test_a_rehearsal_is_left_behind_once_something_counts() -> None:
    late = Answer("try.say", "speech", "unusable", trouble="machine")
    answers = [REHEARSED[0], late, REHEARSED[2], HEARD]
    now = next_step(BANK, DRAWN, answers)
    assert isinstance(now, DoStep)
    assert now.step.id == "talk-a.ask"


def test_an_order_said_aloud_is_no_answer_before_it_is_confirmed() -> None:
    spoken = take("show-a.rooms")
    before = [HEARD, DONE, SAID, *SHOWN[:2], spoken]
    assert where(*before) == "show-a.rooms"
    assert turn(*before, SHOWN[2]) == Over()


def test_trouble_is_told_of_the_last_answer_to_a_step() -> None:
    ask = BANK.scenarios["talk-a"].steps[1]
    assert trouble(ask, [take(ask.id)]) == "task.ask-again"
    assert trouble(ask, [take(ask.id, "unusable")]) == "trouble.machine"
    with pytest.raises(ValueError, match=r"talk-a\.ask"):
        trouble(ask, [HEARD])


def test_the_path_fills_with_answers() -> None:
    scenario = BANK.scenarios["talk-a"]
    assert progress(BANK, DRAWN, [*REHEARSED, HEARD, DONE])[0] == Progress(scenario, 3, 2)


def test_scenarios_met_least_often_are_drawn() -> None:
    for number in range(50):
        names = drawn(BANK, Counter({"talk-a": 1, "show-a": 2, "show-b": 1}), key=bytes([number]))
        assert names == ["talk-b", "show-c"]


def test_whoever_comes_again_meets_others_until_all_were_met() -> None:
    seen: Counter[str] = Counter()
    forms = []
    for number in range(6):
        forms.append(drawn(BANK, seen, key=f"attempt {number}".encode()))
        seen.update(forms[-1])
    assert all(one[0] != other[0] for one, other in list(pairwise(forms))[::2])
    assert {form[1] for form in forms[:3]} == {"show-a", "show-b", "show-c"}


def test_chance_draws_each_about_as_often() -> None:
    counted = Counter(drawn(BANK, {}, key=str(n).encode())[1] for n in range(600))
    assert all(150 < times < 250 for times in counted.values())


def test_pictures_stand_in_an_order_that_an_attempt_alone_decides() -> None:
    names = ("mop", "broom", "sponge", "bucket")
    orders = {shuffled(names, seed=str(number)) for number in range(200)}
    assert len(orders) == 24
    assert shuffled(names, seed="1") == shuffled(names[::-1], seed="1")


kinds = st.sampled_from(["touch", "speech", "order", "done"])
states = st.sampled_from(["pending", "prepared", "unusable", "stopped"])


def any_answer(names: list[str]) -> st.SearchStrategy[Answer]:
    spoken = st.builds(
        Answer,
        st.sampled_from(names),
        st.just("speech"),
        states,
        found=st.frozensets(st.sampled_from(["who", "home"])),
    )
    touched = st.builds(
        Answer, st.sampled_from(names), st.just("touch"), option=st.sampled_from(["mop", "who"])
    )
    return st.one_of(spoken, touched)


def steps_of(some: ScenarioBank) -> list[str]:
    homes = (some.rehearsal, *(some.scenarios[name] for name in DRAWN))
    return [step.id for home in homes for step in home.steps if not step.id.startswith("show")]


@given(st.lists(any_answer(steps_of(BANK)), max_size=30))
def test_what_comes_next_is_open_and_what_is_over_stays_so(answers: list[Answer]) -> None:
    now = next_step(BANK, DRAWN, answers)
    if isinstance(now, DoStep):
        assert is_open(BANK, DRAWN, answers, step=now.step.id)
    counts = [
        sum(part.answered for part in progress(BANK, DRAWN, answers[:size]))
        for size in range(len(answers) + 1)
    ]
    grew = [after - before for before, after in pairwise(counts)]
    assert all(step >= -1 for step in grew)


def test_every_attempt_ends_whatever_is_heard() -> None:
    for state in ("pending", "prepared", "unusable", "stopped"):
        answers: list[Answer] = []
        for _ in range(60):
            now = next_step(BANK, DRAWN, answers)
            if not isinstance(now, DoStep):
                break
            is_spoken = now.step.learning_outcome == "LO1" and ".hello" not in now.step.id
            shown = [one for one in [*REHEARSED, HEARD, *SHOWN] if one.step == now.step.id]
            answers.append(take(now.step.id, state) if is_spoken else shown[0])
        assert isinstance(next_step(BANK, DRAWN, answers), WaitFor if state == "pending" else Over)
