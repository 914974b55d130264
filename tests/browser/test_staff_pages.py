"""The pages of staff in a real browser: found, read, touched; passkeys and links by script."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.badges.made import given
from tests.browser.conftest import phone_context
from tests.browser.looks import PUBLIC_TARGET_PX, look
from tests.ways_in.desk import Desk, Printed
from voice_app.access import signins
from voice_app.models import Candidate
from voice_app.people import invitations
from voice_app.privacy import ask_correction

pytestmark = pytest.mark.browser

WIDE = {"width": 1024, "height": 768}
PATIENCE_MS = 30_000


@pytest.fixture
def desk(app: FastAPI) -> Desk:
    return Desk(app, role="owner")


@pytest.fixture
def context(browser: Browser, desk: Desk) -> Iterator[BrowserContext]:
    """A phone on which the owner of the desk's center is in."""
    context = phone_context(browser)
    address = desk.service.origin
    context.add_cookies([{"name": "signin", "value": desk.secret, "url": address}])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def _with_a_badge(desk: Desk) -> Printed:
    card = desk.candidate("es")
    with desk.service.database.writing.begin() as session:
        whose = session.get_one(Candidate, card.candidate).owner_hash
        ask_correction(session, whose, at=desk.service.clock())
    given(desk.service, str(uuid4()), owner_hash=whose)
    return card


def test_the_desk_sees_to_one_candidate(desk: Desk, page: Page) -> None:
    _with_a_badge(desk)
    page.goto(f"{desk.service.origin}/staff/candidates")
    look(page, "staff-candidates", target_px=PUBLIC_TARGET_PX)
    page.get_by_role("link", name="Ana").click()
    look(page, "staff-candidate", target_px=PUBLIC_TARGET_PX)
    page.set_viewport_size(WIDE)
    look(page, "staff-candidate-wide", target_px=PUBLIC_TARGET_PX)
    page.get_by_label("Why").select_option("investigation")
    page.get_by_role("button", name="Pause it").click()
    expect(page.get_by_text("because of: investigation")).to_be_visible()
    page.get_by_role("button", name="I looked at it with them").click()
    expect(page.get_by_text("Asks for a person")).to_have_count(0)
    page.get_by_label("The candidate asked me for this.").first.check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").click()
    assert download.value.suggested_filename.endswith(".zip")


@pytest.mark.parametrize("kind", ["setup", "invite"])
def test_a_link_leads_on_by_itself_and_leaves_no_trace(
    desk: Desk, browser: Browser, kind: str
) -> None:
    with desk.service.database.writing.begin() as session:
        told = {"center_id": desk.center, "role": "assessor", "email": f"{uuid4()}@a.example"}
        now = desk.service.clock()
        secret = invitations.invite(session, **told, by="command", now=now)
    page = phone_context(browser).new_page()
    page.goto(invitations.address(desk.service.origin, secret, kind=kind))
    page.wait_for_url("**/staff/welcome", timeout=PATIENCE_MS)
    look(page, target_px=PUBLIC_TARGET_PX)
    page.go_back()
    assert secret not in page.url
    page.context.close()


def test_a_passkey_is_added_and_lets_in(desk: Desk, context: BrowserContext, page: Page) -> None:
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kinds = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    checks = {"hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kinds | checks})
    page.goto(f"{desk.service.origin}/staff/security")
    look(page, "staff-security", target_px=PUBLIC_TARGET_PX)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("My phone, since")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/staff/sign-in", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/staff", timeout=PATIENCE_MS)
    expect(page.get_by_text("Owner of the center")).to_be_visible()


def test_a_candidate_shows_the_card_and_goes_on(desk: Desk, browser: Browser) -> None:
    card = desk.candidate("en")
    page = _long_in(desk, browser, card)
    page.goto(f"{desk.service.origin}/me/file?lang=en")
    take = page.get_by_role("button", name="Take everything with me.", exact=True)
    take.click()
    page.wait_for_url("**/me/proof?*", timeout=PATIENCE_MS)
    look(page, "65-show-that-it-is-you")
    page.get_by_role("link", name="I have a card.").click()
    page.wait_for_url("**/card", timeout=PATIENCE_MS)
    _show_card(page, desk, card)
    page.wait_for_url("**/me/file", timeout=PATIENCE_MS)
    with page.expect_download() as download:
        take.click()
    assert download.value.suggested_filename.endswith(".zip")
    page.context.close()


def _long_in(desk: Desk, browser: Browser, card: Printed) -> Page:
    """The phone of a candidate who came in a while ago."""
    with desk.service.database.writing.begin() as session:
        candidate = session.get_one(Candidate, card.candidate)
        secret = signins.begin(session, candidate, now=desk.service.clock(), is_fresh=False)
    context = phone_context(browser)
    context.add_cookies([{"name": "signin", "value": secret, "url": desk.service.origin}])
    return context.new_page()


def _show_card(page: Page, desk: Desk, card: Printed) -> None:
    page.goto(f"{desk.service.origin}/card#en.{card.secret}")
    page.click('[data-control="start"]:visible', timeout=PATIENCE_MS)
    for picture in card.pictures:
        page.click(f'[data-tool="{picture}"]', timeout=PATIENCE_MS)
        page.click('[data-control="take"]:visible')
    page.click('[data-control="others"]:visible', timeout=PATIENCE_MS)
