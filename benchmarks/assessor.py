"""Print what marking costs beyond listening: `python -m benchmarks.assessor --answers 8`.

A scripted assessor in a real browser hears every answer whole, at its own speed, and marks it
with keys. Each key takes `--think` seconds, as a person takes to decide.
"""

import argparse
import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.badges.made import served
from tests.browser.conftest import launch
from tests.marking_page.desk import PAGE, Desk

_LIMIT_SECONDS = 6.0
_ENDED = "() => { const one = document.querySelector('[data-part=audio]'); return one.ended; }"
_PLAYS = "() => document.querySelector('[data-part=audio]').currentTime > 0"


@dataclass(frozen=True)
class Marked:
    """One answer: the length of its sound and how long it took, until the next stood there."""

    sound_seconds: float
    whole_seconds: float
    until_sound_seconds: float

    @property
    def overhead_seconds(self) -> float:
        """What it took beyond the sound."""
        return self.whole_seconds - self.sound_seconds


def main() -> int:
    """Mark answers one after the other; 1 where the middle overhead is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=8)
    parser.add_argument("--think", type=float, default=1.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as app:
        desk = Desk(app)
        _fill(desk, asked.answers + 1)
        found = _marked(desk, count=asked.answers, think=asked.think)
        app.state.service.ears.close()
    return _print(found, think=asked.think)


def _fill(desk: Desk, count: int) -> None:
    """Answers of one to three sentences each, as somebody says them one after the other."""
    entries = {one.key for one in desk.here.manifest.entries if one.language == "fr"}
    keys = sorted(key for key in entries if key.startswith("fr/prompts/"))
    for n in range(count):
        files = [desk.here.manifest.files(keys[(n + k) % len(keys)])[0] for k in range(1 + n % 3)]
        desk.answer([(desk.here.sounds / one).read_bytes() for one in files], owner=f"{n:064x}")


def _marked(desk: Desk, *, count: int, think: float) -> list[Marked]:
    person = desk.staff()
    secret = person.client.cookies["signin"]
    with sync_playwright() as playwright:
        browser = launch(playwright, "--autoplay-policy=no-user-gesture-required")
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies([{"name": "signin", "value": secret, "url": desk.here.origin}])
        page = context.new_page()
        page.goto(f"{desk.here.origin}{PAGE}/next")
        found = [_one(page, think=think) for _ in range(count)]
        browser.close()
    return found


def _one(page: Page, *, think: float) -> Marked:
    began, address = time.monotonic(), page.url
    page.wait_for_function(_PLAYS)
    sounded = time.monotonic()
    page.wait_for_function(_ENDED, timeout=180_000)
    seconds = float(page.evaluate("() => document.querySelector('[data-part=audio]').duration"))
    for _ in range(page.locator("[data-criterion]").count()):
        time.sleep(think)
        page.keyboard.press("2")
    time.sleep(think)
    page.keyboard.press("Enter")
    page.wait_for_function("one => location.href !== one", arg=address)
    return Marked(seconds, time.monotonic() - began, sounded - began)


def _print(found: list[Marked], *, think: float) -> int:
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    print("sound s  whole s  until it sounds s  beyond the sound s")
    for one in found:
        print(
            f"{one.sound_seconds:7.1f}  {one.whole_seconds:7.1f}  {one.until_sound_seconds:17.2f}"
            f"  {one.overhead_seconds:18.2f}"
        )
    middle = statistics.median(one.overhead_seconds for one in found)
    print(f"middle {middle:.2f} s beyond the sound, {think:.1f} s of them for each key")
    return int(middle > _LIMIT_SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
