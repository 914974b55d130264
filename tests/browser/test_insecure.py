"""A phone on plain http: the page says aloud why it cannot listen, and touch goes on.

SCREENSHOTS=1 keeps pictures in docs/screenshots.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from tests.browser.candidate import CONTENT, NOTICE, PATIENCE_MS
from tests.browser.conftest import BEEPS, PLAYS, phone_context
from tests.browser.looks import look
from voice_app.consents import EXTRAS
from voice_app.models import Consent, NoticeHeard, Response
from voice_app.routes.deps import Service

pytestmark = pytest.mark.browser

HOST = "phone.test"
# The service is found under a name of the network, as phones do it.
BROWSER_FLAGS = (*PLAYS, *BEEPS, f"--host-resolver-rules=MAP {HOST} 127.0.0.1")
PHRASES = CONTENT.languages["en"].phrases
RIGHT = CONTENT.assessments["MC3"].rehearsal.right
# Keeps what was played to its end, by its address, and plays it fast.
_LISTENS = """
window.heard = [];
const addresses = new Map();
const { blob } = Response.prototype;
Response.prototype.blob = async function () {
  return Object.assign(await blob.call(this), { from: this.url });
};
const make = URL.createObjectURL;
URL.createObjectURL = (of) => {
  const made = make.call(URL, of);
  addresses.set(made, of.from ?? made);
  return made;
};
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.playbackRate = 4;
  this.onended = () => window.heard.push(addresses.get(this.currentSrc) ?? this.currentSrc);
  return play.call(this);
};
"""


@pytest.fixture(scope="module")
def service(app: FastAPI) -> Service:
    return app.state.service


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    context = phone_context(browser)
    page = context.new_page()
    page.add_init_script(_LISTENS)
    page.goto(f"http://{HOST}:{urlsplit(service.origin).port}")
    yield page
    context.close()


def press(page: Page, control: str) -> None:
    page.click(f'[data-control="{control}"]:visible', timeout=PATIENCE_MS)


def shown(page: Page, screen: str) -> None:
    page.wait_for_selector(f'body[data-screen="{screen}"]', timeout=PATIENCE_MS)


def heard(page: Page, phrase: str) -> None:
    """Wait until a sentence was said to its end."""
    page.wait_for_function(
        "name => window.heard.some((one) => one.includes(name))",
        arg=f"/en/phrases/{phrase}.",
        timeout=PATIENCE_MS,
    )


def choose_the_first_test(page: Page) -> None:
    """Take the badge that is chosen already, where there are several, and begin at its doors."""
    page.wait_for_selector("body[data-screen=assessment], body[data-screen=explain]")
    if page.evaluate("document.body.dataset.screen") == "assessment":
        press(page, "continue")
        shown(page, "doors")
        press(page, "begin")


def to_the_microphone(page: Page) -> None:
    press(page, "start")
    for code in ("en", "fr"):
        page.click(f'[data-code="{code}"]')
        press(page, "continue")
    choose_the_first_test(page)
    shown(page, "explain")
    press(page, "continue")
    shown(page, "notice")
    for _ in range(len(NOTICE) - 1):
        press(page, "continue")
    press(page, "heard")
    shown(page, "microphone")


def test_it_says_aloud_with_a_picture_that_it_cannot_listen_and_touch_goes_on(
    page: Page, service: Service
) -> None:
    assert page.evaluate("[isSecureContext, typeof navigator.mediaDevices]") == [False, "undefined"]
    to_the_microphone(page)
    page.wait_for_selector('body[data-recorder="insecure"]', timeout=PATIENCE_MS)
    heard(page, "recorder.insecure")
    heard(page, "recorder.insecure-how")
    padlock = page.locator('[data-part="padlock"]')
    assert padlock.is_visible()
    assert "ui-insecure" in str(padlock.get_attribute("src"))
    assert page.locator('[data-control="microphone"]').is_hidden()
    assert page.evaluate("document.activeElement.dataset.control") == "touch"
    look(page, "64-insecure")

    press(page, "touch")
    for _ in EXTRAS:
        shown(page, "extras")
        press(page, "no")
    shown(page, "ask")
    page.click(f'[data-option="{RIGHT}"]', timeout=PATIENCE_MS)
    assert page.locator('[data-control="speak"]').is_hidden()
    press(page, "answer")
    shown(page, "section")
    with service.database.reading.begin() as session:
        (answer,) = session.scalars(select(Response)).all()
        (told,) = session.scalars(select(NoticeHeard)).all()
    assert (answer.kind, answer.option, told.was_played) == ("touch", RIGHT, False)


def test_a_yes_is_touched_there_and_the_reason_is_kept(page: Page, service: Service) -> None:
    to_the_microphone(page)
    press(page, "touch")
    shown(page, "extras")
    page.wait_for_timeout(200)
    page.goto(f"{page.url.rstrip('/')}/consents/{EXTRAS[0]}?lang=en")
    press(page, "hear")
    page.wait_for_selector('[data-control="speak"]:visible', timeout=PATIENCE_MS)
    press(page, "speak")
    press(page, "yes")
    page.wait_for_url("**/consents?lang=en", timeout=PATIENCE_MS)
    with service.database.reading.begin() as session:
        (word,) = session.scalars(select(Consent).where(Consent.is_given)).all()
    assert (word.was_played, word.recording, word.untold) == (True, None, "insecure")
