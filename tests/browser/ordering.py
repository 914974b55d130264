"""Putting cards in order aloud: one take, what the page understood, what is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.at_home import touch
from tests.browser.candidate import CONTENT, PATIENCE_MS, Candidate, spoken_name
from tests.browser.microphone import Microphone
from voice_app.audio.prompts import Manifest
from voice_app.settings import assets_folder

FIRST, THEN, HEARD, CONFIRM = "order.first", "order.then", "task.order-heard", "task.order-confirm"
# Keeps every sentence that the page shows while it says it.
_KEEP_TOLD = """addEventListener("DOMContentLoaded", () => {
  window.told = [];
  const status = document.querySelector('[data-part="status"]');
  const keep = new MutationObserver(() => window.told.push(status.textContent));
  if (status) keep.observe(status, { childList: true });
});"""
_ORDER = "all => all.map((one) => one.dataset.option)"


@dataclass(frozen=True)
class Understood:
    """What the page made of a take: the cards on the table, in their order, and what it said.

    `before` is what it said until it had understood, `told` what it said from then on.
    """

    cards: tuple[str, ...]
    before: tuple[str, ...]
    told: tuple[str, ...]


def keep_told(candidate: Candidate) -> None:
    """From the next load on the page keeps what it says."""
    candidate.page.add_init_script(_KEEP_TOLD)


def say_order(candidate: Candidate, cards: Sequence[str], *, microphone: Microphone) -> Understood:
    """Tap, say "First. The kitchen. Then. The bathroom", tap; wait until it was said back."""
    page = candidate.page
    page.evaluate("() => { window.told = []; }")
    candidate.press("speak")
    candidate.recorder("recording")
    for word in _words(cards):
        microphone.say(word)
    candidate.press("speak")
    expect(page.locator('[data-part="status"]')).to_have_text(phrase(CONFIRM), timeout=PATIENCE_MS)
    told: list[str] = page.evaluate("window.told")
    heard = told.index(phrase(HEARD))
    return Understood(on_the_table(candidate), tuple(told[:heard]), tuple(told[heard:]))


def said_back(cards: Sequence[str]) -> tuple[str, ...]:
    """What the page says of an order that it understood, from the first word to the last."""
    names = CONTENT.languages["en"].words
    each = [(phrase(THEN if n else FIRST), names[card].name) for n, card in enumerate(cards)]
    return (phrase(HEARD), *(one for both in each for one in both), phrase(CONFIRM))


def mend(candidate: Candidate, wanted: Sequence[str]) -> None:
    """Take back by touch what stands wrong, and place what is to come; `wanted` is the whole."""
    shown = on_the_table(candidate)
    same = next(
        (n for n, both in enumerate(zip(shown, wanted, strict=False)) if both[0] != both[1]),
        min(len(shown), len(wanted)),
    )
    touch(candidate, *reversed(shown[same:]), *wanted[same:])
    assert on_the_table(candidate) == tuple(wanted)


def on_the_table(candidate: Candidate) -> tuple[str, ...]:
    """The cards that are placed, in their order."""
    return tuple(candidate.page.eval_on_selector_all('[data-part="order"] [data-option]', _ORDER))


def phrase(key: str) -> str:
    return CONTENT.languages["en"].phrases[key]


def _words(cards: Sequence[str]) -> Iterator[Path]:
    """The sounds of "First", a card, "Then", the next; the voice is the page's synthetic one."""
    assets = assets_folder()
    manifest = Manifest.load(assets)
    for n, card in enumerate(cards):
        yield assets / manifest.files(f"en/phrases/{THEN if n else FIRST}")[0]
        yield spoken_name(card, "en")
