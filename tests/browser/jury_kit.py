"""The kit of a jury in a browser: what the desk, the candidate and three seats touch on it."""

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select

from tests.browser.conftest import phone_context
from tests.browser.looks import LAPTOP, look
from tests.juries.room import Room
from voice_app.models import Row

STAFF_PX = 48


def signed_in(room: Room, browser: Browser, *, is_laptop: bool = False) -> BrowserContext:
    """A browser in which the coordinator is signed in."""
    context = browser.new_context(viewport=LAPTOP) if is_laptop else phone_context(browser)
    secret = room.chief.client.cookies["signin"]
    context.add_cookies([{"name": "signin", "value": secret, "url": room.here.origin}])
    return context


def kit(room: Room, context: BrowserContext, address: str) -> Page:
    """The kit, opened."""
    page = context.new_page()
    page.goto(f"{room.here.origin}{address}/kit")
    return page


def count(room: Room, kind: type[Row]) -> int:
    with room.here.database.reading.begin() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def ready(page: Page) -> None:
    """Wait until everything is on the phone, then lose the network."""
    expect(page.locator("[data-part=kept]")).to_contain_text(
        "Ready for no network.", timeout=60_000
    )
    page.context.set_offline(True)
    is_lost = "fetch('/healthz').then(() => false, () => true)"
    assert page.evaluate(is_lost), "there is still a network"


def begin(page: Page, *, is_recorded: bool) -> None:
    page.locator("[data-control=begin]").click()
    expect(page.locator("main")).to_have_attribute("data-screen", "consent")
    look(page, "jury-consent", target_px=STAFF_PX)
    page.locator(f"[data-control={'yes' if is_recorded else 'no'}]").click()
    expect(page.locator("main")).to_have_attribute("data-screen", "step")


def answer(page: Page, right: dict[str, dict], *, is_recorded: bool = False) -> str:
    """Answer the task on the screen as it is right; gives its id."""
    step = page.locator("[data-step]")
    name = str(step.get_attribute("data-step"))
    told = right[name]
    for option in told.get("options") or [told.get("option")]:
        if option and option != "understood":
            page.locator(f"[data-option='{option}']").click()
    if is_recorded and told["kind"] == "done":
        page.locator("[data-control=speak]").click()
        expect(page.locator(".voice [role=status]")).to_have_text("Recording", timeout=20_000)
        page.wait_for_timeout(1500)
        page.locator("[data-control=speak]").click()
        expect(page.locator(".voice [role=status]")).to_contain_text("Kept on this phone")
    page.locator("[data-control=done]").click()
    expect(page.locator(f"[data-step='{name}']")).to_have_count(0)
    return name


def answer_all(page: Page, right: dict[str, dict]) -> None:
    while page.locator("main").get_attribute("data-screen") == "step":
        answer(page, right)


def mark(page: Page, role: str) -> None:
    """Mark everything with the highest levels, and hand in."""
    expect(page.locator(f".marking[data-seat={role}]")).to_be_visible()
    for criterion in page.locator(".marking fieldset").all():
        criterion.get_by_role("radio").last.check()
    page.locator("[data-control=seal]").click()
    expect(page.locator(".marking")).to_have_count(0)


def sit(page: Page, role: str) -> None:
    page.locator(f"button[data-seat={role}]").click()


def rights(room: Room, address: str) -> dict[str, dict]:
    return {one["step"]: one for one in room.answers(address)}
