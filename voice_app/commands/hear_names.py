"""Hearing the rendered names of the options: once, kept as it comes, resumed where it stopped."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from voice_app.audio.prompts import Manifest, write_whole
from voice_app.audio.speech import Hears
from voice_app.dialogues.heard import HEARD_NAME, Kept, Spoken, load_kept
from voice_app.hearings import heard_of


class KnownEars(Hears, Protocol):
    """Hears, and says beforehand with which engines."""

    def engine_for(self, language: str) -> str:
        """Return the names of what hears a language, joined by +; raises `SpeechError`."""
        ...


def hear_names(names: Sequence[Spoken], ears: KnownEars, *, assets: Path, folder: Path) -> None:
    """Hear what has not been heard yet, with everything that is listened for, and keep it.

    What the content needs no more is dropped. Raises `SpeechError` when an engine fails; what
    was heard until then is kept.
    """
    kept = load_kept(folder).only(names)
    _keep(kept, folder)
    paths = {entry.sha256: entry.path for entry in Manifest.load(assets).entries}
    engines = {language: ears.engine_for(language) for language in {n.language for n in names}}
    todo = {one.key(engines[one.language]): one for one in names}
    new = [one for key, one in todo.items() if key not in kept.entries]
    for one in tqdm(new, unit="name", desc="hearing", disable=None):
        hearing = ears.hear(assets / paths[one.sound], {one.language: one.phrases})
        kept = kept.with_heard(one, heard_of(hearing), engines=engines[one.language])
        _keep(kept, folder)


def _keep(kept: Kept, folder: Path) -> None:
    write_whole(folder / HEARD_NAME, kept.text().encode())
