import io
import uuid
import wave

import numpy as np
import pytest


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
