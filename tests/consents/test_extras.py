"""What a person may allow: asked alone, said aloud and touched, refused, taken back."""

import re
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.journeys.phone import Phone, hear_notice
from voice_app import consents
from voice_app.app import _sweep
from voice_app.consents import EXTRAS, Extra
from voice_app.models import Consent
from voice_app.routes.deps import OWNER_COOKIE, Service
from voice_app.settings import assets_folder

YES = b"a yes, as some phone recorded it"
WEBM = "audio/webm;codecs=opus"

each_extra = pytest.mark.parametrize("purpose", EXTRAS)


@pytest.fixture(autouse=True)
def _told(client: TestClient, stranger: TestClient) -> None:
    """Both phones have heard what happens with a voice."""
    for one in (client, stranger):
        hear_notice(one)


def spoken(client: TestClient, purpose: Extra, data: bytes = YES) -> dict[str, str]:
    address = f"/consents/{purpose}/recordings/{uuid4()}"
    answer = client.put(address, content=data, headers={"Content-Type": WEBM})
    assert answer.status_code == 201, answer.text
    return answer.json()


def agreed(client: TestClient, purpose: Extra, **said: str):
    return client.post(f"/consents/{purpose}", params={"lang": "en"}, data={"played": "yes"} | said)


def agreed_aloud(client: TestClient, purpose: Extra):
    kept = spoken(client, purpose)
    said = {"recording": kept["id"], "sha256": kept["sha256"], "type": WEBM, "played": "yes"}
    return agreed(client, purpose, **said)


def refused(client: TestClient, purpose: Extra, **said: str):
    return client.post(f"/consents/{purpose}/refusal", params={"lang": "en"}, data=said)


def words(service: Service) -> list[Consent]:
    with service.database.reading.begin() as session:
        return session.query(Consent).order_by(Consent.seq).all()


def allows(service: Service, client: TestClient, purpose: Extra) -> bool:
    whose = sha256(client.cookies[OWNER_COOKIE].encode()).hexdigest()
    with service.database.reading.begin() as session:
        return consents.holds(session, purpose, owner_hash=whose)


def unanswered(client: TestClient) -> list[str]:
    return [one["purpose"] for one in client.get("/consents/open").json()["questions"]]


@each_extra
def test_a_yes_is_kept_with_the_voice_and_what_was_heard(
    client: TestClient, service: Service, *, purpose: Extra
):
    assert agreed_aloud(client, purpose).url.path == "/consents"
    (word,) = words(service)
    phrase = f"consent.{purpose}"
    assert (word.purpose, word.is_given, word.was_played) == (purpose, True, True)
    assert (word.language, word.phrase) == ("en", phrase)
    assert word.text == service.content.languages["en"].phrases[phrase]
    heard = (assets_folder() / f"en/phrases/{phrase}.mp3").read_bytes()
    assert word.played_sha256 == sha256(heard).hexdigest()
    assert word.recording_sha256 == sha256(YES).hexdigest()
    assert allows(service, client, purpose)


def test_each_is_asked_alone_and_a_yes_to_one_is_no_yes_to_another(
    client: TestClient, service: Service
):
    assert unanswered(client) == list(EXTRAS)
    agreed_aloud(client, "follow-up")
    refused(client, "show-voice")
    assert unanswered(client) == ["improve-listening"]
    assert [allows(service, client, one) for one in EXTRAS] == [False, False, True]


def test_silence_is_no_yes(client: TestClient, service: Service, phone: Phone):
    phone.begin()
    assert not any(allows(service, client, one) for one in EXTRAS)


@each_extra
def test_a_no_is_one_touch_kept_with_what_was_asked(
    client: TestClient, service: Service, *, purpose: Extra
):
    assert refused(client, purpose, played="yes").url.path == "/consents"
    (word,) = words(service)
    assert (word.is_given, word.phrase, word.was_played) == (False, f"consent.{purpose}", True)
    assert (word.recording, word.untold) == (None, None)
    assert purpose not in unanswered(client)


@pytest.mark.parametrize("answer", ["all refused", "none answered", "all given"])
def test_the_test_is_the_same_whatever_was_answered(
    client: TestClient, phone: Phone, *, answer: str
):
    phone.begin(help_language="en")
    for purpose in EXTRAS:
        if answer == "all refused":
            refused(client, purpose)
        elif answer == "all given":
            agreed_aloud(client, purpose)
    phone.touch_all(36)
    outcome = phone.outcome()
    assert outcome["state"] == "passed"
    badge = outcome["badge"]["url"].removeprefix("/b/")
    said = {"played": "yes", "untold": "chosen"}
    assert client.post(f"/share/{badge}/consent", data=said).status_code == 200
    assert client.get(f"/b/{badge}.json").status_code == 200
    assert client.get("/consents").status_code == 200


def test_a_yes_is_taken_back_by_one_touch_and_can_be_given_anew(
    client: TestClient, service: Service
):
    agreed_aloud(client, "show-voice")
    page = client.get("/consents?lang=en").text
    (back,) = re.findall(r'<form action="(/consents/show-voice/refusal[^"]*)"', page)
    client.post(back)
    assert not allows(service, client, "show-voice")
    agreed_aloud(client, "show-voice")
    assert allows(service, client, "show-voice")
    given, taken_back, again = words(service)
    assert (given.is_given, taken_back.is_given, again.is_given) == (True, False, True)
    assert (taken_back.phrase, taken_back.recording) == (None, None)


def test_one_hears_ones_own_yes_and_nobody_elses(
    client: TestClient, stranger: TestClient, service: Service
):
    agreed_aloud(client, "follow-up")
    page = client.get("/consents?lang=en").text
    (voice,) = re.findall(r'src="(/consents/voices/\d+)"', page)
    answer = client.get(voice)
    assert (answer.content, answer.headers["content-type"]) == (YES, "audio/webm")
    assert stranger.get(voice).status_code == 404
    agreed(stranger, "follow-up", untold="chosen")
    assert stranger.get(voice).status_code == 404
    assert voice not in stranger.get("/consents").text
    assert len(words(service)) == 2


@pytest.mark.parametrize("seq", ["0", "2", "9" * 30, "-1", "one"])
def test_a_yes_that_is_not_there_is_an_answer(client: TestClient, *, seq: str):
    agreed(client, "follow-up", untold="chosen")
    assert client.get(f"/consents/voices/{seq}").status_code in {404, 422}


def test_a_touched_yes_has_no_voice_to_hear(client: TestClient, service: Service):
    agreed(client, "follow-up", untold="blocked")
    (word,) = words(service)
    assert (word.is_given, word.untold) == (True, "blocked")
    assert client.get(f"/consents/voices/{word.seq}").status_code == 404


def test_a_sound_is_never_handed_out_as_a_page(client: TestClient, service: Service):
    kept = spoken(client, "follow-up", b"<script>alert(1)</script>")
    said = {"recording": kept["id"], "sha256": kept["sha256"], "type": "text/html"}
    agreed(client, "follow-up", **said)
    (word,) = words(service)
    answer = client.get(f"/consents/voices/{word.seq}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_voice_of_one_question_is_no_yes_to_another(client: TestClient, service: Service):
    kept = spoken(client, "follow-up")
    said = {"recording": kept["id"], "sha256": kept["sha256"], "type": WEBM}
    answer = agreed(client, "show-voice", **said)
    assert (answer.status_code, answer.json()["error"]) == (409, "not-said")
    assert words(service) == []


@pytest.mark.parametrize(
    "said", [{"played": "no", "untold": "blocked"}, {}, {"untold": "not-asked"}]
)
def test_what_was_not_heard_or_not_said_is_no_yes(
    client: TestClient, service: Service, *, said: dict[str, str]
):
    assert agreed(client, "follow-up", **said).status_code == 409
    page = {"Accept": "text/html"}
    answer = client.post("/consents/follow-up?lang=en", data=said, headers=page)
    assert answer.url.path == "/consents/follow-up"
    assert words(service) == []


def test_saying_yes_twice_is_one_yes(client: TestClient, service: Service):
    for _ in range(2):
        agreed_aloud(client, "follow-up")
    assert len(words(service)) == 1


def test_a_recording_without_a_touch_goes_and_a_yes_stays(client: TestClient, service: Service):
    agreed_aloud(client, "follow-up")
    spoken(client, "show-voice", b"a yes that nobody touched")
    assert len(list(service.store.names())) == 2
    _sweep(replace(service, clock=lambda: service.clock() + timedelta(days=2)))
    (word,) = words(service)
    (kept,) = service.store.names()
    assert kept.startswith(word.recording)


def test_a_shown_badge_stands_with_the_other_words(client: TestClient, phone: Phone):
    phone.begin(help_language="en")
    phone.touch_all(36)
    badge = phone.outcome()["badge"]["url"].removeprefix("/b/")
    hiding = f"/share/{badge}/hiding"
    assert hiding not in client.get("/consents").text
    client.post(f"/share/{badge}/consent", data={"played": "yes", "untold": "chosen"})
    assert hiding in client.get("/consents").text
    client.post(hiding)
    assert hiding not in client.get("/consents").text


@each_extra
def test_a_question_has_a_page_whose_no_works_without_scripts(
    client: TestClient, *, purpose: Extra
):
    page = client.get(f"/consents/{purpose}?lang=fr")
    assert page.status_code == 200
    assert f'action="/consents/{purpose}?lang=fr"' in page.text
    assert f'formaction="/consents/{purpose}/refusal?lang=fr"' in page.text


@pytest.mark.parametrize("purpose", ["show-badge", "everything", "..%2f..%2fkeys"])
def test_nothing_else_can_be_agreed_to_here(client: TestClient, service: Service, *, purpose: str):
    assert client.post(f"/consents/{purpose}").status_code in {404, 405, 422}
    assert client.put(f"/consents/{purpose}/recordings/{uuid4()}", content=YES).status_code in {
        404,
        422,
    }
    assert words(service) == []


def test_who_was_told_nothing_is_sent_to_the_notice_first(app: FastAPI, service: Service):
    nobody = TestClient(app, base_url="http://localhost:8000")
    assert nobody.get("/consents/follow-up?lang=fr").url.path == "/notice"
    assert agreed(nobody, "follow-up", played="yes", untold="chosen").status_code == 403
    assert refused(nobody, "follow-up").url.path == "/consents"
    assert words(service) == []
    assert OWNER_COOKIE not in nobody.cookies
