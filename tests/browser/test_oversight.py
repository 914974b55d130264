"""The staff's pages over the machine: nothing on them is hard to find, read or touch."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from tests.badges.made import served
from tests.browser.conftest import PLAYS, phone_context
from tests.browser.looks import PUBLIC_TARGET_PX, look
from tests.journeys.conftest import voice_like_wav
from voice_app import attempts, outcomes, oversight
from voice_app.access import signins
from voice_app.attempts import Given, Listens, Take
from voice_app.marking import deciding
from voice_app.models import Account, Attempt, Center, Hearing
from voice_app.oversight import Policy
from voice_app.routes.deps import Service

pytestmark = pytest.mark.browser

BROWSER_FLAGS = PLAYS
NOW = datetime.now(UTC)
OWNER = attempts.OwnerHash("0" * 64)
WIDE = {"width": 1024, "height": 768}


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("oversight")) as app:
        yield app.state.service


def signed_in(service: Service, browser: Browser, *, role: str = "owner") -> Page:
    """Somebody of the center on a small screen."""
    with service.database.writing.begin() as session:
        if session.get(Center, "c1") is None:
            session.add(Center(id="c1", name="Soleil", country="FR", made_at=NOW))
            session.flush()
        account = Account(
            id=str(uuid4()),
            center_id=None if role == "operator" else "c1",
            role=role,
            name="Ana Test",
            email=f"{uuid4()}@example.org",
            made_at=NOW,
        )
        session.add(account)
        session.flush()
        secret = signins.begin(session, account, now=service.clock())
    context = phone_context(browser)
    context.add_cookies([{"name": "signin", "value": secret, "url": service.origin}])
    return context.new_page()


class Answers:
    """An attempt of the center: its first item aloud and in doubt, the others by touch."""

    def __init__(self, service: Service, session: Session) -> None:
        self.service, self.session = service, session
        self.bank = service.content.assessments["MC3"]
        self.attempt = attempts.start(
            session,
            service.content,
            assessment="MC3",
            languages=("fr", "es"),
            owner=OWNER,
            now=NOW,
            center="c1",
        )
        session.flush()

    def give(self, *, right: int) -> str:
        """Answer everything, `right` of the touched ones rightly; gives the item in doubt."""
        first, *others = [item for section in self.bank.sections for item in section.items]
        self.touch(self.bank.rehearsal.id, is_right=True)
        self.speak(first)
        for number, item in enumerate(others):
            if number == len(self.bank.sections[0].items) - 1:
                self.speak(first)
            self.touch(item, is_right=number < right)
        outcomes.settle(
            self.session, self.bank, attempt=self.attempt, award=self.service.award, now=NOW
        )
        return first

    def touch(self, name: str, *, is_right: bool) -> None:
        item = attempts.item_of(self.bank, name)
        options = [one.id for one in item.options if (one.id == item.right) == is_right]
        given = Given(uuid4(), name, Listens(), NOW)
        attempts.touch(
            self.session, self.bank, attempt=self.attempt, given=given, option=options[0]
        )

    def speak(self, name: str) -> None:
        given = Given(uuid4(), name, Listens(), NOW)
        kept = self.service.store.keep(str(given.id), voice_like_wav(), owner=str(OWNER))
        take = Take("audio/wav", kept.sha256, kept.byte_size, kept.path.name)
        attempts.speak(self.session, self.bank, attempt=self.attempt, given=given, take=take)
        self.session.flush()
        self.session.add(
            Hearing(
                utterance_id=str(given.id),
                decider="test",
                verdict="unsure",
                reasons=[],
                evidence={},
                content_version=self.bank.version,
                heard_at=NOW,
            )
        )
        self.session.flush()


def given(service: Service, *, right: int, policy: Policy | None = None) -> tuple[str, str]:
    """An attempt in which one answer is in doubt, and that item."""
    with service.database.writing.begin() as session:
        if policy:
            oversight.choose(session, "c1", policy=policy, author="command", at=NOW)
        answers = Answers(service, session)
        item = answers.give(right=right)
        return answers.attempt.id, item


def look_twice(page: Page, name: str) -> None:
    """Look at a page on a phone and on a laptop."""
    look(page, name, target_px=PUBLIC_TARGET_PX)
    small = page.viewport_size
    assert small is not None
    page.set_viewport_size(WIDE)
    look(page, f"{name}-wide", target_px=PUBLIC_TARGET_PX)
    page.set_viewport_size(small)


def test_an_owner_stops_the_machine_and_chooses_a_policy(
    browser: Browser, service: Service
) -> None:
    page = signed_in(service, browser)
    page.goto(f"{service.origin}/staff/oversight")
    look(page, target_px=PUBLIC_TARGET_PX)
    page.get_by_role("button", name="Stop the machine for this center").click()
    expect(page.get_by_role("status")).to_contain_text("Stopped for this center")
    look(page, target_px=PUBLIC_TARGET_PX)
    page.get_by_label("MC2").select_option("person")
    page.get_by_role("button", name="Keep this policy").click()
    expect(page.get_by_label("MC2")).to_have_value("person")


def test_an_assessor_hears_an_answer_chooses_what_it_is_and_decides(
    browser: Browser, service: Service
) -> None:
    page = signed_in(service, browser, role="assessor")
    name, item = given(service, right=21)
    page.goto(f"{service.origin}/staff/oversight")
    look_twice(page, "staff-oversight")
    page.get_by_role("link", name="Hear and decide").click()
    look_twice(page, "staff-oversight-attempt")
    expect(page.get_by_text("Expected answer")).to_have_count(0)
    takes = page.get_by_label("The answer to question 1")
    expect(takes).to_have_count(2)
    for take in takes.all():
        take.evaluate("(one) => { one.muted = true; return one.play(); }")
        page.wait_for_function("(one) => one.currentTime > 0", arg=take.element_handle())
    page.locator("button.option").first.click()
    expect(page.get_by_text("Expected answer")).to_have_count(1)
    expect(page.get_by_text("You chose this")).to_have_count(1)
    look_twice(page, "staff-oversight-told")
    page.get_by_role("button", name=re.compile("^Right")).click()
    expect(page.get_by_text("somebody else decides now")).to_be_visible()
    somebody_else_says_so(service, name, item)
    page.goto(f"{service.origin}/staff/oversight")
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    with service.database.reading.begin() as session:
        assert oversight.words(session, name).marks == {item: "right"}
        outcome = outcomes.latest(session, name)
    assert outcome is not None
    assert outcome.state == "passed"


def somebody_else_says_so(service: Service, name: str, item: str) -> None:
    """Give the second mark that an unsure answer waits for."""
    with service.database.writing.begin() as session:
        attempt = session.get_one(Attempt, name)
        bank, now = service.bank(attempt), service.clock()
        deciding.decide(
            session, attempt, bank=bank, item=item, verdict="right", author="account:2", at=now
        )
        outcomes.settle(session, bank, attempt=attempt, award=service.award, now=now)


def test_an_owner_signs_off_after_listening(browser: Browser, service: Service) -> None:
    page = signed_in(service, browser)
    name, _ = given(service, right=30, policy=Policy(automatic=()))
    page.goto(f"{service.origin}/staff/oversight/attempts/{name}")
    expect(page.get_by_text("you have not heard: 1")).to_be_visible()
    take = page.get_by_label("The answer to question 1, take 2")
    take.evaluate("(one) => { one.muted = true; return one.play(); }")
    page.wait_for_function("(one) => one.currentTime > 0", arg=take.element_handle())
    page.reload()
    look_twice(page, "staff-oversight-sign-off")
    page.get_by_role("button", name="Sign off").click()
    with service.database.reading.begin() as session:
        outcome = outcomes.latest(session, name)
    assert outcome is not None
    assert outcome.state == "passed"


def test_an_operator_stops_an_engine(browser: Browser, service: Service) -> None:
    page = signed_in(service, browser, role="operator")
    page.goto(f"{service.origin}/staff")
    page.locator("main").get_by_role("link", name="The machine").click()
    look_twice(page, "staff-machine")
    page.get_by_label("Why everything").select_option("maintenance")
    page.get_by_role("button", name="Stop everything").click()
    expect(page.get_by_text("because of: maintenance")).to_be_visible()
    look_twice(page, "staff-machine-stopped")
