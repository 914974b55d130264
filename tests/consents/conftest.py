from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.page_client import PageClient
from voice_app.app import create_app
from voice_app.audio.prompts import Manifest
from voice_app.routes.deps import Service
from voice_app.settings import Settings, assets_folder


@pytest.fixture
def app(settings: Settings, ears: ScriptedEars) -> FastAPI:
    app = create_app(settings, ears=ears)
    app.state.service = replace(app.state.service, manifest=Manifest.load(assets_folder()))
    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with PageClient(app, base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def stranger(app: FastAPI, client: TestClient) -> TestClient:
    """Another phone, at the same service."""
    del client
    return PageClient(app, base_url="http://localhost:8000")


@pytest.fixture
def service(app: FastAPI) -> Service:
    return app.state.service
