from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.badges.made import served
from tests.browser.candidate import Candidate
from tests.browser.looks import PHONE
from tests.browser.marking_room import MarkingRoom
from tests.browser.microphone import Microphone
from tests.server import Server, running

# What a module of tests asks of its browser, in BROWSER_FLAGS.
PLAYS = ("--autoplay-policy=no-user-gesture-required",)
BEEPS = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Microphone]:
    microphone = Microphone(tmp_path_factory.mktemp("sound"))
    microphone.start()
    yield microphone
    microphone.stop()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("service")) as server:
        yield server


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The pages of a service in this process, which hears nothing."""
    with served(tmp_path_factory.mktemp("served")) as app:
        yield app
        app.state.service.ears.close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


def launch(playwright: Playwright, *flags: str, microphone: Microphone | None = None) -> Browser:
    environment = dict(microphone.environment) if microphone else {}
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=[*FLAGS, *flags],
        ignore_default_args=["--mute-audio"] if microphone else None,
        env=environment,
    )


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Browser]:
    """A browser without a microphone, unless the flags of the module give it one that beeps."""
    browser = launch(playwright, *getattr(request.module, "BROWSER_FLAGS", ()))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def speaking_browser(playwright: Playwright, microphone: Microphone) -> Iterator[Browser]:
    browser = launch(playwright, "--use-fake-ui-for-media-stream", microphone=microphone)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def mute_browser(playwright: Playwright, microphone: Microphone) -> Iterator[Browser]:
    """Has a microphone, and refuses every request for it."""
    browser = launch(playwright, "--deny-permission-prompts", microphone=microphone)
    yield browser
    browser.close()


@pytest.fixture
def page(speaking_browser: Browser) -> Iterator[Page]:
    context = phone_context(speaking_browser)
    yield context.new_page()
    context.close()


@pytest.fixture
def mute_page(mute_browser: Browser) -> Iterator[Page]:
    context = phone_context(mute_browser)
    yield context.new_page()
    context.close()


def phone_context(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")


@pytest.fixture
def candidate(page: Page, service: Server) -> Candidate:
    return Candidate(page, service)


@pytest.fixture
def touching_candidate(mute_page: Page, service: Server) -> Candidate:
    return Candidate(mute_page, service)


@pytest.fixture
def marking_room(service: Server, speaking_browser: Browser) -> Iterator[MarkingRoom]:
    """A center of the service, of which candidates come in and assessors listen."""
    room = MarkingRoom(service, speaking_browser)
    yield room
    room.close()
