from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.badges.made import given
from tests.journeys.fakes import ScriptedEars
from voice_app.app import create_app
from voice_app.audio.prompts import Manifest
from voice_app.models import Badge
from voice_app.routes.deps import Service
from voice_app.settings import Settings


class SpokenManifest(Manifest):
    """A manifest in which everything has been rendered."""

    def files(self, key: str, pace: str = "normal") -> tuple[str, ...]:
        del pace
        return (f"{key}.mp3",)


@pytest.fixture
def app(settings: Settings, ears: ScriptedEars) -> Iterator[FastAPI]:
    made = create_app(settings, ears=ears)
    made.state.service = replace(made.state.service, manifest=SpokenManifest())
    yield made
    made.state.service.database.close()


@pytest.fixture
def service(app: FastAPI) -> Service:
    return app.state.service


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    # Its life outside requests is not begun: nothing here is heard.
    return TestClient(app, base_url="http://localhost:8000")


@pytest.fixture
def badge(service: Service) -> Badge:
    return given(service, "11111111-1111-4111-8111-111111111111")
