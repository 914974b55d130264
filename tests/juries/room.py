"""A center that convenes juries, as its pages do it: the desk, its candidate, phones of seats."""

import re
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.marking_page.desk import CENTER, ORIGIN, OWNER, Desk, Person
from voice_app import begun, outcomes
from voice_app.access.signins import csrf_of
from voice_app.dialogues.scenario import Arranging, Choosing, Listen, Picking, Step
from voice_app.models import Attempt, Candidate, Jury, JurySeat, Outcome
from voice_app.routes.access import TOKEN_HEADER

JURIES = "/staff/juries"
_SECRET = re.compile(r"/jury#([\w-]+)")


class Room(Desk):
    """The desk of a center with one candidate, whom juries see."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(app)
        self.candidate = str(uuid4())
        with self.here.database.writing.begin() as session:
            session.add(
                Candidate(
                    id=self.candidate,
                    center_id=CENTER,
                    call_name="Amina",
                    help_language="es",
                    owner_hash=OWNER,
                    made_at=self.here.clock(),
                )
            )
        self.chief = self.staff("coordinator")

    def convene(self, what: str = "new:MC4", **changes: str) -> str:
        """Convene a jury as the form does; gives the address of its page."""
        plain = {
            "candidate": self.candidate,
            "what": what,
            "language": "fr",
            "employer_name": "Mme Roux",
            "peer_name": "Luz",
            "trainer_name": "Paul",
        }
        answer = self.chief.send(JURIES, **plain | changes)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def finished(self) -> str:
        """An attempt that waits for people, with a recording of its first spoken task."""
        answered = self.answer()
        with self.here.database.writing.begin() as session:
            session.add(
                Outcome(
                    attempt_id=answered.attempt,
                    state="to_review",
                    points=4,
                    maximum=60,
                    reviews=2,
                    decided_at=self.here.clock(),
                )
            )
        return answered.attempt

    def jury(self, address: str) -> Jury:
        with self.here.database.reading.begin() as session:
            return session.get_one(Jury, address.rpartition("/")[2])

    def seats(self, address: str) -> dict[str, str]:
        """The id of each seat by its role."""
        with self.here.database.reading.begin() as session:
            mine = select(JurySeat).where(JurySeat.jury_id == address.rpartition("/")[2])
            return {one.role: one.id for one in session.scalars(mine)}

    def secret(self, address: str, role: str) -> str:
        """The secret of a new link to a seat."""
        shown = self.chief.send(f"{address}/links", seat=self.seats(address)[role])
        found = _SECRET.search(shown.text)
        assert found, shown.text
        return found[1]

    def phone(self, address: str, role: str) -> "Phone":
        """The phone of a seat, that its link has opened."""
        return Phone(self, self.secret(address, role))

    def attempt(self, address: str) -> Attempt:
        with self.here.database.reading.begin() as session:
            return session.get_one(Attempt, self.jury(address).attempt_id)

    def outcome(self, address: str) -> Outcome | None:
        with self.here.database.reading.begin() as session:
            return outcomes.latest(session, self.jury(address).attempt_id)

    def steps(self, address: str) -> list[Step]:
        """Every step of the attempt, in order."""
        drawn = begun.drawn(self.attempt(address))
        return [step for name in drawn for step in self.bank.scenarios[name].steps]

    def answers(self, address: str) -> list[dict[str, Any]]:
        """What a candidate answers of whom everything is right."""
        return [{"id": str(uuid4()), "step": one.id, **_right(one)} for one in self.steps(address)]

    def marks(self, address: str, *roles: str, best: bool = True) -> list[dict[str, Any]]:
        """The marks of some seats, of the highest or the lowest levels."""
        seats = self.seats(address)
        return [
            {"seat": seats[role], "step": one.id, "levels": self._levels(one, best=best)}
            for role in roles
            for one in self.steps(address)
            if one.criteria
        ]

    def merge(self, address: str, **facts: Any) -> Any:
        """Send what the phone of the desk kept."""
        return self.chief.client.post(
            f"{address}/merge", json=facts, headers={TOKEN_HEADER: self.chief.token}
        )

    def _levels(self, step: Step, *, best: bool) -> dict[str, int]:
        place = -1 if best else 0
        return {name: self.bank.rubric[name].levels[place].points for name in step.criteria}


class Phone:
    """A phone that holds the key of a seat."""

    def __init__(self, room: Room, secret: str) -> None:
        self.client = TestClient(room.app, base_url=ORIGIN)
        self.opened = self.client.post(
            "/jury/openings", data={"secret": secret}, follow_redirects=False
        )

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def merge(self, **facts: Any) -> Any:
        token = csrf_of(self.client.cookies["seat"])
        return self.client.post("/jury/merge", json=facts, headers={TOKEN_HEADER: token})


def _right(step: Step) -> dict[str, Any]:
    match step.task:
        case Listen():
            return {"kind": "touch", "option": "understood"}
        case Choosing(right=right):
            return {"kind": "touch", "option": right}
        case Picking(right=several):
            return {"kind": "order", "options": sorted(several)}
        case Arranging(cards=cards):
            return {"kind": "order", "options": [cards[0].id]}
        case _:
            return {"kind": "done"}


__all__ = ["JURIES", "Person", "Phone", "Room"]
