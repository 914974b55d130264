"""A service with something in it, and ways to ask for it that nobody thought of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import requests
from httpx2 import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from tests.access.describing import Description
from tests.access.doors import Caller, Doors
from tests.badges import made
from voice_app.access import Role
from voice_app.access.subjects import SUBJECTS
from voice_app.models import Attempt, Outcome
from voice_app.routes.access import TOKEN_HEADER

ORIGIN = "http://localhost:8000"
# What somebody fills in who means well.
FILLED = {
    "assessment": "MC3",
    "device": "Tablet",
    "email": "ana@center.example",
    "employer": "fr",
    "employer_language": "fr",
    "help_language": "es",
    "lang": "fr",
    "language": "fr",
    "micro_competence": "MC3",
    "name": "Ana",
    "next": "/staff",
    "number": "1",
    "option": "a",
    "purpose": "revocation",
    "reason": "drill",
    "role": "assessor",
    "sample": "20",
    "seq": "1",
    "size": "A5",
    "verdict": "right",
    "word": "agree",
}


@dataclass(frozen=True)
class House:
    """The service, and what it says of itself."""

    doors: Doors
    description: Description

    def caller(self, role: Role) -> Caller:
        """Somebody of a center who is in the middle of an attempt."""
        caller = self.doors.caller(role)
        self._thing("attempt_id", caller)
        return caller

    def known(self, caller: Caller, route: str) -> Mapping[str, str]:
        """What there is for whoever asks, by the names that a route takes."""

        def own() -> str:
            return self._thing("attempt_id", caller)

        things: dict[str, Callable[[], str]] = {
            "code": lambda: self._badge(caller),
            "item": lambda: next(iter(self.doors.here.content.assessments["MC3"].items)),
            "key_id": lambda: next(iter(self.doors.here.keys.jwt.public_keys)),
            "attempt": self._waiting if "/staff/" in route else own,
            "waiting_id": self._waiting,
            **{name: lambda name=name: self._thing(name, caller) for name in SUBJECTS},
        }
        names = self.description.names(route)
        made_ = {name: make() for name, make in things.items() if name in names}
        return {name: words for name, words in FILLED.items() if name in names} | made_

    def _thing(self, name: str, caller: Caller) -> str:
        is_theirs = name != "attempt_id" or bool(caller.actor.owner_hash)
        return self.doors.thing(name, caller.actor, is_theirs=is_theirs)

    def _badge(self, caller: Caller) -> str:
        """A badge that whoever asks holds and shows."""
        owner_hash = caller.actor.owner_hash or made.OWNER
        return made.given(self.doors.here, f"passed-{uuid4()}", owner_hash=owner_hash).code

    def _waiting(self) -> str:
        """An attempt of a candidate of the first center, which a person is to look at."""
        candidate = self.doors.caller("candidate")
        name = self.doors.thing("attempt_id", candidate.actor, is_theirs=True)
        with self.doors.here.database.writing.begin() as session:
            attempt = session.get_one(Attempt, name)
            attempt.criteria = attempt.criteria | {"center": candidate.actor.center}
            points = {"points": 20, "maximum": 30, "reviews": 1}
            now = datetime.now(UTC)
            session.add(Outcome(attempt_id=name, state="review", decided_at=now, **points))
        return name


def drawn(description: Description, route: str, *, number: int) -> tuple[list[Case], list[Case]]:
    """Give cases that the description allows and cases that it does not, the same each time."""
    operation = description.operation(route)
    allowed = _examples(operation.as_strategy(), number)
    if not description.can_be_broken(route):
        return allowed, []
    return allowed, _examples(operation.as_strategy(GenerationMode.NEGATIVE), number)


def filled(case: Case, known: Mapping[str, str]) -> Case:
    """Put what there is into every place of a copy of a case that takes it."""
    path, query = set(case.path_parameters), {one.name for one in case.operation.query}
    behind = known.keys() - path - query
    return case.operation.Case(
        path_parameters=case.path_parameters | {name: known[name] for name in path & known.keys()},
        query=case.query | {name: known[name] for name in query & known.keys()},
        body=case.body | {name: known[name] for name in behind}
        if isinstance(case.body, dict)
        else case.body,
        media_type=case.media_type,
    )


def _examples(way: st.SearchStrategy[Case], number: int) -> list[Case]:
    found: list[Case] = []

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=way)
    def draw(case: Case) -> None:
        found.append(case)

    draw()
    return found


def answer_to(case: Case, caller: Caller) -> Response:
    ready = requests.Request(**case.as_transport_kwargs(base_url=ORIGIN)).prepare()
    return caller.client.request(
        str(ready.method),
        str(ready.url),
        content=ready.body,
        headers={**ready.headers, TOKEN_HEADER: caller.token},
        follow_redirects=False,
    )
