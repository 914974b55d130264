"""The shape of a language's small words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Phrase = tuple[str, ...]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text written with spaces between them."""
    return frozenset(text.split())


def phrases_of(*texts: str) -> tuple[Phrase, ...]:
    """Return each text as a tuple of words, the longest first, so that it is tried first."""
    return tuple(sorted((tuple(text.split()) for text in texts), key=len, reverse=True))


@dataclass(frozen=True)
class Lexicon:
    """The small words of one language, casefolded, without punctuation, elisions split off.

    `fillers` are hesitations and `polite` courtesies: both are dropped anywhere.
    `openers` join an answer to what came before it: they are dropped at its start.
    `articles` are dropped for a second comparison. `frame` are the words that may stand
    around an answer ("I think it is ..."). `negators` turn a meaning, `idioms` are negative
    in form and positive in meaning. `repairs` announce that a speaker takes back what was
    said, except within `not_repairs`. `opposites` are pairs of which only one can be true.
    `ones` are the words that are an article or the number one; they are a number after one
    of `counters` and before one of `after_one`. `text_to_num` is that library's language.
    `dont_know`, `repeat` and `stop` are about the test; `inventions` are what recognizers
    are known to make of silence.
    """

    fillers: tuple[Phrase, ...] = ()
    polite: tuple[Phrase, ...] = ()
    openers: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    frame: frozenset[str] = frozenset()
    negators: frozenset[str] = frozenset()
    idioms: tuple[Phrase, ...] = ()
    repairs: tuple[Phrase, ...] = ()
    not_repairs: tuple[Phrase, ...] = ()
    opposites: tuple[tuple[str, str], ...] = ()
    contractions: Mapping[str, str] = field(default_factory=dict)
    small_numbers: Mapping[str, str] = field(default_factory=dict)
    ones: frozenset[str] = frozenset()
    counters: frozenset[str] = frozenset()
    after_one: frozenset[str] = frozenset()
    text_to_num: str | None = None
    dont_know: tuple[Phrase, ...] = ()
    repeat: tuple[Phrase, ...] = ()
    stop: tuple[Phrase, ...] = ()
    inventions: tuple[str, ...] = ()


GENERIC = Lexicon()
