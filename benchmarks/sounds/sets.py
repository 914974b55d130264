"""The whole set of sounds of a language: what is planned, what is there, and making the rest."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from benchmarks.sounds import formant, people, voices
from benchmarks.sounds.neural import NeuralVoices
from benchmarks.sounds.spoken import Kind, Spoken

_CROWD = 40
_CROWD_WORDS = 4


@dataclass(frozen=True)
class Sounds:
    """The sounds of answers in one cache; the same seed, the same sounds."""

    cache: Path
    seed: int = 1

    def people(self, language: str, *, coding: str) -> tuple[Spoken, ...]:
        """Return the clips of people, `g722` or `wav`, in a seeded order; none in Spanish.

        Raises `NoClips`.
        """
        if language not in people.LANGUAGES:
            return ()
        clips = list(people.clips(language, coding=coding, cache=self.cache))
        random.Random(self.seed).shuffle(clips)
        return tuple(clips)

    def planned(self, language: str, kind: Kind, *, limit: int | None = None) -> tuple[Spoken, ...]:
        """Return the synthetic sounds there are to be: `neural` or `formant`.

        At most `limit` native and as many foreign ones; those of a small limit are the first
        of a larger one.
        """
        plan = voices.neural if kind == "neural" else voices.formant
        every = plan(language, cache=self.cache, seed=self.seed)
        native = [each for each in every if each.accent is None]
        foreign = [each for each in every if each.accent]
        return (*native[:limit], *foreign[:limit])

    def crowd(self, language: str) -> tuple[Path, ...]:
        """Return sounds for the talk in the background: people where there are clips."""
        clips: Iterable[Spoken] = self.people(language, coding="g722")
        long = [each for each in clips if len(each.text.split()) >= _CROWD_WORDS]
        if not long:
            long = [each for each in self.planned(language, "formant") if each.accent is None]
            make(long, voices=None)
        return tuple(each.path for each in sorted(long, key=lambda each: each.id)[:_CROWD])


def make(sounds: Iterable[Spoken], *, voices: NeuralVoices | None) -> None:
    """Make the sounds that are missing, with progress; may be stopped and started again.

    `voices` may be None where no sound is neural. Raises `NoNeuralVoice`.
    """
    missing = list(_missing(sounds))
    for spoken in tqdm(missing, desc="sounds", unit="sound", disable=not missing):
        if spoken.kind == "neural" and voices is not None:
            voices.make(spoken)
        else:
            formant.make(spoken)


def _missing(sounds: Iterable[Spoken]) -> Iterator[Spoken]:
    for spoken in sounds:
        if not spoken.path.is_file():
            yield spoken
