"""The evidence for each candidate as numbers, the same whatever engine or language gave it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voice_app.scoring.match import Choice, Found, Match
from voice_app.scoring.normalize import normalize
from voice_app.scoring.sounds import likeness
from voice_app.scoring.sources import Heard, Score, owners

NAMES = (
    "mean",
    "mean_high",
    "lowest",
    "lowest_high",
    "prior",
    "over_free",
    "over_free_high",
    "lead",
    "lead_low",
    "standing_lead",
    "standing_lead_low",
    "too_long",
    "too_short",
    "tokens",
    "likeness",
    "likeness_squared",
    "lead_likeness",
    "named",
    "other_named",
)

# How likely is very unlikely says no more, and the difference between likely and certain is
# not that between unlikely and absurd: each number is cut, and where it matters twice.
_LIKENESS_WORTH = 1.5
_MEANS = (-5.0, -1.5)
_LOWESTS = (-10.0, -4.0)
_OVER_FREE = (-5.0, -1.0)
_LEADS = (3.0, 1.0)
_LIKENESS_LEAD = 0.5
_PACE = 2.0
_MOST_TOKENS = 10.0
_SECONDS_PER_LETTER = 0.065
_LEAST_SECONDS = 0.1
_LEAST_PROBABILITY = 1e-6


@dataclass(frozen=True)
class Sounding:
    """A candidate's likeliest phrase: its score, and what was heard freely in its language."""

    score: Score
    heard: Heard

    @property
    def likeness(self) -> float:
        """How alike the phrase and the free text sound, 0 to 1."""
        return likeness(self.heard.text, self.score.phrase, self.heard.language)

    @property
    def over_free(self) -> float:
        """The mean less that of the free text: 0 where the engine finds both equally likely."""
        return self.score.mean - math.log(max(self.heard.confidence, _LEAST_PROBABILITY))

    @property
    def standing(self) -> float:
        """What ranks it among all that may have been said: its sound, then the free text's."""
        return self.score.evidence + _LIKENESS_WORTH * self.likeness


@dataclass(frozen=True)
class Sounds:
    """The likeliest phrase of each candidate, and of each foil."""

    candidates: Mapping[str, Sounding]
    foils: Mapping[str, Sounding] = field(default_factory=dict)

    @property
    def best(self) -> str | None:
        """The likeliest candidate; None where none was scored."""
        found = self.candidates
        return max(found, key=lambda each: found[each].standing) if found else None

    def others(self, candidate: str) -> list[Sounding]:
        """Everything else that may have been said."""
        rest = [each for name, each in self.candidates.items() if name != candidate]
        return [*rest, *self.foils.values()]


def sounds(choice: Choice, heard: Sequence[Heard]) -> Sounds:
    """Return the likeliest phrase of each candidate and foil; empty where none was scored."""
    known = owners(choice)
    foils = {(language, normalize(phrase, language)): phrase for language, phrase in choice.foils}
    candidates: dict[str, Sounding] = {}
    near: dict[str, Sounding] = {}
    for each in heard:
        for score in each.scores:
            key = (each.language, normalize(score.phrase, each.language))
            for name in known.get(key, ()):
                _keep(candidates, name, Sounding(score, each))
            if key in foils and key not in known:
                _keep(near, foils[key], Sounding(score, each))
    return Sounds(candidates, near)


def _keep(best: dict[str, Sounding], name: str, found: Sounding) -> None:
    if name not in best or found.score.evidence > best[name].score.evidence:
        best[name] = found


def features(found: Sounds, matches: Sequence[Match], *, candidate: str) -> Mapping[str, float]:
    """Return the numbers of `NAMES` for one candidate that was scored."""
    mine = found.candidates[candidate]
    score, others = mine.score, found.others(candidate)
    lead = _lead(score.evidence, [each.score.evidence for each in others])
    ahead = _lead(mine.standing, [each.standing for each in others])
    alike = _lead(mine.likeness, [each.likeness for each in others])
    named = {each.id for each in matches if isinstance(each, Found) and each.strength != "weak"}
    pace = _pace(mine)
    return {
        "mean": max(score.mean, _MEANS[0]),
        "mean_high": max(score.mean, _MEANS[1]),
        "lowest": max(score.lowest, _LOWESTS[0]),
        "lowest_high": max(score.lowest, _LOWESTS[1]),
        "prior": score.prior,
        "over_free": max(mine.over_free, _OVER_FREE[0]),
        "over_free_high": max(mine.over_free, _OVER_FREE[1]),
        "lead": min(lead, _LEADS[0]),
        "lead_low": min(lead, _LEADS[1]),
        "standing_lead": min(ahead, _LEADS[0]),
        "standing_lead_low": min(ahead, _LEADS[1]),
        "too_long": min(max(0.0, pace), _PACE),
        "too_short": min(max(0.0, -pace), _PACE),
        "tokens": min(score.tokens, _MOST_TOKENS) / _MOST_TOKENS,
        "likeness": mine.likeness,
        "likeness_squared": mine.likeness**2,
        "lead_likeness": max(-_LIKENESS_LEAD, min(_LIKENESS_LEAD, alike)),
        "named": float(named == {candidate}),
        "other_named": float(bool(named - {candidate})),
    }


def _lead(mine: float, others: Sequence[float]) -> float:
    """Return how far a number is above the best other one; 0 where there is no other."""
    return mine - max(others) if others else 0.0


def _pace(mine: Sounding) -> float:
    """Return the logarithm of the time spoken over the time the phrase should take."""
    letters = len(mine.score.phrase.replace(" ", ""))
    wanted = letters * _SECONDS_PER_LETTER + _LEAST_SECONDS
    spoken = mine.heard.speech_seconds
    return math.log(max(spoken, _LEAST_SECONDS) / wanted) if spoken else 0.0
