"""Phrases to a grammar that Vosk survives: it crashes on lists that are empty or malformed."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

# "None of these" is spelled differently from model to model; it must be a word of that model.
NONE_OF_THESE = ("[unk]", "<UNK>", "<unk>")
_NOT_OF_A_WORD = re.compile(r"[^\w'\-]+")
_APOSTROPHES = str.maketrans("\u2019\u02bc`", "'''")

Knows = Callable[[str], bool]


@dataclass(frozen=True)
class Grammar:
    """A grammar for one recognizer.

    `text` is the JSON the engine takes, or None when no phrase can be heard. `spoken` maps the
    engine's own words, joined by spaces, to the phrase they stand for. `unheard` are phrases
    left out because of words the model does not know: the engine would listen for the rest of
    the phrase without them.
    """

    text: str | None
    spoken: dict[str, str]
    unheard: tuple[str, ...]


def build(phrases: Sequence[str], *, knows: Knows) -> Grammar:
    """Build a grammar of whole phrases; `knows` says whether the model has a word."""
    spoken: dict[str, str] = {}
    unheard: list[str] = []
    for phrase in phrases:
        words = spelling(phrase, knows=knows)
        if words is None:
            unheard.append(phrase)
        else:
            spoken.setdefault(" ".join(words), phrase)
    entries = [*spoken, *(word for word in NONE_OF_THESE if knows(word))]
    text = json.dumps(entries, ensure_ascii=False) if spoken else None
    return Grammar(text, spoken, tuple(unheard))


def spelling(phrase: str, *, knows: Knows) -> tuple[str, ...] | None:
    """The phrase in words of the model's vocabulary, or None when one is missing."""
    cleaned = _NOT_OF_A_WORD.sub(" ", phrase.translate(_APOSTROPHES).lower())
    words: list[str] = []
    for word in cleaned.split():
        found = next((way for way in _ways(word) if all(map(knows, way))), None)
        if found is None:
            return None
        words.extend(found)
    return tuple(words) or None


def unknown_words(phrases: Sequence[str], *, knows: Knows) -> tuple[str, ...]:
    """Every word of the phrases that the model does not know, each once."""
    cleaned = (_NOT_OF_A_WORD.sub(" ", p.translate(_APOSTROPHES).lower()) for p in phrases)
    words = dict.fromkeys(word for text in cleaned for word in text.split())
    return tuple(w for w in words if not any(all(map(knows, way)) for way in _ways(w)))


def _ways(word: str) -> Iterator[tuple[str, ...]]:
    """A word as it is, without its edges, and in the two parts an elision or hyphen makes."""
    bare = word.strip("'-_")
    if not bare:
        return
    yield from ((word,), (bare,))
    for mark in "'-":
        before, found, after = bare.partition(mark)
        if found and after:
            yield from ((before + mark, after), (before, after))
