from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.marking.desk import COORDINATOR, Desk, author
from tests.marking.fresh import fresh
from tests.marking.test_licensing import known, stock
from voice_app import marking
from voice_app.dialogues.content import Content
from voice_app.marking import controls, licensing, training, trust
from voice_app.marking.training import NoLesson
from voice_app.models import Mark

Decide = Callable[[int, Mapping[str, int]], dict[str, int]]


def begin(desk: Desk) -> None:
    desk.hire("dora")
    licensing.begin(desk.session, "dora", "MC1", author=COORDINATOR, at=desk.now)


def exercise(desk: Desk, decide: Decide, *, times: int) -> list[Mark]:
    """Let dora mark what is known as she decides, by its place and the reference."""
    given = []
    for place in range(times):
        task = desk.next("dora")
        assert task is not None
        if task.why != "exercise":
            break
        control = controls.reference(desk.session, attempt_id=task.attempt_id, item=task.item)
        assert control is not None
        given.append(desk.give("dora", task, **decide(place, control.levels)))
        desk.pass_time(minutes=1)
    return given


@pytest.mark.parametrize("level", [0, 1, 2])
def test_who_always_gives_the_same_level_does_not_pass(level: int) -> None:
    with fresh() as desk:
        stock(desk, 40)
        begin(desk)
        exercise(desk, lambda _place, known: dict.fromkeys(known, level), times=40)
        assert desk.state("dora") == licensing.EXERCISE


def test_who_is_a_level_off_now_and_then_passes(desk: Desk) -> None:
    stock(desk, 12)
    begin(desk)

    def careful(place: int, known: Mapping[str, int]) -> dict[str, int]:
        return {**known, "clear": min(2, known["clear"] + 1)} if place == 4 else dict(known)

    assert len(exercise(desk, careful, times=12)) == trust.EXERCISES
    assert desk.state("dora") == licensing.SHADOW


def test_the_exercise_goes_in_rounds_with_other_answers(desk: Desk) -> None:
    stock(desk, 20)
    begin(desk)
    worst: Decide = lambda _place, known: {one: 2 - points for one, points in known.items()}  # noqa: E731
    first = exercise(desk, worst, times=10)
    assert progress(desk) == trust.Progress("exercise", 10, 0, 10, tells_apart=False)
    second = [known(desk, "dora")]
    assert (progress(desk).done, progress(desk).near) == (1, 1)
    second += exercise(desk, lambda _place, levels: dict(levels), times=9)
    assert desk.state("dora") == licensing.SHADOW
    answers = {one.attempt_id for one in first} & {one.attempt_id for one in second}
    assert answers == set()


def test_a_mark_of_the_exercise_is_not_taken_back(desk: Desk) -> None:
    stock(desk, 3)
    begin(desk)
    known(desk, "dora")
    with pytest.raises(marking.TooLate):
        marking.take_back(desk.session, author("dora"), at=desk.now)


def test_each_mark_of_the_exercise_is_followed_by_the_reference(desk: Desk) -> None:
    stock(desk, 3)
    begin(desk)
    first, second = exercise(desk, lambda _place, known: dict.fromkeys(known, 2), times=2)
    told = training.lesson(desk.session, second.seq, author=author("dora"), content=content(desk))
    control = controls.reference(desk.session, attempt_id=second.attempt_id, item=second.item)
    assert control is not None
    assert (told.given, told.known, told.number) == (second.levels, control.levels, 2)
    assert told.micro_competence == "MC1"
    assert told.example is None
    assert first.seq != second.seq


def test_an_example_of_the_content_is_named_in_its_lesson(desk: Desk) -> None:
    assert training.ship(desk.session, desk.bank, at=desk.now) == 9
    assert training.ship(desk.session, desk.bank, at=desk.now) == 0
    begin(desk)
    mark = known(desk, "dora")
    told = training.lesson(desk.session, mark.seq, author=author("dora"), content=content(desk))
    assert told.is_near
    assert told.example == controls.example_of(mark.item)


def test_an_example_that_the_content_has_no_more_is_retired(desk: Desk) -> None:
    training.ship(desk.session, desk.bank, at=desk.now)
    kept = {key: said for key, said in desk.bank.spoken.items() if key != "ex-clear-0"}
    training.ship(desk.session, replace(desk.bank, spoken=kept), at=desk.now)
    left = {one.item for one in controls.in_use(desk.session, None)}
    assert len(left) == 8
    assert "MC1.ex-clear-0.fr" not in left


def test_only_ones_own_marks_of_the_exercise_are_told(desk: Desk) -> None:
    stock(desk, 3)
    begin(desk)
    mark = known(desk, "dora")
    real = desk.session.scalars(select(Mark).where(Mark.author == author("ben"))).first()
    assert real is not None
    for seq, who in ((mark.seq, "ben"), (real.seq, "ben"), (999, "dora")):
        with pytest.raises(NoLesson):
            training.lesson(desk.session, seq, author=author(who), content=content(desk))


def progress(desk: Desk) -> trust.Progress:
    found = training.ways(desk.session, author("dora"), content=content(desk))
    return found["MC1"]


def content(desk: Desk) -> Content:
    return Content({}, {}, {}, {}, scenarios={"MC1": desk.bank})
