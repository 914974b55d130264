"""What nobody asked for stays off the disk, and who asks more than people do waits."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from tests.journeys.phone import Phone
from voice_app.models import Utterance
from voice_app.routes.deps import OWNER_COOKIE, Service
from voice_app.routes.rates import Limit, Rates, generous, weight
from voice_app.routes.turnstile import Turnstile
from voice_app.routes.utterances import _drop

WANTED = {"assessment": "MC3", "employer_language": "fr", "help_language": "es"}
ROOM = 50


def files(service: Service) -> list[str]:
    return list(service.store.names())


@pytest.fixture
def service(client: TestClient) -> Service:
    return client.app.state.service  # type: ignore[attr-defined]


@pytest.fixture
def narrow(client: TestClient, service: Service) -> Iterator[None]:
    """One phone may do everything twice, an address three times."""

    def limit() -> Limit:
        return Limit(Turnstile(2, seconds=60), Turnstile(3, seconds=60))

    rates = Rates(attempts=limit(), touches=limit(), takes=limit(), words=limit())
    client.app.state.service = replace(service, rates=rates)  # type: ignore[attr-defined]
    yield
    client.app.state.service = service  # type: ignore[attr-defined]


def test_thirty_bodies_under_one_id_leave_one_file(phone: Phone, take: bytes, service: Service):
    phone.begin()
    phone.ears.default = "blabla"
    name = str(uuid4())
    answers = [phone.put(take + bytes(2 * n), name).status_code for n in range(30)]
    assert answers == [201] + [409] * 29
    assert len(files(service)) == 1


def test_an_answer_that_is_not_asked_for_never_reaches_the_disk(
    phone: Phone, take: bytes, service: Service
):
    phone.begin()
    later = next(iter(phone.content.assessments["MC3"].items))
    wanted = {"attempt": phone.state["id"], "item": later}
    answer = phone.client.put(f"/utterances/{uuid4()}", params=wanted, content=take)
    assert (answer.status_code, answer.json()["error"]) == (409, "closed")
    unknown = phone.client.put(
        f"/utterances/{uuid4()}", params=wanted | {"item": "nothing"}, content=take
    )
    assert unknown.status_code == 422
    assert files(service) == []


def test_what_is_refused_while_it_is_written_is_removed(
    phone: Phone, take: bytes, service: Service, monkeypatch: pytest.MonkeyPatch
):
    phone.begin()
    monkeypatch.setattr(type(service.store), "has", lambda _store, _name: False)
    answer = phone.put(take)
    assert (answer.status_code, answer.json()["phrase"]) == (503, "trouble.machine")
    assert files(service) == []
    with service.database.reading.begin() as session:
        assert session.query(Utterance).count() == 0


def test_a_recording_that_a_row_names_is_never_dropped(phone: Phone, take: bytes, service: Service):
    phone.begin()
    phone.ears.default = "blabla"
    name = phone.put(take).json()["id"]
    (stored,) = service.store.kept(name)
    _drop(service, stored)
    assert files(service) == [stored.path.name]
    left = service.store.keep(str(uuid4()), take, owner="nobody")
    _drop(service, left)
    assert files(service) == [stored.path.name]


@pytest.mark.usefixtures("narrow")
def test_attempts_without_end_are_put_off(phone: Phone, client: TestClient):
    for _ in range(2):
        phone.begin()
    answer = client.post("/attempts", json=WANTED)
    assert (answer.status_code, answer.json()["phrase"]) == (429, "trouble.machine")
    assert 1 <= int(answer.headers["retry-after"]) <= 60


@pytest.mark.usefixtures("narrow")
def test_a_new_name_for_every_request_is_still_one_address(client: TestClient):
    told = []
    for number in range(4):
        client.cookies.clear()
        client.cookies.set(OWNER_COOKIE, f"somebody-{number}")
        told.append(client.post("/attempts", json=WANTED).status_code)
    assert told.count(429) == 1


@pytest.mark.usefixtures("narrow")
def test_answers_without_end_are_put_off_and_keep_nothing(
    phone: Phone, take: bytes, service: Service
):
    phone.begin()
    phone.ears.default = "blabla"
    phone.put(take)
    phone.put(take)
    kept = files(service)
    assert phone.put(take).status_code == 429
    assert files(service) == kept
    touched = {"attempt": phone.state["id"], "item": "nothing", "option": "x"}
    address = f"/choices/{uuid4()}"
    told = [phone.client.put(address, json=touched).status_code for _ in range(3)]
    assert told == [422, 422, 429]


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    "address", ["/notice/es/heard", "/consents/follow-up", "/consents/follow-up/refusal"]
)
def test_words_without_end_are_put_off(client: TestClient, address: str):
    client.cookies.set(OWNER_COOKIE, "somebody")
    told = [client.post(address, follow_redirects=False).status_code for _ in range(3)]
    assert 429 not in told[:2]
    assert told[2] == 429


def test_long_recordings_weigh_more():
    takes = Limit(Turnstile(20, seconds=60), Turnstile(1_000, seconds=60))
    heavy = [takes.wait_seconds(owner="a", address="b", times=weight(2_000_000)) for _ in range(2)]
    assert heavy[0] == 0
    assert heavy[1] > 0
    assert weight(0) == weight(150_000) == 1


def test_a_room_of_phones_behind_one_address_is_let_in():
    rates = generous()
    for phone in map(str, range(ROOM)):
        for limit, times in ((rates.attempts, 2), (rates.takes, 12), (rates.touches, 40)):
            waits = [limit.wait_seconds(owner=phone, address="room") for _ in range(times)]
            assert waits == [0] * times
        assert [rates.words.wait_seconds(owner=phone, address="room") for _ in range(8)] == [0] * 8


def test_a_phone_that_was_without_a_network_brings_all_at_once():
    rates = generous()
    waits = [rates.takes.wait_seconds(owner="a", address="b") for _ in range(74)]
    assert waits == [0] * 74


def test_two_hundred_attempts_in_a_row_are_not_taken():
    rates = generous()
    waits = [rates.attempts.wait_seconds(owner="a", address="b") for _ in range(200)]
    assert sum(wait == 0 for wait in waits) < 50


def test_a_stranger_leaves_no_voice_for_a_consent(client: TestClient, service: Service):
    for _ in range(3):
        client.cookies.clear()
        address = f"/consents/follow-up/recordings/{uuid4()}"
        answer = client.put(address, content=b"a yes")
        assert (answer.status_code, answer.json()["error"]) == (403, "notice-first")
    client.cookies.set(OWNER_COOKIE, "made up")
    assert client.put(address, content=b"a yes").status_code == 403
    assert files(service) == []
    assert service.vault.tags() == set()
