from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from tests.access.doors import Doors
from tests.journeys.fakes import ScriptedEars
from voice_app.app import create_app
from voice_app.settings import Settings


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The service without its jobs: what is asked of it here is who may ask."""
    folder = tmp_path_factory.mktemp("access")
    settings = Settings(data_folder=folder / "data", models_folder=folder / "models")
    app = create_app(settings, ears=ScriptedEars())
    yield app
    app.state.service.database.close()


@pytest.fixture(scope="session")
def doors(app: FastAPI) -> Doors:
    return Doors(app)
