from collections.abc import Iterator

import pytest

from tests.journeys.fakes import ScriptedEars
from tests.juries.house import House
from tests.juries.room import Room
from voice_app.app import create_app
from voice_app.db import Database
from voice_app.settings import Settings


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    with database.writing.begin() as session:
        yield House(session)


@pytest.fixture
def room(settings: Settings, ears: ScriptedEars) -> Iterator[Room]:
    app = create_app(settings, ears=ears)
    yield Room(app)
    app.state.service.database.close()
