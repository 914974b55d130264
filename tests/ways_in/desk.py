"""A center with its desk, as a test drives it; and what stands on the cards it prints."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient

from tests.journeys.phone import hear_notice
from tests.page_client import PageClient
from voice_app.access import signins
from voice_app.models import Account, AuditEntry, Candidate, Card, CardPin, Center
from voice_app.people import cards
from voice_app.people.pins import KIOSK_TOOLS
from voice_app.routes.deps import Service

ORIGIN = "http://localhost:8000"
# What a jar of cookies calls the host of that address.
DOMAIN = "localhost.local"
WANTED = {"assessment": "MC3", "employer_language": "fr", "help_language": "es"}


class Clock:
    """The time of a service under test, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(frozen=True)
class Printed:
    """What a person holds: the secret of the QR, and the five pictures."""

    candidate: str
    secret: str
    pictures: tuple[str, ...]


class Desk:
    """The desk of a center; `client` is the browser of its coordinator."""

    def __init__(self, app: Any, *, role: str = "coordinator", center: str | None = None) -> None:
        self.app = app
        self.service: Service = app.state.service
        self.client = browser(app)
        self.center = center or self._center()
        self.secret = self._signed_in(role)
        self.client.cookies.set("signin", self.secret, domain=DOMAIN)

    def post(self, path: str, **sent: str) -> Any:
        form = {"token": signins.csrf_of(self.secret), **sent}
        return self.client.post(f"/staff/{path}", data=form, follow_redirects=False)

    def candidate(self, language: str = "es") -> Printed:
        """Enroll somebody; as the paper is a picture, the card is issued once more by its parts."""
        answer = self.post("candidates", language=language, name="Ana")
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith(b"%PDF")
        with self.service.database.reading.begin() as session:
            enrolled = session.query(AuditEntry).filter_by(center=self.center, action="enroll")
            newest = enrolled.order_by(AuditEntry.seq.desc()).first()
        assert newest is not None
        return self.card(newest.subject.removeprefix("candidate:"))

    def card(self, candidate: str) -> Printed:
        drawn = cards.draw(self.service.hashing)
        with self.service.database.writing.begin() as session:
            one = session.get_one(Candidate, candidate)
            cards.issue(session, one, drawn=drawn, by="command", at=self.service.clock())
        return Printed(candidate, drawn.secret, drawn.pictures)

    def device(self) -> TestClient:
        """Give a browser that is a device of the center now."""
        kiosk = browser(self.app)
        kiosk.cookies.set("signin", Desk(self.app, center=self.center).secret, domain=DOMAIN)
        token = signins.csrf_of(kiosk.cookies["signin"])
        answer = kiosk.post("/staff/devices", data={"token": token, "name": "Tablet"})
        assert answer.status_code == 200, answer.text
        assert "signin" not in kiosk.cookies
        return kiosk

    def devices(self) -> list[str]:
        """Give the ids of the center's devices, in any order."""
        page = self.client.get("/staff/candidates").text
        return re.findall(r"/staff/devices/([^/]+)/end", page)

    def code(self, candidate: str, device: str) -> list[str]:
        answer = self.post(f"candidates/{candidate}/code", device=device)
        assert answer.status_code == 200, answer.text
        shown = re.findall(r'/pictures/([a-z-]+)\.svg" alt="[^"]', answer.text)
        assert set(shown) <= set(KIOSK_TOOLS)
        return shown

    def link(self, candidate: str) -> str:
        answer = self.post(f"candidates/{candidate}/link")
        assert answer.status_code == 200, answer.text
        (address,) = re.findall(r">(http[^<]+/link#[^<]+)<", unescape(answer.text))
        return str(address.partition(".")[2])

    def _center(self) -> str:
        with self.service.database.writing.begin() as session:
            center = Center(
                id=str(uuid4()), name="Center", country="ES", made_at=self.service.clock()
            )
            session.add(center)
        return center.id

    def _signed_in(self, role: str) -> str:
        with self.service.database.writing.begin() as session:
            account = Account(
                id=str(uuid4()),
                center_id=self.center,
                role=role,
                name="Rosa",
                email=f"{uuid4()}@example.org",
                made_at=self.service.clock(),
            )
            session.add(account)
            session.flush()
            return signins.begin(session, account, now=self.service.clock())


def browser(app: Any) -> TestClient:
    return PageClient(app, base_url=ORIGIN)


def begin(client: TestClient) -> str:
    """Hear what happens with a voice, and begin an attempt; gives its id."""
    hear_notice(client)
    answer = client.post("/attempts", json=WANTED)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def show(client: TestClient, secret: str, pictures: Any) -> Any:
    """Show a card and touch pictures."""
    return client.post("/card/signins", json={"secret": secret, "pictures": list(pictures)})


def other(pictures: tuple[str, ...]) -> list[str]:
    """Pictures that are not these."""
    return ["sofa" if pictures[0] == "bed" else "bed", *pictures[1:]]


def stored(service: Service, candidate: str) -> list[tuple[Card, list[CardPin]]]:
    with service.database.reading.begin() as session:
        own = session.query(Card).filter_by(candidate_id=candidate).order_by(Card.made_at).all()
        return [
            (card, session.query(CardPin).filter_by(card_id=card.id).order_by(CardPin.seq).all())
            for card in own
        ]
