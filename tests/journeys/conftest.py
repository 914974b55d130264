import io
import uuid
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.journeys.phone import Phone
from tests.page_client import PageClient
from voice_app.app import create_app
from voice_app.settings import Settings


@pytest.fixture
def ears() -> ScriptedEars:
    return ScriptedEars()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path / "data", models_folder=tmp_path / "models")


@pytest.fixture
def client(settings: Settings, ears: ScriptedEars) -> Iterator[TestClient]:
    app = create_app(settings, ears=ears)
    with PageClient(app, base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def phone(client: TestClient, ears: ScriptedEars) -> Phone:
    return Phone(client, ears)


@pytest.fixture
def take() -> bytes:
    return voice_like_wav()


def voice_like_wav(seconds: float = 1.5, level: float = 0.3) -> bytes:
    """A tone that comes and goes like syllables, with a quiet lead and tail."""
    rate = 16_000
    time = np.arange(int(seconds * rate)) / rate
    tone = np.sin(2 * np.pi * 180 * time) + 0.5 * np.sin(2 * np.pi * 900 * time)
    envelope = np.clip(np.sin(2 * np.pi * 4 * time), 0, None)
    samples = np.concatenate([np.zeros(rate // 3), level * tone * envelope, np.zeros(rate // 3)])
    noise = np.random.default_rng(7).normal(0, 0.0005, len(samples))
    return as_wav(np.clip((samples + noise) / 1.5, -1, 1), rate=rate)


def as_wav(samples: np.ndarray, *, rate: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


@pytest.fixture
def new_id() -> str:
    return str(uuid.uuid4())
