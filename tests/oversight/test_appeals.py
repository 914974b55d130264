"""A candidate of the language test does not agree: other ears, and nothing is lost."""

from typing import Any

from sqlalchemy import select

from tests.oversight.house import House
from voice_app import appeals, news
from voice_app.marking import giving, queue
from voice_app.models import Attempt, News, Response, Unmarked
from voice_app.routes.marking_settled import bank_of, settled


def mark(house: House, *, author: str, is_right: bool) -> list[str]:
    """Give what waits of the attempt its marks, each by another person; gives why they wait."""
    here = house.here
    with here.database.writing.begin() as session:
        rows = session.query(Unmarked).filter_by(attempt_id=house.attempt).all()
        bank: Any = bank_of(here, "MC3")
        whys = [row.why for row in rows]
        for row in rows:
            now = here.clock()
            name = f"{author}-{row.turn}"
            row.claimed_by, row.claimed_until = name, now + queue.CLAIM
            right = bank.items[row.item].right
            giving.give(
                session,
                row,
                bank=bank,
                author=name,
                heard=right if is_right else giving.NONE_OF_THEM,
                began_at=now,
                at=now,
            )
        settled(session, here, house.attempt)
    return whys


def short_of_one(house: House) -> None:
    """Finish one right answer short of a pass, with one that nobody understood."""
    items = len(house.phone.content.assessments["MC3"].forms[0])
    house.speak_first("hum blabla", right=-(-items * 60 // 100) - 1)


def appeal(house: House) -> Any:
    return house.phone.client.post(f"/attempts/{house.attempt}/appeal")


def test_spoken_answers_are_heard_by_somebody_else_and_may_pass(house: House) -> None:
    short_of_one(house)
    assert mark(house, author="account:1", is_right=False) == ["unsure", "unsure"]
    before = house.phone.outcome()
    assert (before["state"], before["appeal"]["state"]) == ("not_yet", "can")
    assert appeal(house).status_code == 201
    assert house.phone.outcome()["state"] == "to_review"
    assert mark(house, author="account:2", is_right=True) == ["contest"]
    after = house.phone.outcome()
    assert (after["state"], after["appeal"]["state"]) == ("passed", "raised")
    assert after["badge"] is not None
    with house.here.database.reading.begin() as session:
        assert [one.key for one in session.query(News).order_by(News.seq)][-1] == news.APPEAL


def test_the_same_heard_again_leaves_it_as_it_is(house: House) -> None:
    short_of_one(house)
    mark(house, author="account:1", is_right=False)
    level = house.phone.outcome()["level"]
    appeal(house)
    mark(house, author="account:2", is_right=False)
    after = house.phone.outcome()
    assert (after["state"], after["level"], after["appeal"]["state"]) == ("not_yet", level, "kept")


def test_a_contest_of_what_counts_takes_nothing_away(house: House) -> None:
    house.speak_first(None, right=21)
    before = house.phone.outcome()
    with house.here.database.reading.begin() as session:
        row = session.get_one(Attempt, house.attempt)
        assert appeals.state(session, row) == "can"
    answered = contested(house)
    assert mark(house, author="account:2", is_right=False) == ["contest"]
    after = house.phone.outcome()
    assert (after["state"], after["level"]) == (before["state"], before["level"])
    told = house.phone.client.get(f"/attempts/{house.attempt}/items/{answered}/explanation").json()
    assert (told["decided_by"], told["contest"]) == ("machine", None)


def contested(house: House) -> str:
    """Contest the answer that was spoken."""
    about = (Response.attempt_id == house.attempt) & (Response.kind == "speech")
    with house.here.database.reading.begin() as session:
        spoken = session.scalars(select(Response.item).where(about)).one()
    path = f"/attempts/{house.attempt}/items/{spoken}/contest"
    assert house.phone.client.post(path).status_code == 201
    return spoken
