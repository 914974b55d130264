"""What there is to render: one task for each sentence, pace and voice, and how it compares."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from voice_app.audio.people import VOICE as PERSON
from voice_app.audio.people import People
from voice_app.audio.prompts import Entry, Manifest, Pace, Sentence
from voice_app.audio.pronunciations import Pronunciations
from voice_app.audio.voices import voices_for

# Part of every fingerprint: a new number when the pace, the loudness or the format changes.
RECIPE = 1


@dataclass(frozen=True)
class Task:
    """One sound file to have: a sentence in one voice at one pace.

    `spoken` is the text as the engine gets it, `recording` a person's file used instead.
    """

    sentence: Sentence
    pace: Pace
    engine: str
    voice: str
    spoken: str
    recording: Path | None
    fingerprint: str

    @property
    def place(self) -> tuple[str, str, str]:
        """The same as that of its entry in the manifest."""
        return (self.sentence.key, self.pace, self.voice)

    @property
    def path(self) -> str:
        """Where the file goes, relative to the folder of sounds."""
        if self.sentence.is_employers:
            return f"{self.sentence.key}.{self.voice.replace('/', '-')}.{self.pace}.mp3"
        return f"{self.sentence.key}.mp3"


@dataclass(frozen=True)
class Assets:
    """A folder of sounds as it is: recordings by people, respellings and the manifest."""

    folder: Path
    people: People
    pronunciations: Pronunciations
    manifest: Manifest

    @classmethod
    def load(cls, folder: Path) -> "Assets":
        """Read all three. Raises `VoiceAppError` for a file that cannot be understood."""
        return cls(folder, People.load(folder), Pronunciations.load(folder), Manifest.load(folder))


def plan(sentences: Iterable[Sentence], assets: Assets, *, engine: str) -> tuple[Task, ...]:
    """Every file the sentences need. Raises `UnknownVoice`, `UncreditedRecording`."""
    return tuple(
        task
        for sentence in sentences
        for pace in sentence.paces
        for task in _tasks(sentence, pace, assets=assets, engine=engine)
    )


def is_fresh(task: Task, entry: Entry | None, folder: Path) -> bool:
    """Whether a file is there and was made from just this text, voice and recipe."""
    return (
        entry is not None
        and entry.fingerprint == task.fingerprint
        and entry.path == task.path
        and (folder / entry.path).is_file()
    )


def due(tasks: Iterable[Task], assets: Assets) -> tuple[Task, ...]:
    """The tasks whose file is missing or stale."""
    entries = {entry.place: entry for entry in assets.manifest.entries}
    return tuple(t for t in tasks if not is_fresh(t, entries.get(t.place), assets.folder))


def leftovers(tasks: Iterable[Task], manifest: Manifest) -> tuple[Entry, ...]:
    """Entries that no task asks for any more."""
    wanted = {task.place for task in tasks}
    return tuple(entry for entry in manifest.entries if entry.place not in wanted)


def _tasks(sentence: Sentence, pace: Pace, *, assets: Assets, engine: str) -> Iterator[Task]:
    recording = assets.people.recording(sentence.key, pace)
    if recording is not None:
        digest = hashlib.sha256(recording.read_bytes()).hexdigest()
        print_ = _fingerprint(sentence, pace, PERSON, digest)
        yield Task(sentence, pace, PERSON, PERSON, sentence.text, recording, print_)
        return
    spoken = assets.pronunciations.spoken(sentence)
    for voice in voices_for(engine, sentence):
        print_ = _fingerprint(sentence, pace, engine, voice, spoken)
        yield Task(sentence, pace, engine, voice, spoken, None, print_)


def _fingerprint(sentence: Sentence, pace: Pace, *parts: str) -> str:
    said = [RECIPE, sentence.language, sentence.kind, sentence.text, pace, *parts]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
