"""Trials: one sound, what is said in it, and the choices and phrases it is judged against."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from benchmarks.sounds.conditions import Condition, apply
from benchmarks.sounds.neighbors import Neighbors, neighbors
from benchmarks.sounds.spoken import Part, Spoken
from voice_app.scoring.match import Candidate, Choice

# What the right option is to the sound: what is said; a near neighbor of it, while what is said
# is another option; a near neighbor, and what is said is no option at all.
Case = Literal["right", "foil", "none"]
CASES: tuple[Case, ...] = ("right", "foil", "none")
_RANDOM_OTHERS = 3


@dataclass(frozen=True)
class Trial:
    """A sound in a condition, with the texts it is judged against.

    `near` is the text that sounds most like what is said without being its homophone, `others`
    are three at random.
    """

    spoken: Spoken
    condition: Condition
    sound: Path
    near: str
    others: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language spoken and heard."""
        return self.spoken.language

    @property
    def kind(self) -> str:
        """Who speaks, for a row of a table."""
        accent = ", accent" if self.spoken.accent else ""
        return f"{self.spoken.kind}{accent}"

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """All texts that anything is judged against."""
        return (self.spoken.text, self.near, *self.others)

    def choice(self, case: Case) -> Choice:
        """Return a choice of four."""
        said, near = self.spoken.text, self.near
        texts = (near, *self.others) if case == "none" else (said, near, *self.others[:2])
        candidates = tuple(Candidate(text, ((self.language, text),)) for text in texts)
        right = said if case == "right" else near
        return Choice("", self.language, self.language, candidates, right)


@dataclass(frozen=True)
class Pool:
    """All sounds of one kind in one language: each is judged against the texts of the others."""

    sounds: tuple[Spoken, ...]
    cache: Path
    seed: int
    crowd: tuple[Path, ...] = ()

    @cached_property
    def _neighbors(self) -> Neighbors:
        texts = sorted({each.text for each in self.sounds})
        return neighbors(texts, self.sounds[0].language, cache=self.cache)

    def trials(
        self, part: Part, *, conditions: Sequence[Condition], limit: int | None = None
    ) -> Iterator[Trial]:
        """Yield the trials of a part, condition by condition.

        At most `limit` sounds in each, and other ones in each as far as there are more.
        """
        sounds = [each for each in self.sounds if each.part == part]
        for number, condition in enumerate(conditions):
            start = number * limit % len(sounds) if limit and sounds else 0
            for spoken in (sounds[start:] + sounds[:start])[:limit]:
                yield self._trial(spoken, condition)

    def _trial(self, spoken: Spoken, condition: Condition) -> Trial:
        (near,) = self._neighbors.near(spoken.text)
        said = self._neighbors.sounds[spoken.text]
        texts = [
            text
            for text, sound in self._neighbors.sounds.items()
            if sound not in (said, self._neighbors.sounds[near])
        ]
        others = random.Random(f"{self.seed}/{spoken.id}").sample(texts, _RANDOM_OTHERS)
        sound = apply(spoken.path, condition, seed=self.seed, cache=self.cache, crowd=self.crowd)
        return Trial(spoken, condition, sound, near, tuple(others))
