"""The three doors of MC3 in a real browser: see it done aloud and by touch, learn, begin."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.at_home import to_the_doors, to_the_microphone
from tests.browser.candidate import BANK, PATIENCE_MS, Candidate
from tests.browser.conftest import phone_context
from tests.browser.looks import PUBLIC_TARGET_PX, look
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.engine]


@pytest.fixture
def candidate(browser: Browser, service: Server) -> Iterator[Candidate]:
    """A phone without a microphone."""
    context = phone_context(browser)
    yield Candidate(context.new_page(), service)
    context.close()


def test_an_item_is_seen_answered_aloud_and_by_touch_and_then_one_begins(
    candidate: Candidate,
) -> None:
    to_the_doors(candidate, "MC3", employer="es", help_language="fr")
    candidate.press("example")
    candidate.screen("example")
    for shown in BANK.example:
        right = f'[data-option="{shown.item.right}"]'
        candidate.page.wait_for_selector('[data-part="answering"]:visible', timeout=PATIENCE_MS)
        candidate.page.wait_for_selector(f'{right}[aria-pressed="true"]', timeout=PATIENCE_MS)
    look(candidate.page, "39-example-items")
    candidate.press("continue")
    candidate.screen("doors")
    to_the_microphone(candidate)
    assert (candidate.troubles, candidate.foreign) == ([], [])


def test_what_is_good_to_know_leads_back_to_the_doors(candidate: Candidate) -> None:
    page = candidate.page
    to_the_doors(candidate, "MC3", employer="en", help_language="es")
    page.click('[data-control="learn"]')
    for number in range(1, len(BANK.resources) + 1):
        page.wait_for_selector(f'img[src*="/{BANK.resources[number - 1].picture}.svg"]')
        look(page, "39-good-to-know", target_px=PUBLIC_TARGET_PX)
        if number < len(BANK.resources):
            page.click(f'.doors a[href*="page={number + 1}&"]')
    page.click(".doors li:last-child a")
    candidate.press("start")
    candidate.screen("doors")
    assert page.get_attribute('[data-part="badge"]', "src").endswith("ui-badge-mc3.svg")
    assert (candidate.troubles, candidate.foreign) == ([], [])
