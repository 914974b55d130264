"""Every route, asked for by every role, with things that are theirs and things that are not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy.orm import Session

from voice_app import attempts, scenes
from voice_app.access import Actor, Role, Rule, rule_for, signins
from voice_app.access.policy import admits
from voice_app.access.subjects import SUBJECTS
from voice_app.models import Account, Attempt, Candidate, Center, Jury, Row
from voice_app.models.candidates import Device
from voice_app.routes.access import TOKEN_HEADER
from voice_app.routes.deps import OWNER_COOKIE, Service
from voice_app.routes.rates import Limit, Rates
from voice_app.routes.staff_frame import Gates, Reception
from voice_app.routes.turnstile import Turnstile

GATES = frozenset({"not-signed-in", "not-allowed", "prove-again", "no-form-token", "foreign"})
_NAMES = re.compile(r"\{(\w+)\}")
_UNUSED = "00000000-0000-4000-8000-000000000000"
_numbers = count(1)


@dataclass(frozen=True)
class Caller:
    """Somebody at a door: who they are, and what their browser brings along."""

    actor: Actor
    client: TestClient
    token: str


@dataclass(frozen=True)
class Knock:
    """One request: is the thing theirs, do they come fresh, and does the form have its token?"""

    route: str
    is_theirs: bool = True
    has_token: bool = True


class Doors:
    """Two centers, and people of both, made anew for every request."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        _open_turnstiles(app)
        self.centers = (self._center(), self._center())

    @property
    def here(self) -> Service:
        return self.app.state.service

    def caller(self, role: Role, *, is_fresh: bool = True) -> Caller:
        """Somebody of the first center, with a phone."""
        phone, number = f"phone-{next(_numbers)}", next(_numbers)
        client = TestClient(
            self.app, base_url="http://localhost:8000", raise_server_exceptions=False
        )
        client.cookies.set(OWNER_COOKIE, phone)
        owner_hash = attempts.hash_of(phone)
        if role == "stranger":
            return Caller(Actor(role, owner_hash=owner_hash), client, signins.csrf_of(phone))
        with self.here.database.writing.begin() as session:
            person = self._person(session, role, number=number)
            secret = signins.begin(session, person, now=self.here.clock())
            row = signins.found(session, secret, now=self.here.clock())
            assert row is not None
            row.fresh_at = row.fresh_at if is_fresh else None
            actor = signins.actor_of(session, row, now=self.here.clock())
        assert actor is not None
        client.cookies.set("signin", secret)
        kept = actor if actor.owner_hash else replace(actor, owner_hash=owner_hash)
        return Caller(kept, client, signins.csrf_of(secret))

    def knock(self, caller: Caller, knock: Knock) -> Response:
        method, _, template = knock.route.partition(" ")
        names = self._names(caller.actor, template, is_theirs=knock.is_theirs)
        headers = {"accept": "application/json"}
        if knock.has_token:
            headers[TOKEN_HEADER] = caller.token
        address = _NAMES.sub(lambda found: names[found[1]], template)
        return caller.client.request(method, address, headers=headers, follow_redirects=False)

    def thing(self, name: str, actor: Actor, *, is_theirs: bool) -> str:
        """Make a thing that a path's parameter names: of theirs, or of somebody else's."""
        with self.here.database.writing.begin() as session:
            row = self._row(session, name, actor=actor, is_theirs=is_theirs)
            if row not in session:
                session.add(row)
            session.flush()
            return str(row.id)  # type: ignore[attr-defined]

    def _names(self, actor: Actor, template: str, *, is_theirs: bool) -> Mapping[str, str]:
        return {
            name: self.thing(name, actor, is_theirs=is_theirs) if name in SUBJECTS else _UNUSED
            for name in _NAMES.findall(template)
        }

    def _row(self, session: Session, name: str, *, actor: Actor, is_theirs: bool) -> Row:
        center = (actor.center if is_theirs else self.centers[1]) or self.centers[0]
        number = next(_numbers)
        if name == "account_id":
            return _account(center, "assessor", number=number)
        if name == "candidate_id":
            if is_theirs and actor.candidate:
                return session.get_one(Candidate, actor.candidate)
            return _candidate(center, number=number)
        if name == "device_id":
            return _device(center, number=number)
        if name == "attempt_id":
            owner = actor.owner_hash if is_theirs else f"{number:064x}"
            return _attempt(self.here, str(owner))
        if name == "jury_id":
            return _jury(session, self.here, center, number=number)
        raise AssertionError(f"No test thing for {name}: make one here.")

    def _person(self, session: Session, role: Role, *, number: int) -> Account | Candidate:
        center = None if role == "operator" else self.centers[0]
        is_candidate = role == "candidate"
        made = (
            _candidate(self.centers[0], number=number)
            if is_candidate
            else _account(center, role, number=number)
        )
        session.add(made)
        session.flush()
        return made

    def _center(self) -> str:
        name = f"center-{next(_numbers)}"
        with self.here.database.writing.begin() as session:
            session.add(Center(id=name, name=name, country="FR", made_at=_now()))
        return name


def expected(rules: tuple[Rule, ...], actor: Actor, knock: Knock) -> str:
    """Say from the table alone how a request ends: a refusal, `404`, or `let in`."""
    rule = rule_for(rules, actor.role)
    if rule is None:
        return "not-signed-in" if actor.role == "stranger" else "not-allowed"
    if not admits(actor, rule):
        return "prove-again"
    if rule.needs_token and not knock.has_token:
        return "no-form-token"
    named = any(name in SUBJECTS for name in _NAMES.findall(rule.route))
    if rule.scope == "center" and actor.center is None:
        return "404" if named else "not-allowed"
    if rule.scope != "any" and named and not knock.is_theirs:
        return "404"
    return "let in"


def ended(answer: Response) -> str:
    """Say how a request ended, in the same words."""
    if answer.headers.get("content-type", "").startswith("application/json"):
        told = answer.json()
        error = told.get("error") if isinstance(told, dict) else None
        if error in GATES:
            return str(error)
    return "404" if answer.status_code == 404 else "let in"


def has_other(route: str) -> bool:
    """Whether a route names a thing that may be somebody else's."""
    return any(name in SUBJECTS for name in _NAMES.findall(route))


def is_known(route: str) -> bool:
    """Whether every name in a route can be filled with a thing that is there."""
    return all(name in SUBJECTS for name in _NAMES.findall(route))


def knocks(route: str) -> Iterator[Knock]:
    """Give every way to ask for a route."""
    yield Knock(route)
    yield Knock(route, has_token=False)
    if has_other(route):
        yield Knock(route, is_theirs=False)


def _open_turnstiles(app: FastAPI) -> None:
    """Let a test ask as often as it likes; what turnstiles count has tests of its own."""
    wide = Turnstile(10**9, seconds=1)
    here: Service = app.state.service
    counted = {
        one.name: wide for one in fields(here) if isinstance(getattr(here, one.name), Turnstile)
    }
    open_ = Limit(wide, wide)
    rates = Rates(attempts=open_, touches=open_, takes=open_, words=open_)
    app.state.service = replace(here, rates=rates, **counted)
    provider = app.state.reception.provider
    app.state.reception = Reception(Gates(wide, wide, wide), provider)


def _account(center: str | None, role: str, *, number: int) -> Account:
    return Account(
        id=f"account-{number}",
        center_id=center,
        role=role,
        name=f"Person {number}",
        email=f"p{number}@center.example",
        made_at=_now(),
    )


def _candidate(center: str, *, number: int) -> Candidate:
    return Candidate(
        id=f"candidate-{number}",
        center_id=center,
        help_language="es",
        owner_hash=f"{number:064x}",
        made_at=_now(),
    )


def _device(center: str, *, number: int) -> Device:
    return Device(
        id=f"device-{number}",
        center_id=center,
        name="Tablet",
        secret_hash=f"{number:064x}",
        made_at=_now(),
    )


def _attempt(here: Service, owner_hash: str) -> Attempt:
    bank = here.content.assessments["MC3"]
    return Attempt(
        id=f"attempt-{next(_numbers)}",
        owner_hash=owner_hash,
        assessment="MC3",
        employer_language="fr",
        help_language="es",
        content_version=bank.version,
        criteria={"percent": 60, "items": list(bank.forms[0])},
        started_at=_now(),
    )


def _jury(session: Session, here: Service, center: str, *, number: int) -> Jury:
    """A jury in one room over an attempt of its own."""
    attempt = scenes.start(
        session,
        here.content,
        assessment="MC4",
        languages=("fr", "es"),
        owner=attempts.OwnerHash(f"{number:064x}"),
        now=_now(),
        center=center,
    )
    session.flush()
    return Jury(
        id=f"jury-{number}",
        attempt_id=attempt.id,
        center=center,
        mode="face-to-face",
        is_recorded=False,
        author="command",
        at=_now(),
    )


def _now() -> datetime:
    return datetime.now(UTC)


def details(answer: Response) -> dict[str, Any]:
    """What a failing test shows."""
    return {"status": answer.status_code, "text": answer.text[:200]}
