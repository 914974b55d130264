from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.candidate import Candidate
from tests.browser.microphone import Microphone
from tests.server import Server, running

PHONE = {"width": 360, "height": 640}
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
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser for pages that need no microphone."""
    browser = launch(playwright)
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
