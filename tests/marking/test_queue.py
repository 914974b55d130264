from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.marking.desk import ADVISE, CENTER, COORDINATOR, OWNER, SAY, Desk, author
from tests.marking.fresh import fresh
from voice_app import marking
from voice_app.marking import conflicts, licensing, queue
from voice_app.models import Unmarked
from voice_app.people import candidates


def test_a_finished_attempt_waits_once_or_twice_as_the_center_wants(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt(steps=(SAY, ADVISE))
    assert desk.turns() == [(SAY, "rubric", 1), (ADVISE, "rubric", 1)]
    desk.policy(double=100)
    desk.attempt("a2")
    assert desk.turns("a2") == [(SAY, "rubric", 1), (SAY, "rubric", 2)]


def test_opening_again_adds_nothing(desk: Desk) -> None:
    attempt = desk.attempt()
    before = desk.turns()
    assert marking.open(desk.session, attempt, bank=desk.bank, at=desk.now) == 0
    desk.mark("ana")
    assert marking.open(desk.session, attempt, bank=desk.bank, at=desk.now) == 0
    assert desk.turns() == before[1:]


def test_the_share_of_double_marks_is_about_what_the_center_chose(desk: Desk) -> None:
    desk.policy(double=30)
    for number in range(200):
        desk.attempt(f"n{number}")
    doubled = desk.session.query(Unmarked).filter_by(turn=2).count()
    assert 40 <= doubled <= 80


def test_the_oldest_comes_first(desk: Desk) -> None:
    desk.attempt("late")
    desk.pass_time(hours=-1)
    desk.attempt("early")
    desk.pass_time(hours=1)
    task = desk.next("ana")
    assert task is not None
    assert task.attempt_id == "early"


def test_two_assessors_never_get_the_same_turn(desk: Desk) -> None:
    desk.attempt()
    first, second = desk.next("ana"), desk.next("ben")
    assert first is not None
    assert second is not None
    assert first.seq != second.seq
    assert desk.next("cleo") is None


def test_what_is_on_the_screen_comes_again_until_the_claim_is_over(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt()
    task = desk.next("ana")
    assert desk.next("ana") is task
    assert desk.next("ben") is None
    desk.pass_time(minutes=31)
    assert desk.next("ben") is task
    assert desk.next("ana") is None


def test_the_next_to_load_is_another_one(desk: Desk) -> None:
    desk.attempt("a1")
    desk.attempt("a2")
    first = desk.next("ana")
    assert first is not None
    second = desk.next("ana", after=(first.seq,))
    assert second is not None
    assert second.attempt_id != first.attempt_id


def test_nobody_gets_both_turns_of_an_answer(desk: Desk) -> None:
    desk.attempt()
    first = desk.next("ana")
    assert first is not None
    assert desk.next("ana", after=(first.seq,)) is None
    desk.give("ana", first)
    assert desk.next("ana") is None
    assert desk.next("ben") is not None


@pytest.mark.parametrize("kind", ["own", "trainee", "relative", "enrolled", "known"])
def test_a_conflict_keeps_an_answer_away_until_it_is_lifted(desk: Desk, kind: str) -> None:
    desk.attempt()
    conflicts.note(
        desk.session, "ana", owner_hash=OWNER, kind=kind, author=COORDINATOR, at=desk.now
    )
    assert desk.next("ana") is None
    assert desk.next("ben") is not None
    if kind == "own":
        with pytest.raises(conflicts.ConflictError):
            conflicts.lift(desk.session, "ana", owner_hash=OWNER, author=COORDINATOR, at=desk.now)
        return
    with pytest.raises(conflicts.ConflictError):
        conflicts.lift(desk.session, "ana", owner_hash=OWNER, author=author("ana"), at=desk.now)
    conflicts.lift(desk.session, "ana", owner_hash=OWNER, author=COORDINATOR, at=desk.now)
    assert desk.next("ana") is not None


def test_nobody_marks_whom_they_enrolled(desk: Desk) -> None:
    person = candidates.enroll(
        desk.session,
        center_id=CENTER,
        help_language="es",
        call_name="",
        by=author("ana"),
        at=desk.now,
    )
    desk.attempt(owner=person.owner_hash)
    assert desk.next("ana") is None
    assert desk.next("ben") is not None


def test_who_turns_out_to_know_somebody_gives_back_what_is_on_the_screen(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt()
    task = desk.next("ana")
    assert task is not None
    conflicts.note(
        desk.session, "ana", owner_hash=OWNER, kind="relative", author=COORDINATOR, at=desk.now
    )
    with pytest.raises(queue.TakenTask):
        marking.task_of(desk.session, task.seq, author=author("ana"), now=desk.now)
    assert desk.next("ana") is None
    assert desk.next("ben") is task


def test_without_a_license_nothing_is_given(desk: Desk) -> None:
    desk.attempt()
    desk.hire("dora")
    assert desk.next("dora") is None
    desk.license("dora", "MC4")
    assert desk.next("dora") is None


def test_a_paused_license_hides_what_was_on_the_screen(desk: Desk) -> None:
    desk.attempt()
    task = desk.next("ana")
    assert task is not None
    licensing.pause(desk.session, "ana", "MC1", reason="controls", at=desk.now)
    assert desk.next("ana") is None
    with pytest.raises(queue.TakenTask):
        desk.give("ana", task)


def test_another_center_sees_nothing(desk: Desk) -> None:
    desk.attempt()
    there = marking.next_task(desk.session, author("ana"), center="c2", now=desk.now)
    assert there is None
    assert marking.waiting(desk.session, "c2").total == 0


def test_what_waits_is_counted_by_kind(desk: Desk) -> None:
    desk.attempt(steps=(SAY, ADVISE))
    assert desk.waiting().by_kind == {("MC1", "rubric"): 4}
    assert desk.waiting().total == 4


def test_somebody_elses_answer_cannot_be_marked(desk: Desk) -> None:
    desk.attempt()
    task = desk.next("ana")
    assert task is not None
    with pytest.raises(queue.TakenTask):
        desk.give("ben", task)
    with pytest.raises(queue.TakenTask):
        marking.task_of(desk.session, task.seq, author=author("ben"), now=desk.now)


def test_a_claim_that_ran_out_cannot_be_marked_by_its_old_page(desk: Desk) -> None:
    desk.attempt()
    task = desk.next("ana")
    assert task is not None
    desk.pass_time(minutes=31)
    with pytest.raises(queue.TakenTask):
        desk.give("ana", task)


def test_giving_back_lets_others_have_it_at_once(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt()
    task = desk.next("ana")
    assert marking.let_go(desk.session, author("ana"), now=desk.now) == 1
    assert desk.next("ben") is task


def test_a_number_of_an_answer_is_never_given_to_another(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt("a1")
    first = desk.next("ana")
    assert first is not None
    number = first.seq
    desk.give("ana", first)
    desk.attempt("a2")
    second = desk.next("ana")
    assert second is not None
    assert second.seq > number


@settings(max_examples=25, deadline=timedelta(seconds=5))
@given(moves=st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=20))
def test_whoever_marks_in_whatever_order_no_answer_gets_two_marks_of_one_person(
    moves: list[tuple[str, bool]],
) -> None:
    names = {"a": "ana", "b": "ben", "c": "cleo"}
    with fresh() as desk:
        for number in range(3):
            desk.attempt(f"n{number}", steps=(SAY, ADVISE))
        for who, is_marking in moves:
            task = desk.next(names[who])
            if task is not None and is_marking:
                desk.give(names[who], task)
        seen = [(one.attempt_id, one.item, one.author) for one in desk.marks()]
        assert len(seen) == len(set(seen))
        assert all(one.center == CENTER for one in desk.session.query(Unmarked))
