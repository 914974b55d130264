from typing import Any

from fastapi.testclient import TestClient

from tests.ways_in.desk import Clock, Desk


def touch(phone: TestClient, secret: str) -> Any:
    return phone.post("/link/signins", json={"secret": secret})


def test_a_link_lets_in_once(desk: Desk, phone: TestClient):
    secret = desk.link(desk.candidate().candidate)
    assert len(secret) == 22
    assert touch(phone, secret).status_code == 201
    again = touch(phone, secret)
    assert (again.status_code, again.json()["phrase"]) == (401, "link.closed")


def test_a_preview_does_not_use_it(desk: Desk, phone: TestClient):
    secret = desk.link(desk.candidate().candidate)
    for _ in range(3):
        assert phone.get("/link").status_code == 200
        assert phone.head("/link").status_code in {200, 405}
    assert touch(phone, secret).status_code == 201


def test_a_link_lasts_ten_minutes(desk: Desk, phone: TestClient, clock: Clock):
    secret = desk.link(desk.candidate().candidate)
    clock.pass_by(minutes=10)
    assert touch(phone, secret).json()["error"] == "closed"


def test_only_the_last_link_opens(desk: Desk, phone: TestClient):
    candidate = desk.candidate().candidate
    first, second = desk.link(candidate), desk.link(candidate)
    assert touch(phone, first).json()["error"] == "closed"
    assert touch(phone, second).status_code == 201


def test_a_secret_is_in_no_address_of_the_server(desk: Desk):
    candidate = desk.candidate().candidate
    page = desk.post(f"candidates/{candidate}/link").text
    secret = desk.link(candidate)
    assert f"/link#es.{secret}" not in page
    assert "/link#es." in page
    assert "/link/" not in page
