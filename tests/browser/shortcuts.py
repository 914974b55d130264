"""Ways around what a test is not about: answers by HTTP with the same cookies, fast speech."""

import json
from collections.abc import Container
from uuid import uuid4

from playwright.sync_api import Page

from tests.browser.candidate import BANK, PATIENCE_MS, Candidate

_FAST = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  this.playbackRate = times;
  return play.call(this);
};
const wait = window.setTimeout;
window.setTimeout = (done, span, ...more) => {
  const isPause = span === 350 || span === 700;
  return wait(done, isPause ? span / times : span, ...more);
};
"""


def speak_fast(candidate: Candidate, *, times: int = 4) -> None:
    """Every voice of the page speaks and rests so many times as fast, from its next load on.

    Sixteen times is the most a browser can, and too fast to see each sentence on the screen.
    """
    candidate.page.add_init_script(f"const times = {times};\n{_FAST}")


def answer_ahead(candidate: Candidate, items: int, *, wrong: Container[int] = ()) -> None:
    """Touch the right picture of the next `items` questions; another one where counted `wrong`."""
    for n in range(items):
        state = candidate.state()
        asked = state["turn"]["item"]
        right = {BANK.rehearsal.id: BANK.rehearsal, **BANK.items}[asked["id"]].right
        others = [one["id"] for one in asked["options"] if one["id"] != right]
        touched = {"item": asked["id"], "option": others[0] if n in wrong else right}
        answer = candidate.page.request.put(
            f"{candidate.service.origin}/choices/{uuid4()}",
            data={"attempt": state["id"], **touched},
        )
        assert answer.status == 201, answer.text()


def come_back(candidate: Candidate) -> None:
    """Reload the page, up to the question whether to go on."""
    candidate.page.reload()
    candidate.press("start")
    candidate.screen("resume")


def go_on(candidate: Candidate) -> None:
    """Reload the page and go on where the attempt stands."""
    come_back(candidate)
    candidate.press("continue")


def begun(page: Page, origin: str, **wanted: str) -> str:
    """Hear the notice and begin an attempt with the page's cookies; gives its id."""
    notice = f"{origin}/notice/{wanted['help_language']}"
    told = {"version": page.request.get(notice).json()["version"], "was_played": True}
    assert page.request.post(f"{notice}/heard", data=told).status == 201
    answer = page.request.post(f"{origin}/attempts", data={"assessment": "MC3", **wanted})
    assert answer.status == 201, answer.text()
    return str(answer.json()["id"])


def in_front_of_a_question(candidate: Candidate, *, answered: int) -> None:
    """A French employer, help in English; the rehearsal and some questions lie behind."""
    page, origin = candidate.page, candidate.service.origin
    speak_fast(candidate)
    attempt = begun(page, origin, employer_language="fr", help_language="en")
    memory = {"attempt": attempt, "help": "en", "room": None, "isTouchOnly": False}
    page.goto(origin)
    page.evaluate("kept => localStorage.setItem('voice.attempt', kept)", json.dumps(memory))
    answer_ahead(candidate, 1 + answered)
    go_on(candidate)
    candidate.screen("section")
    candidate.press("continue")
    candidate.screen("ask")
    see_pictures(candidate)


def see_pictures(candidate: Candidate) -> None:
    """Wait until the employer has spoken."""
    candidate.page.wait_for_selector('[data-part="options"]:visible', timeout=PATIENCE_MS)
