"""What is said after an attempt."""

from itertools import product

from voice_app.scoring.feedback import Feedback, ItemMark, Practice, feedback
from voice_app.scoring.marks import outcome


def _marks(six: tuple[bool | None, ...], seven: tuple[bool | None, ...]) -> list[ItemMark]:
    return [
        ItemMark(f"{name}-{at}", name, is_right)
        for name, marks in (("LO6", six), ("LO7", seven))
        for at, is_right in enumerate(marks)
    ]


def _told(marks: list[ItemMark]) -> Feedback:
    right = sum(mark.is_right is True for mark in marks)
    unsettled = sum(mark.is_right is None for mark in marks)
    return feedback(outcome(right, unsettled, wrong=len(marks) - right - unsettled), marks)


def test_what_went_well_and_what_to_practice_are_told_by_learning_outcome() -> None:
    told = _told(_marks((True, True, True, False), (False, False, True)))
    assert told.good == ("LO6",)
    assert told.practice == (
        Practice("LO6-3", "LO6"),
        Practice("LO7-0", "LO7"),
        Practice("LO7-1", "LO7"),
    )
    assert told.say == (
        "result.not-yet",
        "result.level.exploration",
        "result.good.LO6",
        "result.practice.LO6",
        "result.practice.LO7",
        "result.next-practice",
    )


def test_a_full_pass_needs_no_practice() -> None:
    told = _told(_marks((True,) * 3, (True,) * 2))
    assert told.practice == ()
    assert told.say == (
        "result.passed",
        "result.level.appropriation",
        "result.good.LO6",
        "result.good.LO7",
        "result.next-badge",
    )


def test_a_person_who_will_listen_is_announced() -> None:
    told = _told(_marks((True, None), (None,)))
    assert told.say[0] == "result.to-review"
    assert "result.next-person" in told.say
    assert not any(key.startswith("result.level") for key in told.say)


def test_every_key_is_one_that_the_page_has_a_sentence_for() -> None:
    known = {"result.passed", "result.not-yet", "result.to-review", "result.next-practice"}
    known |= {"result.next-badge", "result.next-person"}
    known |= {f"result.level.{name}" for name in ("discovery", "exploration", "appropriation")}
    known |= {f"result.{kind}.{name}" for kind in ("good", "practice") for name in ("LO6", "LO7")}
    for six in product((True, None, False), repeat=3):
        for seven in product((True, None, False), repeat=2):
            assert set(_told(_marks(six, seven)).say) <= known
