"""A center as a test drives it: a candidate with a phone, and staff with browsers."""

import re
from uuid import uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.journeys.conftest import voice_like_wav
from tests.journeys.fakes import ScriptedEars
from tests.journeys.phone import Phone
from tests.page_client import PageClient
from voice_app import oversight
from voice_app.access import signins
from voice_app.models import Account, Candidate, Center
from voice_app.oversight import Policy
from voice_app.routes.deps import Service

ORIGIN = "http://localhost:8000"
CALL_NAME = "Marisol Xochitl"
CANDIDATE = "cand-7f3a91"
OWNER_HASH = "5eedfeed" * 8
CENTER = "here"
_TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')
_SOUNDS = re.compile(r'src="(/staff/oversight/attempts/[^"]+/recordings/[^"]+)"')


class Person:
    """A member of staff in a browser of their own."""

    def __init__(self, client: TestClient, name: str, token: str) -> None:
        self.client, self.name, self.token = client, name, token

    def open(self, path: str) -> Response:
        return self.client.get(path, headers={"accept": "text/html"}, follow_redirects=False)

    def send(self, path: str, **fields: str) -> Response:
        return self.client.post(path, data={"token": self.token, **fields}, follow_redirects=False)

    def mark(self, attempt: str, item: str, verdict: str) -> Response:
        return self.send(f"{page_of(attempt)}/items/{item}", verdict=verdict)

    def word(self, attempt: str, word: str) -> Response:
        return self.send("/staff/oversight/word", attempt=attempt, word=word)

    def sounds(self, attempt: str) -> list[str]:
        return _SOUNDS.findall(self.open(page_of(attempt)).text)

    def listen(self, attempt: str) -> None:
        for address in self.sounds(attempt):
            assert self.client.get(address).status_code == 200


class House:
    """One center and one enrolled candidate, in a running service."""

    def __init__(self, app: FastAPI, ears: ScriptedEars) -> None:
        self.app = app
        now = self.here.clock()
        with self.here.database.writing.begin() as session:
            session.add_all(
                Center(id=one, name=one, country="FR", made_at=now) for one in (CENTER, "there")
            )
            session.flush()
            person = Candidate(
                id=CANDIDATE,
                center_id=CENTER,
                call_name=CALL_NAME,
                help_language="es",
                owner_hash=OWNER_HASH,
                made_at=now,
            )
            session.add(person)
            session.flush()
            secret = signins.begin(session, person, now=now)
        client = PageClient(app, base_url=ORIGIN)
        client.cookies.set("signin", secret)
        self.phone = Phone(client, ears)

    @property
    def here(self) -> Service:
        return self.app.state.service

    @property
    def attempt(self) -> str:
        return str(self.phone.state["id"])

    def staff(self, role: str = "assessor", *, center: str | None = CENTER) -> Person:
        with self.here.database.writing.begin() as session:
            account = Account(
                id=str(uuid4()),
                center_id=center,
                role=role,
                name="Staff",
                email=f"{uuid4()}@center.example",
                made_at=self.here.clock(),
            )
            session.add(account)
            session.flush()
            secret = signins.begin(session, account, now=self.here.clock())
            name = f"account:{account.id}"
        client = TestClient(self.app, base_url=ORIGIN)
        client.cookies.set("signin", secret)
        return Person(client, name, signins.csrf_of(secret))

    def decided(self, item: str, verdict: str) -> tuple[Person, Person]:
        """Two of the center listen, and say the same of an answer."""
        two = (self.staff(), self.staff("owner"))
        for person in two:
            person.listen(self.attempt)
            assert person.mark(self.attempt, item, verdict).status_code == 303
        return two

    def choose(self, policy: Policy) -> None:
        with self.here.database.writing.begin() as session:
            now = self.here.clock()
            oversight.choose(session, CENTER, policy=policy, author="command", at=now)

    def speak_first(self, text: str | None, *, right: int) -> str:
        """Finish: the first item aloud (None says its answer), `right` others by touch.

        Gives the item that was answered aloud, twice where it was asked again.
        """
        phone = self.phone
        phone.begin()
        while phone.turn["kind"] == "rehearse":
            phone.touch(phone.item().right)
        first = phone.item()
        phone.say(phone.name_of(first.right) if text is None else text, voice_like_wav())
        touched = 0
        while phone.turn["kind"] != "finish":
            if phone.turn["kind"] == "ask_again":
                phone.say(text or "", voice_like_wav())
                continue
            phone.touch(phone.item().right if touched < right else phone.a_wrong_option())
            touched += 1
        return first.id


def page_of(attempt: str) -> str:
    return f"/staff/oversight/attempts/{attempt}"
