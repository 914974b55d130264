"""One service for all tests of the staff's pages; every test has people of its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.staff.desk import Clock, Desk
from voice_app.app import create_app
from voice_app.routes.deps import Service
from voice_app.settings import Settings

_numbers = count(1)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder: Path = tmp_path_factory.mktemp("staff")
    settings = Settings(data_folder=folder / "data", models_folder=folder / "models")
    app = create_app(settings, ears=ScriptedEars())
    with TestClient(app, base_url="http://localhost:8000"):
        yield app


@pytest.fixture
def clock(app: FastAPI) -> Iterator[Clock]:
    """A clock that a test moves; each test begins a day after the one before."""
    service = cast("Service", app.state.service)
    clock = Clock(datetime(2026, 11, 2, 9, tzinfo=UTC) + timedelta(days=next(_numbers)))
    app.state.service = replace(service, clock=clock)
    yield clock
    app.state.service = service


@pytest.fixture
def desk(app: FastAPI, clock: Clock) -> Desk:
    app.state.reception.gates.address.forget("testclient")
    return Desk(app, clock, number=next(_numbers))
