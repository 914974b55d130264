"""A center whose answers wait to be marked, and its staff with browsers of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.journeys.conftest import voice_like_wav
from voice_app import attempts, scenes
from voice_app.access import signins
from voice_app.access.signins import csrf_of
from voice_app.marking import licensing, opening, policies
from voice_app.models import Account, Attempt, Center, Hearing, Mark, Unmarked, Utterance
from voice_app.models import Response as ResponseRow
from voice_app.routes.deps import Service
from voice_app.vault import closed

ORIGIN = "http://localhost:8000"
CENTER = "here"
OWNER = "5eedfeed" * 8
NOBODYS = "c0ffee00" * 8
PAGE = "/staff/marking"


@dataclass(frozen=True)
class Answered:
    """An answer that waits: its attempt, its step, its recordings."""

    attempt: str
    step: str
    takes: tuple[str, ...]


class Person:
    """A member of staff in a browser of their own."""

    def __init__(self, client: TestClient, account: str, token: str) -> None:
        self.client, self.account, self.token = client, account, token
        self.name = f"account:{account}"

    def open(self, path: str) -> Response:
        return self.client.get(path, headers={"accept": "text/html"}, follow_redirects=False)

    def next(self) -> str:
        """Begin marking; gives the address of the answer."""
        answer = self.open(f"{PAGE}/next")
        assert answer.status_code == 303
        return str(answer.headers["location"])

    def send(self, path: str, **fields: str) -> Response:
        data = {"token": self.token, **fields}
        return self.client.post(
            path, data=data, headers={"accept": "text/html"}, follow_redirects=False
        )

    def send_json(self, path: str, **fields: str) -> Response:
        data = {"token": self.token, **fields}
        return self.client.post(path, data=data, headers={"accept": "application/json"})

    def listen(self, task: str, **headers: str) -> Response:
        """Get the sound of an answer; as long as it takes to hear it goes by."""
        given = self.client.get(f"{task}/sound", headers=headers)
        with self.here.database.writing.begin() as session:
            row = session.get(Unmarked, int(task.rpartition("/")[2]))
            if row is not None and row.sent_at is not None:
                row.sent_at -= timedelta(minutes=1)
        return given

    @property
    def here(self) -> Service:
        return self.client.app.state.service  # type: ignore[attr-defined]


class Desk:
    """One center with assessors, and answers that wait."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        with self.here.database.writing.begin() as session:
            session.add_all(
                Center(id=one, name=one, country="FR", made_at=self.here.clock())
                for one in (CENTER, "there")
            )
        self.choose(policies.Policy(control_percent=0))

    @property
    def here(self) -> Service:
        return self.app.state.service

    @property
    def bank(self) -> Any:
        return self.here.content.scenarios["MC4"]

    def choose(self, policy: policies.Policy) -> None:
        with self.here.database.writing.begin() as session:
            policies.choose(session, CENTER, policy=policy, author="command", at=self.here.clock())

    def staff(
        self, role: str = "assessor", *, center: str = CENTER, marks: Sequence[str] = ("MC3", "MC4")
    ) -> Person:
        now = self.here.clock()
        with self.here.database.writing.begin() as session:
            account = Account(
                id=str(uuid4()),
                center_id=center,
                role=role,
                name="Ana Staff",
                email=f"{uuid4()}@center.example",
                made_at=now,
            )
            session.add(account)
            session.flush()
            secret = signins.begin(session, account, now=now)
            for one in marks if role in ("assessor", "owner") else ():
                licensing.appoint(
                    session,
                    account.id,
                    one,
                    is_ready=True,
                    author="command",
                    at=now,
                    reason=licensing.FOUNDING,
                )
            name = account.id
        client = TestClient(self.app, base_url=ORIGIN)
        client.cookies.set("signin", secret)
        return Person(client, name, csrf_of(secret))

    def answer(
        self,
        takes: Sequence[bytes] = (voice_like_wav(),),
        *,
        owner: str = OWNER,
        evidence: Mapping[str, Any] | None = None,
    ) -> Answered:
        """An attempt at MC4 with takes to its first spoken task, that waits for a mark."""
        with self.here.database.writing.begin() as session:
            attempt = scenes.start(
                session,
                self.here.content,
                assessment="MC4",
                languages=("fr", "es"),
                owner=attempts.OwnerHash(owner),
                now=self.here.clock(),
                center=CENTER,
            )
            session.flush()
            step = self._first_spoken(attempt)
            names = tuple(str(uuid4()) for _ in takes)
            for name, sound in zip(names, takes, strict=True):
                self._keep(session, attempt, step=step, sound=(name, sound), evidence=evidence)
            opening.ask(session, attempt, item=step, why="rubric", at=self.here.clock())
            return Answered(attempt.id, step, names)

    def _first_spoken(self, attempt: Attempt) -> str:
        drawn = [self.bank.scenarios[one] for one in attempt.criteria["scenarios"]]
        return next(step.id for one in drawn for step in one.steps if step.criteria)

    def _keep(
        self,
        session: Any,
        attempt: Attempt,
        *,
        step: str,
        sound: tuple[str, bytes],
        evidence: Mapping[str, Any] | None,
    ) -> None:
        name, data = sound
        owner = attempt.owner_hash
        stored = self.here.store.keep(name, data, owner=owner)
        session.add(
            ResponseRow(
                id=name,
                attempt_id=attempt.id,
                item=step,
                kind="speech",
                plays_normal=1,
                plays_slow=0,
                takes=1,
                received_at=self.here.clock(),
            )
        )
        session.flush()
        session.add(
            Utterance(
                id=name,
                media_type="audio/wav",
                sha256=stored.sha256,
                byte_size=stored.byte_size,
                path=stored.path.name,
            )
        )
        session.flush()
        if evidence is not None:
            session.add(
                Hearing(
                    utterance_id=name,
                    decider="free-1",
                    engine="scripted",
                    verdict="prepared",
                    reasons=[],
                    evidence=closed(self.here.vault, evidence, owner=owner, utterance_id=name),
                    content_version=self.bank.version,
                    heard_at=self.here.clock(),
                )
            )
            session.flush()

    def mark(self, given: Answered, person: Person, *, turn: int = 1, best: bool) -> None:
        """Give an answer a mark of somebody's, without their page."""
        now = self.here.clock()
        names = self.levels(given.step, best=best).items()
        with self.here.database.writing.begin() as session:
            mark = Mark(
                attempt_id=given.attempt,
                item=given.step,
                why="rubric",
                turn=turn,
                author=person.name,
                levels={name.removeprefix("level:"): int(points) for name, points in names},
                comment={},
                is_counted=True,
                listened_seconds=2.0,
                began_at=now,
                at=now,
            )
            session.add(mark)

    def levels(self, step: str, *, best: bool = True) -> dict[str, str]:
        """The fields of a mark with the highest, or lowest, level of each criterion."""
        found = next(
            one
            for scenario in self.bank.scenarios.values()
            for one in scenario.steps
            if one.id == step
        )
        levels = {name: self.bank.rubric[name].levels for name in found.criteria}
        return {
            f"level:{name}": str(some[-1 if best else 0].points) for name, some in levels.items()
        }
