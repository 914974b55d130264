"""Hearing sounds with the product's own ears, and keeping what was heard."""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from voice_app.audio.ears import Ears
from voice_app.hearings import heard_of
from voice_app.scoring.decide import Heard, Score
from voice_app.scoring.sources import spellings


@dataclass(frozen=True)
class Listened:
    """What was heard in one sound, and the seconds of work it took, decoding included.

    `again` is what was heard in it slowed down, where it was listened to twice.
    """

    trouble: str | None
    heard: tuple[Heard, ...]
    seconds: float
    again: tuple[Heard, ...] = ()


@dataclass(frozen=True)
class Ear:
    """Hears a sound, or reads what an earlier run heard of the same sound and phrases."""

    ears: Ears
    keep: Path

    def hear(self, sound: Path, texts: Mapping[str, Sequence[str]], *, pace: float = 1) -> Listened:
        """Hear a sound with the texts of each language as phrases. Raises `SpeechError`."""
        phrases = _phrases(texts)
        kept = self.keep / f"{self._key(sound, phrases, pace)}.json"
        if kept.is_file():
            return _read(kept)
        found = self.hear_now(sound, texts, pace=pace)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(asdict(found), ensure_ascii=False), "utf-8")
        return found

    def hear_now(
        self, sound: Path, texts: Mapping[str, Sequence[str]], *, pace: float = 1
    ) -> Listened:
        """Hear a sound whether it was heard before or not."""
        started = time.perf_counter()
        hearing = self.ears.hear(sound, _phrases(texts), pace=pace)
        seconds = time.perf_counter() - started
        return Listened(hearing.quality.trouble, heard_of(hearing), seconds)

    def _key(self, sound: Path, phrases: Mapping[str, Sequence[str]], pace: float) -> str:
        engines = [self.ears.engine_for(language) for language in phrases]
        paced = [] if pace == 1 else [pace]
        asked = json.dumps([engines, dict(phrases), *paced], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(asked.encode() + sound.read_bytes()).hexdigest()[:24]


def _phrases(texts: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {
        language: tuple(dict.fromkeys(s for text in some for s in spellings(text, language)))
        for language, some in texts.items()
    }


def _read(kept: Path) -> Listened:
    document = json.loads(kept.read_text("utf-8"))
    heard = (
        Heard(**{**each, "scores": tuple(Score(**score) for score in each["scores"])})
        for each in document["heard"]
    )
    return Listened(document["trouble"], tuple(heard), document["seconds"])
