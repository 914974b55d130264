"""What a likeness of spelling cannot see: polarity, numbers and opposites."""

import re

from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.normalize import Words, find

_NUMBER = re.compile(r"^\d+(?:h\d\d|d\d+|th)?$")


def is_negative(found: Words, language: str) -> bool:
    """Tell whether the words hold a negation that is not part of a positive idiom."""
    table = lexicon(language)
    for idiom in table.idioms:
        for at in reversed(find(idiom, found)):
            found = found[:at] + found[at + len(idiom) :]
    return any(word in table.negators for word in found)


def numbers(found: Words) -> tuple[str, ...]:
    """Return the numbers and times of normalized words, in order."""
    return tuple(word for word in found if _NUMBER.match(word))


def vetoes(said: Words, meant: Words, language: str) -> tuple[str, ...]:
    """Return why `said` cannot mean `meant`, however alike they look: codes, none if it can."""
    found = []
    if is_negative(said, language) != is_negative(meant, language):
        found.append("negation")
    # A number that is missing may be one that was not made out; another one never is.
    if numbers(said) and numbers(said) != numbers(meant):
        found.append("number")
    if _is_opposite(said, meant, language):
        found.append("opposite")
    return tuple(found)


def _is_opposite(said: Words, meant: Words, language: str) -> bool:
    pairs = lexicon(language).opposites
    return any(
        (one in said and other in meant and other not in said)
        or (other in said and one in meant and one not in said)
        for one, other in pairs
    )
