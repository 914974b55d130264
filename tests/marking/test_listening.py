"""A mark opens after enough was heard, whether a page tells it or time alone does."""

from datetime import timedelta

import pytest

from tests.marking.desk import NOON, Desk
from voice_app.marking.listening import NotHeard, check_heard, note_sent
from voice_app.models import Unmarked

SPOKEN = 10.0


def task(desk: Desk) -> Unmarked:
    desk.policy(double=0)
    desk.attempt()
    found = desk.next("ana")
    assert found is not None
    return found


def sent(desk: Desk) -> Unmarked:
    found = task(desk)
    note_sent(found, spoken_seconds=SPOKEN, at=NOON)
    return found


def test_what_was_never_sent_was_never_heard(desk: Desk) -> None:
    with pytest.raises(NotHeard, match="first"):
        check_heard(task(desk), listened_seconds=100, now=NOON + timedelta(hours=1))


@pytest.mark.parametrize(("after", "is_heard"), [(3.9, False), (4.0, True), (60.0, True)])
def test_without_script_the_time_since_it_was_sent_counts(
    desk: Desk, after: float, *, is_heard: bool
) -> None:
    one, now = sent(desk), NOON + timedelta(seconds=after)
    if is_heard:
        check_heard(one, listened_seconds=None, now=now)
        return
    with pytest.raises(NotHeard, match="four fifths"):
        check_heard(one, listened_seconds=None, now=now)


@pytest.mark.parametrize(("listened", "after"), [(0.0, 600.0), (7.8, 600.0), (8.0, 3.0)])
def test_what_was_fetched_ahead_is_not_heard_and_nobody_hears_faster_than_twice(
    desk: Desk, listened: float, after: float
) -> None:
    one = sent(desk)
    with pytest.raises(NotHeard, match="four fifths"):
        check_heard(one, listened_seconds=listened, now=NOON + timedelta(seconds=after))
    check_heard(one, listened_seconds=8.0, now=NOON + timedelta(seconds=4))


def test_sending_it_again_begins_nothing_anew(desk: Desk) -> None:
    one = sent(desk)
    note_sent(one, spoken_seconds=SPOKEN, at=NOON + timedelta(seconds=4))
    check_heard(one, listened_seconds=8.0, now=NOON + timedelta(seconds=4))


def test_who_gets_an_answer_after_another_listens_anew(desk: Desk) -> None:
    one = sent(desk)
    desk.pass_time(hours=1)
    assert desk.next("ben") is one
    with pytest.raises(NotHeard, match="first"):
        check_heard(one, listened_seconds=8.0, now=desk.now)
