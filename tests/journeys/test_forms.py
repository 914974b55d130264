"""Two forms of one test: who comes again is asked other items, and marked in the same way."""

from sqlalchemy import select

from tests.journeys.phone import Phone
from voice_app.models import Attempt, Outcome, Response

ITEMS = 36


def asked_by(phone: Phone, number: int) -> list[str]:
    """Give what the attempt of this number was answered with, rehearsal left out."""
    here = phone.client.app.state.service  # type: ignore[attr-defined]
    rehearsal = phone.content.assessments["MC3"].rehearsal.id
    with here.database.reading.begin() as session:
        names = session.scalars(select(Attempt.id).order_by(Attempt.started_at)).all()
        mine = select(Response.item).where(Response.attempt_id == names[number])
        return [one for one in session.scalars(mine.order_by(Response.seq)) if one != rehearsal]


def outcomes(phone: Phone) -> list[tuple[str, int, int]]:
    here = phone.client.app.state.service  # type: ignore[attr-defined]
    with here.database.reading.begin() as session:
        rows = session.execute(
            select(Outcome.state, Outcome.points, Outcome.maximum).order_by(Outcome.seq)
        )
        return [(state, points, maximum) for state, points, maximum in rows]


def test_a_second_attempt_asks_no_item_of_the_first(phone: Phone) -> None:
    for right in (10, ITEMS):
        phone.begin()
        phone.touch_all(right=right)
        assert phone.turn["kind"] == "finish"
    first, second = asked_by(phone, 0), asked_by(phone, 1)
    assert len(first) == len(second) == ITEMS
    assert set(first).isdisjoint(second)
    assert outcomes(phone) == [("not_yet", 10, ITEMS), ("passed", ITEMS, ITEMS)]
    bank = phone.content.assessments["MC3"]
    assert [bank.items[one].category for one in first] == [bank.items[o].category for o in second]


def test_the_third_is_the_first_form_and_another_phone_begins_with_it(phone: Phone) -> None:
    bank = phone.content.assessments["MC3"]
    begun = [drawn(phone, phone.begin()["id"]) for _ in range(4)]
    assert begun == [list(bank.forms[0]), list(bank.forms[1])] * 2
    phone.client.cookies.clear()
    assert drawn(phone, phone.begin()["id"]) == list(bank.forms[0])


def test_an_item_of_the_other_form_takes_no_answer(phone: Phone) -> None:
    phone.begin()
    bank = phone.content.assessments["MC3"]
    other = bank.items[bank.forms[1][0]]
    body = {"attempt": phone.state["id"], "item": other.id, "option": other.right}
    answer = phone.client.put("/choices/6d1a3c6e-6a53-4a53-9c3e-0c4f6b9d6a01", json=body)
    assert answer.status_code == 422


def drawn(phone: Phone, attempt: str) -> list[str]:
    """Give the items copied onto an attempt when it began."""
    here = phone.client.app.state.service  # type: ignore[attr-defined]
    with here.database.reading.begin() as session:
        items: list[str] = session.get_one(Attempt, attempt).criteria["items"]
        return items
