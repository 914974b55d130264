from collections.abc import Iterator

import pytest

from tests.journeys.fakes import ScriptedEars
from tests.marking_page.desk import Desk
from voice_app.app import create_app
from voice_app.settings import Settings


@pytest.fixture
def desk(settings: Settings, ears: ScriptedEars) -> Iterator[Desk]:
    app = create_app(settings, ears=ears)
    yield Desk(app)
    app.state.service.database.close()
