"""A conflict noted late: what rests on nothing told is asked of others, the rest is shown."""

from sqlalchemy import select

from tests.marking.desk import ADVISE, CENTER, COORDINATOR, OWNER, SAY, Desk, author
from voice_app import marking
from voice_app.marking import conflicts, settling
from voice_app.models import Mark, Outcome


def note(desk: Desk, name: str) -> None:
    desk.pass_time(minutes=30)
    conflicts.note(
        desk.session, name, owner_hash=OWNER, kind="relative", author=COORDINATOR, at=desk.now
    )


def tell(desk: Desk, state: str) -> None:
    row = Outcome(attempt_id="a1", state=state, points=8, maximum=8, reviews=0, decided_at=desk.now)
    desk.session.add(row)
    desk.session.flush()


def test_a_mark_before_it_is_taken_back_by_a_row_and_asked_of_others(desk: Desk) -> None:
    desk.policy(double=0)
    attempt = desk.attempt()
    given = desk.mark("ana")
    tell(desk, "to_review")
    note(desk, "ana")
    assert desk.turns() == [(SAY, "rubric", 1)]
    assert not settling.points(desk.session, attempt)[SAY].is_settled
    assert [one.replaces for one in desk.marks()] == [None, given.seq]
    assert desk.next("ana") is None
    desk.mark("ben", clear=0)
    assert settling.points(desk.session, attempt)[SAY].points_x2 == 4
    assert conflicts.late(desk.session, CENTER) == []


def test_a_third_that_was_asked_because_of_it_is_not_asked_any_more(desk: Desk) -> None:
    desk.attempt()
    desk.mark("ana", clear=0)
    desk.mark("ben")
    assert desk.turns() == [(SAY, "rubric", 3)]
    note(desk, "ana")
    assert desk.turns() == [(SAY, "rubric", 1)]
    desk.mark("cleo")
    assert desk.turns() == []


def test_who_says_so_at_a_later_answer_has_the_earlier_ones_asked_of_others(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt(steps=(SAY, ADVISE))
    desk.mark("ana")
    task = desk.next("ana")
    assert task is not None
    desk.put("ana", task, reason="known-person")
    assert sorted(desk.turns()) == [(ADVISE, "rubric", 1), (SAY, "rubric", 1)]


def test_what_others_gave_and_other_candidates_stay(desk: Desk) -> None:
    desk.attempt()
    desk.attempt("other", owner="0b" * 32)
    for name in ("ana", "ben"):
        desk.mark(name)
        desk.mark(name)
    note(desk, "ana")
    taken = set(desk.session.scalars(select(Mark.replaces)))
    assert {one.author for one in desk.marks() if one.seq in taken} == {author("ana")}
    assert desk.turns("other") == []


def test_an_outcome_that_was_told_stands_and_is_shown(desk: Desk) -> None:
    desk.policy(double=0)
    attempt = desk.attempt()
    desk.mark("ana")
    tell(desk, "passed")
    note(desk, "ana")
    assert desk.turns() == []
    assert settling.points(desk.session, attempt)[SAY].is_settled
    (shown,) = conflicts.late(desk.session, CENTER)
    assert (shown.attempt_id, shown.micro_competence) == ("a1", "MC1")
    assert conflicts.late(desk.session, "there") == []
    desk.pass_time(minutes=1)
    marking.appeal(desk.session, attempt, at=desk.now)
    desk.mark("ben")
    assert conflicts.late(desk.session, CENTER) == []


def test_it_is_shown_no_more_once_the_conflict_is_lifted(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt()
    desk.mark("ana")
    tell(desk, "passed")
    note(desk, "ana")
    conflicts.lift(desk.session, "ana", owner_hash=OWNER, author=COORDINATOR, at=desk.now)
    assert conflicts.late(desk.session, CENTER) == []
