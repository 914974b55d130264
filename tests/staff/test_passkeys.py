"""Passkeys: made and proven by a device in software, and everything a thief's would do."""

from typing import Any

import pytest
from httpx2 import Response

from tests.staff.authenticator import Authenticator
from tests.staff.desk import Desk, Person, token_in
from voice_app.models import Passkey

HERE = "/staff/security"


def _ask_for_new(person: Person) -> dict[str, Any]:
    return _sent(person, f"{HERE}/passkeys/options").json()


def _sent(person: Person, path: str, answer: Any = None) -> Response:
    headers = {"x-form-token": token_in(person.open(HERE))}
    return person.client.post(path, json=answer, headers=headers)


def _keep(person: Person, answer: Any, *, name: str = "My phone") -> Response:
    return _sent(person, f"{HERE}/passkeys?name={name}", answer)


def _add(person: Person, device: Authenticator) -> Response:
    return _keep(person, device.makes(_ask_for_new(person)))


def _ask(person: Person) -> dict[str, Any]:
    return person.client.post("/staff/passkey/options").json()


def _tell(person: Person, answer: Any, *, to: str = "") -> Response:
    return person.client.post("/staff/passkey", params={"next": to}, json=answer)


def _prove(person: Person, device: Authenticator) -> Response:
    return _tell(person, device.proves(_ask(person)))


@pytest.fixture
def device() -> Authenticator:
    return Authenticator()


@pytest.fixture
def person(desk: Desk, device: Authenticator) -> Person:
    """Somebody with a passkey, who is not in."""
    person = desk.insider()
    assert _add(person, device).status_code == 200
    person.client = desk.browser()
    return person


def test_a_passkey_is_made_and_lets_in(desk: Desk, person: Person, device: Authenticator):
    answer = _tell(person, device.but(count=2).proves(_ask(person)), to="/staff/people")
    assert answer.json() == {"next": "/staff/people"}
    assert person.is_in()
    assert desk.logged(person)[-2:] == ["passkey.added", "sign-in.passkey"]
    assert "My phone" in person.open(HERE).text


def test_the_device_is_asked_for_finger_face_or_pin_and_for_this_place(desk: Desk):
    person = desk.insider()
    made, proven = _ask_for_new(person), _ask(person)
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["rp"]["id"] == proven["rpId"] == "localhost"
    assert proven["userVerification"] == "required"
    assert not proven.get("allowCredentials")
    assert made["challenge"] != _ask_for_new(person)["challenge"]


def test_a_device_that_has_a_passkey_is_told_not_to_make_another(
    desk: Desk, person: Person, device: Authenticator
):
    _prove(person, device.but(count=2))
    assert len(_ask_for_new(person)["excludeCredentials"]) == 1
    assert len(_ask_for_new(desk.insider()).get("excludeCredentials", [])) == 0


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"origin": "https://localhost.evil.example"}, id="another page"),
        pytest.param({"origin": "http://localhost:8001"}, id="another port"),
        pytest.param({"host": "evil.example"}, id="another place"),
        pytest.param({"is_verified": False}, id="nobody looked who holds it"),
        pytest.param({"is_present": False}, id="nobody touched it"),
        pytest.param({"kind_of_new": "webauthn.get"}, id="an answer to something else"),
    ],
)
def test_a_passkey_made_otherwise_is_not_kept(
    desk: Desk, device: Authenticator, changes: dict[str, Any]
):
    person = desk.insider()
    assert _add(person, device.but(**changes)).status_code == 422
    with desk.here.database.reading.begin() as session:
        assert session.query(Passkey).filter_by(account_id=person.id).count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"origin": "https://localhost.evil.example"}, id="another page"),
        pytest.param({"origin": "http://localhost:8001"}, id="another port"),
        pytest.param({"host": "evil.example"}, id="another place"),
        pytest.param({"is_verified": False}, id="nobody looked who holds it"),
        pytest.param({"is_present": False}, id="nobody touched it"),
        pytest.param({"kind_of_proof": "webauthn.create"}, id="an answer to something else"),
        pytest.param({"key": Authenticator().key}, id="another key"),
        pytest.param({"name": b"another passkey"}, id="an unknown passkey"),
    ],
)
def test_a_proof_made_otherwise_lets_in_nobody(
    person: Person, device: Authenticator, changes: dict[str, Any]
):
    assert _prove(person, device.but(count=2, **changes)).status_code == 422
    assert not person.is_in()
    assert _prove(person, device.but(count=2)).status_code == 200


@pytest.mark.parametrize("count", [0, 6, 7])
def test_a_counter_that_does_not_go_on_is_a_copy_and_lets_in_nobody(
    desk: Desk, person: Person, device: Authenticator, count: int
):
    assert _prove(person, device.but(count=7)).status_code == 200
    person.send("/staff/sign-out")
    assert _prove(person, device.but(count=count)).status_code == 422
    assert not person.is_in()
    assert desk.logged(person)[-1] == "sign-in.refused"
    assert _prove(person, device.but(count=8)).status_code == 200


def test_a_device_without_a_counter_comes_in_again(desk: Desk):
    person, device = desk.insider(), Authenticator(count=0)
    _add(person, device)
    assert [_prove(person, device).status_code for _ in range(2)] == [200, 200]


def test_an_answer_is_taken_once(person: Person, device: Authenticator):
    answer = device.but(count=2).proves(_ask(person))
    step = person.client.cookies["step"]
    assert _tell(person, answer).status_code == 200
    person.send("/staff/sign-out")
    person.client.cookies.set("step", step)
    assert _tell(person, answer).status_code == 422
    assert not person.is_in()


def test_an_answer_to_an_earlier_question_is_none_to_a_later(person: Person, device: Authenticator):
    before = device.but(count=2).proves(_ask(person))
    _ask(person)
    assert _tell(person, before).status_code == 422
    assert not person.is_in()


def test_a_wrong_answer_ends_the_question(person: Person, device: Authenticator):
    asked = _ask(person)
    wrong = device.but(count=2, origin="https://evil.example").proves(asked)
    assert _tell(person, wrong).status_code == 422
    assert _tell(person, device.but(count=2).proves(asked)).status_code == 422


def test_a_question_lasts_ten_minutes(desk: Desk, person: Person, device: Authenticator):
    answer = device.but(count=2).proves(_ask(person))
    desk.clock.move(minutes=10)
    assert _tell(person, answer).status_code == 422


@pytest.mark.parametrize(
    "answer", [{}, {"id": 7}, {"id": "x" * 9000}, {"id": None, "response": []}]
)
def test_an_answer_that_is_none_is_refused(person: Person, answer: Any):
    _ask(person)
    assert _tell(person, answer).status_code == 422


def test_half_a_character_is_no_name_of_a_passkey(person: Person):
    _ask(person)
    headers = {"content-type": "application/json"}
    told = person.client.post("/staff/passkey", content=b'{"id": "\\ud800"}', headers=headers)
    assert told.status_code == 422


def test_a_broken_answer_of_a_known_passkey_is_refused(person: Person, device: Authenticator):
    answer = device.but(count=2).proves(_ask(person))
    answer["response"] = {"clientDataJSON": "AAAA", "authenticatorData": "AA", "signature": "!"}
    assert _tell(person, answer).status_code == 422


def test_a_passkey_is_kept_for_one_person_alone(desk: Desk, person: Person, device: Authenticator):
    other = desk.insider()
    assert _add(other, device).status_code == 422
    _prove(person, device.but(count=2))
    assert person.is_in()


def test_what_one_began_is_not_ended_by_another(desk: Desk, device: Authenticator):
    one, other = desk.insider(), desk.insider()
    answer = device.makes(_ask_for_new(one))
    other.client.cookies.set("step", one.client.cookies["step"])
    assert _keep(other, answer).status_code == 422


def test_a_question_for_coming_in_makes_no_passkey(desk: Desk, device: Authenticator):
    person = desk.insider()
    assert _keep(person, device.makes(_ask(person))).status_code == 422


def test_a_passkey_that_was_removed_lets_in_nobody(
    desk: Desk, person: Person, device: Authenticator
):
    _prove(person, device.but(count=2))
    with desk.here.database.reading.begin() as session:
        key_id = session.query(Passkey).filter_by(account_id=person.id).one().id
    stranger = desk.insider()
    stranger.send(f"{HERE}/passkeys/removal", passkey=key_id)
    assert _prove(person, device.but(count=3)).status_code == 200
    person.send(f"{HERE}/passkeys/removal", passkey=key_id)
    person.client = desk.browser()
    assert _prove(person, device.but(count=4)).status_code == 422


def test_a_locked_account_comes_in_no_way(desk: Desk, person: Person, device: Authenticator):
    with desk.here.database.writing.begin() as session:
        session.merge(desk.account(person)).locked_at = desk.clock.now
    assert _prove(person, device.but(count=2)).status_code == 422


def test_a_passkey_proves_anew_who_is_there(desk: Desk, person: Person, device: Authenticator):
    _prove(person, device.but(count=2))
    desk.clock.move(minutes=6)
    stale = person.send(f"{HERE}/recovery-codes")
    assert stale.headers["location"].startswith("/staff/prove")
    _prove(person, device.but(count=3))
    assert person.send(f"{HERE}/recovery-codes").status_code == 200


def test_nobody_adds_a_passkey_without_a_fresh_proof(desk: Desk, device: Authenticator):
    person = desk.insider()
    answer = device.makes(_ask_for_new(person))
    desk.clock.move(minutes=6)
    refused = _keep(person, answer)
    assert refused.status_code == 403
    assert refused.json()["error"] == "prove-again"
