"""Staff come in where nobody can read along: by https, or on the machine itself."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from tests.staff.desk import PAGES, Desk

WIFI, ORIGIN = "http://192.168.1.20:8000", "https://voice.center.example"


def _at(desk: Desk, address: str) -> TestClient:
    return TestClient(desk.app, base_url=address)


@pytest.mark.parametrize("page", ["/staff/sign-in", "/staff/second-step", "/staff/organization"])
def test_over_the_wifi_in_the_clear_there_is_no_form(desk: Desk, page: str):
    shown = _at(desk, WIFI).get(page, headers=PAGES)
    assert shown.status_code == 403
    assert "Others on this network could read" in shown.text
    assert "<form" not in shown.text


def test_the_pages_that_need_a_sign_in_lead_there_too(desk: Desk):
    shown = _at(desk, WIFI).get("/staff/people", headers=PAGES)
    assert "Others on this network could read" in shown.text


def test_over_the_wifi_in_the_clear_nobody_comes_in(desk: Desk):
    person = desk.person()
    person.client = _at(desk, WIFI)
    assert person.tell_password().status_code == 403
    assert "step" not in person.client.cookies
    told = person.client.post("/staff/passkey/options")
    assert told.json()["error"] == "in-the-clear"


def test_an_invitation_is_not_taken_in_the_clear(desk: Desk):
    sent = {"secret": desk.invitation()}
    assert _at(desk, WIFI).get("/staff/setup", headers=PAGES).status_code == 403
    assert _at(desk, WIFI).post("/staff/invite", data=sent, headers=PAGES).status_code == 403
    assert desk.browser().post("/staff/invite", data=sent, headers=PAGES).status_code == 200


@pytest.mark.parametrize(
    "address", ["http://localhost:8000", "http://127.0.0.1:8000", "https://192.168.1.20:8000"]
)
def test_by_https_and_on_the_machine_itself_the_form_is_there(desk: Desk, address: str):
    shown = _at(desk, address).get("/staff/sign-in", headers=PAGES)
    assert shown.status_code == 200
    assert "<form" in shown.text


def test_behind_a_proxy_the_address_of_the_service_is_as_good_as_https(desk: Desk):
    before = desk.app.state.service
    desk.app.state.service = replace(before, origin=ORIGIN)
    try:
        asked = "/staff/sign-in"
        proxied = _at(desk, ORIGIN.replace("https", "http")).get(asked, headers=PAGES)
        past_it = _at(desk, "http://voice.center.example:8000").get(asked, headers=PAGES)
    finally:
        desk.app.state.service = before
    assert proxied.status_code == 200
    assert past_it.status_code == 403


def test_candidates_practice_over_any_connection(desk: Desk):
    assert _at(desk, WIFI).get("/", headers=PAGES).status_code == 200
