import sqlite3
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from pwdlib.hashers.argon2 import Argon2Hasher

from tests.ways_in.desk import DOMAIN, Clock, Desk, begin, browser, other, show, stored
from voice_app.access import signins
from voice_app.models import Attempt, Candidate, SignIn
from voice_app.people import cards
from voice_app.people.pins import TOOLS
from voice_app.routes.turnstile import Turnstile


def test_a_card_and_its_pictures_let_in(desk: Desk, phone: TestClient):
    card = desk.candidate()
    answer = show(phone, card.secret, card.pictures)
    assert answer.status_code == 201, answer.text
    assert answer.json() == {
        "form_token": signins.csrf_of(phone.cookies["signin"]),
        "help": "es",
        "attempt": None,
        "is_kiosk": False,
        "has_new_pictures": False,
    }
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age" not in cookie


def test_an_attempt_belongs_to_the_candidate_on_any_phone(desk: Desk, phone: TestClient):
    card = desk.candidate()
    show(phone, card.secret, card.pictures)
    begun = begin(phone)
    with desk.service.database.reading.begin() as session:
        owner = session.get_one(Candidate, card.candidate).owner_hash
        assert session.get_one(Attempt, begun).owner_hash == owner
    another = browser(desk.app)
    assert another.get(f"/attempts/{begun}").status_code == 404
    assert show(another, card.secret, card.pictures).json()["attempt"] == begun
    assert another.get(f"/attempts/{begun}").status_code == 200


def test_what_a_phone_did_before_is_not_the_candidates(desk: Desk, phone: TestClient):
    practice = begin(phone)
    card = desk.candidate()
    assert show(phone, card.secret, card.pictures).json()["attempt"] is None
    assert phone.get(f"/attempts/{practice}").status_code == 404
    phone.post("/signins/end")
    assert phone.get(f"/attempts/{practice}").status_code == 200


def test_nothing_of_a_card_can_be_read_from_the_database(desk: Desk):
    card = desk.candidate()
    file = desk.service.database.reading.kw["bind"].url.database
    with sqlite3.connect(file) as database:
        dump = "\n".join(database.iterdump())
    database.close()
    assert card.secret not in dump
    assert desk.service.hashing.pepper.decode() not in dump
    ((_, [pin]), *_) = stored(desk.service, card.candidate)[-1:]
    assert pin.pin_hash is not None
    assert pin.pin_hash.startswith("$argon2id$")


def test_a_secret_has_160_bits():
    secrets = {cards.draw(_NoHashing()).secret for _ in range(50)}
    assert len(secrets) == 50
    assert {len(one) for one in secrets} == {27}


def test_five_tries_and_no_more(desk: Desk, phone: TestClient):
    card = desk.candidate()
    for _ in range(cards.MOST_TRIES):
        told = show(phone, card.secret, other(card.pictures))
        assert (told.status_code, told.json()["error"]) == (401, "other-pictures")
    told = show(phone, card.secret, card.pictures)
    assert (told.status_code, told.json()["phrase"]) == (401, "card.closed")
    assert "signin" not in phone.cookies


def test_right_pictures_begin_the_count_again(desk: Desk, phone: TestClient):
    card = desk.candidate()
    for _ in range(3):
        for _ in range(cards.MOST_TRIES - 1):
            show(phone, card.secret, other(card.pictures))
        assert show(phone, card.secret, card.pictures).status_code == 201


def test_tries_at_once_are_counted_before_they_are_looked_at(desk: Desk):
    card = desk.candidate()
    database, now = desk.service.database, desk.service.clock()
    begun = []
    for _ in range(20):
        with database.writing.begin() as session:
            begun.append(cards.begin_try(session, card.secret, at=now))
    assert sum(one.seq is not None for one in begun) == cards.MOST_TRIES


def test_a_lost_card_is_dead_at_once_and_so_is_who_is_in_with_it(desk: Desk, phone: TestClient):
    lost = desk.candidate()
    show(phone, lost.secret, lost.pictures)
    begun = begin(phone)
    answer = desk.post(f"candidates/{lost.candidate}/card")
    assert answer.headers["content-type"] == "application/pdf"
    assert phone.get(f"/attempts/{begun}").status_code == 404
    assert show(phone, lost.secret, lost.pictures).json()["error"] == "closed"
    new = desk.card(lost.candidate)
    assert show(phone, new.secret, new.pictures).json()["attempt"] == begun


def test_a_card_replaced_during_a_try_opens_nothing(desk: Desk):
    card = desk.candidate()
    database, now = desk.service.database, desk.service.clock()
    with database.writing.begin() as session:
        one = cards.begin_try(session, card.secret, at=now)
    desk.card(card.candidate)
    with database.writing.begin() as session, pytest.raises(cards.ClosedCard):
        cards.finish_try(session, one, is_right=True, at=now)


@pytest.mark.parametrize("pictures", [[], ["key"], ["key"] * 8, ["nothing"] * 5])
def test_what_are_no_five_pictures_is_a_try_like_others(
    desk: Desk, phone: TestClient, pictures: list[str]
):
    card = desk.candidate()
    assert show(phone, card.secret, pictures).json()["error"] == "other-pictures"


@pytest.mark.parametrize(
    "body",
    [
        {"secret": "s" * 65, "pictures": ["key"] * 5},
        {"secret": "s", "pictures": ["key"] * 9},
        {"secret": "s", "pictures": ["k" * 33]},
        {"secret": 7, "pictures": "key"},
        {},
    ],
)
def test_oversized_and_broken_bodies_are_refused(phone: TestClient, body: dict[str, object]):
    assert phone.post("/card/signins", json=body).status_code == 422


def test_another_site_cannot_sign_a_phone_in(desk: Desk, phone: TestClient):
    card = desk.candidate()
    body = {"secret": card.secret, "pictures": list(card.pictures)}
    foreign = phone.post("/card/signins", json=body, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert "signin" not in phone.cookies


def test_a_sign_in_that_was_there_before_does_not_live_on(desk: Desk, phone: TestClient):
    card = desk.candidate()
    phone.cookies.set("signin", "a secret somebody fixed", domain=DOMAIN)
    answer = show(phone, card.secret, card.pictures)
    assert "a secret somebody fixed" not in answer.headers["set-cookie"]
    first = dict(phone.cookies.items())["signin"]
    show(phone, card.secret, card.pictures)
    with desk.service.database.reading.begin() as session:
        rows = session.query(SignIn).filter_by(candidate_id=card.candidate).all()
    assert sorted(row.ended_at is None for row in rows) == [False, True]
    assert first not in {row.id_hash for row in rows}


def test_whatever_is_wrong_takes_the_same_work_and_the_same_words(desk: Desk, phone: TestClient):
    dead, live, locked = desk.candidate(), desk.candidate(), desk.candidate()
    desk.card(dead.candidate)
    for _ in range(5):
        show(phone, locked.secret, other(locked.pictures))
    counting = Counting()
    desk.app.state.service = replace(
        desk.service, hashing=replace(desk.service.hashing, _hasher=counting)
    )
    closed = {"error": "closed", "phrase": "card.closed"}
    for secret in ("u" * len(dead.secret), dead.secret):
        assert show(phone, secret, TOOLS[:5]).json() == closed
    for card in (live, locked):
        assert show(phone, card.secret, other(card.pictures)).status_code == 401
    assert show(phone, live.secret, live.pictures).status_code == 201
    assert counting.costs == ["m=19456,t=2,p=1"] * 5


def test_an_address_that_knocks_too_often_waits(desk: Desk, phone: TestClient):
    desk.app.state.service = replace(desk.service, knocks=Turnstile(5, seconds=60))
    answers = [show(phone, "unknown" * 4, TOOLS[:5]) for _ in range(6)]
    desk.app.state.service = desk.service
    assert {one.status_code for one in answers[:5]} == {401}
    assert (answers[5].status_code, answers[5].json()["phrase"]) == (429, "card.wait")
    assert int(answers[5].headers["retry-after"]) >= 1


def test_one_touch_leaves(desk: Desk, phone: TestClient):
    card = desk.candidate()
    show(phone, card.secret, card.pictures)
    begun = begin(phone)
    kept = phone.cookies["signin"]
    assert phone.post("/signins/end").json() == {"to": "/"}
    phone.cookies.set("signin", kept, domain=DOMAIN)
    assert phone.get(f"/attempts/{begun}").status_code == 404


def test_only_ones_own_phone_stays_signed_in(desk: Desk, phone: TestClient, clock: Clock):
    card = desk.candidate()
    lent = browser(desk.app)
    for one in (phone, lent):
        show(one, card.secret, card.pictures)
    before = phone.cookies["signin"]
    answer = phone.post("/signins/remembered")
    assert "Max-Age=5184000" in answer.headers["set-cookie"]
    assert phone.cookies["signin"] != before
    begun = begin(phone)
    clock.pass_by(days=59)
    assert phone.get(f"/attempts/{begun}").status_code == 200
    assert lent.get(f"/attempts/{begun}").status_code == 404
    clock.pass_by(days=61)
    assert phone.get(f"/attempts/{begun}").status_code == 404


def test_a_stranger_cannot_stay(phone: TestClient):
    assert phone.post("/signins/remembered").status_code == 401


class Counting(Argon2Hasher):
    """Notes what each comparison costs."""

    def __init__(self) -> None:
        super().__init__()
        self.costs: list[str] = []

    def verify(self, password: str | bytes, hash: str | bytes) -> bool:  # noqa: A002 - its name there
        self.costs.append(str(hash).split("$")[3])
        return super().verify(password, hash)


class _NoHashing:
    def hashed(self, pictures: tuple[str, ...]) -> str:
        return "".join(pictures)
