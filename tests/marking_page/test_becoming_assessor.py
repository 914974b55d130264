"""From a candidate's tap to marks that count, over HTTP; and who does not get there."""

import pytest
from sqlalchemy import select

from tests.marking_page.desk import PAGE, Desk
from tests.marking_page.trainee import (
    HOLDER,
    exercise,
    holder,
    joined,
    mark,
    phone,
    settled_by_others,
    state,
)
from voice_app.marking import applying
from voice_app.models import Mark
from voice_app.routes.access import TOKEN_HEADER

PEOPLE = f"{PAGE}/people"
APPLICATIONS = f"{PEOPLE}/applications"
DONE = f"{PAGE}?note=done"


def asked(desk: Desk) -> str:
    candidate = holder(desk)
    assert phone(desk, candidate).post("/applications/MC4").status_code == 201
    return candidate.id


def test_from_a_candidates_tap_to_marks_that_count(desk: Desk) -> None:
    candidate, coordinator = asked(desk), desk.staff("coordinator")
    assert "Marisol wants to mark MC4" in coordinator.open(PEOPLE).text
    fields = {"candidate": candidate, "answer": "invite", "email": "marisol@center.example"}
    told = coordinator.send(APPLICATIONS, **fields)
    assert "begins the exercise for MC4" in told.text
    trainee = joined(desk, told.text)
    assert state(desk, trainee) == "exercise"
    assert "does not mark Marisol: own" in coordinator.open(PEOPLE).text

    for _ in range(10):
        assert "Near the reference" in trainee.open(exercise(desk, trainee)).text
    assert state(desk, trainee) == "shadow"

    heard = settled_by_others(desk, 10)
    assert {mark(desk, trainee) for _ in heard} == {"shadow"}
    assert "10 of 10 near, 10 wanted" in coordinator.open(PEOPLE).text
    fields = {"account": trainee.account, "micro_competence": "MC4", "step": "appoint"}
    assert coordinator.send(f"{PEOPLE}/licenses", **fields).status_code == 303
    assert state(desk, trainee) == "licensed"

    desk.answer(owner=HOLDER)
    assert trainee.next() == DONE
    other = desk.answer(owner="99" * 32)
    assert mark(desk, trainee) == "rubric"
    with desk.here.database.reading.begin() as session:
        given = session.scalars(select(Mark).where(Mark.author == trainee.name)).all()
    assert [one.attempt_id for one in given if one.is_counted] == [other.attempt]
    assert len(given) == 21


@pytest.mark.parametrize("always", [0, 1, -1])
def test_a_careless_trainee_does_not_pass(desk: Desk, always: int) -> None:
    coordinator, trainee = desk.staff("coordinator"), desk.staff(marks=())
    about = {"account": trainee.account, "micro_competence": "MC4"}
    coordinator.send(f"{PEOPLE}/licenses", **about, step="begin")
    for _ in range(20):
        lesson = exercise(desk, trainee, always=always)
    assert "A new round begins with other answers." in trainee.open(lesson).text
    assert state(desk, trainee) == "exercise"
    assert coordinator.send(f"{PEOPLE}/licenses", **about, step="appoint").status_code == 409


def test_only_who_holds_the_top_level_may_ask_and_asks_once(desk: Desk) -> None:
    candidate = holder(desk)
    client = phone(desk, candidate)
    assert client.get("/applications").json() == {"offers": {"MC4": "open"}}
    assert client.post("/applications/MC1").status_code == 404
    for _ in range(2):
        assert client.post("/applications/MC4").json() == {"phrase": "assess.asked"}
    assert client.get("/applications").json() == {"offers": {"MC4": "asked"}}
    with desk.here.database.reading.begin() as session:
        assert len(applying.applicants(session, "here")) == 1


def test_the_slots_offer_it_without_script_too(desk: Desk) -> None:
    client = phone(desk, holder(desk))
    said = desk.here.content.languages["es"].phrases
    page = client.get("/stack", params={"lang": "es"}).text
    assert said["assess.offer"] in page
    assert 'action="/applications/MC4"' in page
    html = {"accept": "text/html"}
    sent = client.post("/applications/MC4", data={"lang": "es"}, headers=html)
    assert sent.url.path == "/stack"
    assert said["assess.asked"] in sent.text
    assert "/applications/" not in sent.text


def test_no_other_site_asks_in_a_candidates_name(desk: Desk) -> None:
    client = phone(desk, holder(desk))
    refused = client.post("/applications/MC4", headers={TOKEN_HEADER: "other"})
    assert refused.status_code == 403


def test_a_coordinator_declines_and_other_centers_do_nothing(desk: Desk) -> None:
    candidate, coordinator = asked(desk), desk.staff("coordinator")
    stranger, assessor = desk.staff("coordinator", center="there"), desk.staff()
    fields = {"candidate": candidate, "micro_competence": "MC4", "answer": "decline"}
    assert stranger.send(APPLICATIONS, **fields).status_code == 404
    assert assessor.send(APPLICATIONS, **fields).status_code == 403
    assert coordinator.send(APPLICATIONS, **fields).status_code == 303
    assert "wants to mark" not in coordinator.open(PEOPLE).text
    assert coordinator.send(APPLICATIONS, **fields).status_code == 409
    assert coordinator.send(APPLICATIONS, **fields | {"answer": "invite"}).status_code == 409


def test_an_address_that_has_an_account_is_told(desk: Desk) -> None:
    candidate, coordinator = asked(desk), desk.staff("coordinator")
    fields = {"candidate": candidate, "answer": "invite", "email": "no address"}
    refused = coordinator.send(APPLICATIONS, **fields)
    assert refused.status_code == 409
    assert "Write an e-mail address" in refused.text
