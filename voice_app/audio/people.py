"""Recordings by people, which take the place of any synthetic sound of the same key."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from voice_app.audio.prompts import Pace
from voice_app.errors import VoiceAppError

FOLDER_NAME = "people"
CREDITS_NAME = "CREDITS.yaml"
VOICE = "person"
_SUFFIXES = (".wav", ".flac", ".ogg", ".mp3")


class UncreditedRecording(VoiceAppError):
    """A person's recording is there, and nothing says who spoke and what was agreed."""


@dataclass(frozen=True)
class People:
    """The recordings below `folder`, such as `fr/prompts/broom.slow.wav`.

    `credits` says for each pattern of keys who spoke and under which license.
    """

    folder: Path
    credits: Mapping[str, str]

    @classmethod
    def load(cls, assets: Path) -> "People":
        """Find the recordings of a folder of sounds; raises `UncreditedRecording`."""
        folder = assets / FOLDER_NAME
        path = folder / CREDITS_NAME
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        try:
            document = yaml.load(text, yaml.CSafeLoader) or {}
        except yaml.YAMLError as error:
            raise UncreditedRecording(f"{path} is not YAML: {error}") from error
        if not isinstance(document, dict):
            raise UncreditedRecording(f"{path} must name a speaker for each pattern of keys.")
        return cls(folder, {str(keys): str(who) for keys, who in document.items()})

    def recording(self, key: str, pace: Pace) -> Path | None:
        """The file a person recorded for a key, or None. Raises `UncreditedRecording`."""
        names = (self.folder / f"{key}.{pace}{suffix}" for suffix in _SUFFIXES)
        path = next((name for name in names if name.is_file()), None)
        if path is not None and self.credit(key) is None:
            raise UncreditedRecording(
                f"{path} has no credit: add its key to {self.folder / CREDITS_NAME}"
            )
        return path

    def credit(self, key: str) -> str | None:
        """Who spoke a key, and the license."""
        return next((who for keys, who in self.credits.items() if fnmatchcase(key, keys)), None)
