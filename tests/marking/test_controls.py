"""What two people marked alike becomes a known answer, in the share that the center chose."""

from tests.marking.desk import CENTER, SAY, Desk, author
from voice_app import marking
from voice_app.marking import controls


def known(desk: Desk) -> set[str]:
    return {one.attempt_id for one in controls.in_use(desk.session, CENTER)}


def marked(desk: Desk, count: int, **by_ben: int) -> None:
    for number in range(count):
        desk.attempt(f"n{number}")
        desk.mark("ben", **by_ben)
        desk.mark("cleo")


def test_of_what_two_marked_alike_the_chosen_share_is_known(desk: Desk) -> None:
    desk.policy(control=50)
    marked(desk, 30)
    found = known(desk)
    assert 5 <= len(found) <= 25
    row = controls.in_use(desk.session, CENTER)[0]
    assert (row.item, row.levels, row.author) == (SAY, {"clear": 2, "whole": 2}, "machine:marking")


def test_where_two_differ_or_a_center_wants_none_nothing_is_known(desk: Desk) -> None:
    desk.policy(control=50)
    marked(desk, 10, clear=1)
    assert known(desk) == set()
    desk.policy(control=0)
    for number in range(10):
        desk.attempt(f"m{number}")
        desk.mark("ben")
        desk.mark("cleo")
    assert known(desk) == set()


def test_one_who_takes_a_mark_back_leaves_nothing_known(desk: Desk) -> None:
    attempt = desk.attempt()
    desk.mark("ben")
    desk.mark("cleo")
    controls.make(desk.session, attempt, item=SAY, author="account:boss", at=desk.now)
    assert known(desk) == {"a1"}
    marking.take_back(desk.session, author("cleo"), at=desk.now)
    assert known(desk) == set()
