"""MC3: unsure answers that can change how an attempt ends, samples, contests."""

from uuid import uuid4

import pytest

from tests.dialogues.fakes import assessment
from tests.marking.desk import CENTER, NOON, OWNER, Desk, author
from voice_app import marking, oversight
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


def test_what_was_heard_decides_as_a_ruling(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    task = items.next("ana")
    assert task is not None
    items.put("ana", task, heard="north")
    assert oversight.words(items.session, attempt.id).marks == {"a6": "right"}
    assert opened(items, attempt) == {}


@pytest.mark.parametrize("heard", ["south", "none"])
def test_another_picture_is_not_right(items: Desk, heard: str) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    task = items.next("ana")
    assert task is not None
    items.put("ana", task, heard=heard)
    assert oversight.words(items.session, attempt.id).marks == {"a6": "wrong"}


def test_what_was_heard_is_taken_back(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    task = items.next("ana")
    assert task is not None
    items.put("ana", task, heard="south")
    again = marking.take_back(items.session, author("ana"), at=items.now)
    assert oversight.words(items.session, attempt.id).marks == {}
    items.put("ana", again, heard="north")
    assert oversight.words(items.session, attempt.id).marks == {"a6": "right"}


def test_who_cannot_tell_leaves_it_to_another(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    task = items.next("ana")
    assert task is not None
    items.put("ana", task, reason="noise")
    assert items.next("ana") is None
    other = items.next("ben")
    assert other is not None
    items.put("ben", other, heard="north")
    assert oversight.words(items.session, attempt.id).marks == {"a6": "right"}


def test_a_contest_goes_to_somebody_else_and_stands(items: Desk) -> None:
    attempt = ended(items, right=5, unsure=1)
    opened(items, attempt)
    task = items.next("ana")
    assert task is not None
    items.put("ana", task, heard="south")
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
