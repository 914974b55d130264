"""The staff's page over the machine: nothing on it is hard to find, read or touch."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Playwright, expect

from tests.badges.made import served
from tests.browser.conftest import launch, phone_context
from tests.browser.looks import PUBLIC_TARGET_PX, look
from voice_app import oversight
from voice_app.access import signins
from voice_app.models import Account, Attempt, Center
from voice_app.routes.deps import Service

pytestmark = pytest.mark.browser

NOW = datetime.now(UTC)


@pytest.fixture
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("oversight")) as app:
        yield app.state.service


def signed_in(service: Service) -> str:
    """An owner whose center has one attempt that waits; gives the secret of the cookie."""
    with service.database.writing.begin() as session:
        session.add(Center(id="c1", name="A", country="FR", made_at=NOW))
        session.flush()
        attempt = Attempt(
            id="a1",
            owner_hash="0" * 64,
            assessment="MC3",
            employer_language="fr",
            help_language="es",
            content_version="v",
            criteria={"percent": 60, "items": [], "center": "c1", "passed_by": "person"},
            started_at=NOW,
        )
        account = Account(
            id="o1", center_id="c1", role="owner", name="A", email="a@example.org", made_at=NOW
        )
        session.add_all([attempt, account])
        session.flush()
        oversight.hand_over(session, attempt, words=oversight.NOTHING_SAID, at=NOW)
        return signins.begin(session, account, now=service.clock())


def test_an_owner_stops_the_machine_and_signs_off(playwright: Playwright, service: Service) -> None:
    browser = launch(playwright)
    context = phone_context(browser)
    secret = signed_in(service)
    context.add_cookies([{"name": "signin", "value": secret, "url": service.origin}])
    page = context.new_page()
    page.goto(f"{service.origin}/staff/oversight")
    look(page, target_px=PUBLIC_TARGET_PX)
    page.get_by_role("button", name="Stop the machine for this center").click()
    expect(page.get_by_role("status")).to_contain_text("Stopped for this center")
    look(page, target_px=PUBLIC_TARGET_PX)
    page.get_by_label("MC2").select_option("person")
    page.get_by_role("button", name="Keep this policy").click()
    expect(page.get_by_label("MC2")).to_have_value("person")
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("No attempt waits for a word.")).to_be_visible()
    browser.close()
