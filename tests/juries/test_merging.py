"""What phones bring is added once, in any order, and comes to the outcome of three people."""

from dataclasses import replace
from itertools import permutations
from uuid import uuid4

import pytest

from tests.juries.house import BANK, CHIEF, NOON, House, again
from voice_app import attempts, juries, outcomes
from voice_app.attempts import OtherResponse, UnknownChoice
from voice_app.juries import JuryError, Merged, SeatMark, Told
from voice_app.marking import NotMarked
from voice_app.models import JuryNote, Mark, Response, Unmarked, Utterance

TAKE = attempts.Take("audio/wav", "0" * 64, 10, "take")


def given(step: str, name=None) -> attempts.Given:
    return attempts.Given(name or uuid4(), step, attempts.Listens(), NOON)


def whole(house: House, jury, *points: tuple[int, int]) -> Told:
    return Told(house.answers(jury), house.marks(jury, *points))


def test_three_marks_come_to_their_median(house: House) -> None:
    jury = house.in_one_room()
    house.merge(jury, whole(house, jury, (0, 0), (1, 2), (2, 2)))
    outcome = house.outcome(jury)
    # Doubled: eight of pictures, one of asking and two of restating, of twelve.
    assert (outcome.state, outcome.points, outcome.maximum, outcome.reviews) == (
        "passed",
        22,
        24,
        0,
    )
    assert house.awarded == [jury.attempt_id]
    assert not house.rows(Unmarked)
    marks = house.rows(Mark)
    assert {one.why for one in marks} == {"jury"}
    assert {one.author for one in marks} == {
        f"seat:{one.id}" for one in juries.seats_of(house.session, jury)
    }


def test_nothing_is_settled_before_all_three_have_spoken(house: House) -> None:
    jury = house.in_one_room()
    house.merge(jury, whole(house, jury, (2, 2), (2, 2)))
    assert house.outcome(jury).reviews > 0
    assert not juries.standing_of(house.session, jury, bank=BANK).is_whole
    house.merge(jury, Told(marks=house.marks(jury, (2, 2), (2, 2), (2, 2))))
    assert house.outcome(jury).reviews == 0
    assert juries.standing_of(house.session, jury, bank=BANK).is_whole


def test_the_same_merge_twice_is_once(house: House) -> None:
    jury = house.in_one_room()
    told = whole(house, jury, (0, 2), (1, 2), (2, 2))
    assert house.merge(jury, told) == Merged(new=12)
    before = [len(house.rows(one)) for one in (Response, Mark, JuryNote)]
    last = house.outcome(jury).seq
    assert house.merge(jury, told) == Merged()
    assert [len(house.rows(one)) for one in (Response, Mark, JuryNote)] == before
    assert house.outcome(jury).seq == last
    assert len(house.awarded) == 1


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_phones_may_come_in_any_order(house: House, order: tuple[int, ...]) -> None:
    jury = house.in_one_room()
    marks = house.marks(jury, (0, 0), (1, 2), (2, 2))
    phones = [Told(answers=house.answers(jury)), *(Told(marks=marks[n : n + 2]) for n in (0, 2, 4))]
    for number in order:
        house.merge(jury, phones[number])
    assert (house.outcome(jury).points, house.outcome(jury).state) == (22, "passed")


def test_of_two_answers_the_first_holds_and_the_coordinator_is_told_once(house: House) -> None:
    jury = house.in_one_room()
    first = house.answers(jury)
    house.merge(jury, Told(answers=first))
    other = again(first[3], option="broom")
    same = again(first[4])
    for _ in range(2):
        merged = house.merge(jury, Told(answers=(other, same)))
        assert merged == Merged(conflicts=(other.step,))
    kept = [one for one in house.rows(Response) if one.item == other.step]
    assert [one.option for one in kept] == ["mop"]
    (note,) = juries.conflicts_of(house.session, jury)
    assert (note.item, note.detail["told"]) == (other.step, "broom")


def test_of_two_marks_of_a_seat_the_first_holds(house: House) -> None:
    jury = house.in_one_room()
    house.merge(jury, Told(marks=house.marks(jury, (2, 2))))
    merged = house.merge(jury, Told(marks=(house.mark(jury, "employer", "ask", points=0),)))
    assert len(merged.conflicts) == 1
    assert sorted(one.levels.popitem()[1] for one in house.rows(Mark)) == [2, 2]


def test_who_cannot_judge_has_spoken_too(house: House) -> None:
    jury = house.in_one_room()
    marks = [*house.marks(jury, (2, 2), (0, 2))]
    steps = dict.fromkeys(one.step for one in marks)
    trainer = house.seat(jury, "trainer").id
    marks += [SeatMark(trainer, step, reason="noise") for step in steps]
    house.merge(jury, Told(house.answers(jury), tuple(marks)))
    # The mean of two and nothing is one: doubled eight, one and two.
    assert (house.outcome(jury).points, house.outcome(jury).reviews) == (22, 0)


def test_a_phone_brings_marks_of_its_own_seats_alone(house: House) -> None:
    jury = house.in_one_room()
    marks = house.marks(jury, (2, 2), (2, 2))
    with pytest.raises(JuryError, match="another phone"):
        house.merge(jury, Told(marks=marks), roles=("peer",))
    other = house.in_one_room()
    with pytest.raises(JuryError, match="another phone"):
        house.merge(other, Told(marks=marks))


@pytest.mark.parametrize("levels", [{}, {"asks": 7}, {"asks": 2, "restates": 2}, {"restates": 2}])
def test_a_mark_is_by_the_rubric_of_its_task(house: House, levels: dict[str, int]) -> None:
    jury = house.in_one_room()
    talk = house.attempt(jury).criteria["scenarios"][0]
    mark = SeatMark(house.seat(jury, "peer").id, f"{talk}.ask", levels)
    with pytest.raises(JuryError):
        house.merge(jury, Told(marks=(mark,)))


def test_what_is_no_answer_is_not_added(house: House) -> None:
    jury = house.in_one_room()
    hello, ask, _, choose, pick, rooms = house.answers(jury)
    wrong = (
        again(hello, option="done"),
        again(ask, kind="touch", option="who"),
        again(choose, option="bleach"),
        again(pick, options=("mop", "mop")),
        again(rooms, kind="done", options=()),
        again(choose, step="try.choose", kind="done", option=None),
        again(choose, step="nowhere"),
    )
    for one in wrong:
        with pytest.raises(UnknownChoice):
            house.merge(jury, Told(answers=(one,)))
    mark = SeatMark(house.seat(jury, "peer").id, choose.step, {"asks": 1})
    with pytest.raises(NotMarked):
        house.merge(jury, Told(marks=(mark,)))
    assert not house.rows(Response)


def test_no_id_is_taken_from_another_attempt(house: House) -> None:
    one, other = house.in_one_room(), house.in_one_room()
    hello, *_ = house.answers(one)
    house.merge(one, Told(answers=(hello,)))
    theirs, *_ = house.answers(other)
    with pytest.raises(OtherResponse):
        house.merge(other, Told(answers=(replace(theirs, id=hello.id),)))


def test_a_voice_is_kept_by_consent_alone(house: House) -> None:
    jury = house.in_one_room()
    step = house.answers(jury)[1].step
    take = {"given": given(step), "take": TAKE}
    with pytest.raises(JuryError, match="not allowed"):
        juries.keep_take(house.session, BANK, jury, **take)
    house.merge(jury, Told(is_recorded=True))
    assert jury.is_recorded
    assert juries.keep_take(house.session, BANK, jury, **take)
    assert not juries.keep_take(house.session, BANK, jury, **take)
    assert len(house.rows(Utterance)) == 1
    with pytest.raises(UnknownChoice):
        juries.keep_take(
            house.session, BANK, jury, given=given(house.answers(jury)[3].step), take=TAKE
        )


def test_a_no_stays_a_no(house: House) -> None:
    jury = house.in_one_room()
    house.merge(jury, Told(is_recorded=False))
    house.merge(jury, Told(is_recorded=True))
    assert not jury.is_recorded
    assert not juries.may_record(house.session, jury)


def test_a_recorded_answer_waits_for_no_machine(house: House) -> None:
    jury = house.in_one_room()
    answers = house.answers(jury)
    house.merge(jury, Told(is_recorded=True))
    for one in answers[1:3]:
        juries.keep_take(house.session, BANK, jury, given=given(one.step), take=TAKE)
    house.merge(jury, Told(answers, house.marks(jury, (2, 2), (2, 2), (2, 2))))
    assert house.outcome(jury).state == "passed"


def test_after_a_jury_is_sent_home_assessors_mark_as_ever(house: House) -> None:
    jury = house.in_one_room()
    house.merge(jury, whole(house, jury, (2, 2)))
    juries.dissolve(house.session, jury, author=CHIEF, at=NOON)
    house.settle(jury)
    assert {one.why for one in house.rows(Unmarked)} == {"rubric"}
    assert outcomes.latest(house.session, jury.attempt_id).state == "to_review"
