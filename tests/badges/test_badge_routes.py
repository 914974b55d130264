import json
import re

import pytest
from starlette.testclient import TestClient

from tests.badges.conftest import given
from voice_app.models import Badge
from voice_app.routes.badge_page import page_language
from voice_app.routes.badges import preferred
from voice_app.routes.deps import Service

PRIVATE = re.compile(
    r"\b(score|points?|level|niveau|nivel|puntos|appropriation|exploration|discovery|"
    r"découverte|descubrimiento|percent)\b",
    re.IGNORECASE,
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        (BROWSER, "text/html"),
        ("image/png", "text/html"),
        ("application/json", "application/json"),
        ("application/vc+ld+json", "application/vc+ld+json"),
        ("application/vc", "application/vc"),
        ("application/ld+json, */*;q=0.1", "application/ld+json"),
        ("text/html;q=0.2, application/json;q=0.9", "application/json"),
        ("application/json;q=nonsense", "text/html"),
    ],
)
def test_who_asks_for_json_gets_json(accept: str, chosen: str):
    assert preferred(accept) == chosen


@pytest.mark.parametrize("media_type", ["application/vc+ld+json", "application/json"])
def test_the_same_address_has_the_document(client: TestClient, badge: Badge, media_type: str):
    answer = client.get(f"/b/{badge.code}", headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.text == badge.credential
    assert "Accept" in answer.headers["vary"]


def test_the_document_has_an_address_of_its_own(client: TestClient, badge: Badge):
    answer = client.get(f"/b/{badge.code}.json")
    assert answer.text == badge.credential
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_the_page_says_that_the_badge_is_real(
    client: TestClient, badge: Badge, service: Service, *, language: str
):
    answer = client.get(f"/b/{badge.code}", params={"lang": language})
    phrases = service.content.languages[language].phrases
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    for key in ("badge.real.fr", "badge.can-do.3", "badge.how-tested", "badge.who"):
        assert html(phrases[key]) in answer.text
    assert f'src="/audio/{language}/phrases/badge.real.fr.mp3"' in answer.text
    assert f"{badge.code[:4]}-{badge.code[4:]}" in answer.text


def test_a_code_is_found_as_people_write_it(client: TestClient, badge: Badge):
    typed = f"{badge.code[:4]}-{badge.code[4:]}".lower()
    assert client.get(f"/b/{typed}").status_code == 200


def test_the_page_is_for_no_search_engine_and_needs_no_script(client: TestClient, badge: Badge):
    answer = client.get(f"/b/{badge.code}")
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert not re.search(r" on[a-z]+=", answer.text)


def test_an_unknown_code_gets_a_kind_spoken_page(client: TestClient, service: Service):
    answer = client.get("/b/22222222", params={"lang": "en"})
    assert answer.status_code == 404
    assert html(service.content.languages["en"].phrases["badge.unknown"]) in answer.text
    assert "/audio/en/phrases/badge.unknown.mp3" in answer.text


@pytest.mark.parametrize("address", ["/b/22222222.json", "/b/22222222"])
def test_an_unknown_code_is_an_error_for_programs(client: TestClient, address: str):
    answer = client.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json() == {"error": "unknown-badge", "phrase": "badge.unknown"}


def test_a_changed_document_is_shown_as_not_ours(
    client: TestClient, badge: Badge, service: Service
):
    with service.database.writing.begin() as session:
        row = session.get_one(Badge, badge.code)
        row.credential = row.credential.replace("Completed", "Failed")
    answer = client.get(f"/b/{badge.code}")
    assert answer.status_code == 404
    assert "sign-unknown" in answer.text


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_nothing_public_says_more_than_passed(client: TestClient, service: Service, language: str):
    badge = given(service, "44444444-4444-4444-8444-444444444444", employer_language=language)
    for address in (
        f"/b/{badge.code}?lang={language}",
        f"/b/{badge.code}.json",
        f"/achievements/MC3/{language}",
        "/.well-known/did.json",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not PRIVATE.search(answer.text), address


def test_the_document_points_to_a_definition_that_is_there(client: TestClient, badge: Badge):
    defined = json.loads(badge.credential)["credentialSubject"]["achievement"]
    assert client.get(defined["id"]).json() == defined


@pytest.mark.parametrize("address", ["/achievements/MC9/fr", "/achievements/MC3/xx"])
def test_a_definition_we_do_not_have_is_not_found(client: TestClient, address: str):
    assert client.get(address).status_code == 404


def test_the_issuer_lists_the_key_that_signed(client: TestClient, badge: Badge):
    document = client.get("/.well-known/did.json").json()
    proof = json.loads(badge.credential)["proof"][0]
    assert document["id"] == "did:web:localhost%3A8000"
    assert proof["verificationMethod"] in document["assertionMethod"]


@pytest.mark.parametrize(
    ("asked", "accepted", "chosen"),
    [
        (None, "", "fr"),
        ("es", "en", "es"),
        ("xx", "en-GB,en;q=0.9", "en"),
        (None, "de, es;q=0.5, en;q=0.8", "en"),
        (None, "de;q=nonsense", "fr"),
    ],
)
def test_the_page_speaks_the_language_asked_for(
    service: Service, *, asked: str | None, accepted: str, chosen: str
):
    assert page_language(service.content, asked=asked, accepted=accepted) == chosen


def html(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;")
