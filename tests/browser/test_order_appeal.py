"""An order that was said well and confirmed badly: a coordinator hears it, and it counts.

No assessor marks MC2, so an appeal about it goes to one person of the center, who sees what was
confirmed, hears what was said, and may give more than the rules did. What is said are shipped
sounds of a synthetic voice, in real time, to real engines.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.at_home import come_in, do, right_order, steps, touch
from tests.browser.candidate import PATIENCE_MS, Candidate
from tests.browser.looks import PUBLIC_TARGET_PX, look
from tests.browser.marking_room import LAPTOP, MarkingRoom
from tests.browser.microphone import Microphone
from tests.browser.ordering import keep_told, on_the_table, say_order
from tests.browser.planning import in_front_of, right_answer
from tests.browser.real_badge import assert_badge_is_real
from tests.journeys.visit import worst
from tests.server import Server
from voice_app.access import signins
from voice_app.dialogues.scenario import Arranging, Step
from voice_app.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.engine]

STATUS = '[data-part="status"]'
NAME = "Amina"
HEARD = "select count(*) from audit_entry where action = 'recording.heard'"


@pytest.fixture
def room(service: Server, speaking_browser: Browser) -> Iterator[MarkingRoom]:
    room = MarkingRoom(service, speaking_browser)
    yield room
    room.close()


@pytest.fixture
def coordinator(room: MarkingRoom) -> Iterator[Page]:
    """A coordinator of the center, signed in on a laptop."""
    with room.database.writing.begin() as session:
        account = Account(
            id=str(uuid4()),
            center_id=room.center,
            role="coordinator",
            name="Rosa",
            email="rosa@center.example",
            made_at=datetime.now(UTC),
        )
        session.add(account)
        session.flush()
        secret = signins.begin(session, account, now=datetime.now(UTC))
    context = room.browser.new_context(viewport=LAPTOP)
    context.add_cookies([{"name": "signin", "value": secret, "url": room.service.origin}])
    yield context.new_page()
    context.close()


def test_what_was_said_is_heard_by_a_person_and_the_badge_comes_with_the_answer(
    candidate: Candidate,
    coordinator: Page,
    room: MarkingRoom,
    microphone: Microphone,
    tmp_path: Path,
) -> None:
    come_in(candidate, room.link(NAME, help_language="en"))
    keep_told(candidate)
    said = in_front_of(candidate, is_last_order, answer=right_but_in_time)
    assert said is not None
    say_well_and_confirm_badly(candidate, said, microphone=microphone)
    for seen in steps(candidate):
        do(candidate, seen.step)
    attempt = candidate.state()["id"]
    before = room.outcome(attempt)
    assert before.state == "not_yet"
    candidate.press("disagree")
    expect_told(candidate, "Thank you. Another person looks at it again.")
    hear_and_answer(coordinator, room, said)
    after = room.outcome(attempt)
    assert (after.state, after.points - before.points) == ("passed", 2 * said.points)
    candidate.page.goto(candidate.service.origin)
    candidate.press("news")
    candidate.screen("outcome")
    expect_told(candidate, "Another person looked again. More of it counts now.")
    expect_told(candidate, "It is enough now. You receive your badge.")
    candidate.press("continue")
    candidate.screen("parts", "badge")
    assert_badge_is_real(candidate.page, candidate.service, tmp_path)
    assert (candidate.troubles, candidate.foreign) == ([], [])


def is_last_order(step: Step) -> bool:
    """After a change in the second home: nothing is put in order afterwards."""
    return step.id.startswith("space-") and step.id.endswith(".change")


def right_but_in_time(step: Step) -> dict[str, Any]:
    """Everything right but the two orders in time: one more order makes it a pass or not yet."""
    if isinstance(step.task, Arranging) and step.id.startswith("time-"):
        return {"options": worst(step.task)}
    return right_answer(step)


def say_well_and_confirm_badly(candidate: Candidate, step: Step, *, microphone: Microphone) -> None:
    """Say an order that keeps all rules, take it back by touch, confirm a card that keeps none."""
    assert isinstance(step.task, Arranging)
    right = right_order(step.task)
    understood = say_order(candidate, right, microphone=microphone)
    assert understood.cards == (*step.task.kept, *right)
    touch(candidate, *reversed(right), *worst(step.task))
    assert on_the_table(candidate) == (*step.task.kept, *worst(step.task))
    candidate.press("answer")
    candidate.page.wait_for_selector('body:not([data-screen="arranging"])')


def hear_and_answer(page: Page, room: MarkingRoom, step: Step) -> None:
    """Look at what was confirmed, listen to what was said, and give the points of the rules."""
    page.goto(f"{room.service.origin}/staff/promises")
    page.get_by_role("link", name="Look at answer 1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("does not agree")
    assert NAME not in page.content()
    sound = page.locator("audio")
    expect(sound).to_have_count(1)
    ((before,),) = room.service.rows(HEARD)
    sound.focus()
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 1")
    look(page, "66-appeal-said", target_px=PUBLIC_TARGET_PX)
    assert room.service.rows(HEARD) == [(before + 1,)]
    points = page.locator(f'input[name="points:{step.id}"]')
    assert points.input_value() == "0"
    points.fill(str(step.points))
    page.get_by_label("Why").select_option("technical")
    page.get_by_role("button", name="Answer the candidate").click()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()


def expect_told(candidate: Candidate, text: str) -> None:
    expect(candidate.page.locator(STATUS)).to_contain_text(text, timeout=PATIENCE_MS)
