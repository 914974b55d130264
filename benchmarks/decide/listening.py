"""Hearing the trials with the product's own ears, and keeping what was heard if asked to."""

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.decide.trials import Trial
from voice_app.audio.ears import Ears
from voice_app.audio.speech import Evidence
from voice_app.scoring.decide import Heard, Score


@dataclass(frozen=True)
class Listened:
    """What was heard in one sound, and the seconds of work it took, decoding included."""

    trouble: str | None
    heard: tuple[Heard, ...]
    seconds: float


def listen(ears: Ears, trial: Trial, *, keep: Path | None) -> Listened:
    """Hear a trial; with `keep`, what an earlier run heard of the same sound is read instead."""
    kept = keep / f"{_key(trial)}.json" if keep else None
    if kept and kept.is_file():
        return _read(kept)
    started = time.perf_counter()
    hearing = ears.hear(trial.sound, trial.phrases)
    seconds = time.perf_counter() - started
    heard = tuple(_heard(each) for each in hearing.evidences)
    found = Listened(hearing.quality.trouble, heard, seconds)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(asdict(found), ensure_ascii=False), "utf-8")
    return found


def _key(trial: Trial) -> str:
    phrases = json.dumps(dict(trial.phrases), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(phrases.encode() + trial.sound.read_bytes()).hexdigest()[:24]


def _heard(evidence: Evidence) -> Heard:
    transcript = evidence.transcript
    return Heard(
        engine=evidence.engine,
        language=evidence.language,
        text=transcript.text,
        confidence=transcript.confidence,
        no_speech_probability=transcript.no_speech_probability,
        scores=tuple(Score(s.phrase, s.total, s.mean, s.lowest) for s in evidence.scores),
        chosen_phrase=evidence.chosen_phrase,
    )


def _read(kept: Path) -> Listened:
    document = json.loads(kept.read_text("utf-8"))
    heard = (
        Heard(**{**each, "scores": tuple(Score(**score) for score in each["scores"])})
        for each in document["heard"]
    )
    return Listened(document["trouble"], tuple(heard), document["seconds"])
