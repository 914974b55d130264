"""An appeal about pictures is answered by somebody who has nothing to do with the candidate."""

import re

import pytest

from tests.marking_page.desk import OWNER, Desk, Person
from tests.marking_page.planning import appealed
from voice_app import appeals, attempts
from voice_app.marking import conflicts
from voice_app.models import Attempt

PAGE = "/staff/promises"


def answered(person: Person) -> int:
    [address] = re.findall(rf'href="({PAGE}/\d+)"', person.open(PAGE).text)
    return person.send(address, reason="as-the-rules-say").status_code


@pytest.mark.parametrize("kind", ["trainee", "relative", "known"])
def test_nobody_answers_an_appeal_of_somebody_close(desk: Desk, kind: str) -> None:
    attempt = appealed(desk)
    near, boss = desk.staff("coordinator"), desk.staff("owner")
    with desk.here.database.writing.begin() as session:
        conflicts.note(
            session,
            near.account,
            owner_hash=OWNER,
            kind=kind,
            author=boss.name,
            at=desk.here.clock(),
        )
    assert answered(near) == 409
    with desk.here.database.reading.begin() as session:
        assert appeals.state(session, session.get_one(Attempt, attempt)) == "open"
    assert answered(boss) == 303


def test_nobody_answers_an_appeal_of_their_own_phone(desk: Desk) -> None:
    attempt = appealed(desk)
    with desk.here.database.writing.begin() as session:
        session.get_one(Attempt, attempt).owner_hash = attempts.hash_of("my phone")
    near = desk.staff("coordinator")
    near.client.cookies.set("candidate", "my phone")
    assert answered(near) == 409
