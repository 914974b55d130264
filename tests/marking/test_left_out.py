"""What nobody could hear is left out: no trouble with the sound costs a candidate points."""

import pytest
from sqlalchemy import select

from tests.marking.desk import ADVISE, CENTER, SAY, Desk, author
from voice_app import marking
from voice_app.marking import leaving_out, settling
from voice_app.models import Attempt, Ruling, Unmarked


def puzzled(desk: Desk, item: str, *, reason: str = "noise", steps: tuple[str, ...]) -> Attempt:
    """Two could not judge one of the tasks of an attempt."""
    attempt = desk.attempt(steps=steps)
    for name in ("ana", "ben"):
        waits = desk.session.scalars(select(Unmarked).where(Unmarked.item != item)).all()
        task = desk.next(name, after=tuple(one.seq for one in waits))
        assert task is not None
        desk.put(name, task, reason=reason)
    return attempt


def leave_out(desk: Desk) -> Ruling:
    task = marking.puzzling(desk.session, CENTER)[0]
    return leaving_out.leave_out(
        desk.session, task, bank=desk.bank, author=author("boss"), at=desk.now
    )


def test_a_task_that_nobody_could_hear_counts_no_more(desk: Desk) -> None:
    attempt = puzzled(desk, ADVISE, steps=(SAY, ADVISE))
    row = leave_out(desk)
    assert (row.item, row.reason, row.author) == (ADVISE, "noise", author("boss"))
    assert settling.maximum(desk.session, attempt) == 4
    assert desk.turns() == [(SAY, "rubric", 1), (SAY, "rubric", 2)]
    desk.mark("ana")
    desk.mark("ben")
    (standing,) = settling.points(desk.session, attempt).items()
    assert (standing[0], standing[1].points_x2, standing[1].is_settled) == (SAY, 8, True)
    assert marking.open(desk.session, attempt, bank=desk.bank, at=desk.now) == 0
    marking.appeal(desk.session, attempt, at=desk.now)
    assert desk.turns() == [(SAY, "appeal", 1)]


def test_too_much_of_an_attempt_is_never_left_out(desk: Desk) -> None:
    puzzled(desk, SAY, steps=(SAY, ADVISE))
    with pytest.raises(leaving_out.NotLeftOut, match="Too little"):
        leave_out(desk)


@pytest.mark.parametrize("reason", ["other-language"])
def test_what_another_person_might_understand_is_not_left_out(desk: Desk, reason: str) -> None:
    puzzled(desk, ADVISE, reason=reason, steps=(SAY, ADVISE))
    with pytest.raises(leaving_out.NotLeftOut, match="Somebody could"):
        leave_out(desk)


def test_what_one_could_hear_is_marked(desk: Desk) -> None:
    puzzled(desk, ADVISE, steps=(SAY, ADVISE))
    task = marking.puzzling(desk.session, CENTER)[0]
    assert leaving_out.may_leave_out(desk.session, task)
    owned = marking.task_of(
        desk.session, task.seq, author=author("boss"), now=desk.now, is_coordinator=True
    )
    desk.give("boss", owned)
    assert not leaving_out.may_leave_out(desk.session, task)


def test_one_alone_who_could_not_judge_is_not_enough(desk: Desk) -> None:
    desk.attempt(steps=(SAY, ADVISE))
    task = desk.next("ana")
    assert task is not None
    desk.put("ana", task, reason="noise")
    assert not leaving_out.may_leave_out(desk.session, task)
