"""What the recognizer's own library hears when called as its manual says, and how long it takes."""

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from faster_whisper import WhisperModel

_THREADS = 2
_BEAMS = 5


@dataclass(frozen=True)
class Transcribed:
    """A transcript and the seconds of work it took when it was made, decoding included."""

    text: str
    seconds: float


@dataclass(frozen=True)
class Stock:
    """`faster_whisper.transcribe` with a model of a folder, asked for int8 on two threads.

    What was heard is kept in `cache` by the hash of the sound: `seconds` are those of the first
    hearing. The model is loaded at the first sound that is new.
    """

    folder: Path
    cache: Path

    def hear(self, path: Path, language: str) -> Transcribed:
        """Return what is heard in a sound, in a given language."""
        kept = self.cache / f"{self._key(path, language)}.json"
        if kept.is_file():
            return Transcribed(**json.loads(kept.read_text("utf-8")))
        found = self.timed(path, language)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(asdict(found), ensure_ascii=False), "utf-8")
        return found

    def timed(self, path: Path, language: str) -> Transcribed:
        """Return what is heard now, whether the sound was heard before or not."""
        model = self._model
        started = time.perf_counter()
        segments, _ = model.transcribe(str(path), language=language, beam_size=_BEAMS)
        text = "".join(segment.text for segment in segments).strip()
        return Transcribed(text, time.perf_counter() - started)

    def _key(self, path: Path, language: str) -> str:
        made = f"{self.folder.name} {version('faster-whisper')} {_BEAMS} {_THREADS} {language} "
        return hashlib.sha256(made.encode() + path.read_bytes()).hexdigest()[:24]

    @cached_property
    def _model(self) -> WhisperModel:
        return WhisperModel(
            str(self.folder), device="cpu", compute_type="int8", cpu_threads=_THREADS
        )
