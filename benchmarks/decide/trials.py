"""Trials: one sound, the words really said in it, and the choices it is judged in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from voice_app.scoring.match import Choice

Part = Literal["dev", "report"]
# What a choice makes of the sound: its words are the right option, or another option of the
# four, or none of them, or the prompt itself.
Case = Literal["right", "foil", "none", "echo"]


@dataclass(frozen=True)
class Trial:
    """One sound and what it is judged against.

    `said` is the id of the candidate whose words are spoken; empty for an echo. `phrases` by
    language are given to the engine: those of all candidates alike. `choices` by case.
    """

    id: str
    kind: str
    language: str
    sound: Path
    said: str
    phrases: Mapping[str, tuple[str, ...]]
    choices: Mapping[Case, Choice]

    @property
    def part(self) -> Part:
        """Rules may be tuned on `dev` alone; a third of all trials, by the hash of their id."""
        digest = hashlib.sha256(f"{self.language}/{self.id}".encode()).digest()
        return "dev" if digest[0] % 3 == 0 else "report"


def with_cases(choice: Choice, *, said: str, foil: str) -> dict[Case, Choice]:
    """Return one choice as three: what is said is right, is a wrong option, is no option.

    `choice` has the foil and what is said among five or more candidates, or four; the case
    of none needs five, so that four are left.
    """
    most = 4
    others = [each for each in choice.candidates if each.id not in (said, foil)]
    (right,) = (each for each in choice.candidates if each.id == said)
    (wrong,) = (each for each in choice.candidates if each.id == foil)
    four = (right, wrong, *others)[:most]
    found: dict[Case, Choice] = {
        "right": replace(choice, candidates=four, right=said),
        "foil": replace(choice, candidates=four, right=foil),
    }
    if len(choice.candidates) > most:
        found["none"] = replace(choice, candidates=(wrong, *others)[:most], right=foil)
    return found
