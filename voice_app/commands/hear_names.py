"""Hearing the rendered names of the options: once, kept as it comes, resumed where it stopped."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from voice_app.audio.prompts import Manifest, write_whole
from voice_app.audio.speech import Evidence, Hears
from voice_app.dialogues.content import Content
from voice_app.dialogues.heard import HEARD_NAME, Kept, Spoken, load_kept, spoken_names
from voice_app.scoring.decide import Heard, Score


def rendered_names(content: Content, assets: Path) -> list[Spoken]:
    """Return the options' names that have a sound among the assets."""
    entries = Manifest.load(assets).entries
    sounds = {(entry.key, entry.text): entry.sha256 for entry in entries}
    return list(spoken_names(content, sounds))


class KnownEars(Hears, Protocol):
    """Hears, and says beforehand with which engine."""

    def engine_for(self, language: str) -> str:
        """Return the name of the engine that hears a language; raises `SpeechError`."""
        ...


def hear_names(names: Sequence[Spoken], ears: KnownEars, *, assets: Path, folder: Path) -> None:
    """Hear what has not been heard yet, with everything that is listened for, and keep it.

    What the content needs no more is dropped. Raises `SpeechError` when an engine fails; what
    was heard until then is kept.
    """
    kept = load_kept(folder).only(names)
    _keep(kept, folder)
    paths = {entry.sha256: entry.path for entry in Manifest.load(assets).entries}
    todo = {one.key(ears.engine_for(one.language)): one for one in names}
    new = [one for key, one in todo.items() if key not in kept.entries]
    for one in tqdm(new, unit="name", desc="hearing", disable=None):
        hearing = ears.hear(assets / paths[one.sound], {one.language: one.phrases})
        for evidence in hearing.evidences:
            kept = kept.with_heard(one, _as_heard(evidence))
        _keep(kept, folder)


def _keep(kept: Kept, folder: Path) -> None:
    write_whole(folder / HEARD_NAME, kept.text().encode())


def _as_heard(evidence: Evidence) -> Heard:
    scores = (Score(one.phrase, one.total, one.mean, one.lowest) for one in evidence.scores)
    return Heard(
        engine=evidence.engine,
        language=evidence.language,
        text=evidence.transcript.text,
        confidence=evidence.transcript.confidence,
        no_speech_probability=evidence.transcript.no_speech_probability,
        scores=tuple(scores),
        chosen_phrase=evidence.chosen_phrase,
    )
