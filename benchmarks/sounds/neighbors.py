"""Near neighbors of a phrase: what sounds most like it and is not the same sound."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Indel

from benchmarks.sounds.spoken import folded, number_of

VOICES = {"en": "en-gb", "fr": "fr-fr", "es": "es-419"}
_STRESS = str.maketrans("", "", "ˈˌː -_")


@dataclass(frozen=True)
class Neighbors:
    """The phrases of one language and how each sounds, in phonetic signs without stress."""

    sounds: Mapping[str, str]

    def near(self, text: str, *, count: int = 1) -> tuple[str, ...]:
        """Return the other phrases that sound most like a text, nearest first.

        Neither homophones nor the same words again; nor two that are homophones.
        """
        own = self.sounds[text]
        found = {
            sound: other
            for other, sound in self.sounds.items()
            if sound != own and folded(other) != folded(text)
        }
        near = sorted(found, key=lambda sound: (-Indel.normalized_similarity(own, sound), sound))
        return tuple(found[sound] for sound in near[:count])

    def likeness(self, text: str, other: str) -> float:
        """Return how alike two phrases sound, 0 to 1; 1 for homophones."""
        return Indel.normalized_similarity(self.sounds[text], self.sounds[other])


def neighbors(texts: Sequence[str], language: str, *, cache: Path) -> Neighbors:
    """Return the sounds of texts as espeak-ng reads them; Spanish with seseo, as most say it."""
    once = tuple(dict.fromkeys(texts))
    kept = cache / "ipa" / f"{language}-{number_of(VOICES[language], *once):016x}.json"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        sounds = [_ipa(text, VOICES[language]) for text in once]
        kept.write_text(json.dumps(sounds, ensure_ascii=False), "utf-8")
    return Neighbors(dict(zip(once, json.loads(kept.read_text("utf-8")), strict=True)))


def _ipa(text: str, voice: str) -> str:
    command = ["espeak-ng", "-q", "--ipa", "-v", voice, text]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return "".join(ran.stdout.split()).translate(_STRESS)
