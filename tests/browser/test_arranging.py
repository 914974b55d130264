"""Putting in order on a small phone: what is placed last and the way on are always in sight.

360 by 560 is what a browser with its own bars leaves of 360 by 640; 320 by 568 is the narrowest.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.candidate import Candidate
from tests.browser.conftest import phone_context
from tests.browser.looks import look
from tests.browser.microphone import Microphone
from tests.browser.ordering import keep_told, say_order
from tests.browser.planning import in_front_of
from tests.server import Server
from voice_app.dialogues.scenario import Arranging, Step

pytestmark = [pytest.mark.browser, pytest.mark.engine]

SIZES: dict[str, ViewportSize] = {
    "whole": {"width": 360, "height": 640},
    "with-bars": {"width": 360, "height": 560},
    "narrow": {"width": 320, "height": 568},
}
LOOKED_AT = (0, 3, 6)
WAITING = {"state": "waiting", "phrase": None, "answers": [], "order": None}
# The page asks five times before it says that it still listens.
MORE_THAN_PATIENT = 6
# What a finger would hit in the middle of it: the thing itself, not what lies over it.
_HIDDEN = """selector => [...document.querySelectorAll(selector)]
  .filter((one) => one.checkVisibility())
  .filter((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return top < 0 || top + height > innerHeight || !one.contains(hit);
  })
  .map((one) => one.dataset.control || one.dataset.option)"""
_TALLER = "document.documentElement.scrollHeight - innerHeight"


@pytest.fixture
def planner(browser: Browser, service: Server) -> Iterator[Candidate]:
    context = phone_context(browser)
    yield Candidate(context.new_page(), service)
    context.close()


def hidden(page: Page, selector: str) -> list[str]:
    found: list[str] = page.evaluate(_HIDDEN, selector)
    return found


def is_way(step: Step) -> bool:
    """A way through a home, and not the rehearsal."""
    return isinstance(step.task, Arranging) and step.task.plan is not None


def is_plan_of_time(step: Step) -> bool:
    return isinstance(step.task, Arranging) and step.id.endswith(".order") and step.points > 0


def cards(step: Step) -> list[str]:
    assert isinstance(step.task, Arranging)
    return [card.id for card in step.task.cards if card.id not in step.task.kept]


@pytest.mark.parametrize("name", ["way", "time"])
def test_however_many_cards_are_placed_everything_needed_is_in_sight(
    planner: Candidate, name: str
) -> None:
    page = planner.page
    step = in_front_of(planner, is_way if name == "way" else is_plan_of_time)
    assert step is not None
    every = "[data-part=table] button, .bottom button"
    for placed, card in enumerate(["", *cards(step)]):
        if card:
            page.click(f'[data-part="options"] [data-option="{card}"]')
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            assert hidden(page, every) == [], (step.id, placed, size)
            assert page.evaluate(_TALLER) <= 0, (step.id, placed, size)
        page.set_viewport_size(SIZES["whole"])
        look(page, f"32-arranging-{name}-{placed}" if placed in LOOKED_AT else "")
    assert page.is_visible('[data-control="answer"]')


def test_on_an_even_lower_screen_the_last_card_and_the_answer_stay_in_sight(
    planner: Candidate,
) -> None:
    page = planner.page
    step = in_front_of(planner, is_way)
    assert step is not None
    page.set_viewport_size({"width": 360, "height": 440})
    for card in cards(step):
        page.click(f'[data-part="options"] [data-option="{card}"]')
        assert hidden(page, f'[data-option="{card}"], [data-control="answer"]') == []


def test_the_plan_is_seen_large_and_nothing_moves_from_its_place(planner: Candidate) -> None:
    page = planner.page
    step = in_front_of(planner, is_way)
    assert step is not None
    first, *_ = cards(step)
    page.click(f'[data-part="options"] [data-option="{first}"]')
    plan, placed = page.locator('[data-control="plan"]'), page.locator('[data-part="order"]')
    before = placed.bounding_box()
    planner.press("plan")
    expect(plan).to_have_attribute("aria-expanded", "true")
    look(page, "32-arranging-plan")
    box = plan.bounding_box()
    assert box is not None
    assert box["width"] >= 320
    assert placed.bounding_box() == before
    assert hidden(page, '[data-control="answer"], [data-control="plan"]') == []
    planner.press("plan")
    expect(plan).to_have_attribute("aria-expanded", "false")


def test_an_order_that_is_heard_late_is_waited_for_with_a_word(
    candidate: Candidate, microphone: Microphone
) -> None:
    keep_told(candidate)
    step = in_front_of(candidate, is_way)
    assert step is not None
    heard = {"state": "heard", "phrase": None, "answers": [], "order": cards(step)[:2]}
    news = iter([*[WAITING] * MORE_THAN_PATIENT, heard])
    candidate.page.route("**/utterances/*?wait=*", lambda one: one.fulfill(json=next(news)))
    understood = say_order(candidate, cards(step)[:1], microphone=microphone)
    assert isinstance(step.task, Arranging)
    assert understood.cards == (*step.task.kept, *cards(step)[:2])
    assert "I still listen. Your answers are safe." in understood.before
