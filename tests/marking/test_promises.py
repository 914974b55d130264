"""Within how many working days people have marked, and who looks again at an appeal."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.marking.desk import ADVISE, CENTER, SAY, Desk
from voice_app import marking
from voice_app.marking.promises import due_at, phrase_of, promises

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "due"), [(1, (23, 15)), (5, (27, 15)), (6, (30, 15))], ids=["one", "five", "six"]
)
def test_saturdays_and_sundays_do_not_count(days: int, due: tuple[int, int]) -> None:
    day, hour = due
    assert due_at(FRIDAY, days=days) == datetime(2026, 11, day, hour, tzinfo=UTC)


def test_nobody_is_promised_too_much() -> None:
    said = {days: phrase_of(days) for days in (1, 2, 3, 4, 5, 6, 11, 30)}
    assert said == {
        1: "promise.one",
        2: "promise.two",
        3: "promise.three",
        4: "promise.five",
        5: "promise.five",
        6: "promise.ten",
        11: "promise.twenty",
        30: "promise.thirty",
    }


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
