"""Within how many working days people have marked, and who looks again at an appeal."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.marking.desk import ADVISE, CENTER, COORDINATOR, SAY, Desk
from voice_app import marking
from voice_app.marking.promises import (
    days_left,
    due_at,
    phrase_of,
    promises,
    waits_since,
)
from voice_app.models import Outcome

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def tell(desk: Desk, attempt: str, *, reviews: int) -> None:
    """Add an outcome by which so many answers wait for people."""
    row = Outcome(
        attempt_id=attempt,
        state="to_review" if reviews else "not_yet",
        points=0,
        maximum=8,
        reviews=reviews,
        decided_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()


@pytest.mark.parametrize(
    ("days", "due"), [(1, (23, 15)), (5, (27, 15)), (6, (30, 15))], ids=["one", "five", "six"]
)
def test_saturdays_and_sundays_do_not_count(days: int, due: tuple[int, int]) -> None:
    day, hour = due
    assert due_at(FRIDAY, days=days) == datetime(2026, 11, day, hour, tzinfo=UTC)


def test_nobody_is_promised_too_much() -> None:
    said = {days: phrase_of(days) for days in (None, 0, 1, 4, 10, 11, 30)}
    assert said == {
        None: "promise.late",
        0: "promise.today",
        1: "promise.one",
        4: "promise.four",
        10: "promise.ten",
        11: "promise.twenty",
        30: "promise.thirty",
    }


@settings(deadline=None)
@given(
    since=st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda after: FRIDAY + after),
    days=st.integers(1, 30),
    later=st.timedeltas(timedelta(0), timedelta(days=60)),
)
def test_what_is_left_begins_with_what_was_promised_and_never_grows(
    since: datetime, days: int, later: timedelta
) -> None:
    due = due_at(since, days=days)
    assert days_left(due, now=since) == days
    assert days_left(due, now=due) == 0
    left, then = (days_left(due, now=since + one) for one in (later, later + timedelta(hours=9)))
    assert then is None or (left is not None and then <= left)
    assert (left is None) == ((since + later).date() > due.date())


def test_the_day_stands_whatever_marks_and_choices_come(desk: Desk) -> None:
    attempt = desk.attempt("a1")
    tell(desk, "a1", reviews=1)
    [before] = promises(desk.session, CENTER)
    desk.pass_time(days=2)
    desk.mark("ana", clear=0, whole=0)
    desk.mark("ben")
    tell(desk, "a1", reviews=1)
    policy = marking.Policy(promise_days=30)
    marking.choose(desk.session, CENTER, policy=policy, author=COORDINATOR, at=desk.now)
    [after] = promises(desk.session, CENTER)
    assert [turn for _, _, turn in desk.turns()] == [3]
    assert (after.since, after.due) == (before.since, before.due)
    assert waits_since(desk.session, attempt.id) == before.since


def test_who_appeals_begins_to_wait_anew(desk: Desk) -> None:
    attempt = desk.attempt("a1")
    tell(desk, "a1", reviews=1)
    desk.pass_time(days=1)
    tell(desk, "a1", reviews=0)
    assert waits_since(desk.session, attempt.id) is None
    desk.pass_time(days=1)
    tell(desk, "a1", reviews=1)
    assert waits_since(desk.session, attempt.id) == desk.now


def test_what_is_due_first_stands_first_and_is_overdue_after_its_days(desk: Desk) -> None:
    desk.attempt("a1", steps=(SAY, ADVISE))
    desk.pass_time(hours=1)
    desk.attempt("a2")
    first, second = promises(desk.session, CENTER)
    assert (first.attempt_id, first.answers, second.attempt_id) == ("a1", 4, "a2")
    assert not first.is_overdue(first.due)
    assert first.is_overdue(first.due + timedelta(seconds=1))
    assert promises(desk.session, None) == []


def test_whoever_marked_any_answer_of_an_attempt_does_not_look_again(desk: Desk) -> None:
    desk.policy(double=0)
    attempt = desk.attempt(steps=(SAY, ADVISE))
    desk.mark("ana")
    desk.mark("ben")
    marking.appeal(desk.session, attempt, at=desk.now)
    assert [why for _, why, _ in desk.turns()] == ["appeal", "appeal"]
    assert desk.next("ana") is None
    assert desk.next("ben") is None
    task = desk.next("cleo")
    assert task is not None
    desk.give("cleo", task)
    other = desk.next("cleo")
    assert other is not None
    assert other.item != task.item
