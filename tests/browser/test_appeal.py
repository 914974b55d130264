"""An outcome that two people marked low is turned by a third, asked for by one tap, told aloud."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import APIResponse, Browser, Page, expect

from tests.browser.candidate import PATIENCE_MS, Candidate
from tests.browser.conftest import PLAYS, phone_context
from tests.browser.looks import look
from tests.browser.shortcuts import speak_fast
from tests.journeys.fakes import ScriptedEars
from tests.journeys.markers import mark
from tests.journeys.visit import Visit
from voice_app.marking import Comment
from voice_app.routes.deps import Service

pytestmark = pytest.mark.browser

BROWSER_FLAGS = PLAYS
CLEAR = Comment("Very clear. You gave a reason.")
STATUS = '[data-part="status"]'


class Answered:
    """An answer to the page's own requests, as the phones of tests read it."""

    def __init__(self, answer: APIResponse) -> None:
        self.status_code, self.text, self.json = answer.status, answer.text(), answer.json


class Requests:
    """What a page asks with its cookies, in the words of a client of the service."""

    def __init__(self, page: Page, app: FastAPI) -> None:
        self.app, self._page = app, page

    def get(self, path: str, **_: Any) -> Answered:
        return Answered(self._page.request.get(self._url(path)))

    def post(self, path: str, *, json: Any) -> Answered:
        return Answered(self._page.request.post(self._url(path), data=json))

    def put(self, path: str, *, json: Any) -> Answered:
        return Answered(self._page.request.put(self._url(path), data=json))

    def _url(self, path: str) -> str:
        return f"{self.app.state.service.origin}{path}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = phone_context(browser)
    yield context.new_page()
    context.close()


def test_one_tap_has_others_listen_and_the_badge_comes_with_the_answer(
    page: Page, app: FastAPI
) -> None:
    here: Service = app.state.service
    candidate = Candidate(page, here)  # type: ignore[arg-type]
    speak_fast(candidate)
    visit = failed(page, app)
    to_the_news(candidate, "65-news")
    said(page, "There is something new about your test. People have listened.")
    said(page, "Thank you for your work. You can try again.")
    look(page, "65-disagree")
    candidate.press("disagree")
    said(page, "Thank you. Another person looks at it again.")
    candidate.press("disagree")
    said(page, "Another question? Talk with the person who supports you.")
    assert mark(here, visit.state["id"], author="account:3", is_best=True, comment=CLEAR) > 0
    to_the_news(candidate)
    said(page, "There is an answer for you. Another person looked again.")
    said(page, "Another person looked again. More of it counts now.")
    said(page, "It is enough now. You receive your badge.")
    look(page, "65-raised")
    candidate.press("continue")
    to_the_comments(candidate)
    page.goto(here.origin)
    expect(page.locator('[data-control="start"]')).to_be_visible()
    expect(page.locator('[data-control="news"]')).to_be_hidden()
    assert visit.outcome()["badge"] is not None
    assert (candidate.troubles, candidate.foreign) == ([], [])


def failed(page: Page, app: FastAPI) -> Visit:
    """Answer everything at an employer's home, of which two people think little."""
    visit = Visit(Requests(page, app), ScriptedEars())  # type: ignore[arg-type]
    visit.arrive("MC4", help_language="en")
    visit.go_through(is_right=False)
    for author in ("account:1", "account:2"):
        mark(app.state.service, visit.state["id"], author=author, is_best=False)
    return visit


def to_the_news(candidate: Candidate, name: str = "") -> None:
    """From the first page, by one tap, to the outcome."""
    candidate.page.goto(candidate.service.origin)
    expect(candidate.page.locator('[data-control="news"]')).to_be_visible()
    look(candidate.page, name)
    candidate.press("news")
    candidate.screen("outcome")


def to_the_comments(candidate: Candidate) -> None:
    """Among what went well is what the person says who looked again."""
    page = candidate.page
    candidate.screen("parts")
    comments = page.locator('[data-control="comments"]')
    expect(comments).to_be_visible()
    look(page, "65-comments")
    comments.click()
    said(page, CLEAR.text)


def said(page: Page, text: str) -> None:
    expect(page.locator(STATUS)).to_contain_text(text, timeout=PATIENCE_MS)
