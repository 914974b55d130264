"""Staff as a test drives them: links, pages, forms and the app for codes, without a browser."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyotp
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from voice_app.access import signins
from voice_app.models import Account, AuditEntry, Center
from voice_app.people import accounts, invitations, passwords, second_steps
from voice_app.routes.deps import Service

PASSWORD = "glacier mandolin turnip octave"  # noqa: S105 - of people who exist in tests alone
PAGES = {"accept": "text/html"}
_TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')
_LETTERS = re.compile(r"<code>([A-Z2-7 ]{20,})</code>")
_CODE = re.compile(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</code>")
# Making a hash takes a while on purpose; all people of the tests have the same password.
_HASHES: list[str] = []


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **how: float) -> None:
        self.now += timedelta(**how)


@dataclass
class Person:
    """A member of staff with a browser and an app for codes."""

    id: str
    email: str
    secret: str
    client: TestClient
    clock: Clock

    def code(self) -> str:
        """The app's next code: none is taken twice, so time goes on first."""
        self.clock.move(seconds=30)
        return pyotp.TOTP(self.secret).at(self.clock.now)

    def open(self, path: str) -> Response:
        return self.client.get(path, headers=PAGES, follow_redirects=False)

    def send(self, path: str, *, page: str = "/staff/security", **fields: str) -> Response:
        """Send a form with the token of a page."""
        return self.post(path, token=token_in(self.open(page)), **fields)

    def post(self, path: str, **fields: str) -> Response:
        return self.client.post(path, data=fields, headers=PAGES, follow_redirects=False)

    def tell_password(self, password: str = PASSWORD, **more: str) -> Response:
        return self.post("/staff/sign-in", email=self.email, password=password, **more)

    def sign_in(self, *, to: str = "/staff") -> Response:
        told = self.tell_password(next=to)
        assert told.headers.get("location") == "/staff/second-step", told.text
        entered = self.post("/staff/second-step", code=self.code())
        assert entered.status_code == 303, entered.text
        return entered

    def is_in(self) -> bool:
        return self.open("/staff").status_code == 200


class Desk:
    """Makes centers and people, and browsers for strangers."""

    def __init__(self, app: FastAPI, clock: Clock, *, number: int) -> None:
        self.app = app
        self.clock = clock
        self.number = number
        self._count = 0

    @property
    def here(self) -> Service:
        return self.app.state.service

    def browser(self) -> TestClient:
        return TestClient(self.app, base_url="http://localhost:8000")

    def center(self, name: str = "Soleil") -> str:
        with self.here.database.writing.begin() as session:
            made = accounts.make_center(
                session, name=name, country="FR", by="command", now=self.clock.now
            )
        return made.id

    def person(self, role: str = "owner", *, center: str | None = None) -> Person:
        """Somebody with a password and an app, who is not in yet."""
        self._count += 1
        email = f"p{self._count}.t{self.number}@center.example"
        now = self.clock.now
        at = None if role == "operator" else center or self.center()
        secret = second_steps.new_secret()
        with self.here.database.writing.begin() as session:
            account = accounts.make(
                session,
                center_id=at,
                role=accounts.role_of(role),
                name="Ana Test",
                email=email,
                by="command",
                now=now,
            )
            account.password_hash = _hash()
            second_steps.keep_secret(account, secret, seals=self.here.vault, step=0)
        return Person(account.id, email, secret, self.browser(), self.clock)

    def insider(self, role: str = "owner", *, center: str | None = None) -> Person:
        """Somebody who is in, without the way there: for tests of what comes after."""
        person = self.person(role, center=center)
        with self.here.database.writing.begin() as session:
            account = session.get_one(Account, person.id)
            secret = signins.begin(session, account, now=self.clock.now)
        person.client.cookies.set("signin", secret)
        return person

    def account(self, person: Person) -> Account:
        with self.here.database.reading.begin() as session:
            return session.get_one(Account, person.id)

    def invitation(self, **how: Any) -> str:
        with self.here.database.writing.begin() as session:
            told = {"center_id": None, "role": "owner", "email": None, **how}
            return invitations.invite(session, **told, by="command", now=self.clock.now)

    def logged(self, person: Person) -> list[str]:
        with self.here.database.reading.begin() as session:
            rows = session.scalars(select(AuditEntry).order_by(AuditEntry.seq))
            return [one.action for one in rows if one.subject == f"account:{person.id}"]

    def name_of_center(self, center: str) -> str:
        with self.here.database.reading.begin() as session:
            return session.get_one(Center, center).name


def token_in(answer: Response) -> str:
    found = _TOKEN.search(answer.text)
    assert found is not None, answer.text
    return found[1]


def letters_in(answer: Response) -> str:
    found = _LETTERS.search(answer.text)
    assert found is not None, answer.text
    return found[1].replace(" ", "")


def codes_in(answer: Response) -> list[str]:
    return _CODE.findall(answer.text)


def _hash() -> str:
    if not _HASHES:
        _HASHES.append(passwords.hash_of(PASSWORD))
    return _HASHES[0]
