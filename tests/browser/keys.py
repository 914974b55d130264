"""What an assessor does by keys alone: hears an answer out, chooses a level of each criterion."""

from playwright.sync_api import Page, expect

_HEARD = "Heard: you can mark."
_PATIENCE_MS = 20_000


def go(page: Page, link: str) -> None:
    """Follow a link by its name."""
    page.get_by_role("link", name=link).focus()
    page.keyboard.press("Enter")


def hear(page: Page) -> None:
    """Listen at double speed until marking opens."""
    for _ in range(4):
        page.keyboard.press(".")
    expect(page.locator("[data-part=speed]")).to_have_value("2")
    expect(page.locator("[data-part=heard-words]")).to_have_text(_HEARD, timeout=_PATIENCE_MS)


def choose(page: Page, number: int) -> None:
    """Choose the same level of each criterion, by its number."""
    criteria = page.locator("[data-criterion]").count()
    for _ in range(criteria):
        page.keyboard.press(str(number))
    expect(page.locator("[data-criterion] input:checked")).to_have_count(criteria)
