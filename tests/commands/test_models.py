"""`voice-app models` tells the truth about a folder and fails where something is wrong."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from voice_app.commands.models import models


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICE_APP_MODELS", str(tmp_path))
    return tmp_path


def test_lists_every_model_with_its_license(folder: Path):
    told = CliRunner().invoke(models, ["list"])
    assert told.exit_code == 0
    assert str(folder) in told.output
    for words in ("whisper-base", "vosk-small-fr", "missing", "Apache-2.0", "MIT"):
        assert words in told.output


def test_check_fails_without_the_default_model():
    told = CliRunner().invoke(models, ["check"])
    assert told.exit_code == 1
    assert "voice-app models install whisper-base" in told.output


def test_check_names_what_is_broken(folder: Path):
    (folder / "vosk-ko").mkdir()
    told = CliRunner().invoke(models, ["check", "vosk-ko"])
    assert told.exit_code == 1
    assert "am/final.mdl is missing" in told.output


@pytest.mark.parametrize("command", ["install", "check"])
def test_an_unknown_name_lists_the_known_ones(command: str):
    told = CliRunner().invoke(models, [command, "whisper-huge"])
    assert told.exit_code == 1
    assert "There is no model named whisper-huge" in told.output
    assert "vosk-small-it" in told.output
