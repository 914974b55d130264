"""An appeal about pictures is answered by somebody who has nothing to do with the candidate."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.marking_page.desk import CENTER, OWNER, Desk, Person
from tests.marking_page.planning import appealed
from voice_app import appeals, attempts
from voice_app.marking import conflicts
from voice_app.models import Attempt
from voice_app.routes import news

PAGE = "/staff/promises"


def answered(person: Person) -> int:
    [address] = re.findall(rf'href="({PAGE}/\d+)"', person.open(PAGE).text)
    return person.send(address, reason="as-the-rules-say").status_code


def test_who_does_not_agree_about_pictures_is_promised_a_day_too(desk: Desk) -> None:
    attempt = appealed(desk)
    with desk.here.database.reading.begin() as session:
        [one] = appeals.promises(session, CENTER)
        row = session.get_one(Attempt, attempt)
        said = news.promise(desk.here, session, row)
        later = replace(desk.here, clock=lambda: one.due + timedelta(days=1))
        late = news.promise(later, session, row)
    phrases = desk.here.content.languages["es"].phrases
    assert said is not None
    assert late is not None
    assert said["text"] == phrases["promise.five"]
    assert late["text"] == phrases["promise.late"]
    page = desk.staff("coordinator").open(PAGE).text
    assert f"{one.due:%d %b %Y}" in page


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
