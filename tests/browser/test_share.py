"""What a holder sees and hears who decides: a yes by voice and touch, or by touch alone.

SCREENSHOTS=1 keeps pictures in docs/screenshots.
"""

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from tests.badges import made
from tests.browser.conftest import phone_context
from tests.browser.looks import TARGET_PX, look
from tests.browser.microphone import Microphone
from voice_app import attempts
from voice_app.audio.recordings import decode
from voice_app.models import Badge, Consent
from voice_app.routes.deps import OWNER_COOKIE, Service
from voice_app.settings import assets_folder

pytestmark = pytest.mark.browser

SECRET = "a phone's secret"  # noqa: S105 - of nobody
SAID = assets_folder() / "en/phrases/share.yes.mp3"
PATIENCE_MS = 30_000


@pytest.fixture(scope="module")
def service(app: FastAPI) -> Service:
    return app.state.service


def given(service: Service, number: int) -> Badge:
    holder = {"owner_hash": attempts.hash_of(SECRET), "help_language": "en"}
    name = f"{number:08}-2222-4222-8222-222222222222"
    return made.given(service, name, is_shown=False, **holder)


def opened(page: Page, service: Service, badge: Badge) -> Page:
    page.context.add_cookies([{"name": OWNER_COOKIE, "value": SECRET, "url": service.origin}])
    page.goto(f"{service.origin}/share/{badge.code}")
    return page


def asked(page: Page, service: Service, badge: Badge) -> Page:
    """The page after its sentence was heard."""
    opened(page, service, badge).wait_for_selector('[data-step="hear"]')
    press(page, "hear")
    page.wait_for_selector('[data-step="speak"]', timeout=PATIENCE_MS)
    return page


def press(page: Page, control: str) -> None:
    page.click(f'[data-control="{control}"]')


def words(service: Service, badge: Badge) -> list[Consent]:
    with service.database.reading.begin() as session:
        found = session.query(Consent).filter_by(subject=badge.code)
        return found.order_by(Consent.seq).all()


def test_a_yes_is_heard_spoken_touched_and_taken_back(
    page: Page, service: Service, microphone: Microphone
) -> None:
    badge = given(service, 1)
    opened(page, service, badge).wait_for_selector('[data-step="hear"]')
    look(page, "36-share-hidden")
    assert not page.is_visible('[data-control="yes"]')
    asked(page, service, badge)
    look(page, "36-share-speak")
    press(page, "speak")
    page.wait_for_selector('[data-control="speak"][aria-pressed="true"]')
    microphone.say(SAID)
    press(page, "speak")
    page.wait_for_selector('[data-step="spoken"]')
    look(page, "36-share-spoken")
    press(page, "yes")
    page.wait_for_selector("form[action*=hiding]")
    look(page, "37-share-shown")
    (word,) = words(service, badge)
    assert (word.was_played, word.untold) == (True, None)
    kept = service.store.found(word.recording, word.recording_sha256)
    with service.store.opened(kept.path.name, owner=word.owner_hash) as take:
        said = decode(take).recording
    assert said.duration_seconds > 0.5
    page.click("form[action*=hiding] button")
    page.wait_for_selector('[data-step="hear"]')
    assert [one.is_given for one in words(service, badge)] == [True, False]


def test_where_the_microphone_is_refused_the_touch_is_enough(
    mute_page: Page, service: Service
) -> None:
    badge = given(service, 2)
    asked(mute_page, service, badge)
    press(mute_page, "speak")
    mute_page.wait_for_selector('[data-step="unable"]')
    look(mute_page, "36-share-refused")
    press(mute_page, "yes")
    mute_page.wait_for_selector("form[action*=hiding]")
    (word,) = words(service, badge)
    assert (word.is_given, word.recording, word.untold) == (True, None, "blocked")


def test_a_lost_network_keeps_the_yes_until_it_is_back(
    page: Page, service: Service, microphone: Microphone
) -> None:
    badge = given(service, 3)
    asked(page, service, badge)
    press(page, "speak")
    page.wait_for_selector('[data-control="speak"][aria-pressed="true"]')
    microphone.say(SAID)
    press(page, "speak")
    page.wait_for_selector('[data-step="spoken"]')
    page.context.set_offline(True)
    press(page, "yes")
    page.wait_for_selector('[data-step="lost"]')
    assert words(service, badge) == []
    page.context.set_offline(False)
    press(page, "yes")
    page.wait_for_selector("form[action*=hiding]")
    assert [one.untold for one in words(service, badge)] == [None]


def test_without_scripts_the_question_can_be_heard_and_nothing_is_shown(
    browser: Browser, service: Service
) -> None:
    badge = given(service, 4)
    context = browser.new_context(java_script_enabled=False)
    opened(page := context.new_page(), service, badge)
    assert page.locator("form.consent .sentence").is_visible()
    assert page.locator("form.consent audio").first.is_visible()
    assert page.locator('[data-control="yes"]').is_hidden()
    context.close()
    assert words(service, badge) == []


def test_the_four_slots_and_the_own_badge(browser: Browser, service: Service) -> None:
    badge = given(service, 5)
    context = phone_context(browser)
    opened(page := context.new_page(), service, badge)
    page.goto(f"{service.origin}/stack")
    look(page, "38-stack")
    page.goto(f"{service.origin}/b/{badge.code}")
    look(page, "35-own-badge", target_px=TARGET_PX - 20)
    page.click(".holding a")
    page.wait_for_url(f"**/share/{badge.code}**")
    context.close()
