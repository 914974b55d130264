"""What cannot be undone asks a candidate for their card, unless they came in a moment ago."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.ways_in.desk import Clock, Desk, Printed, browser, show
from voice_app.models import Erasure, SignIn

PLACES = ("file", "voice", "everything")
PAGE = {"accept": "text/html"}


@pytest.fixture
def card(desk: Desk, phone: TestClient, clock: Clock) -> Printed:
    """The card of somebody who came in by it ten minutes ago."""
    card = desk.candidate()
    assert show(phone, card.secret, card.pictures).status_code == 201
    clock.pass_by(minutes=10)
    return card


def _send(phone: TestClient, place: str) -> Any:
    return phone.post(f"/me/{place}?lang=en", headers=PAGE, follow_redirects=False)


def _erased(desk: Desk) -> int:
    with desk.service.database.reading.begin() as session:
        return session.query(Erasure).count()


@pytest.mark.parametrize("place", PLACES)
def test_within_five_minutes_nothing_is_asked(desk: Desk, phone: TestClient, place: str):
    card = desk.candidate()
    show(phone, card.secret, card.pictures)
    assert _send(phone, place).status_code == 200


@pytest.mark.parametrize("place", PLACES)
def test_afterwards_the_way_leads_to_the_card_and_back(
    desk: Desk, phone: TestClient, card: Printed, place: str
):
    before = _erased(desk)
    asked = _send(phone, place)
    assert asked.headers["location"] == f"/me/proof?place={place}&lang=en"
    shown = phone.get(asked.headers["location"])
    words = desk.service.content.languages["en"].phrases
    assert words["me.prove"] in shown.text
    assert words["me.prove-card"] in shown.text
    assert 'href="/card"' in shown.text
    assert _erased(desk) == before
    told = show(phone, card.secret, card.pictures).json()
    assert told["to"] == f"/me/{place}"
    assert _send(phone, place).status_code == 200
    assert show(phone, card.secret, card.pictures).json().get("to") is None


def test_wrong_pictures_prove_nothing(phone: TestClient, card: Printed):
    phone.get("/me/proof?place=file")
    assert show(phone, card.secret, ["key"] * 5).status_code == 401
    assert _send(phone, "file").status_code == 303


def test_hearing_what_is_kept_asks_nothing(phone: TestClient, card: Printed):
    assert card
    for page in ("/me", "/me/kept", *(f"/me/{place}" for place in PLACES)):
        assert phone.get(page, follow_redirects=False).status_code == 200


def test_a_program_is_told_in_its_own_terms(phone: TestClient, card: Printed):
    assert card
    refused = phone.post("/me/everything", headers={"accept": "application/json"})
    assert refused.status_code == 403
    assert refused.json() == {"error": "prove-again", "phrase": "me.prove"}


def test_staying_signed_in_makes_nobody_fresh(phone: TestClient, card: Printed):
    assert card
    assert phone.post("/signins/remembered").status_code == 201
    assert _send(phone, "file").status_code == 303


def test_staying_signed_in_right_after_the_card_keeps_the_five_minutes(
    desk: Desk, phone: TestClient, clock: Clock
):
    card = desk.candidate()
    show(phone, card.secret, card.pictures)
    clock.pass_by(minutes=3)
    phone.post("/signins/remembered")
    assert _send(phone, "file").status_code == 200
    clock.pass_by(minutes=3)
    assert _send(phone, "file").status_code == 303


def test_a_link_lets_in_and_takes_nothing_away(desk: Desk, phone: TestClient):
    secret = desk.link(desk.candidate().candidate)
    assert phone.post("/link/signins", json={"secret": secret}).status_code == 201
    assert _send(phone, "file").status_code == 303


def test_at_a_kiosk_somebody_of_the_center_helps(desk: Desk, clock: Clock):
    card, kiosk = desk.candidate(), desk.device()
    (device,) = desk.devices()
    code = desk.code(card.candidate, device)
    assert kiosk.post("/kiosk/signins", json={"pictures": code}).status_code == 201
    assert _send(kiosk, "file").status_code == 200
    clock.pass_by(minutes=10)
    shown = kiosk.get(_send(kiosk, "file").headers["location"])
    assert desk.service.content.languages["en"].phrases["me.prove-kiosk"] in shown.text
    assert 'href="/kiosk"' in shown.text


@pytest.mark.parametrize("place", ["", "elsewhere", "//evil.example", "https://evil.example"])
def test_the_way_back_leads_nowhere_else(phone: TestClient, card: Printed, place: str):
    phone.get("/me/proof", params={"place": place})
    assert show(phone, card.secret, card.pictures).json().get("to") is None


def test_a_planted_way_back_leads_nowhere(phone: TestClient, card: Printed):
    phone.cookies.set("onward", "https://evil.example")
    assert show(phone, card.secret, card.pictures).json().get("to") is None


def test_a_phone_that_nobody_is_in_on_has_nothing_more_to_show(app: Any):
    phone = browser(app)
    assert phone.get("/me/proof?place=file", follow_redirects=False).headers["location"] == (
        "/me/file"
    )
    assert phone.post("/me/voice", headers=PAGE, follow_redirects=False).status_code == 200


@pytest.mark.parametrize("doing", ["card", "pictures", "link"])
def test_handing_over_an_account_asks_the_desk_anew(desk: Desk, doing: str):
    card = desk.candidate()
    with desk.service.database.writing.begin() as session:
        session.query(SignIn).filter_by(center_id=desk.center, candidate_id=None).update(
            {"fresh_at": None}
        )
    token = {"token": ""}
    refused = desk.client.post(
        f"/staff/candidates/{card.candidate}/{doing}",
        data=token,
        headers=PAGE,
        follow_redirects=False,
    )
    assert refused.headers["location"] == "/staff/prove?next=%2Fstaff%2Fcandidates"
