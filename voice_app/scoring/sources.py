"""What the engines say beside their free text: how likely each given phrase is, or a grammar."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice_app.scoring.match import Choice, Found, match
from voice_app.scoring.normalize import normalize
from voice_app.scoring.numbers import in_figures


@dataclass(frozen=True)
class Score:
    """How likely one phrase is for the recording, in natural logarithms of probability.

    `prior` is the mean where nothing is said; see `PhraseScore` of the engines.
    """

    phrase: str
    total: float
    mean: float
    lowest: float
    prior: float

    @property
    def evidence(self) -> float:
        """The mean, less a part of what the engine expects of the phrase unheard.

        The same mean over more tokens is more evidence: it grows with the root of their number.
        """
        unexpected = self.mean - _PRIOR_SHARE * self.prior
        return unexpected * math.sqrt(self.tokens / _USUAL_TOKENS)

    @property
    def tokens(self) -> float:
        """How many pieces the engine writes the phrase in."""
        return self.total / self.mean if self.mean else 1.0


@dataclass(frozen=True)
class Heard:
    """What one engine, in one language, made of one utterance.

    `confidence` and `no_speech_probability` are 0 to 1, the engine's own. `scores` holds
    phrases of right and wrong options alike, or nothing; `chosen_phrase` is what a grammar
    of them heard. `speech_seconds` is the time in which somebody speaks, 0 if not measured.
    """

    engine: str
    language: str
    text: str
    confidence: float
    no_speech_probability: float | None = None
    scores: tuple[Score, ...] = ()
    chosen_phrase: str | None = None
    speech_seconds: float = 0.0


# The share of the prior that ranks phrases best, on the development sounds of all languages.
_PRIOR_SHARE = 0.8
# Where a phrase of this many tokens stands, evidence is its mean.
_USUAL_TOKENS = 5
_MOST_FOILS = 2


def phrases(choice: Choice) -> dict[str, tuple[str, ...]]:
    """Return by language what an engine is asked about: right and wrong options and foils alike.

    A phrase with numbers is asked about in digits too, as engines write them. Of the foils the
    first few, those of the right option, in the language the options were named in.
    """
    asked: dict[str, list[str]] = {}
    for candidate in choice.candidates:
        for language, phrase in candidate.scored or candidate.accepted:
            asked.setdefault(language, []).extend(spellings(phrase, language))
    nearest = [each for each in choice.foils if each[0] == choice.help_language][:_MOST_FOILS]
    for language, phrase in nearest:
        asked.setdefault(language, []).extend(spellings(phrase, language))
    return {language: tuple(dict.fromkeys(found)) for language, found in asked.items()}


def spellings(phrase: str, language: str) -> tuple[str, ...]:
    """Return a phrase as it is, and with its numbers in digits where it has any."""
    digits = in_figures(phrase.casefold(), language)
    return (phrase,) if digits == phrase.casefold() else (phrase, digits)


def owners(choice: Choice) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the candidates that a (language, normalized phrase) stands for."""
    found: dict[tuple[str, str], set[str]] = {}
    for candidate in choice.candidates:
        for language, phrase in candidate.accepted:
            found.setdefault((language, normalize(phrase, language)), set()).add(candidate.id)
    return {key: frozenset(names) for key, names in found.items()}


def grammar(choice: Choice, heard: Sequence[Heard]) -> set[str]:
    """Return the candidates that a grammar of the given phrases heard."""
    found = (
        match(choice, each.chosen_phrase, each.language) for each in heard if each.chosen_phrase
    )
    return {each.id for each in found if isinstance(each, Found) and each.strength != "weak"}
