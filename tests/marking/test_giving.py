import pytest

from tests.marking.desk import ADVISE, BEST, OWNER, SAY, Desk, author
from voice_app import marking
from voice_app.marking import conflicts
from voice_app.models import Outcome, Unmarked


def test_one_mark_settles_where_one_is_wanted(desk: Desk) -> None:
    desk.policy(double=0)
    attempt = desk.attempt()
    assert not marking.points(desk.session, attempt)[SAY].is_settled
    mark = desk.mark("ana")
    found = marking.points(desk.session, attempt)[SAY]
    assert (found.points_x2, found.maximum_x2, found.is_settled) == (8, 8, True)
    assert mark.is_counted
    assert desk.turns() == []


def test_of_two_marks_the_mean_counts(desk: Desk) -> None:
    attempt = desk.attempt()
    desk.mark("ana", clear=1)
    assert not marking.points(desk.session, attempt)[SAY].is_settled
    desk.mark("ben")
    found = marking.points(desk.session, attempt)[SAY]
    assert (found.points_x2, found.is_settled) == (7, True)
    assert desk.turns() == []


def test_two_who_are_apart_have_a_third_settle_it(desk: Desk) -> None:
    attempt = desk.attempt()
    desk.mark("ana", clear=0)
    desk.mark("ben", clear=2)
    assert desk.turns() == [(SAY, "rubric", 3)]
    assert desk.next("ana") is None
    assert desk.next("ben") is None
    desk.mark("cleo", clear=2)
    found = marking.points(desk.session, attempt)[SAY]
    assert (found.points_x2, found.is_settled) == (8, True)


def test_near_the_line_a_second_mark_is_asked_for(desk: Desk) -> None:
    desk.policy(double=0)
    attempt = desk.attempt(steps=(SAY, ADVISE))
    desk.mark("ana", clear=1, whole=1)
    desk.mark("ana", kind=2)
    # 4 of 6 points: one level less would not pass.
    assert desk.turns() == [(SAY, "rubric", 2), (ADVISE, "rubric", 2)]
    assert not any(one.is_settled for one in marking.points(desk.session, attempt).values())


def test_far_from_every_line_one_mark_is_enough(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt(steps=(SAY, ADVISE))
    desk.mark("ana")
    desk.mark("ana")
    assert desk.turns() == []


def test_where_two_would_decide_otherwise_a_third_is_asked(desk: Desk) -> None:
    desk.attempt()
    desk.mark("ana", clear=1, whole=1)
    # 2 of 4 points do not pass, 3 do; no criterion is more than a level off.
    desk.mark("ben", clear=1, whole=2)
    assert desk.turns() == [(SAY, "rubric", 3)]


def test_an_appeal_is_one_more_mark_that_never_lowers(desk: Desk) -> None:
    desk.policy(double=0)
    attempt = desk.attempt()
    desk.mark("ana", clear=2, whole=0)
    desk.session.query(Unmarked).delete()
    assert marking.appeal(desk.session, attempt, at=desk.now) == 1
    assert marking.appeal(desk.session, attempt, at=desk.now) == 0
    assert desk.next("ana") is None
    desk.mark("ben", clear=0, whole=1)
    found = marking.points(desk.session, attempt)[SAY]
    assert (found.points_x2, found.is_settled) == (6, True)


@pytest.mark.parametrize(
    "given",
    [
        {"levels": {"clear": 2}},
        {"levels": {"clear": 2, "whole": 7}},
        {"levels": BEST | {"other": 1}},
        {"levels": BEST, "reason": "noise"},
        {"reason": "tired"},
        {"heard": "mop"},
        {},
    ],
)
def test_half_a_mark_is_none(desk: Desk, given: dict[str, object]) -> None:
    desk.attempt()
    task = desk.next("ana")
    assert task is not None
    with pytest.raises(marking.MarkError):
        desk.put("ana", task, **given)
    assert desk.marks() == []


def test_what_one_cannot_judge_another_gets(desk: Desk) -> None:
    desk.policy(double=0)
    attempt = desk.attempt()
    task = desk.next("ana")
    assert task is not None
    desk.put("ana", task, reason="noise")
    assert desk.next("ana") is None
    assert desk.next("ben") is task
    desk.give("ben", task)
    assert marking.points(desk.session, attempt)[SAY].is_settled


def test_what_two_cannot_judge_waits_for_the_coordinator(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt()
    for name in ("ana", "ben"):
        task = desk.next(name)
        assert task is not None
        desk.put(name, task, reason="no-sound")
    assert desk.next("cleo") is None
    assert desk.waiting().puzzling == 1
    (task,) = marking.puzzling(desk.session, "c1")
    mine = marking.task_of(
        desk.session, task.seq, author=author("boss"), now=desk.now, is_coordinator=True
    )
    desk.give("boss", mine)
    assert desk.waiting().total == 0


def test_who_knows_the_voice_hears_nothing_of_them_again(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt("a1")
    desk.attempt("a2")
    task = desk.next("ana")
    assert task is not None
    desk.put("ana", task, reason="known-person")
    assert desk.next("ana") is None
    assert desk.waiting().puzzling == 0
    found = conflicts.between(desk.session, "ana", owner_hash=OWNER)
    assert found is not None
    assert found.kind == "known"


def test_the_last_mark_is_taken_back_and_given_anew(desk: Desk) -> None:
    desk.policy(double=0)
    attempt = desk.attempt()
    wrong = desk.mark("ana", clear=0)
    task = marking.take_back(desk.session, author("ana"), at=desk.now)
    assert not marking.points(desk.session, attempt)[SAY].is_settled
    assert desk.next("ana") is task
    desk.give("ana", task)
    assert marking.points(desk.session, attempt)[SAY].points_x2 == 8
    assert [mark.replaces for mark in desk.marks()] == [None, wrong.seq, None]


def test_a_third_turn_goes_with_the_mark_that_asked_for_it(desk: Desk) -> None:
    desk.attempt()
    desk.mark("ana", clear=0)
    desk.mark("ben", clear=2)
    marking.take_back(desk.session, author("ben"), at=desk.now)
    assert desk.turns() == [(SAY, "rubric", 2)]


def test_after_ten_minutes_a_mark_stands(desk: Desk) -> None:
    desk.attempt()
    desk.mark("ana")
    desk.pass_time(minutes=11)
    with pytest.raises(marking.TooLate):
        marking.take_back(desk.session, author("ana"), at=desk.now)


def test_a_mark_stands_once_a_third_has_settled_it(desk: Desk) -> None:
    desk.attempt()
    for name, clear in (("ana", 0), ("ben", 2), ("cleo", 2)):
        desk.mark(name, clear=clear)
    with pytest.raises(marking.TooLate):
        marking.take_back(desk.session, author("ben"), at=desk.now)


def test_a_mark_stands_once_its_outcome_was_told(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt()
    desk.mark("ana")
    outcome = Outcome(
        attempt_id="a1", state="passed", points=8, maximum=8, reviews=0, decided_at=desk.now
    )
    desk.session.add(outcome)
    desk.session.flush()
    with pytest.raises(marking.TooLate):
        marking.take_back(desk.session, author("ana"), at=desk.now)


def test_nobody_takes_back_what_they_never_gave(desk: Desk) -> None:
    desk.attempt()
    desk.mark("ana")
    with pytest.raises(marking.TooLate):
        marking.take_back(desk.session, author("ben"), at=desk.now)


def test_taken_back_after_cannot_judge_it_is_theirs_again(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt()
    task = desk.next("ana")
    assert task is not None
    desk.put("ana", task, reason="noise")
    assert marking.take_back(desk.session, author("ana"), at=desk.now) is task
    desk.give("ana", task)
    assert desk.turns() == []


def test_how_long_was_listened_is_kept_and_never_negative(desk: Desk) -> None:
    desk.attempt()
    task = desk.next("ana")
    assert task is not None
    mark = desk.put("ana", task, levels=BEST, listened_seconds=-3.0)
    assert mark.listened_seconds == 0
    assert mark.began_at < mark.at
