"""Becoming an assessor in a browser: one tap, and what is learned."""

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import PLAYS, phone_context
from tests.browser.keys import choose, go, hear
from tests.browser.looks import look, look_twice
from tests.marking_page.desk import PAGE, Desk, Person
from tests.marking_page.trainee import HOLDER, exercise, holder, state
from voice_app.access import signins
from voice_app.marking import applying, becoming, exemplary
from voice_app.models import Attempt

pytestmark = pytest.mark.browser

BROWSER_FLAGS = PLAYS
PATIENCE_MS = 30_000
TRAINING = f"{PAGE}/training"


@pytest.fixture(scope="module")
def desk(app: FastAPI) -> Desk:
    return Desk(app)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = phone_context(browser)
    yield context.new_page()
    context.close()


def signed_in(desk: Desk, page: Page, secret: str) -> None:
    page.context.add_cookies([{"name": "signin", "value": secret, "url": desk.here.origin}])


def as_staff(desk: Desk, page: Page, person: Person, path: str) -> None:
    signed_in(desk, page, person.client.cookies["signin"])
    page.goto(f"{desk.here.origin}{path}")


def as_holder(desk: Desk, page: Page, owner: str) -> str:
    """Somebody who holds the top level is in on this phone; gives their attempt."""
    candidate = holder(desk, owner)
    with desk.here.database.writing.begin() as session:
        secret = signins.begin(session, candidate, now=desk.here.clock())
        attempt = session.query(Attempt).filter_by(owner_hash=owner).one().id
    signed_in(desk, page, secret)
    return attempt


def trainee(desk: Desk) -> Person:
    person = desk.staff(marks=())
    about = {"account": person.account, "micro_competence": "MC4", "step": "begin"}
    assert desk.staff("coordinator").send(f"{PAGE}/people/licenses", **about).status_code == 303
    return person


def ended_well(route: Route) -> None:
    """Tell an attempt as one that ended at the top level."""
    answer = route.fetch()
    told = answer.json()
    if route.request.url.endswith("/outcome"):
        badge = {"url": "/b/22222222", "picture": "/static/badge/mc4.svg"}
        told |= {"state": "passed", "level": "appropriation", "badge": badge, "say": []}
    else:
        told["turn"] = {"kind": "finish"}
    route.fulfill(response=answer, json=told)


def test_a_holder_of_the_top_level_asks_with_one_tap_beside_the_badge(
    desk: Desk, page: Page
) -> None:
    attempt = as_holder(desk, page, "a1" * 32)
    page.route(re.compile(f"/attempts/{attempt}(/outcome)?$"), ended_well)
    kept = f'{{"attempt": "{attempt}", "help": "en", "assessment": "MC4", "room": null}}'
    page.goto(desk.here.origin)
    page.evaluate("kept => localStorage.setItem('voice.attempt', kept)", kept)
    page.reload()
    for screen, control in (("start", "start"), ("resume", "continue"), ("outcome", "continue")):
        onward = f'body[data-screen="{screen}"] [data-control="{control}"]'
        page.locator(onward).click(timeout=PATIENCE_MS)
    ask = page.locator('[data-control="assess"]')
    expect(ask).to_be_visible(timeout=PATIENCE_MS)
    look(page, "66-listen-to-others")
    ask.click()
    expect(ask).to_be_hidden()
    with desk.here.database.reading.begin() as session:
        assert becoming.offers(session, "a1" * 32) == {"MC4": "asked"}


def test_the_slots_offer_it_and_tell_that_it_was_asked(desk: Desk, page: Page) -> None:
    as_holder(desk, page, HOLDER)
    page.goto(f"{desk.here.origin}/stack?lang=en")
    button = page.get_by_role("button", name="Touch here. Your center calls you.")
    button.scroll_into_view_if_needed()
    look(page, "67-stack-listen-to-others")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your center talks with you")).to_be_visible()
    expect(button).to_have_count(0)


def test_the_first_page_of_training_is_looked_at(desk: Desk, page: Page) -> None:
    as_staff(desk, page, trainee(desk), TRAINING)
    look_twice(page, "training")


def test_a_trainee_does_the_exercise_by_keys_alone(desk: Desk, page: Page) -> None:
    person = trainee(desk)
    as_staff(desk, page, person, TRAINING)
    go(page, "Go on")
    expect(page.locator("[data-part=levels]")).to_have_attribute("disabled", "")
    hear(page)
    choose(page, 1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/training/marks/*", timeout=PATIENCE_MS)
    expect(page.get_by_role("status")).to_contain_text("MC4, answer 1 of 10.")
    look_twice(page, "training-lesson")
    go(page, "Go on")
    page.wait_for_url(re.compile(r"/staff/marking/\d+$"), timeout=PATIENCE_MS)
    assert state(desk, person) == "exercise"


def test_a_lesson_with_both_levels_is_looked_at(desk: Desk, page: Page) -> None:
    person = trainee(desk)
    lessons = [exercise(desk, person, always=0) for _ in range(6)]
    apart = [one for one in lessons if "The reference: " in person.open(one).text]
    as_staff(desk, page, person, apart[0])
    look_twice(page, "training-lesson-apart")


def test_rubrics_have_examples_in_each_language(desk: Desk, page: Page) -> None:
    as_staff(desk, page, desk.staff(), f"{TRAINING}/rubrics/MC1")
    look_twice(page, "training-rubric")
    page.get_by_role("link", name="español").click()
    expect(page.locator('q[lang="es"]').first).to_be_visible()
    look_twice(page)


def test_a_comment_is_proposed_and_shared(desk: Desk, page: Page, browser: Browser) -> None:
    as_staff(desk, page, desk.staff(), f"{TRAINING}/comments")
    page.get_by_label("The comment").fill("You asked about the hours. Ask about the dog too.")
    page.get_by_label("It names nobody").check()
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("It waits for your coordinator.")).to_be_visible()
    other = phone_context(browser).new_page()
    as_staff(desk, other, desk.staff("coordinator"), f"{TRAINING}/comments")
    look_twice(other, "training-comments")
    other.get_by_role("button", name="Share it").click()
    expect(other.get_by_role("button", name="Offer it no more")).to_be_visible()
    look_twice(other)
    other.context.close()
    with desk.here.database.reading.begin() as session:
        assert len(exemplary.shared(session, "here")) == 1


def test_a_coordinator_sees_who_asked_and_invites_them(desk: Desk, page: Page) -> None:
    candidate = holder(desk, "a2" * 32)
    with desk.here.database.writing.begin() as session:
        applying.apply(session, candidate.owner_hash, "MC4", at=desk.here.clock())
    as_staff(desk, page, desk.staff("coordinator"), f"{PAGE}/people")
    look_twice(page, "marking-people-applied")
    page.get_by_role("button", name="Invite as an assessor").last.click()
    expect(page.locator("code")).to_contain_text("/staff/invite#")
    look_twice(page, "training-link")
