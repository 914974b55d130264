"""What a phone goes through: a reload, no network, a lost answer, no sound, a silent microphone."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, Route

from tests.browser.candidate import CONTENT, PATIENCE_MS, Candidate
from tests.browser.conftest import launch, phone_context
from tests.browser.looks import look, look_at_answers
from tests.browser.shortcuts import come_back, go_on, in_front_of_a_question, see_pictures
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.engine]

SPEECH_MS = 1500
ANSWERED = 3
PHRASES = CONTENT.languages["en"].phrases


def test_a_reload_in_the_middle_of_a_question_resumes_at_exactly_that_question(
    candidate: Candidate,
) -> None:
    in_front_of_a_question(candidate, answered=ANSWERED)
    item, pictures = candidate.item(), pictures_of(candidate)
    candidate.page.click(f'[data-option="{item.right}"]')

    come_back(candidate)
    candidate.press("continue")
    assert candidate.screen("ask", "section") == "ask"
    see_pictures(candidate)

    assert candidate.item() == item
    assert pictures_of(candidate) == pictures
    assert candidate.page.locator('[aria-pressed="true"]').count() == 0
    candidate.touch(item)
    candidate.page.wait_for_selector(f'[data-option="{item.right}"]', state="detached")
    assert candidate.item() != item
    assert candidate.troubles == []


def test_an_answer_given_without_a_network_is_delivered_once_when_it_is_back(
    candidate: Candidate, service: Server
) -> None:
    in_front_of_a_question(candidate, answered=ANSWERED)
    item = candidate.item()
    attempt = candidate.state()["id"]
    candidate.page.context.set_offline(True)
    candidate.touch(item)

    candidate.screen("trouble")
    says(candidate, "trouble.network")
    assert answers(service, attempt, item.id) == []

    candidate.page.context.set_offline(False)
    candidate.screen("ask")
    assert answers(service, attempt, item.id) == [item.right]
    assert candidate.item() != item
    assert waiting(candidate) == 0


def test_an_answer_whose_receipt_is_lost_counts_once(candidate: Candidate, service: Server) -> None:
    in_front_of_a_question(candidate, answered=ANSWERED)
    item = candidate.item()
    attempt = candidate.state()["id"]

    def lose_the_receipt(route: Route) -> None:
        route.fetch()
        route.abort()

    candidate.page.route("**/choices/*", lose_the_receipt, times=1)
    candidate.touch(item)
    candidate.page.wait_for_selector(f'[data-option="{item.right}"]', state="detached")
    candidate.screen("ask")
    assert answers(service, attempt, item.id) == [item.right]
    assert waiting(candidate) == 0


def test_an_answer_that_waits_survives_a_reload(candidate: Candidate, service: Server) -> None:
    in_front_of_a_question(candidate, answered=ANSWERED)
    item = candidate.item()
    attempt = candidate.state()["id"]
    candidate.page.route("**/choices/*", lambda route: route.abort())
    candidate.touch(item)
    candidate.screen("trouble")
    says(candidate, "trouble.machine")

    candidate.page.unroute_all(behavior="wait")
    go_on(candidate)
    candidate.screen("ask")
    assert answers(service, attempt, item.id) == [item.right]
    assert candidate.item() != item


def test_where_the_browser_refuses_sound_a_play_button_offers_it(strict_page: Page) -> None:
    unwatched(strict_page, "document.querySelector('[data-control=start]')?.onclick")
    unwatched(strict_page, "document.querySelector('[data-control=start]').click() ?? true")
    unwatched(strict_page, "!document.querySelector('[data-control=play]').hidden")
    assert strict_page.evaluate("document.body.dataset.screen") == "language"
    assert strict_page.locator(".speaking").count() == 0
    look(strict_page)

    strict_page.click('[data-control="play"]')
    strict_page.wait_for_selector(".speaking")
    assert strict_page.locator('[data-control="play"]').is_hidden()


def test_a_silent_take_is_not_sent_and_the_cue_is_friendly(
    candidate: Candidate, service: Server
) -> None:
    in_front_of_a_question(candidate, answered=ANSWERED)
    attempt = candidate.state()["id"]
    sent: list[str] = []
    candidate.page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    candidate.press("speak")
    candidate.recorder("recording")
    candidate.page.wait_for_timeout(SPEECH_MS)
    candidate.press("speak")
    candidate.recorder("silent")

    says(candidate, "trouble.too-quiet")
    look(candidate.page)
    look_at_answers(candidate.page)
    assert [one for one in sent if one.startswith("PUT")] == []
    assert answers(service, attempt, candidate.item().id) == []
    candidate.press("speak")
    candidate.recorder("recording")
    assert candidate.troubles == []


@pytest.fixture
def strict_page(playwright: Playwright, service: Server) -> Iterator[Page]:
    """The page in a browser that plays nothing before a finger has touched it."""
    browser = launch(playwright, "--autoplay-policy=document-user-activation-required")
    page = phone_context(browser).new_page()
    page.goto(service.origin)
    yield page
    browser.close()


def pictures_of(candidate: Candidate) -> list[str]:
    tiles = candidate.page.locator("[data-option]").all()
    return [str(tile.get_attribute("data-option")) for tile in tiles]


def says(candidate: Candidate, phrase: str) -> None:
    candidate.page.wait_for_function(
        "text => document.querySelector('[data-part=status]').textContent === text",
        arg=PHRASES[phrase],
        timeout=PATIENCE_MS,
    )


def answers(service: Server, attempt: str, item: str) -> list[str]:
    rows = service.rows("select attempt_id, item, option from response")
    return [option for *where, option in rows if where == [attempt, item]]


def waiting(candidate: Candidate) -> int:
    """How many answers the phone still keeps."""
    return candidate.page.evaluate(
        """() => new Promise((resolve) => {
          indexedDB.open("voice", 1).onsuccess = ({ target }) => {
            const rows = target.result.transaction("takes").objectStore("takes").count();
            rows.onsuccess = () => resolve(rows.result);
          };
        })"""
    )


def unwatched(page: Page, expression: str) -> None:
    """Evaluate until it is true, in a way that the browser does not take for a touch.

    Everything that Playwright itself evaluates counts as one, and allows sound.
    """
    developer = page.context.new_cdp_session(page)
    question = {"expression": f"Boolean({expression})", "userGesture": False}
    until = time.monotonic() + PATIENCE_MS / 1000
    while not developer.send("Runtime.evaluate", question)["result"]["value"]:
        assert time.monotonic() < until, expression
        time.sleep(0.05)
