"""What every screen owes to a thumb, a small phone and a screen reader."""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

TARGET_PX = 64
PUBLIC_TARGET_PX = 44
PICTURE_PX = 150
NARROW: ViewportSize = {"width": 320, "height": 568}
PHONE: ViewportSize = {"width": 360, "height": 640}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
SCREENSHOTS = Path(__file__).parents[2] / "docs/screenshots"

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
_BOXES = """selector => [...document.querySelectorAll(selector)]
  .filter(one => one.checkVisibility({ visibilityProperty: true }))
  .map(one => ({
    name: one.dataset.control || one.dataset.option || one.dataset.code || one.outerHTML,
    ...one.getBoundingClientRect().toJSON(),
  }))"""
_CONTROLS = (
    "a[href]:not(.skip), button, input, select, summary, audio[controls], [role=button],"
    " [tabindex='0']"
)
_OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def look(page: Page, name: str = "", *, target_px: int = TARGET_PX) -> None:
    """Check the screen that is up; with SCREENSHOTS=1 keep its picture under `name`."""
    page.wait_for_function("() => [...document.images].every((one) => one.complete)")
    if name and os.environ.get("SCREENSHOTS") == "1":
        page.screenshot(path=SCREENSHOTS / f"{name}.png")
    found = {
        "axe": _axe(page),
        "small": _small(page, target_px),
        "sideways": _overhang_when_narrow(page),
    }
    assert not any(found.values()), f"{name}: {found}"


def look_twice(page: Page, name: str = "") -> None:
    """Look at a page of staff as a phone and as a laptop show it."""
    for size, ending in ((PHONE, ""), (LAPTOP, "-wide")):
        page.set_viewport_size(size)
        look(page, f"{name}{ending}" if name else "", target_px=PUBLIC_TARGET_PX)


def look_at_answers(page: Page) -> None:
    """The four pictures are large, and every way to answer is in sight without scrolling."""
    pictures = _boxes(page, "[data-option]")
    assert len(pictures) == 4, pictures
    small = _small(page, PICTURE_PX, selector="[data-option]")
    assert not small, small
    size = page.viewport_size
    assert size is not None
    out_of_sight = [
        one["name"]
        for one in _boxes(page, "[data-option], [data-control]")
        if min(one["left"], one["top"]) < 0
        or one["right"] > size["width"]
        or one["bottom"] > size["height"]
    ]
    assert not out_of_sight, out_of_sight


def _axe(page: Page) -> list[str]:
    found = Axe().run(page, options=_OPTIONS).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def _small(page: Page, target_px: int, *, selector: str = _CONTROLS) -> list[str]:
    return [
        f"{one['name']}: {one['width']:.0f} by {one['height']:.0f}"
        for one in _boxes(page, selector)
        if min(one["width"], one["height"]) < target_px
    ]


def _overhang_when_narrow(page: Page) -> int:
    """How many pixels stick out to the side of the narrowest phone."""
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size(NARROW)
    overhang = int(page.evaluate(_OVERHANG))
    page.set_viewport_size(size)
    return overhang


def _boxes(page: Page, selector: str) -> list[dict[str, Any]]:
    return page.evaluate(_BOXES, selector)
