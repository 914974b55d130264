from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.page_client import PageClient
from voice_app.app import create_app
from voice_app.dialogues.content import Content
from voice_app.settings import Settings


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A service of which these tests only read."""
    folder = tmp_path_factory.mktemp("service")
    settings = Settings(data_folder=folder / "data", models_folder=folder / "models")
    return create_app(settings, ears=ScriptedEars())


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with PageClient(app, base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def content(app: FastAPI) -> Content:
    return app.state.service.content
