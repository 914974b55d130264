"""One sound with what is said in it, and reading and writing such sounds."""

import hashlib
import re
import unicodedata
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from voice_app.audio.recordings import Limits, decode
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

LANGUAGES = ("en", "fr", "es")

Kind = Literal["person", "neural", "formant"]
Part = Literal["dev", "report"]

_DEV_OF = 3
_LIMITS = Limits(max_bytes=20_000_000)


@dataclass(frozen=True)
class Spoken:
    """One sound of somebody saying `text` in `language`.

    `accent` is None for a voice of that language, else where the voice is from and how far
    its sounds are from the language's: `hi-light` (the language's own sounds in a foreign
    voice), `hi-strong` (sounds replaced as speakers of Hindi would), `es-gross` (the text read
    by the rules of Spanish). `path` is a mono WAV file of 16 kHz or 8 kHz.
    """

    id: str
    language: str
    text: str
    voice: str
    kind: Kind
    accent: str | None
    path: Path

    @property
    def part(self) -> Part:
        """Where the sound belongs: a third of all texts, in every voice, is for tuning."""
        return part_of(self.text, self.language)


def part_of(text: str, language: str) -> Part:
    """Return the part of a text; the same for every voice and way of writing."""
    digest = hashlib.sha256(f"{language}/{folded(text)}".encode()).digest()
    return "dev" if digest[0] % _DEV_OF == 0 else "report"


def folded(text: str) -> str:
    """Return a text in lower case with no accents and no signs: what spelling it has left."""
    plain = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(re.findall(r"[^\W_]+", letters))


def number_of(*words: object) -> int:
    """Return a seed made of words: the same in every run and on every machine."""
    digest = hashlib.sha256("\0".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:8], "big")


def read(path: Path) -> Samples:
    """Return any sound file as mono samples in [-1, 1] at 16 kHz; raises `SpeechError`."""
    return decode(path, limits=_LIMITS).recording.samples


def write(path: Path, samples: Samples) -> Path:
    """Write samples at 16 kHz as a WAV file, whole or not at all; too loud ones are turned down."""
    path.parent.mkdir(parents=True, exist_ok=True)
    peak = float(np.max(np.abs(samples), initial=0.0))
    loudest = 0.99
    scaled = samples * min(1.0, loudest / peak) if peak else samples
    half = path.with_name(f"{path.name}.half")
    with wave.open(str(half), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(np.round(scaled * 32767).astype("<i2").tobytes())
    half.replace(path)
    return path
