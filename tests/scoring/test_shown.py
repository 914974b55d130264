"""What is said of each learning outcome of an attempt at scenarios."""

from voice_app.scoring.feedback import StepMark, at_home, shown
from voice_app.scoring.marks import NotYet, Passed, ToReview


def test_each_learning_outcome_is_good_to_practice_or_open() -> None:
    marks = [
        StepMark("a", "LO1", 6, 10),
        StepMark("b", "LO2", 5, 10),
        StepMark("c", "LO3", 0, 6, is_open=True, is_by_people=True),
        StepMark("d", "LO3", 0, 4),
        StepMark("e", "LO4", 0, 5, is_open=True, is_by_people=True),
        StepMark("f", "LO4", 0, 5),
        StepMark("g", "LO5", 6, 6),
        StepMark("h", "LO5", 0, 4, is_open=True, is_by_people=True),
    ]
    assert shown(marks) == {
        "LO1": "good",
        "LO2": "practice",
        "LO3": "open",
        "LO4": "practice",
        "LO5": "good",
    }


def test_only_an_open_answer_may_yet_get_points() -> None:
    assert StepMark("a", "LO1", 2, 6).open_x2 == 0
    assert StepMark("a", "LO1", 2, 6, is_open=True).open_x2 == 4


def test_the_end_is_told_without_a_number() -> None:
    assert at_home(Passed(60, 60, "appropriation", 0)) == (
        "result.passed",
        "result.level.appropriation",
        "result.next-badge",
    )
    assert at_home(NotYet(0, 60, "discovery", 0)) == ("result.not-yet", "result.level.discovery")
    assert at_home(ToReview(20, 60, None, 3)) == ("result.to-review",)
