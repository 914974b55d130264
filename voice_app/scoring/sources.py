"""What the engines say beside their free text: how likely each given phrase is, or a grammar."""

from collections.abc import Sequence
from dataclasses import dataclass

from voice_app.scoring.match import Choice, Found, match
from voice_app.scoring.normalize import normalize

_CLEAR_MEAN = 0.5
_CLEAR_TOTAL = 1.5
_FLOOR_MEAN = -3.0


@dataclass(frozen=True)
class Score:
    """How likely one phrase is for the recording, in natural logarithms of probability."""

    phrase: str
    total: float
    mean: float
    lowest: float


@dataclass(frozen=True)
class Heard:
    """What one engine, in one language, made of one utterance.

    `confidence` and `no_speech_probability` are 0 to 1, the engine's own. `scores` holds
    phrases of right and wrong options alike, or nothing; `chosen_phrase` is what a grammar
    of them heard.
    """

    engine: str
    language: str
    text: str
    confidence: float
    no_speech_probability: float | None = None
    scores: tuple[Score, ...] = ()
    chosen_phrase: str | None = None


@dataclass(frozen=True)
class Winner:
    """The candidate whose phrases sound likeliest, and its lead over the next candidate."""

    id: str
    mean: float
    lead_mean: float
    lead_total: float

    @property
    def is_clear(self) -> bool:
        """Whether it leads by sum and by mean, and is likely at all."""
        return (
            self.lead_mean >= _CLEAR_MEAN
            and self.lead_total >= _CLEAR_TOTAL
            and self.mean >= _FLOOR_MEAN
        )


def winner(choice: Choice, heard: Sequence[Heard]) -> Winner | None:
    """Return the likeliest candidate by phrase scores; None where fewer than two are scored."""
    owners = _owners(choice)
    means: dict[str, float] = {}
    totals: dict[str, float] = {}
    for each in heard:
        for score in each.scores:
            for owner in owners.get(normalize(score.phrase, each.language), ()):
                means[owner] = max(means.get(owner, score.mean), score.mean)
                totals[owner] = max(totals.get(owner, score.total), score.total)
    if len(means) < 2:  # noqa: PLR2004 - a lead needs two
        return None
    best = max(means, key=lambda each: means[each])
    return Winner(best, means[best], _lead(means, best), _lead(totals, best))


def _owners(choice: Choice) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    for candidate in choice.candidates:
        for language, phrase in candidate.accepted:
            owners.setdefault(normalize(phrase, language), set()).add(candidate.id)
    return owners


def _lead(scores: dict[str, float], best: str) -> float:
    return scores[best] - max(score for each, score in scores.items() if each != best)


def grammar(choice: Choice, heard: Sequence[Heard]) -> set[str]:
    """Return the candidates that a grammar of the given phrases heard."""
    found = (
        match(choice, each.chosen_phrase, each.language) for each in heard if each.chosen_phrase
    )
    return {each.id for each in found if isinstance(each, Found) and each.strength != "weak"}
