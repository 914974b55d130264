from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.oversight.house import ORIGIN, House
from voice_app.app import create_app
from voice_app.settings import Settings


@pytest.fixture
def house(settings: Settings, ears: ScriptedEars) -> Iterator[House]:
    app = create_app(settings, ears=ears)
    with TestClient(app, base_url=ORIGIN):
        yield House(app, ears)
