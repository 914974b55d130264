"""Two listenings to one utterance: the second counts where the first leaves doubt."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from voice_app.scoring.decide import Unsure, Verdict, Wrong
from voice_app.scoring.sources import Heard, Score

Decide = Callable[[Sequence[Heard]], Verdict]


# Under this chance of the right option hardly any second listening made it right.
_WORTH_IT = 0.8


def is_in_doubt(verdict: Verdict) -> bool:
    """Tell whether a second listening may settle it: the right option is likely, not enough."""
    return isinstance(verdict, Unsure) and verdict.p is not None and verdict.p >= _WORTH_IT


def decided_twice(decide: Decide, once: Sequence[Heard], again: Sequence[Heard]) -> Verdict:
    """Decide by the first listening, and by both where that leaves doubt.

    `again` is what the same engines made of the slowed take, in the same order; empty where it
    was not listened to twice. Doubt may end in right, never in wrong.
    """
    verdict = decide(once)
    if not again or not is_in_doubt(verdict):
        return verdict
    second = decide([together(*pair) for pair in zip(once, again, strict=True)])
    if isinstance(second, Wrong):
        return Unsure((*second.reasons, "not_at_once"), second.chosen, second.p)
    return second


def together(first: Heard, again: Heard) -> Heard:
    """Return what two listenings to one utterance make of it: their mean, and the surer text."""
    other = {score.phrase: score for score in again.scores}
    surer = max(first, again, key=lambda each: each.confidence)
    return replace(
        first,
        text=surer.text,
        confidence=surer.confidence,
        chosen_phrase=first.chosen_phrase or again.chosen_phrase,
        scores=tuple(_mean(each, other.get(each.phrase, each)) for each in first.scores),
    )


def _mean(one: Score, other: Score) -> Score:
    return Score(
        one.phrase,
        total=(one.total + other.total) / 2,
        mean=(one.mean + other.mean) / 2,
        lowest=(one.lowest + other.lowest) / 2,
        prior=(one.prior + other.prior) / 2,
    )
