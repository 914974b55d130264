"""A candidate whom a center knows, and who has not begun: told, handed out and forgotten."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.journeys.phone import Phone
from tests.ways_in.desk import Desk, Printed, browser, show
from voice_app.models import Attempt, AuditEntry, Candidate
from voice_app.routes.deps import Service


@pytest.fixture
def service(client: TestClient) -> Service:
    return client.app.state.service  # type: ignore[attr-defined]


@pytest.fixture
def desk(client: TestClient) -> Desk:
    return Desk(client.app)


@pytest.fixture
def card(desk: Desk) -> Printed:
    return desk.candidate()


@pytest.fixture
def own(desk: Desk, card: Printed) -> TestClient:
    """The candidate's own phone, by which they came in with their card."""
    phone = browser(desk.app)
    assert show(phone, card.secret, card.pictures).status_code == 201
    return phone


def owner_of(service: Service, card: Printed) -> str:
    with service.database.reading.begin() as session:
        return session.get_one(Candidate, card.candidate).owner_hash


def test_what_is_kept_of_whoever_has_not_begun_is_told(own: TestClient, service: Service) -> None:
    phrases = service.content.languages["es"].phrases
    told = own.get("/me/kept?lang=es").text
    assert phrases["me.nothing"] not in told
    for key in ("me.name", "me.card", "me.sign-ins", "me.ends"):
        assert phrases[key] in told
    for key in ("me.attempts", "me.notices", "me.corrections", "me.events"):
        assert phrases[key] not in told


def test_it_is_said_in_the_language_they_were_enrolled_with(own: TestClient) -> None:
    assert '<html lang="es">' in own.get("/me/kept").text


def test_what_they_did_here_is_told_too(own: TestClient, service: Service) -> None:
    phrases = service.content.languages["es"].phrases
    own.post("/me/correction")
    told = own.get("/me/kept?lang=es").text
    assert phrases["me.corrections"] in told


def test_they_can_take_it_along(own: TestClient) -> None:
    taken = own.post("/me/file")
    assert taken.headers["content-type"] == "application/zip"
    rows = json.loads(zipfile.ZipFile(io.BytesIO(taken.content)).read("index.json"))["rows"]
    assert [row["call_name"] for row in rows["candidate"]] == ["Ana"]
    assert {"card", "card_pin", "card_try", "sign_in"} <= set(rows)
    keys = {key for each in rows.values() for row in each for key in row}
    assert not [key for key in keys if key.endswith(("_hash", "secret"))]


def test_the_events_of_the_machine_are_told_and_taken(
    phone: Phone, take: bytes, service: Service
) -> None:
    phone.begin()
    phone.touch(phone.item().right)
    phone.say("canary of words", take)
    phrases = service.content.languages["es"].phrases
    assert phrases["me.events"] in phone.client.get("/me/kept?lang=es").text
    taken = zipfile.ZipFile(io.BytesIO(phone.client.post("/me/file").content))
    (event,) = json.loads(taken.read("index.json"))["rows"]["inference"]
    assert event["attempt_id"] == phone.state["id"]
    assert "input_digest" in event


def test_telling_what_is_kept_looks_for_no_file_in_the_whole_store(
    phone: Phone, take: bytes, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.begin()
    phone.touch(phone.item().right)
    phone.say("canary of words", take)
    monkeypatch.setattr(Path, "glob", lambda *_: pytest.fail("the whole store was looked at"))
    told = phone.client.get("/me/kept?lang=es").text
    assert service.content.languages["es"].phrases["me.recordings"] in told


def test_that_it_was_taken_along_stands_in_the_log(
    own: TestClient, desk: Desk, card: Printed, service: Service
) -> None:
    own.post("/me/file")
    (entry,) = entries(service, "exported")
    name = f"candidate:{card.candidate}"
    assert (entry.actor, entry.subject, entry.center) == (name, name, desk.center)


def test_that_a_phone_took_it_along_stands_there_too(phone: Phone, service: Service) -> None:
    phone.begin()
    phone.client.get("/me/file")
    assert entries(service, "exported") == []
    phone.client.post("/me/file")
    (entry,) = entries(service, "exported")
    assert (entry.actor, entry.subject) == ("holder", f"attempt:{phone.state['id']}")


def test_whoever_forgets_themselves_leaves_the_phone_what_is_its_own(
    phone: Phone, desk: Desk, card: Printed, service: Service
) -> None:
    phrases = service.content.languages["es"].phrases
    phone.begin()
    show(phone.client, card.secret, card.pictures)
    gone = phone.client.post("/me/everything", data={"badges": "kept"})
    assert phrases["me.all-done"] in gone.text
    assert 'signin=""' in gone.headers["set-cookie"]
    with service.database.reading.begin() as session:
        assert session.get(Candidate, card.candidate) is None
        assert session.get(Attempt, phone.state["id"]) is not None
    assert phrases["me.attempts"] in phone.client.get("/me/kept?lang=es").text
    phone.client.post("/me/everything", data={"badges": "kept"})
    with service.database.reading.begin() as session:
        assert session.get(Attempt, phone.state["id"]) is None
    assert show(browser(desk.app), card.secret, card.pictures).status_code != 201


def entries(service: Service, action: str) -> list[AuditEntry]:
    with service.database.reading.begin() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))
