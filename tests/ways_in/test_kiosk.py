from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.ways_in.desk import Clock, Desk, begin, browser, other, show
from voice_app.models import SignIn
from voice_app.routes.deps import OWNER_COOKIE


@pytest.fixture
def kiosk(desk: Desk) -> TestClient:
    return desk.device()


def touch(kiosk: TestClient, pictures: Any) -> Any:
    return kiosk.post("/kiosk/signins", json={"pictures": list(pictures)})


def test_four_pictures_let_one_candidate_in_once(desk: Desk, kiosk: TestClient):
    card = desk.candidate()
    code = desk.code(card.candidate, desk.devices()[0])
    assert len(code) == 4
    answer = touch(kiosk, code)
    assert answer.status_code == 201, answer.text
    assert answer.json()["is_kiosk"] is True
    again = touch(kiosk, code)
    assert (again.status_code, again.json()["phrase"]) == (401, "kiosk.closed")


def test_a_code_is_bound_to_its_device(desk: Desk, kiosk: TestClient):
    (device,) = desk.devices()
    elsewhere = desk.device()
    card = desk.candidate()
    code = desk.code(card.candidate, device)
    assert touch(elsewhere, code).json()["phrase"] == "kiosk.closed"
    assert touch(browser(desk.app), code).json()["phrase"] == "kiosk.unknown"
    assert touch(kiosk, code).status_code == 201


def test_a_code_lasts_ten_minutes(desk: Desk, kiosk: TestClient, clock: Clock):
    card = desk.candidate()
    code = desk.code(card.candidate, desk.devices()[0])
    clock.pass_by(minutes=10)
    assert touch(kiosk, code).json()["phrase"] == "kiosk.closed"


def test_five_tries_a_code(desk: Desk, kiosk: TestClient):
    card = desk.candidate()
    code = desk.code(card.candidate, desk.devices()[0])
    missed = [touch(kiosk, other(tuple(code))).json()["error"] for _ in range(5)]
    assert missed == ["other-pictures"] * 5
    assert touch(kiosk, code).json()["error"] == "closed"


def test_a_new_code_makes_the_one_before_it_dead(desk: Desk, kiosk: TestClient):
    card = desk.candidate()
    first = desk.code(card.candidate, desk.devices()[0])
    second = desk.code(card.candidate, desk.devices()[0])
    if first != second:
        assert touch(kiosk, first).json()["error"] == "other-pictures"
    assert touch(kiosk, second).status_code == 201


def test_half_an_hour_without_a_touch_ends_it(desk: Desk, kiosk: TestClient, clock: Clock):
    card = desk.candidate()
    touch(kiosk, desk.code(card.candidate, desk.devices()[0]))
    begun = begin(kiosk)
    clock.pass_by(minutes=29)
    assert kiosk.get(f"/attempts/{begun}").status_code == 200
    clock.pass_by(minutes=31)
    assert kiosk.get(f"/attempts/{begun}").status_code == 404


def test_a_kiosk_never_remembers(desk: Desk, kiosk: TestClient):
    card = desk.candidate()
    touch(kiosk, desk.code(card.candidate, desk.devices()[0]))
    assert kiosk.post("/signins/remembered").status_code == 409
    assert kiosk.post("/signins/end").json() == {"to": "/kiosk"}


def test_who_leaves_a_device_leaves_nothing_on_it(desk: Desk, kiosk: TestClient):
    card = desk.candidate()
    touch(kiosk, desk.code(card.candidate, desk.devices()[0]))
    kiosk.cookies.set(OWNER_COOKIE, "what-was-begun-without-a-card", domain="localhost.local")
    left = kiosk.post("/signins/end")
    assert OWNER_COOKIE not in kiosk.cookies
    assert left.headers["clear-site-data"] == '"cache", "storage"'
    assert kiosk.cookies["device"]


def test_a_device_out_of_service_lets_nobody_in_and_puts_out_who_is_in(
    desk: Desk, kiosk: TestClient
):
    card = desk.candidate()
    device = desk.devices()[0]
    touch(kiosk, desk.code(card.candidate, device))
    begun = begin(kiosk)
    assert desk.post(f"devices/{device}/end").status_code == 303
    assert kiosk.get(f"/attempts/{begun}").status_code == 404
    assert touch(kiosk, ["key"] * 4).json()["phrase"] == "kiosk.unknown"
    assert desk.post(f"candidates/{card.candidate}/code", device=device).status_code == 404


def test_enlisting_a_device_signs_its_coordinator_out(desk: Desk, kiosk: TestClient):
    assert kiosk.get("/staff/candidates").status_code in {401, 303}
    with desk.service.database.reading.begin() as session:
        rows = session.query(SignIn).filter_by(center_id=desk.center).all()
    assert sum(row.ended_at is not None for row in rows) == 1


def test_new_pictures_are_told_once_to_the_candidate_alone(
    desk: Desk, kiosk: TestClient, phone: TestClient
):
    card = desk.candidate()
    assert desk.post(f"candidates/{card.candidate}/pictures").status_code == 303
    assert show(phone, card.secret, card.pictures).json()["error"] == "closed"
    came = touch(kiosk, desk.code(card.candidate, desk.devices()[0])).json()
    assert came["has_new_pictures"] is True
    told = kiosk.post("/kiosk/pictures").json()["pictures"]
    assert len(told) == 5
    assert show(phone, card.secret, told).status_code == 201
    again = kiosk.post("/kiosk/pictures")
    assert (again.status_code, again.json()["error"]) == (401, "closed")


def test_new_pictures_are_not_told_outside_of_the_center(desk: Desk, phone: TestClient):
    card = desk.candidate()
    show(phone, card.secret, card.pictures)
    assert phone.post("/kiosk/pictures").json()["phrase"] == "kiosk.unknown"
    desk.post(f"candidates/{card.candidate}/pictures")
    assert phone.post("/kiosk/pictures").json()["phrase"] == "kiosk.unknown"


def test_a_locked_card_opens_again_with_new_pictures(
    desk: Desk, kiosk: TestClient, phone: TestClient
):
    card = desk.candidate()
    for _ in range(6):
        show(phone, card.secret, other(card.pictures))
    assert "the card is locked" in desk.client.get("/staff/candidates").text
    desk.post(f"candidates/{card.candidate}/pictures")
    touch(kiosk, desk.code(card.candidate, desk.devices()[0]))
    told = kiosk.post("/kiosk/pictures").json()["pictures"]
    assert show(phone, card.secret, told).status_code == 201
