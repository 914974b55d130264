"""Things said that are no answer: a recognizer's inventions, and talk about the test itself."""

import re
from functools import lru_cache
from typing import Literal

from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.normalize import Words, find, spelled, unhesitating

_UNKNOWN = re.compile(r"[\[<(]\s*(?:unk|unknown|inaudible|inconnu|desconocido)\s*[\]>)]")

Intent = Literal["dont_know", "repeat", "stop"]


def is_invention(text: str, language: str) -> bool:
    """Tell whether the text is one that recognizers are known to invent on silence."""
    said = spelled(text, language)
    table = lexicon(language)
    return any(
        said == each or (len(each) > 1 and each not in table.polite and find(each, said))
        for each in _inventions(language.casefold()[:2])
    )


@lru_cache
def _inventions(language: str) -> tuple[Words, ...]:
    return tuple(spelled(each, language) for each in lexicon(language).inventions)


def has_unknown(text: str) -> bool:
    """Tell whether a recognizer left a word open: it may be the one that turns the meaning."""
    return bool(_UNKNOWN.search(text.casefold()))


def is_empty(text: str, language: str) -> bool:
    """Tell whether no word was heard: silence, signs only, or noises named in brackets."""
    return not spelled(text, language)


def intent(text: str, language: str) -> Intent | None:
    """Return what a person wants of the test, where the text is a request and no answer."""
    said = spelled(text, language)
    bare = unhesitating(said, language)
    return _wanted(said, language) or (_wanted(bare, language) if bare != said else None)


def _wanted(said: Words, language: str) -> Intent | None:
    table = lexicon(language)
    small = table.frame | table.articles
    small |= {word for phrase in table.fillers + table.polite for word in phrase}
    if _says(said, table.dont_know, small=small):
        return "dont_know"
    if _says(said, table.repeat, small=small):
        return "repeat"
    return "stop" if _says(said, table.stop, small=small) else None


def _says(said: Words, phrases: tuple[Words, ...], *, small: frozenset[str]) -> bool:
    for phrase in phrases:
        for at in find(phrase, said):
            rest = said[:at] + said[at + len(phrase) :]
            if all(word in small for word in rest):
                return True
    return False
