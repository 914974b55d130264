"""What people see who check a badge: every state's page, the boxes, and verify.html offline.

SCREENSHOTS=1 keeps pictures in docs/screenshots.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from tests.badges import made
from tests.badges.made import MOMENT, withdraw
from tests.browser.conftest import phone_context
from tests.browser.looks import PUBLIC_TARGET_PX, look
from voice_app import attempts
from voice_app.models import Badge
from voice_app.routes.deps import Service
from voice_app.scoring.badges.signing import sign
from voice_app.scoring.badges.statement import Statement, address, seal

pytestmark = pytest.mark.browser

SECRET = "a phone's secret"  # noqa: S105 - of nobody


@pytest.fixture(scope="module")
def service(app: FastAPI) -> Service:
    return app.state.service


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = phone_context(browser)
    page = context.new_page()
    page.goto("about:blank")
    yield page
    context.close()


def given(service: Service, number: int, *, is_shown: bool = True) -> Badge:
    holder = {"owner_hash": attempts.hash_of(SECRET), "help_language": "en"}
    name = f"{number:08}-1111-4111-8111-111111111111"
    return made.given(service, name, is_shown=is_shown, **holder)


def see(page: Page, address: str, name: str = "") -> str:
    page.goto(address)
    look(page, name, target_px=PUBLIC_TARGET_PX)
    return page.inner_text("main")


def test_every_state_of_a_badge(page: Page, service: Service) -> None:
    real, cancelled, paused, expired = (given(service, n) for n in range(1, 5))
    hidden = given(service, 5, is_shown=False)
    withdraw(service, cancelled, "revoked")
    withdraw(service, paused, "suspended")
    with service.database.writing.begin() as session:
        row = session.get_one(Badge, expired.code)
        row.expires_at = service.clock() - timedelta(days=1)
    codes = {
        "real": real.code,
        "cancelled": cancelled.code,
        "paused": paused.code,
        "expired": expired.code,
        "hidden": hidden.code,
        "unknown": "22222222",
    }
    for state, code in codes.items():
        says = see(page, f"{service.origin}/b/{code}?lang=en", f"30-badge-{state}")
        phrases = service.content.languages["en"].phrases
        assert phrases[f"badge.word.{state}"] in says


def test_the_boxes_and_the_catalog(page: Page, service: Service, tmp_path: Path) -> None:
    badge = given(service, 11)
    see(page, f"{service.origin}/verify?lang=en", "31-verify")
    file = tmp_path / "badge.json"
    file.write_text(badge.credential)
    page.set_input_files("#file", file)
    page.click("form[method=post] button")
    page.wait_for_selector(".sign")
    look(page, "32-verified", target_px=PUBLIC_TARGET_PX)
    assert "Real." in page.inner_text("main")
    file.write_text("{}")
    page.set_input_files("#file", file)
    page.click("form[method=post] button")
    page.wait_for_selector(".trouble")
    look(page, target_px=PUBLIC_TARGET_PX)
    page.fill("#code", badge.code.lower())
    page.click("form[method=get] button")
    page.wait_for_url(f"**/b/{badge.code}?lang=en")
    see(page, f"{service.origin}/achievements?lang=fr", "33-achievements")
    see(page, f"{service.origin}/achievements/MC3/fr", "34-achievement")


@pytest.fixture(scope="module")
def badge(service: Service) -> Badge:
    return given(service, 31)


@pytest.fixture(scope="module")
def file(browser: Browser, service: Service, badge: Badge, tmp_path_factory: Any) -> Path:
    """verify.html as a person downloads it."""
    del badge
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(f"{service.origin}/verify?lang=en")
    with page.expect_download() as download:
        page.click("a[download]")
    path = tmp_path_factory.mktemp("kept") / "verify.html"
    download.value.save_as(path)
    context.close()
    return path


@pytest.fixture
def offline(page: Page, file: Path) -> Iterator[Page]:
    """The file from a disk, the network off, and every request counted."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    page.goto(file.as_uri())
    yield page
    assert [url for url in asked if not url.startswith("file:")] == []


def sealed(service: Service, badge: Badge, **changed: Any) -> str:
    said = {
        "code": badge.code,
        "competence": "MC3",
        "language": "fr",
        "holder": "Ana Example",
        "issued_on": badge.issued_at.date(),
        "expires_on": None,
        "index": badge.list_number * 131_072 + badge.list_index,
        "key_id": badge.key_id,
    }
    key = service.keys.badge.private_key
    return address(service.origin, seal(Statement(**said | changed), key))


def answer(page: Page, text: str) -> str:
    page.fill("#text", text)
    page.click(".check")
    page.wait_for_selector('[data-part="answer"]:visible')
    # The answer before this one may still stand there.
    page.wait_for_timeout(200)
    return str(page.get_attribute('[data-part="answer"]', "class"))


def test_a_paper_is_checked_offline(offline: Page, service: Service, badge: Badge) -> None:
    look(offline, "39-verify-offline", target_px=PUBLIC_TARGET_PX)
    text = sealed(service, badge)
    assert answer(offline, text) == "real"
    look(offline, "40-verify-offline-real", target_px=PUBLIC_TARGET_PX)
    assert "Ana Example" in offline.inner_text("main")
    place = text.index("#v1.") + 40
    other = "A" if text[place] != "A" else "B"
    assert answer(offline, text[:place] + other + text[place + 1 :]) == "unknown"
    assert "Ana Example" not in offline.inner_text("main")
    assert answer(offline, sealed(service, badge, expires_on=MOMENT.date())) == "expired"


def test_a_file_is_checked_offline(
    offline: Page, service: Service, badge: Badge, tmp_path: Path
) -> None:
    changed = badge.credential.replace("Completed", "Completeb")
    for text, state in ((badge.credential, "real"), (changed, "unknown"), ("{}", "unknown")):
        path = tmp_path / f"{state}.json"
        path.write_text(text)
        offline.set_input_files("#file", path)
        offline.wait_for_selector(f'[data-part="answer"].{state}')
    document = json.loads(badge.credential)
    del document["proof"]
    method = f"{service.issuer.did}#{badge.key_id}"
    own = sign(document, service.keys.badge.private_key, verification_method=method, created=MOMENT)
    path = tmp_path / "signed again.json"
    path.write_text(json.dumps(own))
    offline.set_input_files("#file", path)
    offline.wait_for_selector('[data-part="answer"].real')
    for kind in ("jwt", "png", "svg", "pdf"):
        path = tmp_path / f"badge.{kind}"
        path.write_bytes(fetched(service, badge, kind))
        offline.set_input_files("#file", tmp_path / "unknown.json")
        offline.wait_for_selector('[data-part="answer"].unknown')
        offline.set_input_files("#file", path)
        offline.wait_for_selector('[data-part="answer"].real')


def test_a_phone_without_ed25519_checks_with_the_library_inside(
    offline: Page, service: Service, badge: Badge
) -> None:
    offline.evaluate("() => { crypto.subtle.importKey = () => Promise.reject(new Error('old')); }")
    text = sealed(service, badge)
    assert answer(offline, text) == "real"
    assert answer(offline, f"{text[:-5]}AAAAA") == "unknown"


def test_a_browser_without_any_cryptography_claims_nothing(
    offline: Page, service: Service, badge: Badge
) -> None:
    offline.evaluate("() => Object.defineProperty(crypto, 'subtle', { value: undefined })")
    text = sealed(service, badge)
    assert answer(offline, text) == "unchecked"
    assert answer(offline, f"{text[:-5]}AAAAA") == "unchecked"
    assert "Ana Example" not in offline.inner_text("main")


def test_the_lists_inside_are_heeded(browser: Browser, service: Service, tmp_path: Path) -> None:
    badge = given(service, 41)
    withdraw(service, badge, "revoked")
    context = browser.new_context()
    page = context.new_page()
    kept = tmp_path / "verify.html"
    kept.write_bytes(page.request.get(f"{service.origin}/verify.html").body())
    context.set_offline(True)
    text = sealed(service, badge)
    page.goto(f"{kept.as_uri()}{text[text.index('#') :]}")
    page.wait_for_selector('[data-part="answer"].cancelled')
    context.close()


def fetched(service: Service, badge: Badge, kind: str) -> bytes:
    return httpx2.get(f"{service.origin}/b/{badge.code}.{kind}", timeout=30).content
