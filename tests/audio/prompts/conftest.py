"""A folder of sounds, and a voice that hums instead of speaking."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audio.prompts.fakes import HummingVoice
from voice_app.audio.plans import Assets, Task, due, plan
from voice_app.audio.prompts import Manifest, Sentence
from voice_app.audio.rendering import render

Render = Callable[..., Manifest]


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    folder = tmp_path / "audio_assets"
    folder.mkdir()
    return folder


@pytest.fixture
def voice() -> HummingVoice:
    return HummingVoice()


@pytest.fixture
def rendered(assets: Path, voice: HummingVoice) -> Render:
    """Renders what is due of the sentences given."""

    def run(*sentences: Sentence) -> Manifest:
        here = Assets.load(assets)
        todo: tuple[Task, ...] = due(plan(sentences, here, engine="kokoro"), here)
        return render(todo, here, synthesizer=lambda _: voice)

    return run
