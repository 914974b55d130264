"""The whole house: an owner, a candidate who never types, and a person who decides.

A real service in a process of its own, with Whisper; the answer that nobody can take for right is
a synthetic voice that says another thing.
"""

import json
import os
import re
import subprocess
import sys
from contextlib import closing
from io import BytesIO
from zipfile import ZipFile

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.candidate import PATIENCE_MS, Candidate, spoken_name
from tests.browser.conftest import phone_context
from tests.browser.marking_room import MarkingRoom
from tests.browser.microphone import Microphone
from tests.browser.shortcuts import answer_ahead, begun, come_back, go_on, see_pictures, speak_fast
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.engine]

MC3_ITEMS = 36
NEEDED = 22
LAST_STATE = "select state from outcome order by seq desc limit 1"


@pytest.fixture
def staff(speaking_browser: Browser) -> Page:
    return phone_context(speaking_browser).new_page()


def test_from_the_first_link_to_a_badge_that_people_decided_on(
    service: Server,
    staff: Page,
    candidate: Candidate,
    microphone: Microphone,
    speaking_browser: Browser,
) -> None:
    come_in_as_owner(staff, service)
    enroll(staff, service)
    come_in_by_link(candidate, link_of(staff))
    say_another_thing(candidate, microphone)
    have_two_decide(service, speaking_browser)
    come_back(candidate)
    candidate.press("continue")
    candidate.screen("outcome")
    candidate.press("continue")
    candidate.screen("practice", "badge")

    names = data_of(staff, service)
    assert any(name.endswith((".webm", ".ogg", ".mp4")) for name in names), names
    leave(candidate)
    assert candidate.troubles == []
    assert candidate.foreign == []


def come_in_as_owner(page: Page, service: Server) -> None:
    command = [sys.executable, "-m", "voice_app", "people", "setup"]
    environment = os.environ | {
        "VOICE_APP_DATA": str(service.data),
        "VOICE_APP_ORIGIN": service.origin,
    }
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found = re.search(rf"{service.origin}/\S+", told.stdout)
    assert found, told.stdout
    page.goto(found[0])
    page.get_by_label("Name of your center").fill("Centre Soleil")
    page.get_by_label("Your name").fill("Claire Martin")
    page.get_by_label("E-mail address").fill("claire@soleil.example")
    page.get_by_label("A new password").fill("lampe vapeur orage sept")
    page.get_by_role("button", name="Go on").click()
    letters = re.sub(r"\s", "", page.locator("code").inner_text())
    page.get_by_label("Six digits").fill(pyotp.TOTP(letters).now())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("heading", name="Centre Soleil").wait_for()


def enroll(page: Page, service: Server) -> None:
    page.goto(f"{service.origin}/staff/candidates")
    page.get_by_label("What you call them").fill("Ana")
    page.get_by_label("Language that helps them").select_option("en")
    with page.expect_download():
        page.get_by_role("button", name="Enroll").click()
    page.reload()


def link_of(page: Page) -> str:
    page.get_by_role("button", name="Make a link to send").click()
    return page.locator("p.address a").inner_text()


def come_in_by_link(candidate: Candidate, address: str) -> None:
    page = candidate.page
    speak_fast(candidate)
    page.goto(address)
    candidate.press("start")
    candidate.screen("enter")
    candidate.press("enter")
    candidate.screen("phone")
    candidate.press("mine")
    candidate.screen("start")


def say_another_thing(candidate: Candidate, microphone: Microphone) -> None:
    """Touch all but the last question, too many of them wrong; say "umbrella" there, twice."""
    page, origin = candidate.page, candidate.service.origin
    attempt = begun(page, origin, employer_language="fr", help_language="en")
    memory = {"attempt": attempt, "help": "en", "room": None, "isTouchOnly": False}
    page.evaluate("kept => localStorage.setItem('voice.attempt', kept)", json.dumps(memory))
    answer_ahead(candidate, MC3_ITEMS, wrong=range(1, MC3_ITEMS - NEEDED + 1))
    go_on(candidate)
    while candidate.screen("section", "ask", "outcome") != "outcome":
        if candidate.screen("section", "ask") == "section":
            candidate.press("continue")
            continue
        see_pictures(candidate)
        candidate.speak(spoken_name("umbrella", "en"), microphone=microphone)
        page.wait_for_function(
            "() => document.querySelector('[data-part=\"sent\"]')?.hidden !== false",
            timeout=PATIENCE_MS,
        )


def have_two_decide(service: Server, browser: Browser) -> None:
    """Two assessors, who enrolled nobody, say that it is right, one after the other."""
    ((center,),) = service.rows("select id from center where name = 'Centre Soleil'")
    with closing(MarkingRoom(service, browser, center=center)) as room:
        for name in ("Ben", "Cleo"):
            assert service.rows(LAST_STATE) == [("to_review",)]
            with room.assessor(name, micro_competence="MC3") as assessor:
                decide(assessor.page, service)
                assessor.assert_well()
    heard = "select count(distinct actor) from audit_entry where action = 'recording.heard'"
    assert service.rows(heard)[0][0] >= 2
    assert service.rows(LAST_STATE) == [("passed",)]


def decide(page: Page, service: Server) -> None:
    """Hear what waits and call it right: the machine never could, people may."""
    page.goto(f"{service.origin}/staff/oversight")
    assert "Ana" not in page.content()
    page.locator("a[href*='/staff/oversight/']").first.click()
    assert "Ana" not in page.content()
    for take in page.locator("audio[src*=recordings]").all():
        take.evaluate("sound => new Promise((over) => { sound.onended = over; sound.play(); })")
    page.locator("button.option").first.click()
    page.get_by_role("button", name=re.compile("^Right")).first.click()
    page.get_by_text(re.compile("Nothing waits|somebody else decides now")).first.wait_for()


def data_of(page: Page, service: Server) -> list[str]:
    """What the desk hands to the candidate, on their wish."""
    page.goto(f"{service.origin}/staff/candidates")
    page.get_by_role("link", name="Ana").click()
    page.locator("#export-asked").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").click()
    return ZipFile(BytesIO(download.value.path().read_bytes())).namelist()


def leave(candidate: Candidate) -> None:
    candidate.page.reload()
    candidate.press("leave")
    candidate.page.wait_for_selector('[data-control="card"]:visible', timeout=PATIENCE_MS)
