from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.ways_in.desk import Clock, Desk, browser
from voice_app.app import create_app
from voice_app.routes.turnstile import Turnstile
from voice_app.settings import Settings


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Any]:
    """The service with its clock in a test's hand, and room for many knocks from one address."""
    folder = tmp_path_factory.mktemp("ways-in")
    app = create_app(
        Settings(data_folder=folder / "data", models_folder=folder / "models"), ears=ScriptedEars()
    )
    known = app.state.service
    app.state.service = replace(known, clock=clock, knocks=Turnstile(1000, seconds=1))
    yield app
    known.database.close()


@pytest.fixture
def desk(app: Any) -> Desk:
    """A center of its own for each test."""
    return Desk(app)


@pytest.fixture
def phone(app: Any) -> TestClient:
    return browser(app)
