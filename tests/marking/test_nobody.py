"""No answer waits forever unseen: one that nobody may mark is told, by the rule of the queue."""

from tests.marking.desk import ADVISE, CENTER, COORDINATOR, OWNER, SAY, Desk, author
from voice_app import marking
from voice_app.marking import conflicts, licensing, settling
from voice_app.marking.nobody import unmarkable
from voice_app.models import Account


def owner(desk: Desk) -> None:
    desk.session.get_one(Account, "boss").role = "owner"
    desk.session.flush()


def ended(desk: Desk, *names: str) -> None:
    for name in names:
        licensing.end(desk.session, name, "MC1", author=COORDINATOR, at=desk.now)


def puzzle(desk: Desk, *names: str) -> None:
    for name in names:
        task = desk.next(name)
        assert task is not None
        desk.put(name, task, reason="noise")


def by_owner(desk: Desk) -> None:
    task = marking.puzzling(desk.session, CENTER)[0]
    taken = marking.task_of(
        desk.session, task.seq, author=author("boss"), now=desk.now, is_coordinator=True
    )
    desk.give("boss", taken)


def test_the_owners_mark_ends_what_two_could_not_judge(desk: Desk) -> None:
    owner(desk)
    attempt = desk.attempt()
    puzzle(desk, "ana", "ben")
    assert unmarkable(desk.session, CENTER) == {}
    by_owner(desk)
    assert desk.turns() == []
    assert settling.points(desk.session, attempt)[SAY].is_settled


def test_after_the_owners_mark_no_second_is_asked_however_near_a_line_it_is(desk: Desk) -> None:
    owner(desk)
    desk.policy(double=0)
    attempt = desk.attempt(steps=(SAY, ADVISE))
    task = desk.next("ana")
    assert task is not None
    desk.give("ana", task, clear=1, whole=1)
    puzzle(desk, "ben", "cleo")
    by_owner(desk)
    assert desk.turns() == [(SAY, "rubric", 2)]
    desk.mark("ben", clear=1, whole=1)
    assert all(one.is_settled for one in settling.points(desk.session, attempt).values())


def test_a_second_mark_that_nobody_else_can_give_is_told(desk: Desk) -> None:
    desk.attempt()
    assert unmarkable(desk.session, CENTER) == {}
    ended(desk, "cleo")
    licensing.pause(desk.session, "ben", "MC1", reason="controls", at=desk.now)
    assert unmarkable(desk.session, CENTER) == {"MC1": 1}
    desk.mark("ana")
    assert unmarkable(desk.session, CENTER) == {"MC1": 1}
    licensing.lift(desk.session, "ben", "MC1", author=COORDINATOR, at=desk.now)
    assert unmarkable(desk.session, CENTER) == {}


def test_whose_voice_all_know_waits_for_a_jury(desk: Desk) -> None:
    desk.policy(double=0)
    desk.attempt()
    desk.attempt("other", owner="0b" * 32)
    for name in ("ana", "ben", "cleo"):
        conflicts.note(
            desk.session, name, owner_hash=OWNER, kind="relative", author=COORDINATOR, at=desk.now
        )
    assert unmarkable(desk.session, CENTER) == {"MC1": 1}


def test_an_appeal_where_all_took_part_is_told(desk: Desk) -> None:
    attempt = desk.attempt()
    desk.mark("ana")
    desk.mark("ben", clear=1)
    ended(desk, "cleo")
    marking.appeal(desk.session, attempt, at=desk.now)
    assert unmarkable(desk.session, CENTER) == {"MC1": 1}


def test_what_puzzles_and_whose_candidate_the_owner_knows_is_told(desk: Desk) -> None:
    owner(desk)
    desk.attempt()
    puzzle(desk, "ana", "ben")
    conflicts.note(
        desk.session, "boss", owner_hash=OWNER, kind="known", author=COORDINATOR, at=desk.now
    )
    assert unmarkable(desk.session, CENTER) == {"MC1": 1}


def careless(levels: dict[str, int]) -> dict[str, int]:
    return {name: 2 - points if points != 1 else 0 for name, points in levels.items()}


def work(desk: Desk, *, answers: int) -> None:
    """Ana marks what is true, Ben its opposite, and Cleo a third time where she is asked."""
    for number in range(answers):
        desk.attempt(f"x{number}", owner=f"{number:064x}")
        true = {"clear": number % 3, "whole": number // 3 % 3}
        for name, levels in (("ana", true), ("ben", careless(true)), ("cleo", true)):
            if desk.state(name) == licensing.LICENSED and (task := desk.next(name)) is not None:
                desk.give(name, task, **levels)


def test_a_careful_marker_is_not_paused_for_a_careless_partner(desk: Desk) -> None:
    work(desk, answers=30)
    assert [desk.state(name) for name in ("ana", "ben", "cleo")] == [
        "licensed",
        "paused",
        "licensed",
    ]


def test_where_there_are_two_alone_neither_is_paused_and_a_third_is_asked_for(desk: Desk) -> None:
    ended(desk, "cleo")
    work(desk, answers=13)
    assert [desk.state(name) for name in ("ana", "ben")] == ["licensed", "licensed"]
    assert (SAY, "rubric", 3) in desk.turns("x12")
    assert unmarkable(desk.session, CENTER)["MC1"] > 0


def test_two_who_are_a_level_apart_have_a_third_once_they_agree_too_little(desk: Desk) -> None:
    """Within tolerance, so that nothing else asks for it."""
    ended(desk, "cleo")
    near = [{"clear": 0, "whole": 1}, {"clear": 1, "whole": 0}]
    for number in range(12):
        desk.attempt(f"x{number}", owner=f"{number:064x}")
        desk.mark("ana", **near[number % 2])
        desk.mark("ben", **near[1 - number % 2])
    assert desk.turns("x0") == []
    assert desk.turns("x11") == [(SAY, "rubric", 3)]
