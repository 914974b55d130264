"""From numbers to a probability: logistic coefficients per language and task, a data file."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from voice_app.errors import VoiceAppError

CURRENT = "2"
Task = Literal["choose", "phrase"]
_ANY = "any"


class NoCalibration(VoiceAppError):
    """No coefficients of that version are shipped."""


@dataclass(frozen=True)
class Model:
    """Coefficients for one language and task, of numbers by their `features.NAMES`."""

    weights: Mapping[str, float]
    intercept: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Return how likely it is that the candidate was said, 0 to 1."""
        log_odds = self.intercept + sum(
            weight * features[name] for name, weight in self.weights.items()
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


@dataclass(frozen=True)
class Calibration:
    """All coefficients of one version; a language without its own has those of all together."""

    version: str
    models: Mapping[str, Model]

    def model(self, language: str, task: Task) -> Model:
        """Return the coefficients for a language code and a task."""
        own = f"{language.casefold()[:2]}/{task}"
        return self.models.get(own) or self.models[f"{_ANY}/{task}"]

    def knows(self, language: str, task: Task) -> bool:
        """Tell whether the language was measured for itself."""
        return f"{language.casefold()[:2]}/{task}" in self.models


@lru_cache
def calibration(version: str = CURRENT) -> Calibration:
    """Return a version's coefficients; old ones stay, so that old verdicts can be replayed.

    Raises `NoCalibration`.
    """
    file = files("voice_app.scoring") / "calibrations" / f"{version}.json"
    if not file.is_file():
        raise NoCalibration(f"There is no calibration of version {version}.")
    document = json.loads(file.read_text("utf-8"))
    return Calibration(
        document["version"],
        {
            name: Model(each["weights"], each["intercept"])
            for name, each in document["models"].items()
        },
    )
