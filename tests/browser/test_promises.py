"""Staff see in a real browser what was promised, and answer an appeal about pictures."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import PHONE, look_twice
from tests.marking_page.desk import Desk
from tests.marking_page.planning import appealed
from voice_app.routes.deps import Service

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def test_what_was_promised_and_an_answer_to_an_appeal(page: Page, app: FastAPI) -> None:
    here: Service = app.state.service
    desk = Desk(app)
    desk.answer()
    appealed(desk)
    secret = desk.staff("coordinator").client.cookies["signin"]
    page.context.add_cookies([{"name": "signin", "value": secret, "url": here.origin}])
    page.goto(f"{here.origin}/staff/promises")
    look_twice(page, "66-promises")
    page.get_by_role("link", name="Look at answer 1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("does not agree")
    look_twice(page, "66-appeal")
    page.get_by_label("Why").select_option("this-order-is-good-too")
    page.get_by_role("button", name="Answer the candidate").click()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
