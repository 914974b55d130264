"""A whole MC2 attempt in a real browser: what to show, an example, learning, each task by touch.

Every new screen is looked at on the way: what axe finds, how large things to touch are, that
nothing sticks out of the narrowest phone. SCREENSHOTS=1 keeps their pictures.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.at_home import begin_by_touch, do, right_order, steps, to_the_doors
from tests.browser.candidate import PATIENCE_MS, Candidate
from tests.browser.conftest import phone_context
from tests.browser.looks import PUBLIC_TARGET_PX, look
from tests.browser.shortcuts import speak_fast
from tests.server import Server
from voice_app.dialogues.scenario import Arranging

pytestmark = [pytest.mark.browser, pytest.mark.engine]


@pytest.fixture
def at_home(browser: Browser, service: Server) -> Iterator[Candidate]:
    """A phone without a microphone."""
    context = phone_context(browser)
    candidate = Candidate(context.new_page(), service)
    speak_fast(candidate, times=16)
    yield candidate
    context.close()


def test_by_touch_from_the_four_badges_to_the_badge_of_good_order(
    at_home: Candidate, service: Server
) -> None:
    candidate = at_home
    to_the_doors(candidate, "MC2", employer="fr", help_language="en")
    look_at_the_badges(candidate)
    begin_by_touch(candidate)
    looked: set[tuple[str, bool]] = set()
    for seen in steps(candidate):
        kind = (seen.screen, isinstance(seen.step.task, Arranging) and bool(seen.step.task.plan))
        if kind not in looked:
            looked.add(kind)
            look(candidate.page, f"32-{seen.screen}-{len(looked)}")
        do(candidate, seen.step)
    assert {screen for screen, _ in looked} == {"listen", "pictures", "arranging"}
    ends = "select state, points = maximum from outcome order by seq desc limit 1"
    assert service.rows(ends) == [("passed", 1)]
    look(candidate.page, "33-outcome")
    candidate.press("continue")
    candidate.screen("parts")
    look(candidate.page, "34-parts")
    assert candidate.page.locator("[data-part=parts] [data-part]").count() == 2
    candidate.press("continue")
    candidate.screen("badge")
    assert (candidate.troubles, candidate.foreign) == ([], [])


def look_at_the_badges(candidate: Candidate) -> None:
    """From the doors back to the four badges, and to the doors again."""
    look(candidate.page, "31-doors")
    candidate.press("back")
    candidate.screen("assessment")
    look(candidate.page, "30-badges")
    candidate.press("continue")
    candidate.screen("doors")


def test_the_example_is_watched_and_what_is_good_to_know_leads_back(at_home: Candidate) -> None:
    candidate, page = at_home, at_home.page
    page.goto(candidate.service.origin)
    to_the_doors(candidate, "MC2", employer="es", help_language="fr")
    candidate.press("example")
    candidate.screen("example")
    page.wait_for_selector("[data-part=order]:visible [data-option]", timeout=PATIENCE_MS)
    look(page, "35-example")
    candidate.press("continue")
    candidate.screen("doors")
    page.click('[data-control="learn"]')
    page.wait_for_url("**/learn/MC2?*")
    look(page, "36-learn", target_px=PUBLIC_TARGET_PX)
    page.click(".doors li:last-child a")
    candidate.press("start")
    candidate.screen("doors")
    assert (candidate.troubles, candidate.foreign) == ([], [])


def test_a_card_goes_back_where_it_came_from_and_time_is_told_when_asked(
    at_home: Candidate,
) -> None:
    candidate, page = at_home, at_home.page
    to_the_doors(candidate, "MC2", employer="en", help_language="es")
    begin_by_touch(candidate)
    for seen in steps(candidate):
        if not isinstance(seen.step.task, Arranging):
            do(candidate, seen.step)
            continue
        first, *_ = right_order(seen.step.task)
        page.click(f'[data-part="options"] [data-option="{first}"]')
        assert page.locator('[data-part="order"] [data-option]').count() == 1
        page.click(f'[data-part="order"] [data-option="{first}"]')
        assert page.locator('[data-part="order"] [data-option]').count() == 0
        assert page.is_hidden('[data-control="answer"]')
        candidate.press("time")
        page.wait_for_function(
            "() => document.querySelector('[role=status]').textContent.includes('Cada cuadrado')"
        )
        return
