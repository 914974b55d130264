"""What people see of badges: the page of each state, the boxes to check one, the catalog."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from tests.badges.made import given, show, withdraw
from tests.badges.test_checking import STRANGE
from tests.page_client import PageClient
from voice_app import attempts, badges
from voice_app.app import create_app
from voice_app.models import Attempt, Badge
from voice_app.routes.deps import OWNER_COOKIE, Service
from voice_app.routes.public_pages import page_language, preferred
from voice_app.routes.turnstile import Turnstile
from voice_app.scoring.badges.checking import MOST_BYTES
from voice_app.scoring.badges.descriptors import KEYS
from voice_app.settings import Settings

PRIVATE = re.compile(
    r"\b(score|points?|level|niveau|nivel|puntos|appropriation|exploration|discovery|"
    r"découverte|descubrimiento|percent)\b",
    re.IGNORECASE,
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
MOST_PAGE_BYTES = 60_000
SECRET = "a phone's secret"  # noqa: S105 - of nobody
PEOPLE = {"Accept": BROWSER}


@pytest.fixture
def badge(service: Service) -> Badge:
    return given(service, "11111111-1111-4111-8111-111111111111", is_shown=False)


@pytest.fixture
def shown(service: Service, badge: Badge) -> Badge:
    show(service, badge)
    return badge


@pytest.fixture
def holder(app: FastAPI, service: Service, badge: Badge) -> TestClient:
    with service.database.writing.begin() as session:
        session.get_one(Attempt, badge.attempt_id).owner_hash = attempts.hash_of(SECRET)
    return PageClient(app, base_url="http://localhost:8000", cookies={OWNER_COOKIE: SECRET})


def phrases(service: Service, language: str = "en") -> dict[str, str]:
    return {key: html(text) for key, text in service.content.languages[language].phrases.items()}


def html(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;")


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
        ("application/vc+jwt", "application/vc+jwt"),
        ("application/ld+json, */*;q=0.1", "application/ld+json"),
        ("text/html;q=0.2, application/json;q=0.9", "application/json"),
        ("application/json;q=nonsense", "text/html"),
    ],
)
def test_who_asks_for_json_gets_json(accept: str, chosen: str):
    assert preferred(accept) == chosen


@pytest.mark.parametrize("media_type", ["application/vc+ld+json", "application/json"])
def test_the_same_address_has_the_document(client: TestClient, shown: Badge, media_type: str):
    answer = client.get(f"/b/{shown.code}", headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.text == shown.credential
    assert "Accept" in answer.headers["vary"]


def test_the_same_address_leads_to_the_token(client: TestClient, shown: Badge):
    answer = client.get(
        f"/b/{shown.code}", headers={"Accept": "application/jwt"}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{shown.code}.jwt")


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_the_page_says_that_the_badge_is_real(
    client: TestClient, shown: Badge, service: Service, *, language: str
):
    answer = client.get(f"/b/{shown.code}", params={"lang": language})
    said = phrases(service, language)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    for key in ("badge.real.fr", "badge.can-do.3", "badge.how-tested", "badge.unsupervised"):
        assert said[key] in answer.text
    assert f'src="/audio/{language}/phrases/badge.real.fr.mp3"' in answer.text
    assert f"{shown.code[:4]}-{shown.code[4:]}" in answer.text
    assert len(answer.content) < MOST_PAGE_BYTES


def test_a_code_is_found_as_people_write_it(client: TestClient, shown: Badge):
    typed = f"{shown.code[:4]}-{shown.code[4:]}".lower()
    assert "sign-real" in client.get(f"/b/{typed}").text
    answer = client.get("/verify", params={"code": f" {typed} "}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/b/{shown.code}")


@pytest.mark.parametrize(
    "typed",
    [
        "7q4k2m9x",
        " 7Q4K – 2M9X ",  # noqa: RUF001 - a dash of a word processor
        "7q4k.2m9x",
        "７Ｑ４Ｋ－２Ｍ９Ｘ",  # noqa: RUF001 - of a Japanese keyboard
        "7Q4К2М9Х",  # noqa: RUF001 - three letters of a Russian keyboard
        "https://badges.example/b/7Q4K2M9X?lang=fr",
        "https://badges.example/b/7Q4K2M9X#v1.Vkdap1RjR0w3UT",
    ],
)
def test_a_code_may_be_typed_in_many_ways(client: TestClient, typed: str):
    answer = client.get("/verify", params={"code": typed}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/b/7Q4K2M9X")


@pytest.mark.parametrize(
    ("typed", "has_such_a_sign"),
    [("7Q4K-2M9", False), ("7Q4K-2M9XX", False), ("7Q4K-2MOX", True), ("7q4k-2ml1", True)],
)
def test_a_misread_code_is_asked_again(
    client: TestClient, service: Service, *, typed: str, has_such_a_sign: bool
):
    answer = client.get("/verify", params={"code": typed, "lang": "en"})
    assert answer.status_code == 422
    said = phrases(service)
    assert said["verify.look-again"] in answer.text
    assert (said["verify.no-such-sign"] in answer.text) == has_such_a_sign
    assert f'value="{typed}"' in answer.text
    assert "/audio/en/phrases/verify.look-again.mp3" in answer.text


def test_what_was_typed_is_never_part_of_the_page(client: TestClient):
    answer = client.get("/verify", params={"code": '"><script>alert(1)</script>'})
    assert "<script" not in answer.text


def test_the_page_is_for_no_search_engine_and_needs_no_script(client: TestClient, shown: Badge):
    answer = client.get(f"/b/{shown.code}")
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert not re.search(r" on[a-z]+=", answer.text)
    assert f'"og:image" content="http://localhost:8000/b/{shown.code}.png"' in answer.text


def test_a_hidden_badge_says_that_and_nothing_else(
    client: TestClient, badge: Badge, service: Service
):
    answer = client.get(f"/b/{badge.code}", params={"lang": "en"})
    assert answer.status_code == 200
    assert phrases(service)["badge.hidden"] in answer.text
    assert badge.code[:4] not in answer.text
    assert "fr/phrases/badge.real" not in answer.text
    document = client.get(f"/b/{badge.code}", headers={"Accept": "application/json"})
    assert document.status_code == 403
    assert "credentialSubject" not in document.text


@pytest.mark.parametrize(("kind", "state"), [("revoked", "cancelled"), ("suspended", "paused")])
def test_a_withdrawn_badge_says_so_and_why(
    client: TestClient, shown: Badge, service: Service, *, kind: str, state: str
):
    withdraw(service, shown, kind, "holder-asked")
    answer = client.get(f"/b/{shown.code}", params={"lang": "en"})
    said = phrases(service)
    assert answer.status_code == 200
    for key in (f"badge.word.{state}", f"badge.{state}", "badge.reason.holder-asked"):
        assert said[key] in answer.text
    assert f"/audio/en/phrases/badge.{state}.mp3" in answer.text
    assert said["badge.can-do.1"] not in answer.text
    assert "Rosa" not in answer.text


def test_every_reason_has_its_sentence_in_every_language(service: Service):
    for language in service.content.languages.values():
        assert {f"badge.reason.{one}" for one in badges.REASONS} <= set(language.phrases)


def test_a_badge_that_is_too_old_says_so(client: TestClient, shown: Badge, service: Service):
    with service.database.writing.begin() as session:
        ended = service.clock() - timedelta(days=1)
        session.get_one(Badge, shown.code).expires_at = ended
    page = client.get(f"/b/{shown.code}").text
    assert "sign-expired" in page
    assert f'– <time datetime="{ended:%Y-%m-%d}">{ended:%d/%m/%Y}</time>' in page  # noqa: RUF001
    assert "og:image" not in page


def test_an_unknown_code_gets_a_kind_spoken_page(client: TestClient, service: Service):
    answer = client.get("/b/22222222", params={"lang": "en"})
    assert answer.status_code == 404
    assert phrases(service)["badge.unknown"] in answer.text
    assert "/audio/en/phrases/badge.unknown.mp3" in answer.text


def test_an_unknown_code_is_an_error_for_programs(client: TestClient):
    answer = client.get("/b/22222222", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json() == {"error": "unknown-badge", "phrase": "badge.unknown"}


def test_a_changed_document_is_shown_as_not_ours(
    client: TestClient, shown: Badge, service: Service
):
    with service.database.writing.begin() as session:
        row = session.get_one(Badge, shown.code)
        row.credential = row.credential.replace("Completed", "Failed")
    answer = client.get(f"/b/{shown.code}")
    assert answer.status_code == 404
    assert "sign-unknown" in answer.text


def test_a_database_that_fails_is_told_as_not_now(app: FastAPI, service: Service):
    class Broken:
        def begin(self):
            raise OperationalError("select", None, Exception("the disk is gone"))

    broken = replace(service.database, reading=Broken())
    app.state.service = replace(service, database=broken)
    answer = PageClient(app).get("/b/22222222", params={"lang": "en"})
    app.state.service = service
    assert answer.status_code == 503
    assert phrases(service)["badge.unchecked"] in answer.text


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_nothing_public_says_more_than_passed(client: TestClient, service: Service, language: str):
    badge = given(service, "44444444-4444-4444-8444-444444444444", employer_language=language)
    for address in (f"/b/{badge.code}?lang={language}", "/.well-known/did.json"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not PRIVATE.search(answer.text), address


def test_the_issuer_lists_the_key_that_signed(client: TestClient, shown: Badge):
    document = client.get("/.well-known/did.json").json()
    proof = json.loads(shown.credential)["proof"][0]
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


# The holder decides.


def test_only_the_holder_sees_a_hidden_badge_and_decides(
    client: TestClient, holder: TestClient, badge: Badge, service: Service
):
    page = holder.get(f"/b/{badge.code}", params={"lang": "en"})
    assert "sign-real" in page.text
    assert f'href="/share/{badge.code}?lang=en"' in page.text
    assert phrases(service)["share.hidden"] in page.text
    assert client.get(f"/share/{badge.code}").status_code == 404
    assert client.post(f"/share/{badge.code}/consent").status_code == 404
    assert "sign-hidden" in client.get(f"/b/{badge.code}").text


def test_a_badge_is_shown_after_a_yes_and_hidden_by_one_action(
    client: TestClient, holder: TestClient, badge: Badge, service: Service
):
    asked = holder.get(f"/share/{badge.code}", params={"lang": "en"}).text
    assert phrases(service)["share.consent"] in asked
    assert "/audio/en/phrases/share.consent.mp3" in asked
    said = {"played": "yes", "untold": "chosen"}
    answer = holder.post(f"/share/{badge.code}/consent", params={"lang": "en"}, data=said)
    assert phrases(service)["share.shown"] in answer.text
    assert "sign-real" in client.get(f"/b/{badge.code}").text
    assert (
        phrases(service)["share.hidden"]
        in holder.post(f"/share/{badge.code}/hiding", params={"lang": "en"}).text
    )
    assert "sign-hidden" in client.get(f"/b/{badge.code}").text


def test_the_ways_to_hand_a_badge_on(holder: TestClient, shown: Badge, service: Service):
    page = holder.get(f"/share/{shown.code}", params={"lang": "fr"}).text
    link = f"http%3A%2F%2Flocalhost%3A8000%2Fb%2F{shown.code}"
    for address in ("https://wa.me/?text=", "sms:?&amp;body=", "https://www.linkedin.com/profile/"):
        assert address in page
    assert page.count(link) == 3
    for kind in ("pdf", "png", "json"):
        assert f"/b/{shown.code}.{kind}" in page
    assert phrases(service, "fr")["share.lost"] in page


def test_the_four_slots_are_filled_or_empty_and_each_is_explained(
    client: TestClient, holder: TestClient, shown: Badge, service: Service
):
    said = phrases(service)
    page = holder.get("/stack", params={"lang": "en"}).text
    for key in ("MC1.lacks", "MC2.lacks", "MC3.has", "MC4.lacks", "FULL.lacks"):
        assert said[f"stack.{key}"] in page
        assert f"/audio/en/phrases/stack.{key}.mp3" in page
    assert f"/b/{shown.code}" in page
    assert said["stack.MC3.lacks"] in client.get("/stack", params={"lang": "en"}).text


def test_content_without_a_full_micro_certification_has_no_slots(tmp_path: Path):
    other = Path(__file__).parents[1] / "data/bank_ko"
    app = create_app(Settings(VOICE_APP_DATA=tmp_path, VOICE_APP_CONTENT=other))
    client = PageClient(app, base_url="http://localhost:8000")
    for address in ("/stack", "/verify", "/achievements", "/b/22222222"):
        assert '<html lang="ko">' in client.get(address, headers=PEOPLE).text
    app.state.service.database.close()


# Checking.


def sent(client: TestClient, data: bytes, **headers: str):
    return client.post(
        "/verify", params={"lang": "en"}, files={"file": ("badge.json", data)}, headers=headers
    )


def test_the_boxes_to_check_a_badge(client: TestClient, service: Service):
    page = client.get("/verify", params={"lang": "en"}).text
    for key in ("verify.title", "verify.code", "verify.file", "verify.offline"):
        assert phrases(service)[key] in page
    assert "<script" not in page


def test_our_badge_is_told_by_how_it_stands(client: TestClient, shown: Badge, service: Service):
    data = shown.credential.encode()
    assert "sign-real" in sent(client, data).text
    assert f"/b/{shown.code}" in sent(client, data).text
    withdraw(service, shown, "suspended")
    assert "sign-paused" in sent(client, data).text
    withdraw(service, shown, "revoked")
    assert "sign-cancelled" in sent(client, data).text
    assert "sign-unknown" in sent(client, data.replace(b"Completed", b"Failed")).text


def test_a_hidden_badge_stays_hidden_in_the_box(client: TestClient, badge: Badge):
    page = sent(client, badge.credential.encode()).text
    assert "sign-hidden" in page
    assert badge.code not in page


def test_another_issuers_badge_is_named_by_its_key(client: TestClient):
    page = sent(client, json.dumps(STRANGE).encode()).text
    assert "sign-intact" in page
    assert "(did:key:z6Mk" in page
    assert "sign-real" not in page


def test_programs_are_told_in_json(client: TestClient, shown: Badge):
    data = shown.credential.encode()
    assert sent(client, data, Accept="application/json").json()["state"] == "real"
    assert sent(client, b"{}", Accept="application/json").json()["error"] == "verify.no-badge"
    plain = client.post("/verify", content=data, headers={"Accept": "application/json"})
    assert plain.json()["state"] == "real"


@pytest.mark.parametrize(
    ("data", "status", "key"),
    [
        (b"{}", 422, "verify.no-badge"),
        (b"\x89PNG\r\n\x1a\n", 422, "verify.no-badge"),
        (b"\0" * 1000, 422, "verify.no-badge"),
        (b"", 422, "verify.empty"),
        (b"[" * 1_000_000, 422, "verify.no-badge"),
        (b" " * (MOST_BYTES + 1), 413, "verify.too-large"),
        (b" " * 10_000_000, 413, "verify.too-large"),
    ],
)
def test_anything_wrong_gets_a_sentence(
    client: TestClient, service: Service, *, data: bytes, status: int, key: str
):
    answer = sent(client, data)
    assert answer.status_code == status
    assert phrases(service)[key] in answer.text


def test_who_checks_without_end_is_told_to_wait(client: TestClient, app: FastAPI, service: Service):
    app.state.service = replace(service, checks=Turnstile(2, seconds=60))
    assert [sent(client, b"{}").status_code for _ in range(3)] == [422, 422, 429]
    page = sent(client, b" " * 10_000_000)
    assert page.status_code == 429
    assert 1 <= int(page.headers["retry-after"]) <= 30
    assert phrases(service)["verify.too-many"] in page.text
    told = sent(client, b"{}", Accept="application/json")
    assert (told.status_code, told.json()["phrase"]) == (429, "verify.too-many")
    assert "retry-after" in told.headers
    assert client.get("/verify").status_code == 200


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"],
)
def test_a_broken_form_has_no_file(client: TestClient, content_type: str):
    answer = client.post(
        "/verify", content=b"--x\r\nnothing", headers={"Content-Type": content_type}
    )
    assert answer.status_code == 422


def test_the_file_that_checks_without_a_network_carries_our_keys(
    client: TestClient, shown: Badge, service: Service
):
    withdraw(service, shown, "revoked")
    answer = client.get("/verify.html")
    assert "attachment" in answer.headers["content-disposition"]
    assert shown.key_id in answer.text
    assert f'/status/{shown.list_number}/revocation":[{shown.list_index}]' in answer.text


# The catalog.


def test_the_document_points_to_a_definition_that_is_there(client: TestClient, badge: Badge):
    defined = json.loads(badge.credential)["credentialSubject"]["achievement"]
    assert client.get(defined["id"]).json() == defined


@pytest.mark.parametrize("address", ["/achievements/MC9/fr", "/achievements/MC3/xx"])
def test_a_definition_we_do_not_have_is_not_found(client: TestClient, address: str):
    assert client.get(address).status_code == 404


def test_the_catalog_has_every_achievement_with_its_descriptors(client: TestClient):
    found = client.get("/achievements").json()
    offered = {one["id"].rpartition("8000")[2] for one in found if one["is_offered"]}
    every = product(("MC1", "MC2", "MC3", "MC4", "FULL"), ("fr", "es", "en"))
    assert offered == {f"/achievements/{one}/{code}" for one, code in every}
    assert len(found) == len(offered)
    for one in found:
        assert [each["key"] for each in one["descriptors"]] == list(KEYS)
        assert all(each["value"] for each in one["descriptors"])
    assert len(KEYS) == 17


def test_the_catalog_is_for_people_too(client: TestClient):
    page = client.get("/achievements", params={"lang": "es"}, headers=PEOPLE)
    assert 'href="/achievements/MC3/fr?lang=es"' in page.text
    assert 'id="quality"' in page.text
    one = client.get("/achievements/MC3/fr", headers=PEOPLE).text
    for place in ('id="LO6"', 'id="criteria"', 'id="workload"', "http://data.europa.eu/snb/eqf/2"):
        assert place in one
    assert client.get("/achievements/FULL/fr", headers=PEOPLE).status_code == 200
