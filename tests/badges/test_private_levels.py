"""The private level in writing: for its owner alone, where the center allows it."""

import json
from dataclasses import replace

import pytest
from fastapi import FastAPI

from tests.journeys.fakes import ScriptedEars
from tests.journeys.phone import Phone
from tests.page_client import PageClient
from voice_app.routes.deps import OWNER_COOKIE
from voice_app.scoring.badges.did import did_document
from voice_app.scoring.badges.signing import verify


@pytest.fixture
def phone(app: FastAPI) -> Phone:
    app.state.service = replace(app.state.service, has_level_credentials=True)
    return Phone(PageClient(app, base_url="http://localhost:8000"), ScriptedEars())


def asked(phone: Phone, attempt: str | None = None):
    return phone.client.post(f"/attempts/{attempt or phone.state['id']}/level")


def finished(phone: Phone, right: int) -> None:
    phone.begin()
    phone.touch_all(right)


@pytest.mark.parametrize(("right", "level"), [(99, "appropriation"), (0, "discovery")])
def test_an_owner_has_their_level_in_writing(phone: Phone, right: int, level: str):
    finished(phone, right)
    answer = asked(phone)
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    document = phone.client.get(answer.json()["url"]).json()
    key = phone.client.app.state.service.keys.level
    assert verify(document, key.public_keys[key.id])
    assert document["credentialSubject"]["result"][0]["achievedLevel"].endswith(level)
    assert asked(phone).json() == answer.json()


def test_nobody_else_sees_it(phone: Phone):
    finished(phone, 99)
    address = asked(phone).json()["url"]
    phone.client.cookies.clear()
    for _ in range(2):
        assert phone.client.get(address).status_code == 404
        assert asked(phone).status_code == 404
        phone.client.cookies.set(OWNER_COOKIE, "somebody else")


def test_there_is_none_where_the_center_does_not_allow_it(phone: Phone):
    app = phone.client.app
    app.state.service = replace(app.state.service, has_level_credentials=False)
    finished(phone, 99)
    assert asked(phone).json()["error"] == "no-levels"


def test_there_is_none_before_the_end(phone: Phone):
    phone.begin()
    assert asked(phone).status_code == 409


def test_its_key_signs_no_badge_and_is_published(phone: Phone):
    finished(phone, 99)
    keys = phone.client.app.state.service.keys
    assert keys.published == keys.badge.public_keys
    asked(phone)
    assert set(keys.published) == {keys.badge.id, keys.level.id}
    listed = did_document("did:web:a", keys.published)["assertionMethod"]
    assert listed == [f"did:web:a#{keys.badge.id}", f"did:web:a#{keys.level.id}"]
    badge = phone.outcome()["badge"]["url"]
    document = phone.client.get(f"{badge}.json").json()
    assert document["proof"][0]["verificationMethod"].endswith(keys.badge.id)
    assert "private" not in json.dumps(document)
