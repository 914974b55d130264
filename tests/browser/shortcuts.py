"""Ways around what a test is not about: answers by HTTP, the same cookies, the page reloaded."""

from collections.abc import Container
from uuid import uuid4

from tests.browser.candidate import BANK, PATIENCE_MS, Candidate


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


def to_first_question(candidate: Candidate) -> None:
    """Touch only, the rehearsal already done, in front of the pictures of the first question."""
    candidate.open(employer="fr", help_language="en")
    candidate.press("touch")
    candidate.screen("ask")
    answer_ahead(candidate, 1)
    go_on(candidate)
    candidate.screen("section")
    candidate.press("continue")
    candidate.screen("ask")
    see_pictures(candidate)


def see_pictures(candidate: Candidate) -> None:
    """Wait until the employer has spoken."""
    candidate.page.wait_for_selector('[data-part="options"]:visible', timeout=PATIENCE_MS)
