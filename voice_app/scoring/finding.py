"""What was asked or said in free speech: proposals for a person, with their places in time."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from voice_app.scoring.spotting import Spot, Token, sounding, spots, tokens

Cues = Mapping[str, Sequence[str]]

# What a person can listen to by itself.
_SHORTEST_SECONDS = 1.0
# A cue whose words are all words of another one is that other one, if it is about as sure.
_ABOUT = 0.1


@dataclass(frozen=True)
class Timed:
    """A word and its place in the take, in seconds."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Said:
    """Some speech between two pauses: its place in the take, in seconds, and what was heard.

    `words` have places of their own where an engine gave them.
    """

    start: float
    end: float
    text: str
    words: tuple[Timed, ...] = ()


@dataclass(frozen=True)
class Found:
    """One cue that was found: where, in seconds, by which phrase, and how like it, 0 to 1."""

    id: str
    start: float
    end: float
    phrase: str
    similarity: float


@dataclass(frozen=True)
class _Place:
    phrase: str
    stretch: int
    spot: Spot
    cue: str = ""


def found(stretches: Sequence[Said], cues: Cues, language: str) -> tuple[Found, ...]:
    """Return the cues that were said, each once, in order of time.

    A cue is found where the words of one of its phrases come in order and near each other, or
    where something sounds like the whole phrase. It is meant to find too much rather than too
    little: a person listens. Nothing is found in silence and in what recognizers invent.
    """
    said = [tokens(one.text, language) for one in stretches]
    places = [
        replace(one, cue=cue)
        for cue, phrases in cues.items()
        for one in _places(phrases, said, language)
    ]
    best: dict[str, _Place] = {}
    for one in places:
        if not any(_hides(other, one) for other in places):
            before = best.get(one.cue)
            if before is None or _rank(one) > _rank(before):
                best[one.cue] = one
    told = (_told(one, stretches[one.stretch], said[one.stretch]) for one in best.values())
    return tuple(sorted(told, key=lambda one: (one.start, one.id)))


def _places(
    phrases: Sequence[str], said: Sequence[Sequence[Token]], language: str
) -> Iterator[_Place]:
    by_words = [
        _Place(phrase, number, spot)
        for phrase in phrases
        for number, each in enumerate(said)
        for spot in spots(phrase, each, language)
    ]
    yield from by_words
    for phrase in phrases if not by_words else ():
        for number, each in enumerate(said):
            if (spot := sounding(phrase, each, language)) is not None:
                yield _Place(phrase, number, spot)


def _hides(other: _Place, one: _Place) -> bool:
    """Tell whether another cue takes all the words of this one: more of them, or more surely."""
    if other.cue == one.cue or other.stretch != one.stretch:
        return False
    mine, theirs = set(one.spot.places), set(other.spot.places)
    surer = other.spot.similarity - one.spot.similarity
    return (mine < theirs and surer >= -_ABOUT) or (mine == theirs and surer >= _ABOUT)


def _rank(one: _Place) -> tuple[float, int, int]:
    """The likest, then the one of most words, then the earliest."""
    return (one.spot.similarity, len(one.spot.places), -one.stretch)


def _told(one: _Place, stretch: Said, said: Sequence[Token]) -> Found:
    first, last = said[one.spot.places[0]], said[one.spot.places[-1]]
    start, end = _widened(_times(stretch, first)[0], _times(stretch, last)[1], stretch)
    return Found(one.cue, round(start, 2), round(end, 2), one.phrase, round(one.spot.similarity, 2))


def _times(stretch: Said, token: Token) -> tuple[float, float]:
    """Return when a token was said: with the word in whose letters its middle lies."""
    if not stretch.words:
        length = stretch.end - stretch.start
        return stretch.start + token.begin * length, stretch.start + token.end * length
    ends = list(accumulate(len(word.text) + 1 for word in stretch.words))
    middle = (token.begin + token.end) / 2 * ends[-1]
    word = stretch.words[bisect_left(ends, middle)]
    return word.start, word.end


def _widened(start: float, end: float, stretch: Said) -> tuple[float, float]:
    missing = max(0.0, _SHORTEST_SECONDS - (end - start))
    start = max(min(stretch.start, start), start - missing / 2)
    return start, max(end, start + _SHORTEST_SECONDS)
