from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from voice_app import badges
from voice_app.app import create_app
from voice_app.audio.prompts import Manifest
from voice_app.badges import Consent
from voice_app.models import Attempt, Badge
from voice_app.routes.deps import Service
from voice_app.settings import Settings

MOMENT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
OWNER = "0" * 64
YES = Consent(phrase="share.consent", played_sha256="a" * 64)


class SpokenManifest(Manifest):
    """A manifest in which everything has been rendered."""

    def files(self, key: str, pace: str = "normal") -> tuple[str, ...]:
        del pace
        return (f"{key}.mp3",)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    made = create_app(Settings(VOICE_APP_DATA=tmp_path, VOICE_APP_MODELS=tmp_path / "models"))
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


def given(
    service: Service, attempt_id: str, *, employer_language: str = "fr", is_shown: bool = True
) -> Badge:
    """Give the badge of a passed attempt as the service itself would; its holder shows it."""
    attempt = Attempt(
        id=attempt_id,
        owner_hash=OWNER,
        assessment="MC3",
        employer_language=employer_language,
        help_language="es",
        content_version="test",
        criteria={"percent": 60, "items": []},
        started_at=MOMENT,
    )
    with service.database.writing.begin() as session:
        session.add(attempt)
        session.flush()
        service.award(session, attempt)
        session.flush()
        badge = session.query(Badge).filter_by(attempt_id=attempt_id).one()
        if is_shown:
            badges.show(session, badge.code, owner_hash=OWNER, consent=YES, office=service.office)
        return badge
