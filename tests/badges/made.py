"""What tests of badges are made of: an attempt that was passed, its badge, a holder's yes."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from voice_app import badges
from voice_app.app import create_app
from voice_app.badges import Office
from voice_app.consents import Told, Touched
from voice_app.db import Database
from voice_app.models import Attempt, Badge, Outcome
from voice_app.routes.deps import Service
from voice_app.settings import Settings

MOMENT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
OWNER = "0" * 64
TOLD = Told("share.consent", "Do you agree?", "en", "a" * 64, was_played=True)
TOUCHED = Touched("chosen")


def attempt(attempt_id: str, **changes: Any) -> Attempt:
    """Give an attempt at MC3 with a French employer, or with what `changes` say."""
    plain = {
        "owner_hash": OWNER,
        "assessment": "MC3",
        "employer_language": "fr",
        "help_language": "es",
        "content_version": "test",
        "criteria": {"percent": 60, "items": []},
        "started_at": MOMENT,
    }
    return Attempt(id=attempt_id, **plain | changes)


def ended(database: Database, attempt_id: str, state: str = "passed") -> Attempt:
    """Store an attempt that has ended."""
    made = attempt(attempt_id)
    outcome = Outcome(
        attempt_id=attempt_id, state=state, points=20, maximum=30, reviews=0, decided_at=MOMENT
    )
    with database.writing.begin() as session:
        session.add(made)
        session.flush()
        session.add(outcome)
    return made


def given(
    service: Service,
    attempt_id: str,
    *,
    is_shown: bool = True,
    office: Office | None = None,
    **changes: Any,
) -> Badge:
    """Give the badge of a passed attempt as the service itself would; its holder shows it."""
    with service.database.writing.begin() as session:
        earned = attempt(attempt_id, **changes)
        session.add(earned)
        session.flush()
        badge = badges.issue(session, earned, office=office or service.office)
    if is_shown:
        show(service, badge)
    return badge


def show(service: Service, badge: Badge) -> Badge:
    """Let its holder say yes."""
    with service.database.writing.begin() as session:
        owner_hash = session.get_one(Attempt, badge.attempt_id).owner_hash
        said = {"told": TOLD, "yes": TOUCHED, "office": service.office}
        return badges.show(session, badge.code, owner_hash=owner_hash, **said)


def withdraw(service: Service, badge: Badge, kind: Any, reason: str = "mistake") -> None:
    with service.database.writing.begin() as session:
        badges.withdraw(
            session, badge.code, kind=kind, reason=reason, author="Rosa", office=service.office
        )


@contextmanager
def served(folder: Path) -> Iterator[FastAPI]:
    """The service's pages at an address of its own, without its engines: nothing is heard."""
    port = _free_port()
    app = create_app(Settings(VOICE_APP_DATA=folder, origin=f"http://localhost:{port}"))
    config = uvicorn.Config(app, host="localhost", port=port, lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield app
    finally:
        server.should_exit = True
        thread.join()
        app.state.service.database.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])
