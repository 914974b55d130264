from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.page_client import PageClient
from voice_app.app import create_app
from voice_app.dialogues.content import Content
from voice_app.settings import Settings


@pytest.fixture
def app(tmp_path) -> FastAPI:
    settings = Settings(data_folder=tmp_path / "data", models_folder=tmp_path / "models")
    return create_app(settings, ears=ScriptedEars())


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with PageClient(app, base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def content(app: FastAPI) -> Content:
    return app.state.service.content
