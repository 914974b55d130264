"""MC3: unsure answers that can change how an attempt ends, heard by two or three."""

from collections.abc import Mapping
from uuid import uuid4

import pytest

from tests.dialogues.fakes import assessment
from tests.marking.desk import CENTER, NOON, OWNER, Desk, author
from voice_app import marking, oversight
from voice_app.marking import conflicts, controls, licensing, reporting, trust
from voice_app.marking.turns import ask
from voice_app.models import Attempt, Hearing, Response, Utterance

BANK = assessment(10)


@pytest.fixture
def items(desk: Desk) -> Desk:
    desk.bank = BANK  # type: ignore[assignment]
    for name in ("ana", "ben", "cleo"):
        desk.license(name, "MC3")
    return desk


def ended(desk: Desk, *, right: int, unsure: int, name: str = "m1") -> Attempt:
    """An attempt at ten items: some touched right, some spoken and unsure, the rest wrong."""
    row = Attempt(
        id=name,
        owner_hash=OWNER,
        assessment="MC3",
        employer_language="fr",
        help_language="es",
        content_version="v",
        criteria={"percent": 60, "items": list(BANK.items), "center": CENTER},
        started_at=NOON,
    )
    desk.session.add(row)
    desk.session.flush()
    for number, item in enumerate(BANK.items):
        is_unsure = right <= number < right + unsure
        _answer(
            desk, row, item, option=None if is_unsure else ("north" if number < right else "east")
        )
    return row


def _answer(desk: Desk, attempt: Attempt, item: str, *, option: str | None) -> None:
    for _ in range(1 if option else 3):
        one = str(uuid4())
        desk.session.add(
            Response(
                id=one,
                attempt_id=attempt.id,
                item=item,
                kind="touch" if option else "speech",
                option=option,
                plays_normal=1,
                plays_slow=0,
                takes=1,
                received_at=NOON,
            )
        )
        desk.session.flush()
        if option is None:
            _heard(desk, one)


def _heard(desk: Desk, one: str) -> None:
    desk.session.add(Utterance(id=one, media_type="audio/wav", sha256="", byte_size=1, path=one))
    desk.session.flush()
    desk.session.add(
        Hearing(
            utterance_id=one,
            decider="d",
            verdict="unsure",
            reasons=[],
            evidence={},
            content_version="v",
            heard_at=NOON,
        )
    )
    desk.session.flush()


def opened(desk: Desk, attempt: Attempt) -> dict[str, str]:
    marking.open(desk.session, attempt, bank=BANK, at=desk.now)
    return {item: why for item, why, _ in desk.turns(attempt.id)}


def test_an_unsure_answer_is_heard_where_it_can_change_the_end(items: Desk) -> None:
    assert opened(items, ended(items, right=5, unsure=1)) == {"a6": "unsure"}


def test_of_answers_that_change_nothing_a_sample_is_heard(items: Desk) -> None:
    whys = [
        why
        for n in range(60)
        for why in opened(items, ended(items, right=8, unsure=1, name=f"m{n}")).values()
    ]
    assert set(whys) == {"sample"}
    assert 1 <= len(whys) <= 15


def heard(desk: Desk, **by: str) -> None:
    """Let each of them take the next answer, and say what they hear."""
    for name, option in by.items():
        task = desk.next(name)
        assert task is not None
        desk.put(name, task, heard=option)


def marks(desk: Desk, attempt: Attempt) -> Mapping[str, str]:
    return oversight.words(desk.session, attempt.id).marks


def test_two_who_hear_the_same_decide_as_a_ruling(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    assert items.turns(attempt.id) == [("a6", "unsure", 1), ("a6", "unsure", 2)]
    heard(items, ana="north")
    assert marks(items, attempt) == {}
    assert opened(items, attempt) == {"a6": "unsure"}
    assert items.next("ana") is None
    heard(items, ben="north")
    assert marks(items, attempt) == {"a6": "right"}
    assert opened(items, attempt) == {}


@pytest.mark.parametrize("option", ["south", "none"])
def test_another_picture_is_not_right(items: Desk, option: str) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    heard(items, ana="south", ben=option)
    assert marks(items, attempt) == {"a6": "wrong"}


@pytest.mark.parametrize(("third", "word"), [("north", "right"), ("none", "wrong")])
def test_where_two_differ_a_third_decides(items: Desk, third: str, word: str) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    heard(items, ana="north", ben="south")
    assert items.turns(attempt.id) == [("a6", "unsure", 3)]
    opened(items, attempt)
    assert items.turns(attempt.id) == [("a6", "unsure", 3)]
    assert items.next("ana") is items.next("ben") is None
    heard(items, cleo=third)
    assert marks(items, attempt) == {"a6": word}


def test_after_the_pilot_one_is_enough_where_the_opposite_changes_nothing(items: Desk) -> None:
    items.policy(double=0)
    attempt = ended(items, right=4, unsure=2)
    assert opened(items, attempt) == {"a5": "unsure", "a6": "unsure"}
    heard(items, ana="south")
    assert marks(items, attempt) == {"a5": "wrong"}
    assert "unsure" not in opened(items, attempt).values()


def test_what_one_heard_alone_waits_until_all_is_heard(items: Desk) -> None:
    items.policy(double=0)
    attempt = ended(items, right=5, unsure=4)
    opened(items, attempt)
    heard(items, ana="south")
    assert marks(items, attempt) == {}
    assert ("a6", "unsure", 2) not in items.turns(attempt.id)


def test_near_a_cut_a_second_person_is_asked(items: Desk) -> None:
    items.policy(double=0)
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    assert items.turns(attempt.id) == [("a6", "unsure", 1)]
    heard(items, ana="north")
    assert marks(items, attempt) == {}
    assert items.turns(attempt.id) == [("a6", "unsure", 2)]
    heard(items, ben="north")
    assert marks(items, attempt) == {"a6": "right"}


def test_what_was_asked_before_there_were_two_turns_goes_on(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    oversight.rule(items.session, attempt, item="a6", verdict="wrong", author="x", at=NOON)
    assert opened(items, attempt) == {}
    other = ended(items, right=5, unsure=1, name="m2")
    ask(items.session, other, item="a6", why="unsure", at=NOON)
    opened(items, other)
    assert items.turns(other.id) == [("a6", "unsure", 1), ("a6", "unsure", 2)]


def test_what_was_heard_is_taken_back_while_nobody_else_has_spoken(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    heard(items, ana="south", ben="south")
    with pytest.raises(marking.TooLate):
        marking.take_back(items.session, author("ana"), at=items.now)
    again = marking.take_back(items.session, author("ben"), at=items.now)
    assert marks(items, attempt) == {}
    items.put("ben", again, heard="north")
    assert marks(items, attempt) == {}
    heard(items, cleo="north")
    assert marks(items, attempt) == {"a6": "right"}


def test_who_cannot_tell_leaves_it_to_another(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    task = items.next("ana")
    assert task is not None
    items.put("ana", task, reason="noise")
    assert items.next("ana") is None
    heard(items, ben="north", cleo="north")
    assert marks(items, attempt) == {"a6": "right"}
    with pytest.raises(marking.TooLate):
        marking.take_back(items.session, author("ana"), at=items.now)


def test_how_well_assessors_agree_is_told_of_pictures_too(items: Desk) -> None:
    for number in range(12):
        opened(items, ended(items, right=5, unsure=1, name=f"m{number}"))
        heard(items, ana="north", ben="north" if number % 6 else "south")
    lines = {one.author: one for one in reporting.lines(items.session, CENTER, bank=BANK)}
    assert {one.criterion for one in lines.values()} == {"heard"}
    assert (lines[author("ben")].figures.n, lines[author("ben")].figures.exact) == (12, 10 / 12)
    assert lines[None].figures.alpha is not None


def test_a_license_for_pictures_pauses_where_the_word_is_another(items: Desk) -> None:
    for number in range(14):
        right, other = ("north", "south") if number % 2 else ("south", "north")
        opened(items, ended(items, right=5, unsure=1, name=f"m{number}"))
        if items.state("ana", "MC3") == licensing.LICENSED:
            heard(items, ana=other)
        heard(items, ben=right, cleo=right)
    assert items.state("ana", "MC3") == licensing.PAUSED
    assert items.state("ben", "MC3") == items.state("cleo", "MC3") == licensing.LICENSED


def test_a_missed_known_answer_pauses_a_license_for_pictures(items: Desk) -> None:
    for number in range(6):
        attempt = ended(items, right=5, unsure=1, name=f"k{number}")
        opened(items, attempt)
        heard(items, ben="north", cleo="north")
        controls.make(items.session, attempt, item="a6", author="account:boss", at=NOON)
    items.policy(double=0, control=50)
    for number in range(12):
        opened(items, ended(items, right=5, unsure=1, name=f"m{number}"))
    for _ in range(12):
        if items.state("ana", "MC3") == licensing.LICENSED:
            heard(items, ana="south")
    assert items.state("ana", "MC3") == licensing.PAUSED
    assert sum(one.why == "control" for one in items.marks()) == trust.MISSED


def test_a_contest_goes_to_somebody_else_and_stands(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    heard(items, ana="south", cleo="south")
    oversight.contest(items.session, attempt, item="a6", at=items.now)
    assert opened(items, attempt) == {"a6": "contest"}
    assert items.next("ana") is None
    contested = items.next("ben")
    assert contested is not None
    items.put("ben", contested, heard="north")
    assert oversight.words(items.session, attempt.id).marks == {"a6": "right"}
    with pytest.raises(marking.TooLate):
        marking.take_back(items.session, author("ben"), at=items.now)


def test_by_levels_no_picture_is_marked(items: Desk) -> None:
    opened(items, ended(items, right=5, unsure=1))
    task = items.next("ana")
    assert task is not None
    for wrong in ({"levels": {"clear": 2}}, {"heard": "moon"}):
        with pytest.raises(marking.MarkError):
            items.put("ana", task, **wrong)


def test_what_two_cannot_tell_ends_with_the_owners_word(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    for name in ("ana", "ben"):
        task = items.next(name)
        assert task is not None
        items.put(name, task, reason="noise")
    first = marking.puzzling(items.session, CENTER)[0]
    task = marking.task_of(
        items.session, first.seq, author=author("boss"), now=items.now, is_coordinator=True
    )
    items.put("boss", task, heard="north")
    assert marks(items, attempt) == {"a6": "right"}
    assert opened(items, attempt) == {}


def test_a_word_that_rests_on_a_mark_of_somebody_close_is_asked_anew(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    heard(items, ana="south", ben="south")
    assert marks(items, attempt) == {"a6": "wrong"}
    conflicts.note(
        items.session, "ana", owner_hash=OWNER, kind="known", author=author("boss"), at=items.now
    )
    assert marks(items, attempt) == {}
    assert items.turns(attempt.id) == [("a6", "unsure", 1)]
    heard(items, cleo="south")
    assert marks(items, attempt) == {"a6": "wrong"}
