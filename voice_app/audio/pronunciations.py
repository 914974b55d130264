"""Respellings: what an engine is given instead of the written text, where it misreads it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from voice_app.audio.prompts import Sentence
from voice_app.errors import VoiceAppError

FILE_NAME = "pronunciations.yaml"


class PronunciationError(VoiceAppError):
    """The file of pronunciations has another shape than it must have."""


@dataclass(frozen=True)
class Pronunciations:
    """`words` by language: a written word and its respelling; `sentences` by key, whole."""

    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> "Pronunciations":
        """Read them from a folder; without a file there are none. Raises `PronunciationError`."""
        path = folder / FILE_NAME
        if not path.exists():
            return cls()
        try:
            document = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
        except yaml.YAMLError as error:
            raise PronunciationError(f"{path} is not YAML: {error}") from error
        return cls(_words(document, path), _texts(document.get("sentences"), path))

    def spoken(self, sentence: Sentence) -> str:
        """What an engine should be given for a sentence."""
        if sentence.key in self.sentences:
            return self.sentences[sentence.key]
        text = sentence.text
        for written, respelled in self.words.get(sentence.language, {}).items():
            text = re.sub(rf"\b{re.escape(written)}\b", respelled, text, flags=re.IGNORECASE)
        return text


def _words(document: Mapping[str, object], path: Path) -> Mapping[str, Mapping[str, str]]:
    words = document.get("words") or {}
    if not isinstance(words, dict):
        raise PronunciationError(f"{path}: words must be a mapping of languages.")
    return {str(language): _texts(respellings, path) for language, respellings in words.items()}


def _texts(value: object, path: Path) -> Mapping[str, str]:
    if not isinstance(value or {}, dict):
        raise PronunciationError(f"{path}: every respelling is a pair of texts.")
    pairs = value.items() if isinstance(value, dict) else ()
    return {str(written): str(respelled) for written, respelled in pairs}
