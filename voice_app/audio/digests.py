"""Which files stood behind an engine's name when it heard something."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

from voice_app.audio.catalog import CATALOG
from voice_app.audio.choosing import Choice
from voice_app.audio.models import digest_of, installed_folder

_KINDS: tuple[Literal["vosk", "whisper"], ...] = ("vosk", "whisper")


class ModelDigests:
    """Digests of the installed engines, each made once."""

    def __init__(self, models_folder: Path) -> None:
        self._folder = models_folder
        self._known: dict[str, str | None] = {}

    def of(self, engine: str | None) -> str | None:
        """Give one SHA-256 for the engines of a hearing (a+b); None where one has no files."""
        if not engine:
            return None
        parts = [self._one(name) for name in engine.split("+")]
        found = [one for one in parts if one is not None]
        if len(found) < len(parts):
            return None
        return found[0] if len(found) == 1 else sha256("+".join(found).encode()).hexdigest()

    def _one(self, name: str) -> str | None:
        if name not in self._known:
            self._known[name] = next(self._installed(name), None)
        return self._known[name]

    def _installed(self, name: str) -> Iterator[str]:
        for choice in (
            Choice(kind, model, self._folder, "") for model in CATALOG for kind in _KINDS
        ):
            is_kind = choice.model.name.startswith(f"{choice.kind}-")
            if is_kind and choice.engine == name:
                folder = installed_folder(choice.model, self._folder)
                if folder is not None:
                    yield digest_of(choice.model, folder)
