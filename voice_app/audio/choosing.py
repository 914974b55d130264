"""Which engine hears which language: those whose models are installed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voice_app.audio.catalog import WHISPER_BASE, vosk_model_for
from voice_app.audio.models import Model, installed_folder
from voice_app.audio.speech import EngineError, EngineStopped, is_named


class NoEngine(EngineError):
    """No installed model hears the language."""

    code = "no-engine"


@dataclass(frozen=True)
class Choice:
    """The engine that hears a language: its kind, its model and the model's folder."""

    kind: Literal["vosk", "whisper"]
    model: Model
    folder: Path
    language: str

    @property
    def engine(self) -> str:
        """The name written on the evidence."""
        name = self.model.name.removeprefix(f"{self.kind}-")
        return f"{self.kind}:{name}" if self.kind == "vosk" else f"{self.kind}:{name}-int8"


def choose_engines(
    language: str, models_folder: Path, *, without: Collection[str] = ()
) -> tuple[Choice, ...]:
    """Vosk where its model of the language is installed, and Whisper; raises `NoEngine`.

    Two engines are two sources for a verdict; one of them alone is enough to hear. Raises
    `EngineStopped` where each of them is one of `without`.
    """
    vosk = vosk_model_for(language)
    found = []
    if vosk is not None and (folder := installed_folder(vosk, models_folder)):
        found.append(Choice("vosk", vosk, folder, language))
    if folder := installed_folder(WHISPER_BASE, models_folder):
        found.append(Choice("whisper", WHISPER_BASE, folder, language))
    if found:
        return _going_on(found, without)
    names = " or ".join(model.name for model in (WHISPER_BASE, vosk) if model is not None)
    raise NoEngine(
        f"Nothing installed hears {language}. Install a model: voice-app models install {names}"
    )


def _going_on(found: Sequence[Choice], without: Collection[str]) -> tuple[Choice, ...]:
    left = tuple(one for one in found if not is_named(one.engine, without))
    if not left:
        raise EngineStopped(f"Stopped: {', '.join(one.engine for one in found)}.")
    return left
