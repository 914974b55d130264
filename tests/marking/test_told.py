"""What a candidate was told stands: no pass before every mark, and no badge that goes back."""

from tests.marking.desk import ADVISE, SAY, Desk
from voice_app import outcomes
from voice_app.models import Attempt, Outcome


def settle(desk: Desk, attempt: Attempt, badges: list[str]) -> str:
    outcomes.settle(
        desk.session,
        desk.bank,
        attempt=attempt,
        award=lambda _, passed: badges.append(passed.id),
        now=desk.now,
    )
    last = outcomes.latest(desk.session, attempt.id)
    assert last is not None
    return last.state


def finished(desk: Desk) -> Attempt:
    """An attempt whose answers are all there, so that people alone decide."""
    attempt = desk.attempt(steps=(SAY, ADVISE))
    waits = Outcome(
        attempt_id=attempt.id,
        state="to_review",
        points=0,
        maximum=12,
        reviews=2,
        decided_at=desk.now,
    )
    desk.session.add(waits)
    desk.session.flush()
    return attempt


def test_a_badge_waits_for_the_second_marks_of_a_borderline_attempt(desk: Desk) -> None:
    desk.policy(double=0)
    attempt, badges = finished(desk), list[str]()
    given = {SAY: {"clear": 2, "whole": 2}, ADVISE: {"kind": 0}}
    while (task := desk.next("ana")) is not None:
        desk.give("ana", task, **given[task.item])
        assert settle(desk, attempt, badges) == "to_review"
    assert [turn for *_, turn in desk.turns()] == [2, 2]
    lower = {SAY: {"clear": 1, "whole": 1}, ADVISE: {"kind": 0}}
    while (task := desk.next("ben")) is not None:
        assert settle(desk, attempt, badges) == "to_review"
        desk.give("ben", task, **lower[task.item])
    while (task := desk.next("cleo")) is not None:
        desk.give("cleo", task, **lower[task.item])
    assert settle(desk, attempt, badges) == "not_yet"
    assert badges == []
