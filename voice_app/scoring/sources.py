"""What the engines say beside their free text: how likely each given phrase is, or a grammar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice_app.scoring.match import Choice, Found, match
from voice_app.scoring.normalize import normalize

# Tuned on the development part of benchmarks/decide: phrases that were said have a mean above
# the first and no part under the second; among four phrases that were not said, the best
# seldom has both.
_HEARD_MEAN = -2.7
_HEARD_LOWEST = -6.0
_CLEAR_MEAN = 1.0
_NEAR_MEAN = 2.0


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
    """The candidate whose best phrase sounds likeliest, and its lead over the others.

    `lead_mean` is over the next candidate; `lead_total` over those phrases of others that
    are near enough by mean to be meant (None if there are none): a sum favors short phrases,
    a mean long ones, so the winner must lead by both. `means` by candidate are those of its
    best phrase.
    """

    id: str
    best: Score
    language: str
    lead_mean: float
    lead_total: float | None
    means: Mapping[str, float]

    @property
    def is_heard(self) -> bool:
        """Whether its phrase is likely in itself, in its least likely part too."""
        return self.best.mean >= _HEARD_MEAN and self.best.lowest >= _HEARD_LOWEST

    @property
    def is_clear(self) -> bool:
        """Whether it is heard and leads by mean and by sum."""
        leads = self.lead_total is None or self.lead_total > 0
        return self.is_heard and self.lead_mean >= _CLEAR_MEAN and leads

    def denies(self, candidate: str) -> bool:
        """Tell whether another candidate cannot be what was said, by its sound."""
        if candidate == self.id or candidate not in self.means:
            return False
        return self.is_heard or self.best.mean - self.means[candidate] >= _NEAR_MEAN


_Scored = tuple[Score, str]


def winner(choice: Choice, heard: Sequence[Heard]) -> Winner | None:
    """Return the likeliest candidate by phrase scores; None where fewer than two are scored."""
    scored = _scored(choice, heard)
    if len(scored) < 2:  # noqa: PLR2004 - a lead needs two
        return None
    best = {each: max(mine, key=lambda one: one[0].mean) for each, mine in scored.items()}
    first = max(best, key=lambda each: best[each][0].mean)
    top, language = best[first]
    others = [score for each, mine in scored.items() if each != first for score, _ in mine]
    near = [score.total for score in others if score.mean > top.mean - _NEAR_MEAN]
    return Winner(
        first,
        top,
        language,
        lead_mean=top.mean - max(score.mean for score in others),
        lead_total=top.total - max(near) if near else None,
        means={each: score.mean for each, (score, _) in best.items()},
    )


def _scored(choice: Choice, heard: Sequence[Heard]) -> dict[str, list[_Scored]]:
    owners: dict[tuple[str, str], set[str]] = {}
    for candidate in choice.candidates:
        for language, phrase in candidate.accepted:
            owners.setdefault((language, normalize(phrase, language)), set()).add(candidate.id)
    found: dict[str, list[_Scored]] = {}
    for each in heard:
        for score in each.scores:
            key = (each.language, normalize(score.phrase, each.language))
            for owner in owners.get(key, ()):
                found.setdefault(owner, []).append((score, each.language))
    return found


def grammar(choice: Choice, heard: Sequence[Heard]) -> set[str]:
    """Return the candidates that a grammar of the given phrases heard."""
    found = (
        match(choice, each.chosen_phrase, each.language) for each in heard if each.chosen_phrase
    )
    return {each.id for each in found if isinstance(each, Found) and each.strength != "weak"}
