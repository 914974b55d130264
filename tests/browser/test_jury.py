"""A jury in a real browser: no network, a killed tab, three seats, one outcome at the center."""

import pyotp
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.browser.conftest import BEEPS, PLAYS, phone_context
from tests.browser.jury_kit import (
    STAFF_PX,
    answer,
    answer_all,
    begin,
    count,
    kit,
    mark,
    ready,
    rights,
    signed_in,
    sit,
)
from tests.browser.looks import LAPTOP, look
from tests.juries.room import JURIES, Room
from tests.staff.desk import PASSWORD
from voice_app.models import Account, Badge, JuryNote, Mark, Response, Utterance
from voice_app.people import passwords, second_steps

pytestmark = pytest.mark.browser

BROWSER_FLAGS = (*PLAYS, *BEEPS)
DESK_PX = 44
ROLES = ("employer", "peer", "trainer")
OVER = "Everything is at the center."


@pytest.fixture(scope="module")
def room(app: FastAPI) -> Room:
    return Room(app)


def test_one_phone_without_a_network_seats_a_jury(room: Room, browser: Browser) -> None:
    address = room.convene()
    right = rights(room, address)
    before = {kind: count(room, kind) for kind in (Badge, Mark, Utterance)}
    context = signed_in(room, browser)
    page = kit(room, context, address)
    expect(page.locator("[data-control=begin]")).to_be_visible()
    ready(page)
    look(page, "jury-start", target_px=STAFF_PX)
    begin(page, is_recorded=True)
    page = answered_with_a_killed_tab(room, page, right, address=address)
    page = marked_with_a_killed_tab(room, page, address=address)
    expect(page.locator("[data-part=kept]")).to_contain_text("On this phone alone")
    assert room.outcome(address) is None
    context.set_offline(False)
    expect(page.locator("main")).to_contain_text(OVER, timeout=60_000)
    assert room.outcome(address).state == "passed"
    assert count(room, Badge) == before[Badge] + 1
    assert count(room, Utterance) > before[Utterance]
    assert count(room, Mark) > before[Mark]
    page.reload()
    expect(page.locator("main")).to_contain_text(OVER)
    assert page.evaluate("caches.keys().then((names) => names.length)") == 0
    context.close()


def answered_with_a_killed_tab(
    room: Room, page: Page, right: dict[str, dict], *, address: str
) -> Page:
    """Answer everything and say one answer aloud; the tab is closed on the way."""
    answer(page, right)
    open_step = str(page.locator("[data-step]").get_attribute("data-step"))
    page.close()
    page = kit(room, page.context, address)
    expect(page.locator("[data-step]")).to_have_attribute("data-step", open_step)
    spoken = next(name for name, one in right.items() if one["kind"] == "done")
    while page.locator("main").get_attribute("data-screen") == "step":
        is_first = page.locator("[data-step]").get_attribute("data-step") == spoken
        answer(page, right, is_recorded=is_first)
    return page


def marked_with_a_killed_tab(room: Room, page: Page, *, address: str) -> Page:
    """Mark from all three seats; the tab is closed before the last."""
    for role in ROLES[:2]:
        sit(page, role)
        mark(page, role)
    page.close()
    page = kit(room, page.context, address)
    expect(page.locator("[data-handed-in]")).to_have_count(2)
    look(page, "jury-seats", target_px=STAFF_PX)
    sit(page, "trainer")
    expect(page.locator(".marking audio").first).to_be_visible()
    look(page, "jury-marking", target_px=STAFF_PX)
    mark(page, "trainer")
    return page


def test_two_phones_come_to_one_outcome(room: Room, browser: Browser) -> None:
    address = room.convene()
    right = rights(room, address)
    desk = kit(room, signed_in(room, browser), address)
    seat = browser.new_context(viewport=LAPTOP).new_page()
    seat.goto(f"{room.here.origin}/jury#{room.secret(address, 'trainer')}")
    seat.wait_for_url("**/jury/kit")
    for page in (desk, seat):
        ready(page)
    begin(desk, is_recorded=False)
    expect(desk.locator("[data-control=speak]")).to_have_count(0)
    answer_all(desk, right)
    for role in ROLES[:2]:
        sit(desk, role)
        mark(desk, role)
    mark_on_ones_own_phone(seat)
    responses = count(room, Response)
    a_sign_in_that_ended_meanwhile_loses_nothing(room, desk)
    assert count(room, Response) == responses + len(right)
    assert room.outcome(address).state == "to_review"
    seat.context.set_offline(False)
    for page in (seat, desk):
        expect(page.locator("main")).to_contain_text(OVER, timeout=60_000)
        page.context.close()
    assert room.outcome(address).state == "passed"
    assert count(room, Response) == responses + len(right)


def a_sign_in_that_ended_meanwhile_loses_nothing(room: Room, desk: Page) -> None:
    """Come back to the network as nobody: it is said, all is kept; signed in again, it is sent."""
    email, letters = with_a_password(room)
    desk.context.clear_cookies()
    kept = desk.locator("[data-part=kept]")
    expect(kept).to_contain_text("On this phone alone")
    desk.context.set_offline(False)
    expect(kept).to_contain_text("Sign in again", timeout=60_000)
    expect(kept).to_contain_text("On this phone alone")
    desk.get_by_text("This phone", exact=True).click()
    look(desk, "jury-phone", target_px=DESK_PX)
    desk.get_by_role("link", name="Sign in again").click()
    desk.get_by_label("E-mail address").fill(email)
    desk.get_by_label("Password", exact=True).fill(PASSWORD)
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_label("The six digits").fill(pyotp.TOTP(letters).now())
    desk.get_by_role("button", name="Sign in").click()
    desk.wait_for_url("**/kit")
    expect(kept).to_contain_text("Ready for no network.", timeout=60_000)
    expect(kept).not_to_contain_text("On this phone alone", timeout=60_000)


def with_a_password(room: Room) -> tuple[str, str]:
    """Give the coordinator a password and an app for codes; their address and its letters."""
    letters = second_steps.new_secret()
    with room.here.database.writing.begin() as session:
        account = session.get_one(Account, room.chief.account)
        account.password_hash = passwords.hash_of(PASSWORD)
        second_steps.keep_secret(account, letters, seals=room.here.vault, step=0)
        return account.email, letters


def mark_on_ones_own_phone(seat: Page) -> None:
    """Mark from the seat of a phone: what lacks is said, what is touched outlives the page."""
    seat.locator("[data-control=begin]").click()
    seat.locator("[data-control=seal]").click()
    expect(seat.get_by_role("alert")).to_contain_text("has no mark yet")
    seat.locator(".marking input[type=radio]").first.check()
    seat.reload()
    expect(seat.locator(".marking input:checked")).to_have_count(1)
    look(seat, "jury-marking-wide", target_px=STAFF_PX)
    mark(seat, "trainer")


def test_a_seat_at_a_distance_listens_and_marks(room: Room, browser: Browser) -> None:
    address = room.convene(f"attempt:{room.finished()}")
    page = phone_context(browser).new_page()
    page.goto(f"{room.here.origin}/jury#{room.secret(address, 'employer')}")
    page.wait_for_url("**/jury/kit")
    page.locator("[data-control=begin]").click()
    take = page.locator(".marking audio").first
    take.evaluate("audio => audio.play()")
    expect(take).to_have_js_property("ended", value=True, timeout=20_000)
    before = count(room, Mark)
    mark(page, "employer")
    expect(page.locator("main")).to_contain_text(OVER, timeout=60_000)
    with room.here.database.reading.begin() as session:
        marks = session.scalars(select(Mark).order_by(Mark.seq)).all()[before:]
    assert {one.why for one in marks} == {"jury"}
    assert max(one.listened_seconds for one in marks) > 0
    page.context.close()


def test_a_second_phone_with_another_answer_is_told_to_the_desk(
    room: Room, browser: Browser
) -> None:
    address = room.convene()
    right = rights(room, address)
    page = kit(room, signed_in(room, browser), address)
    ready(page)
    begin(page, is_recorded=False)
    room.merge(address, is_recorded=False, answers=room.answers(address))
    choices = [one for one in right.values() if one.get("option") not in (None, "understood")]
    steps = {one.id: one for one in room.steps(address)}
    other = choices[0]
    wrong = next(one for one in steps[other["step"]].task.options if one != other["option"])
    answer_all(page, right | {other["step"]: other | {"option": wrong}})
    page.context.set_offline(False)
    expect(page.locator("[data-part=kept]")).to_contain_text(
        "Another phone had told", timeout=60_000
    )
    assert count(room, JuryNote) >= 1
    page.goto(f"{room.here.origin}{address}")
    expect(page.locator("main")).to_contain_text("Two phones told different things")
    page.context.close()


def test_each_task_is_large_enough_for_a_thumb(room: Room, browser: Browser) -> None:
    address = room.convene()
    right = rights(room, address)
    page = kit(room, signed_in(room, browser), address)
    begin(page, is_recorded=True)
    seen: set[str] = set()
    while page.locator("main").get_attribute("data-screen") == "step":
        kind = str(page.locator("[data-step]").get_attribute("data-kind"))
        if kind not in seen:
            seen.add(kind)
            page.evaluate("document.querySelector('.phone').hidden = true")
            look(page, f"jury-task-{kind}")
            page.evaluate("document.querySelector('.phone').hidden = false")
        answer(page, right)
    assert len(seen) > 2
    page.context.close()


def test_the_desk_convenes_on_a_wide_screen(room: Room, browser: Browser) -> None:
    page = signed_in(room, browser, is_laptop=True).new_page()
    page.goto(f"{room.here.origin}{JURIES}/new?candidate={room.candidate}")
    for role in ROLES:
        page.locator(f"#{role}-name").fill(role.title())
    look(page, "jury-new", target_px=DESK_PX)
    page.get_by_role("button", name="Convene the jury").click()
    page.get_by_role("button", name="Make a link for Peer").click()
    expect(page.locator("img.qr")).to_be_visible()
    look(page, "jury-desk", target_px=DESK_PX)
    page.goto(f"{room.here.origin}/jury")
    look(page, "jury-link", target_px=DESK_PX)
    page.get_by_label("What stands behind the # in your link").fill("unknown")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Ask the center for a new one")
    page.goto(f"{room.here.origin}{JURIES}")
    look(page, "jury-list", target_px=DESK_PX)
    page.context.close()
