"""What a person sees and hears who deals with what is kept about them.

SCREENSHOTS=1 keeps pictures in docs/screenshots.
"""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from tests.badges import made
from tests.browser.conftest import phone_context
from tests.browser.looks import look
from voice_app import attempts
from voice_app.models import Attempt, BadgeEvent
from voice_app.routes.deps import OWNER_COOKIE, Service

pytestmark = pytest.mark.browser

SECRET = "a phone's secret"  # noqa: S105 - of nobody


@pytest.fixture(scope="module")
def service(app: FastAPI) -> Service:
    return app.state.service


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    context = phone_context(browser)
    context.add_cookies([{"name": OWNER_COOKIE, "value": SECRET, "url": service.origin}])
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def badge(service: Service, request: pytest.FixtureRequest) -> str:
    number = abs(hash(request.node.name)) % 10**8
    holder = {"owner_hash": attempts.hash_of(SECRET), "help_language": "en"}
    return made.given(service, f"{number:08}-3333-4333-8333-333333333333", **holder).code


def test_four_large_things_each_with_an_ear(page: Page, service: Service) -> None:
    page.goto(f"{service.origin}/me?lang=en")
    page.wait_for_selector('[data-control="hear-all"]:visible')
    look(page, "60-me")
    assert page.locator(".ways a.act").count() == 4
    for place in ("kept", "file", "voice", "everything"):
        page.goto(f"{service.origin}/me/{place}?lang=en")
        look(page, f"61-me-{place}")


def test_everything_goes_with_the_second_touch_alone(
    page: Page, service: Service, badge: str
) -> None:
    page.goto(f"{service.origin}/me?lang=en")
    page.click('.ways a[href^="/me/everything"]')
    with service.database.reading.begin() as session:
        assert session.query(Attempt).filter_by(owner_hash=attempts.hash_of(SECRET)).count()
    page.click('.danger form:has(input[value="cancelled"]) button')
    page.wait_for_selector("text=Everything is deleted")
    look(page, "62-me-deleted")
    assert page.context.cookies() == []
    with service.database.reading.begin() as session:
        assert not session.query(Attempt).filter_by(owner_hash=attempts.hash_of(SECRET)).count()
        assert session.query(BadgeEvent).filter_by(badge_code=badge, kind="revoked").count() == 1


def test_without_a_script_it_works_too(browser: Browser, service: Service) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    context.add_cookies([{"name": OWNER_COOKIE, "value": SECRET, "url": service.origin}])
    page = context.new_page()
    page.goto(f"{service.origin}/me/voice?lang=en")
    page.click(".danger form button")
    assert page.locator("h1").text_content() == "Your voice is deleted."
    context.close()
