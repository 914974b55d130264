"""The page about staff has the figures and names of the code."""

import re
from datetime import timedelta
from pathlib import Path

from voice_app.access import signins
from voice_app.access.rules import BY_ROUTE
from voice_app.commands.people import people
from voice_app.people import invitations, oidc, passwords, second_steps
from voice_app.routes.staff_frame import Gates
from voice_app.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "staff.md").read_text("utf-8")
PAGE = " ".join(TEXT.split())


def let_in_at_once(gate: object) -> int:
    """How often one name is let in without a pause."""
    count = 0
    while gate.wait_seconds("one") == 0:  # type: ignore[attr-defined]
        count += 1
    return count


def test_figures_are_those_of_the_code():
    life = signins.LIVES["staff"]
    assert timedelta(days=7) == invitations.LASTS
    assert "within seven days" in PAGE
    assert (life.idle, life.longest) == (timedelta(minutes=15), timedelta(hours=8))
    assert "after 15 minutes without a touch, after 8 hours" in PAGE
    assert timedelta(minutes=5) == signins.FRESH
    assert "holds for five minutes" in PAGE
    assert f"at least {passwords.SHORTEST} characters" in PAGE
    assert second_steps.RECOVERY_CODES == 10
    assert "ten recovery codes" in PAGE
    gates = Gates()
    counted = [let_in_at_once(one) for one in (gates.account, gates.code, gates.address)]
    assert counted == [5, 5, 30]
    assert "Five wrong passwords in five minutes, or five wrong codes in 25" in PAGE
    assert "after 30 tries in a minute" in PAGE


def test_commands_settings_and_pages_are_there():
    commands = set(re.findall(r"voice-app people (\w+)", PAGE))
    assert commands <= people.commands.keys()
    named = {one.removeprefix("VOICE_APP_").lower() for one in re.findall(r"VOICE_APP_\w+", PAGE)}
    assert named <= Settings.model_fields.keys()
    for page in re.findall(r"(/staff/[a-z/]+)", PAGE):
        assert f"GET {page}" in BY_ROUTE
    for algorithm in oidc.ALGORITHMS:
        assert algorithm in PAGE


def test_links_of_the_page_lead_somewhere():
    for link in re.findall(r"\]\(([^)#]+)", TEXT):
        assert (ROOT / "docs" / link).exists(), link
