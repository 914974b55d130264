"""What the documents are made from: the shipped content, and a deployment of a center."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from voice_app.audio.prompts import Manifest
from voice_app.dialogues.content import Content
from voice_app.dialogues.loader import load_content
from voice_app.documents import Deployment, Facts, facts_of
from voice_app.settings import PACKAGE, assets_folder

CENTER = Deployment(
    issuer_name="Maison du Soleil",
    issuer_country="ES",
    issuer_email="data@soleil.example",
    origin="https://soleil.example",
    basis="public-task",
    waiting_limit=77,
    has_level_credentials=False,
    provider="https://accounts.ministry.example",
)


class Making:
    """Gives the facts of a deployment like `CENTER`, but for what is named."""

    def __init__(self, content: Content, manifest: Manifest, models_folder: Path) -> None:
        self._content, self._manifest, self._models = content, manifest, models_folder

    def __call__(self, **other: object) -> Facts:
        return facts_of(
            replace(CENTER, **other),
            self._content,
            manifest=self._manifest,
            models_folder=self._models,
            made_on=date(2026, 11, 22),
        )


@pytest.fixture(scope="session")
def facts_with(tmp_path_factory: pytest.TempPathFactory) -> Making:
    content = load_content(PACKAGE / "dialogues")
    return Making(content, Manifest.load(assets_folder()), tmp_path_factory.mktemp("models"))
