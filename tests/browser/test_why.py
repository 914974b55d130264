"""What a candidate sees and hears who asks why, and says that it was not their answer."""

from collections.abc import Container, Iterator
from uuid import uuid4

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.browser.candidate import Candidate
from tests.browser.conftest import PLAYS, phone_context
from tests.browser.looks import look
from tests.browser.shortcuts import answer_ahead, begun, go_on, speak_fast
from voice_app.models import Referral
from voice_app.routes.deps import Service

pytestmark = pytest.mark.browser

BROWSER_FLAGS = PLAYS
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def service(app: FastAPI) -> Service:
    return app.state.service


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = phone_context(browser)
    yield context.new_page()
    context.close()


def finished(page: Page, service: Service) -> str:
    """Answer everything by touch, the last two items with another picture."""
    origin = service.origin
    name = begun(page, origin, employer_language="fr", help_language="en")
    bank = service.content.assessments["MC3"]
    count = len(bank.forms[0])
    for number in range(1 + count):
        asked = page.request.get(f"{origin}/attempts/{name}").json()["turn"]["item"]["id"]
        item = {bank.rehearsal.id: bank.rehearsal, **bank.items}[asked]
        others = [one.id for one in item.options if one.id != item.right]
        option = others[0] if number > count - 2 else item.right
        answer = page.request.put(
            f"{origin}/choices/{uuid4()}",
            data={"attempt": name, "item": asked, "option": option},
        )
        assert answer.status == 201, answer.text()
    return name


def test_a_touched_answer_is_told_and_given_to_a_person(page: Page, service: Service) -> None:
    name = finished(page, service)
    page.goto(f"{service.origin}/attempts/{name}/why")
    tiles = page.locator(".answers [data-explanation]")
    expect(tiles).to_have_count(36)
    look(page)
    page.get_by_role("button", name="Why does it end like this?").click()
    counted = "The machine counted your answers. They are enough."
    expect(page.locator('[data-part="status"]')).to_have_text(counted, timeout=PATIENCE_MS)
    tiles.last.click()
    status = page.locator('[data-part="status"]')
    expect(status).to_have_text("This is the question.", timeout=PATIENCE_MS)
    hand = page.locator('[data-control="contest"]')
    expect(hand).to_be_visible(timeout=PATIENCE_MS)
    look(page, "63-why")
    hand.click()
    thanks = "Thank you. A person listens again and decides."
    expect(status).to_have_text(thanks, timeout=PATIENCE_MS)
    expect(hand).to_be_hidden()
    tiles.last.click()
    expect(status).to_have_text(thanks, timeout=PATIENCE_MS)
    expect(hand).to_be_hidden()
    assert len(_contested(service, name)) == 1


def _contested(service: Service, name: str) -> list[Referral]:
    with service.database.reading.begin() as session:
        mine = select(Referral).where(Referral.attempt_id == name, Referral.why == "contest")
        return list(session.scalars(mine))


@pytest.mark.parametrize("wrong", [(), range(10, 37)], ids=["all right", "most not right"])
def test_the_end_leads_to_why_whatever_it_is(
    touching_candidate: Candidate, wrong: Container[int]
) -> None:
    candidate, page = touching_candidate, touching_candidate.page
    speak_fast(candidate)
    candidate.open(employer="fr", help_language="en")
    candidate.press("microphone")
    candidate.recorder("blocked")
    candidate.press("touch")
    candidate.refuse_extras()
    candidate.screen("ask")
    answer_ahead(candidate, 1 + 36, wrong=wrong)
    go_on(candidate)
    candidate.screen("outcome")
    look(page)
    page.locator('[data-control="why"]').click()
    page.wait_for_url("**/why?lang=en")
    expect(page.locator(".answers [data-explanation]")).to_have_count(36)
