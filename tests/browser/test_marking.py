"""The assessor's page in a browser: heard first, marked by keys alone, the next one at once."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from tests.browser.conftest import BEEPS, PLAYS, phone_context
from tests.browser.keys import choose, go, hear
from tests.browser.looks import LAPTOP, look
from tests.marking_page.desk import NOBODYS, OWNER, PAGE, Desk, Person
from voice_app.marking import policies
from voice_app.models import Mark, Unmarked

pytestmark = pytest.mark.browser

BROWSER_FLAGS = (*PLAYS, *BEEPS)
TARGET_PX = 44
ITS_LENGTH_MS = 4000
FOUND = {
    "stretches": [{"start": 0.3, "end": 1.4, "text": "vous avez un chien", "confidence": 0.9}],
    "found": [],
    "order": [],
}


@pytest.fixture(scope="module")
def desk(app: FastAPI) -> Desk:
    return Desk(app)


@pytest.fixture(autouse=True)
def alone(browser: Browser) -> Iterator[None]:
    """An open page fetches its next answer: none stays open behind a test."""
    yield
    for context in browser.contexts:
        context.close()


def prompts(desk: Desk) -> list[str]:
    """Keys of French sentences."""
    keys = {one.key for one in desk.here.manifest.entries}
    return sorted(key for key in keys if key.startswith("fr/prompts/"))


def sounds(desk: Desk, *names: str) -> list[bytes]:
    """Sentences of the content, as if a candidate had said them."""
    files = [desk.here.manifest.files(name)[0] for name in names]
    return [(desk.here.sounds / one).read_bytes() for one in files]


def page_of(desk: Desk, browser: Browser, *, is_laptop: bool = False, **staff: object) -> Page:
    person = desk.staff(**staff)  # type: ignore[arg-type]
    context = browser.new_context(viewport=LAPTOP) if is_laptop else phone_context(browser)
    return opened(desk, context.new_page(), person)


def opened(desk: Desk, page: Page, person: Person) -> Page:
    secret = person.client.cookies["signin"]
    page.context.add_cookies([{"name": "signin", "value": secret, "url": desk.here.origin}])
    page.goto(f"{desk.here.origin}{PAGE}")
    return page


def given(desk: Desk) -> list[Mark]:
    with desk.here.database.reading.begin() as session:
        return list(session.scalars(select(Mark).order_by(Mark.seq)))


def start(page: Page) -> None:
    go(page, "Start marking")
    expect(page.locator("[data-part=levels]")).to_have_attribute("disabled", "")


def send(page: Page) -> None:
    address = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != address)


def test_one_answer_after_the_other_is_marked_by_keys_alone(desk: Desk, browser: Browser) -> None:
    takes = sounds(desk, *prompts(desk)[:2])
    first = desk.answer(takes, evidence=FOUND)
    second = desk.answer(takes[:1], owner=NOBODYS, evidence=FOUND)
    page = page_of(desk, browser, is_laptop=True)
    look(page, "marking-queue-wide", target_px=TARGET_PX)
    start(page)
    expect(page.locator("[data-part=takes] button")).to_have_count(2)
    hear(page)
    expect(page.locator("[data-part=proposal]")).not_to_contain_text("vous avez un chien")
    choose(page, 2)
    expect(page.locator("[data-part=proposal]")).to_contain_text("vous avez un chien")
    look(page, "marking-task-wide", target_px=TARGET_PX)
    send(page)
    (mark,) = [one for one in given(desk) if one.attempt_id == first.attempt]
    assert {f"level:{name}" for name in mark.levels} == set(desk.levels(first.step))
    assert mark.listened_seconds > 1
    assert second.attempt not in page.content()


def test_what_is_sent_is_taken_back_by_a_key(desk: Desk, browser: Browser) -> None:
    desk.answer(sounds(desk, *prompts(desk)[:1]))
    desk.answer(sounds(desk, *prompts(desk)[:1]), owner=NOBODYS)
    page = page_of(desk, browser, is_laptop=True)
    start(page)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Listen to the answer first.")
    hear(page)
    choose(page, 1)
    send(page)
    last = given(desk)[-1]
    address = page.url
    page.keyboard.press("u")
    expect(page.get_by_role("alert")).to_be_hidden()
    page.wait_for_url(lambda url: url != address)
    assert given(desk)[-1].replaces == last.seq
    expect(page.locator("[data-criterion] input:checked")).to_have_count(0)


def test_a_phone_marks_by_touch_and_leaves_what_it_cannot_judge(
    desk: Desk, browser: Browser
) -> None:
    desk.answer(sounds(desk, *prompts(desk)[:1]))
    page = page_of(desk, browser)
    look(page, "marking-queue", target_px=TARGET_PX)
    page.get_by_role("link", name="Start marking").tap()
    expect(page.locator("[data-part=tools]")).to_be_visible()
    expect(page.locator("[data-part=clock]")).not_to_contain_text("of 0:00")
    look(page, "marking-task", target_px=TARGET_PX)
    reasons = page.locator("[data-part=reasons]")
    page.get_by_text("I cannot judge this answer").tap()
    look(page, "marking-cannot", target_px=TARGET_PX)
    expect(reasons).to_be_enabled(timeout=20_000)
    page.get_by_label("Too much noise").check()
    address = page.url
    page.get_by_role("button", name="Leave it to somebody else").tap()
    page.wait_for_url(lambda url: url != address)
    assert given(desk)[-1].reason == "noise"


def test_a_comment_is_said_and_heard_before_it_is_sent(desk: Desk, browser: Browser) -> None:
    desk.answer(sounds(desk, *prompts(desk)[:1]))
    page = page_of(desk, browser)
    page.goto(f"{desk.here.origin}{PAGE}/next")
    page.get_by_role("button", name="Say a comment").tap()
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Stop and keep the comment").tap()
    expect(page.get_by_label("Your spoken comment")).to_be_visible()
    assert page.locator("input[name=recording]").input_value()
    page.get_by_role("button", name="Leave it out").tap()
    expect(page.get_by_label("Your spoken comment")).to_be_hidden()
    assert not page.locator("input[name=recording]").input_value()


def test_the_keys_can_be_read_and_switched_off(desk: Desk, browser: Browser) -> None:
    desk.answer(sounds(desk, *prompts(desk)[:1]))
    page = page_of(desk, browser, is_laptop=True)
    page.goto(f"{desk.here.origin}{PAGE}/next")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    look(page, "marking-keys", target_px=TARGET_PX)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_label("Single keys on").uncheck()
    page.locator("main").focus()
    page.keyboard.press("n")
    expect(page.locator("[data-part=cannot]")).not_to_have_attribute("open", "")
    page.get_by_label("Single keys on").check()
    page.locator("main").focus()
    page.keyboard.press("n")
    expect(page.locator("[data-part=cannot]")).to_have_attribute("open", "")


def test_without_script_the_plain_form_marks(desk: Desk, browser: Browser) -> None:
    desk.answer(sounds(desk, *prompts(desk)[:1]))
    context = browser.new_context(java_script_enabled=False)
    page = opened(desk, context.new_page(), desk.staff())
    page.get_by_role("link", name="Start marking").click()
    sound = page.locator("audio[data-part=audio]").get_attribute("src")
    assert page.request.get(f"{desk.here.origin}{sound}").ok
    count = len(given(desk))
    # Without script nothing tells how much was played: the service waits as long as that takes.
    page.wait_for_timeout(ITS_LENGTH_MS)
    for group in page.locator("fieldset.criterion").all():
        group.get_by_role("radio").last.check()
    page.get_by_role("button", name="Send and go on").click()
    assert len(given(desk)) == count + 1


def test_a_coordinator_sees_who_marks_and_changes_how(desk: Desk, browser: Browser) -> None:
    desk.staff()
    page = page_of(desk, browser, role="coordinator")
    page.get_by_role("link", name="Assessors, their agreement").tap()
    look(page, "marking-people", target_px=TARGET_PX)
    page.set_viewport_size(LAPTOP)
    look(page, "marking-people-wide", target_px=TARGET_PX)
    page.get_by_label("Of a hundred spoken tasks").fill("30")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_label("Of a hundred spoken tasks")).to_have_value("30")
    page.get_by_role("button", name="Pause Ana Staff, MC4").first.click()
    expect(page.get_by_role("button", name="Lift the pause").first).to_be_visible()


def test_a_center_may_show_the_proposal_first(desk: Desk, browser: Browser) -> None:
    desk.choose(policies.Policy(is_proposal_first=True, control_percent=0))
    desk.answer(sounds(desk, *prompts(desk)[:1]), evidence=FOUND)
    page = page_of(desk, browser)
    page.goto(f"{desk.here.origin}{PAGE}/next")
    expect(page.locator("[data-part=proposal]")).to_contain_text("vous avez un chien")
    desk.choose(policies.Policy(control_percent=0))


def on_screen(desk: Desk) -> list[int]:
    """The answers that somebody has, oldest first."""
    with desk.here.database.reading.begin() as session:
        held = select(Unmarked.seq).where(Unmarked.claimed_by.is_not(None))
        return list(session.scalars(held.order_by(Unmarked.seq)))


def until(desk: Desk, page: Page, count: int) -> None:
    """Wait until so many answers are on somebody's screen."""
    for _ in range(100):
        if len(on_screen(desk)) == count:
            return
        page.wait_for_timeout(50)
    assert len(on_screen(desk)) == count


def test_what_was_fetched_ahead_goes_back_when_the_page_is_left(
    desk: Desk, browser: Browser
) -> None:
    with desk.here.database.writing.begin() as session:
        session.execute(update(Unmarked).values(claimed_by=None, claimed_until=None))
    for owner in (OWNER, NOBODYS):
        desk.answer(sounds(desk, *prompts(desk)[:1]), owner=owner)
    page = page_of(desk, browser, is_laptop=True)
    start(page)
    hear(page)
    until(desk, page, 2)
    page.goto(f"{desk.here.origin}{PAGE}/training")
    until(desk, page, 1)
    page.go_back()
    expect(page.get_by_role("heading", name="Your mark")).to_be_visible()
    page.get_by_role("button", name="Stop, and leave it to others").click()
    expect(page.get_by_role("heading", name="What waits to be marked")).to_be_visible()
    until(desk, page, 0)
