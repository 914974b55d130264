"""A full micro-certification holds only while its parts do: all short stories, told to the end."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.badges import made
from voice_app import badges
from voice_app.badges import Office, WithdrawalError
from voice_app.models import Badge
from voice_app.routes.deps import Service

FOUR = ("MC1", "MC2", "MC3", "MC4")
WHO = ("MC1", "MC2", "FULL")
WHAT = ("suspended", "revoked", "resumed")
STEPS = tuple(product(WHO, WHAT))
Codes = dict[str, str]


@pytest.fixture
def office(service: Service) -> Office:
    """An office for which all four can be shown."""
    bank = service.content.assessments["MC3"]
    banks = {one: replace(bank, micro_competence=one) for one in FOUR}
    return replace(service.office, content=replace(service.content, assessments=banks))


@pytest.fixture
def session(service: Service) -> Iterator[Session]:
    with service.database.writing.begin() as session:
        yield session


@pytest.fixture
def codes(session: Session, office: Office) -> Codes:
    """The codes of the four and of the full one, by micro-competence."""
    for one in FOUR:
        attempt = made.attempt(f"{one}-1", assessment=one)
        session.add(attempt)
        session.flush()
        badges.issue(session, attempt, office=office)
    return {one.micro_competence: one.code for one in session.scalars(select(Badge))}


def test_every_story_of_three_steps(session: Session, office: Office, codes: Codes):
    for story in product(STEPS, repeat=3):
        with session.begin_nested() as chapter:
            for who, what in story:
                told(session, codes, office=office, who=who, what=what)
                states = seen(session, codes, office=office)
                parts = {states[one] for one in FOUR}
                assert states["FULL"] != "real" or parts == {"real"}, story
                assert states["FULL"] == "cancelled" or "cancelled" not in parts, story
            if not any(who == "FULL" for who, _ in story):
                assert (states["FULL"] == "real") == (parts == {"real"}), story
            assert not {who for who, what in story if what == "revoked"} - cancelled(states), story
            chapter.rollback()


def told(session: Session, codes: Codes, *, office: Office, who: str, what: str) -> None:
    try:
        if what != "resumed":
            badges.withdraw(
                session, codes[who], kind=what, reason="mistake", author="Ana", office=office
            )
        else:
            badges.resume(session, codes[who], author="Ana", office=office)
    except WithdrawalError:
        states = seen(session, codes, office=office)
        is_held_back = who == "FULL" and any(states[one] != "real" for one in FOUR)
        assert states[who] == "cancelled" or (what == "resumed" and is_held_back)


def seen(session: Session, codes: Codes, *, office: Office) -> dict[str, str]:
    return {
        who: badges.standing(session, code, office=office, now=office.clock(), is_holder=True).state
        for who, code in codes.items()
    }


def cancelled(states: dict[str, str]) -> set[str]:
    return {who for who, state in states.items() if state == "cancelled"}
