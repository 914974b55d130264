"""Every link of every page of badges, and every address in what is signed, leads somewhere."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.badges.made import given, show, withdraw
from voice_app import attempts, badges
from voice_app.audio.prompts import Manifest
from voice_app.models import Badge
from voice_app.routes.badge_files import key_address
from voice_app.routes.deps import OWNER_COOKIE, Service
from voice_app.settings import assets_folder

SECRET = "a phone's secret"  # noqa: S105 - of nobody
PEOPLE = {"Accept": "text/html"}
# Whom else these pages may send people to, and what credentials name of other houses.
ELSEWHERE = {
    "mailto": {""},
    "sms": {""},
    "https": {
        "wa.me",
        "www.linkedin.com",
        "data.europa.eu",
        "www.w3.org",
        "w3id.org",
        "purl.imsglobal.org",
    },
    "http": {"data.europa.eu"},
}


class Found(HTMLParser):
    """The addresses and the anchors of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.anchors.add(said.get("id", ""))
        self.addresses |= {said[name] for name in ("href", "src") if name in said}
        if tag == "meta" and said.get("content", "").startswith("http"):
            self.addresses.add(said["content"])
        if tag == "form" and said.get("method") == "get":
            self.addresses.add(said["action"])


@pytest.fixture
def holder(app: FastAPI) -> TestClient:
    """A phone that holds badges, at a service whose sounds are the shipped ones."""
    service = app.state.service
    issuer = replace(service.issuer, email="hello@badges.example")
    office = replace(service.office, issuer=issuer)
    app.state.service = replace(
        service, issuer=issuer, office=office, manifest=Manifest.load(assets_folder())
    )
    cookies = {OWNER_COOKIE: SECRET}
    return TestClient(app, base_url="http://localhost:8000", cookies=cookies)


@pytest.fixture
def codes(holder: TestClient) -> dict[str, str]:
    """A badge in each state."""
    service: Service = holder.app.state.service  # type: ignore[attr-defined]
    owner_hash = attempts.hash_of(SECRET)
    states = ("real", "cancelled", "paused", "expired", "hidden", "corrected")
    made = {
        state: given(service, f"{state}-attempt", is_shown=state != "hidden", owner_hash=owner_hash)
        for state in states
    }
    withdraw(service, made["cancelled"], "revoked")
    withdraw(service, made["paused"], "suspended")
    with service.database.writing.begin() as session:
        yesterday = service.clock() - timedelta(days=1)
        session.get_one(Badge, made["expired"].code).expires_at = yesterday
        code = made["corrected"].code
        new = badges.reissue(session, code, author="Rosa", office=service.office)
    show(service, new)
    return {state: badge.code for state, badge in made.items()} | {"unknown": "22222222"}


def pages(codes: dict[str, str]) -> Iterator[str]:
    for code in codes.values():
        yield f"/b/{code}?lang=es"
    for code in (codes["real"], codes["hidden"]):
        yield f"/share/{code}"
    yield from ("/stack", "/verify?lang=en", "/achievements")
    for competence in ("MC1", "MC2", "MC3", "MC4", "FULL"):
        yield f"/achievements/{competence}/fr"


def checked(client: TestClient, address: str, *, at: str) -> str | None:
    """Give what is wrong with an address, if anything is."""
    target = urljoin(f"http://localhost:8000{at}", address)
    scheme, host, path, query, fragment = urlsplit(target)
    if host != "localhost:8000":
        return None if host in ELSEWHERE.get(scheme, ()) else f"{at}: to {target}"
    answer = client.get(f"{path}?{query}" if query else path, headers=PEOPLE)
    if answer.status_code != 200:
        return f"{at}: {target} answers {answer.status_code}"
    is_page = answer.headers["content-type"].startswith("text/html")
    if fragment and is_page and fragment not in Found(answer.text).anchors:
        return f"{at}: {target} has no such place"
    return None


def test_every_link_of_every_page_leads_somewhere(holder: TestClient, codes: dict[str, str]):
    wrong = {}
    walked: dict[str, str] = {}
    for at in pages(codes):
        answer = holder.get(at, headers=PEOPLE)
        assert answer.status_code == (404 if codes["unknown"] in at else 200), at
        for address in Found(answer.text).addresses:
            walked.setdefault(urljoin(f"http://localhost:8000{at}", address), at)
    for address, at in walked.items():
        # The page of a code that is none, in other languages.
        if codes["unknown"] in address:
            continue
        if found := checked(holder, address, at=at):
            wrong[address] = found
    assert wrong == {}
    assert len(walked) > 80


def test_the_anchors_that_credentials_name_say_something(holder: TestClient):
    page = holder.get("/achievements?lang=en", headers=PEOPLE).text
    creator = page[page.index('id="creator"') : page.index('id="quality"')]
    assert "MyCred4Home" in creator
    quality = page[page.index('id="quality"') :]
    assert quality.count("<li>") == 5
    assert "mailto:hello@badges.example" in quality


def test_every_address_in_what_is_signed_leads_somewhere(holder: TestClient, codes: dict[str, str]):
    service: Service = holder.app.state.service  # type: ignore[attr-defined]
    document = holder.get(f"/b/{codes['real']}.json").text
    full = holder.get("/achievements/FULL/fr", headers={"Accept": "application/json"}).text
    texts = [document, full, holder.get("/status/1/revocation").text]
    token = holder.get(f"/b/{codes['real']}.jwt").text
    assert token
    addresses = {
        one
        for text in texts
        for one in re.findall(r'"(https?://[^"\s]+)"', json.dumps(json.loads(text)))
    }
    addresses.add(key_address(service.origin, service.keys.jwt.id))
    wrong = [checked(holder, one, at="/") for one in addresses]
    assert [one for one in wrong if one] == []
    assert {f"{service.origin}/achievements#{one}" for one in ("creator", "quality")} <= addresses
