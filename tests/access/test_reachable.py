"""Every page is found: by links from `/` and `/staff`, after a form, from a printed address."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.access.doors import Doors
from tests.badges.made import given
from voice_app.access import ROLES
from voice_app.access.rules import BY_ROUTE
from voice_app.models import Account
from voice_app.people.oidc_provider import Provider

ROOT = Path(__file__).parents[2]
PAGE = {"accept": "text/html"}
PAGES = {
    name.removeprefix("GET ") for name in BY_ROUTE if name.startswith("GET ") and "{" not in name
}
# For programs, not for people.
_PROGRAMS = {
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/.well-known/did.json",
    "/jury/kit.json",
    "/jury/sending",
    "/jury/worker.js",
    "/staff/juries/worker.js",
}
# Where somebody is led by sending a form, and which page has that form.
_AFTER_A_FORM: Mapping[str, str] = {
    "/staff/second-step": "/staff/sign-in",
    "/staff/welcome": "/staff/invite",
    "/staff/security/app": "/staff/security/app",
    "/staff/prove": "/staff/security/recovery-codes",
    "/me/proof": "/me/file",
    "/kiosk": "/staff/devices",
}
# What follows on those pages, which need a name and a password to be seen at all.
_FURTHER: Mapping[str, str] = {
    "/staff/join": "voice_app/routes/staff_joining.py",
    "/staff/organization/back": "voice_app/settings.py",
    "/staff/juries/new": "web/templates/staff/candidate.html",
    "/staff/marking/next": "web/templates/staff/marking.html",
    "/jury/kit": "voice_app/routes/juries_seat.py",
}
# What stands on paper, in a message or in a terminal, and where it is written.
_PRINTED: Mapping[str, tuple[str, str]] = {
    "/link": ("voice_app/routes/enroll.py", "/link#"),
    "/jury": ("voice_app/routes/juries_seat.py", 'LINK = "/jury"'),
    "/staff/setup": ("voice_app/commands/people.py", 'kind="setup"'),
    "/staff/invite": ("voice_app/routes/staff_home.py", 'kind="invite"'),
}
_LINK = re.compile(r'<(?:a|form)\b[^>]*?(?:href|action)="([^"]+)"')
_SCRIPT = re.compile(r'(?:src="|from "|import\(?")([^"]+\.js)')
_WRITTEN = re.compile(r"""["'`](/[a-z/-]*)(?=["'`?#$])""")


@pytest.fixture
def with_organization(app: FastAPI) -> Iterator[None]:
    """Where an organization's accounts are set up, the pages about them lead on too."""
    before = app.state.reception
    there = Provider("https://id.example", "app", "secret", "https://x.example", "Accounts")
    app.state.reception = replace(before, provider=there)
    yield
    app.state.reception = before


@pytest.mark.usefixtures("with_organization")
def test_every_page_is_reached(doors: Doors):
    found = set(_found(doors))
    known = found | _PROGRAMS | _PRINTED.keys() | _FURTHER.keys()
    known |= {page for page, form in _AFTER_A_FORM.items() if form in found}
    assert PAGES - known == set()


def test_what_is_said_to_be_elsewhere_is_no_more_than_what_is_there():
    named = [*_PROGRAMS, *_PRINTED, *_FURTHER, *_AFTER_A_FORM]
    assert set(named) <= PAGES
    assert len(named) == len(set(named))


@pytest.mark.parametrize("page", _PRINTED)
def test_a_printed_address_is_printed(page: str):
    file, words = _PRINTED[page]
    assert words in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", _FURTHER)
def test_a_page_that_follows_is_led_to(page: str):
    assert page in (ROOT / _FURTHER[page]).read_text(encoding="utf-8")


def test_a_script_leads_from_the_badge_to_who_may_see_it(doors: Doors):
    assert "/share/" in set(_walked(doors.caller("stranger").client, ["/"]))


def _found(doors: Doors) -> Iterator[str]:
    """Give every address that a page or a script leads to, whoever looks."""
    for role in ROLES:
        caller = doors.caller(role)
        if caller.actor.account:
            _link_account(doors, caller.actor.account)
        badge = given(doors.here, str(uuid4()), owner_hash=caller.actor.owner_hash)
        achievement = "/achievements/MC3/fr"
        assert f"{doors.here.origin}{achievement}" in badge.credential
        printed = [*_PRINTED, f"/b/{badge.code}", achievement]
        yield from _walked(caller.client, ["/", "/staff", f"/share/{badge.code}", *printed])


def _link_account(doors: Doors, account: str) -> None:
    with doors.here.database.writing.begin() as session:
        session.get_one(Account, account).oidc_subject = f"https://id.example {account}"


def _walked(client: TestClient, begin: Iterable[str]) -> set[str]:
    """Give where links and scripts lead; a page with a name in its path only where begun at."""
    waiting, opened = list(begin), set(begin) | PAGES
    seen: set[str] = set()
    while waiting:
        address = waiting.pop().partition("?")[0].partition("#")[0]
        if address in seen or not address.startswith("/"):
            continue
        seen.add(address)
        if address in opened or _is_script(address):
            waiting.extend(_ways_on(client, address))
    return seen


def _is_script(address: str) -> bool:
    return address.endswith(".js") and "/vendor/" not in address


def _ways_on(client: TestClient, address: str) -> Iterator[str]:
    shown = client.get(address, headers=PAGE, follow_redirects=False)
    if "location" in shown.headers:
        yield shown.headers["location"]
        return
    folder = address.rpartition("/")[0]
    yield from _LINK.findall(shown.text)
    yield from (_resolved(one, folder) for one in _SCRIPT.findall(shown.text))
    if address.endswith(".js"):
        yield from _WRITTEN.findall(shown.text)


def _resolved(script: str, folder: str) -> str:
    while script.startswith("../"):
        script, folder = script[3:], folder.rpartition("/")[0]
    return script if script.startswith("/") else f"{folder}/{script.removeprefix('./')}"
