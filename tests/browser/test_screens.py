"""Every screen of an attempt: what axe finds, how large the controls are, what a small phone shows.

SCREENSHOTS=1 keeps their pictures in docs/screenshots.
"""

import re

import pytest
from playwright.sync_api import Route

from tests.browser.candidate import Candidate, spoken_name
from tests.browser.looks import PUBLIC_TARGET_PX, look, look_at_answers
from tests.browser.microphone import Microphone
from tests.browser.shortcuts import answer_ahead, come_back, go_on, see_pictures, speak_fast

pytestmark = [pytest.mark.browser, pytest.mark.engine]

OUTCOME = re.compile("/outcome$")


def test_every_screen_of_an_attempt(candidate: Candidate, microphone: Microphone) -> None:
    speak_fast(candidate)
    look_at_the_choices(candidate)
    look_at_the_microphone(candidate, microphone)
    look_at_the_extras(candidate, microphone)
    look_at_the_rehearsal(candidate)
    look_at_a_question(candidate, microphone)
    look_at_the_way_back(candidate)
    look_at_the_outcome(candidate)
    look_at_the_badge(candidate)
    look_at_an_unknown_badge(candidate)
    assert candidate.foreign == []


def test_the_screens_without_a_microphone_and_without_a_network(
    touching_candidate: Candidate,
) -> None:
    candidate = touching_candidate
    page = candidate.page
    speak_fast(candidate)
    candidate.open(employer="es", help_language="fr")
    candidate.press("microphone")
    candidate.recorder("blocked")
    look(page, "22-microphone-refused")
    candidate.press("touch")
    candidate.refuse_extras()
    candidate.screen("ask")
    see_pictures(candidate)
    look(page)
    look_at_answers(page)
    page.click(f'[data-option="{candidate.item().right}"]')
    page.context.set_offline(True)
    candidate.press("answer")
    candidate.screen("trouble")
    look(page, "23-no-network")
    page.context.set_offline(False)
    candidate.screen("section")


def look_at_the_choices(candidate: Candidate) -> None:
    page = candidate.page
    page.goto(candidate.service.origin)
    page.wait_for_selector('[data-control="start"]')
    look(page, "01-start")
    candidate.press("start")
    candidate.screen("language")
    page.click('[data-code="en"]')
    page.wait_for_selector('[data-control="continue"]:visible')
    look(page, "02-help-language")
    candidate.press("continue")
    candidate.screen("employer")
    page.click('[data-code="fr"]')
    look(page, "03-employer-language")
    candidate.press("continue")
    candidate.choose_assessment("MC3")
    candidate.screen("explain")
    look(page, "04-what-will-happen")
    candidate.press("continue")
    candidate.screen("notice")
    look(page, "25-notice")
    candidate.pass_the_notice()
    candidate.screen("microphone")


def look_at_the_microphone(candidate: Candidate, microphone: Microphone) -> None:
    page = candidate.page
    look(page, "05-microphone")
    candidate.press("microphone")
    candidate.recorder("ready")
    look(page, "06-microphone-ready")
    speak_and_look(candidate, microphone, name="07-microphone-recording")
    look(page, "08-own-voice")
    candidate.press("clear")


def look_at_the_extras(candidate: Candidate, microphone: Microphone) -> None:
    page = candidate.page
    candidate.screen("extras")
    look(page, "26-extra")
    page.wait_for_selector('[data-control="speak"]:visible')
    look(page, "26-extra-speak")
    candidate.press("speak")
    page.wait_for_selector('[data-control="speak"][aria-pressed="true"]')
    microphone.say(spoken_name("umbrella", "en"))
    candidate.press("speak")
    page.wait_for_selector('[data-control="yes"]:visible')
    look(page, "26-extra-spoken")
    candidate.press("yes")
    for _ in range(2):
        candidate.press("no")


def look_at_the_rehearsal(candidate: Candidate) -> None:
    page = candidate.page
    candidate.screen("ask")
    look(page, "09-employer-speaks")
    see_pictures(candidate)
    look(page, "10-rehearsal")
    look_at_answers(page)
    page.click(f'[data-option="{candidate.item().right}"]')
    look(page, "11-picture-touched")
    look_at_answers(page)
    candidate.press("answer")
    candidate.screen("section")
    look(page, "12-first-room")
    candidate.press("continue")


def look_at_a_question(candidate: Candidate, microphone: Microphone) -> None:
    page = candidate.page
    candidate.screen("ask")
    see_pictures(candidate)
    look(page, "13-question")
    look_at_answers(page)
    speak_and_look(candidate, microphone, name="14-recording")
    look(page, "15-review")
    look_at_answers(page)
    page.click(f'[data-option="{candidate.item().right}"]')
    candidate.press("answer")
    page.wait_for_selector('[data-part="sent"]:visible')
    look(page, "16-sent")
    page.wait_for_selector('[data-part="sent"]', state="hidden")


def look_at_the_way_back(candidate: Candidate) -> None:
    """Twenty more answers fill three rooms; the reload shows the way back."""
    answer_ahead(candidate, 20, wrong={1, 7})
    come_back(candidate)
    look(candidate.page, "24-back-again")
    candidate.press("continue")
    candidate.screen("section")
    look(candidate.page, "17-fourth-room")


def look_at_the_outcome(candidate: Candidate) -> None:
    page = candidate.page
    answer_ahead(candidate, 15, wrong={8})
    page.route(OUTCOME, still_hearing, times=1)
    go_on(candidate)
    candidate.screen("wait")
    look(page)
    candidate.screen("outcome")
    look(page, "18-outcome")
    candidate.press("continue")
    candidate.screen("practice")
    look(page, "19-practice")
    candidate.press("continue")
    candidate.screen("badge")
    look(page, "20-badge")


def look_at_the_badge(candidate: Candidate) -> None:
    page = candidate.page
    candidate.press("open-badge")
    page.wait_for_url("**/b/*")
    look(page, "21-badge-page", target_px=PUBLIC_TARGET_PX)
    assert candidate.troubles == []


def look_at_an_unknown_badge(candidate: Candidate) -> None:
    answer = candidate.page.goto(f"{candidate.service.origin}/b/22222222")
    assert answer is not None
    assert answer.status == 404
    look(candidate.page, target_px=PUBLIC_TARGET_PX)


def speak_and_look(candidate: Candidate, microphone: Microphone, *, name: str) -> None:
    candidate.press("speak")
    candidate.recorder("recording")
    microphone.say(spoken_name("umbrella", "en"))
    look(candidate.page, name)
    candidate.press("speak")
    candidate.recorder("reviewing")


def still_hearing(route: Route) -> None:
    """What the server says while the last spoken answers are being heard."""
    nothing = dict.fromkeys(("level", "badge"))
    empty = {"say": [], "good": [], "practice": []}
    route.fulfill(json={"state": "pending", "reviews": 0, **nothing, **empty})
