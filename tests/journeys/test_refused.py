"""A database that refuses to write, as with a full disk: nothing is acknowledged or lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.journeys.phone import Phone
from voice_app.db import Sessions


@dataclass
class Refusing:
    """Sessions that refuse the next few writes."""

    sessions: Sessions
    refusals: int

    @property
    def kw(self) -> dict[str, Any]:
        return self.sessions.kw

    @contextmanager
    def begin(self) -> Iterator[Session]:
        if self.refusals:
            self.refusals -= 1
            raise OperationalError("insert", {}, Exception("database or disk is full"))
        with self.sessions.begin() as session:
            yield session


def refuse(part: Any, times: int) -> None:
    """Let the database of a service or listener refuse that many writes."""
    object.__setattr__(part, "database", replaced(part.database, times))


def replaced(database: Any, times: int) -> Any:
    return replace(database, writing=Refusing(database.writing, times))


def test_an_answer_that_cannot_be_stored_is_not_acknowledged(
    phone: Phone, take: bytes, new_id: str
) -> None:
    phone.begin()
    phone.ears.default = "blabla"
    refuse(phone.client.app.state.service, times=1)
    refused = phone.put(take, new_id)
    assert refused.status_code == 503
    assert refused.json()["phrase"] == "trouble.machine"
    assert phone.put(take, new_id).status_code == 201


def test_a_verdict_that_cannot_be_stored_is_found_again(phone: Phone, take: bytes) -> None:
    phone.begin()
    phone.ears.default = phone.name_of("umbrella")
    refuse(phone.client.app.state.service.listener, times=1)
    assert phone.say(phone.name_of("umbrella"), take)["phrase"] == "rehearsal.right"
