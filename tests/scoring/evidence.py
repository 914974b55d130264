"""Evidence written by hand: what an engine may say of an utterance."""

from voice_app.scoring.sources import Heard, Score


def score(
    phrase: str, mean: float, *, tokens: int = 4, lowest: float | None = None, prior: float = -6.0
) -> Score:
    """Return how likely a phrase is; the least likely part is twice as unlikely if not said."""
    return Score(phrase, mean * tokens, mean, 2 * mean if lowest is None else lowest, prior)


def heard(text: str, *scores: Score, language: str = "fr", seconds: float = 0.8) -> Heard:
    """Return what one engine made of an utterance of some length."""
    return Heard("e", language, text, 0.7, None, scores, speech_seconds=seconds)
