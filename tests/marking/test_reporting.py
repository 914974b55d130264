from tests.marking.desk import CENTER, Desk, author
from voice_app.marking import reporting


def test_under_ten_answers_there_are_not_enough_marks_yet(desk: Desk) -> None:
    desk.attempt()
    desk.mark("ana")
    desk.mark("ben")
    found = list(reporting.lines(desk.session, CENTER, bank=desk.bank))
    assert {line.figures.n for line in found} == {1}
    assert all(line.figures.kappa is None and line.figures.alpha is None for line in found)


def test_who_agrees_and_who_does_not_is_told_by_criterion(desk: Desk) -> None:
    for number in range(10):
        desk.attempt(f"n{number}")
        desk.mark("ana", clear=number % 3, whole=2)
        desk.mark("ben", clear=(number + 1) % 3, whole=2)
    lines = {
        (line.author, line.criterion): line.figures
        for line in reporting.lines(desk.session, CENTER, bank=desk.bank)
    }
    clear, whole = lines[author("ana"), "clear"], lines[author("ana"), "whole"]
    assert (clear.n, clear.exact) == (10, 0)
    assert clear.kappa is not None
    assert clear.kappa < 0.6
    assert (whole.exact, whole.ac1, whole.kappa) == (1, 1, None)
    together = lines[None, "clear"]
    assert together.n == 10
    assert together.alpha is not None
    assert together.alpha < 0.6


def test_time_beyond_the_sound_is_the_middle_one(desk: Desk) -> None:
    for number, heard in enumerate((18.0, 16.0, 2.0)):
        desk.attempt(f"n{number}")
        task = desk.next("ana")
        assert task is not None
        desk.put("ana", task, levels={"clear": 2, "whole": 2}, listened_seconds=heard)
    (pace,) = reporting.paces(desk.session, CENTER)
    assert (pace.author, pace.n) == (author("ana"), 3)
    assert (pace.task_seconds, pace.overhead_seconds) == (20.0, 4.0)
