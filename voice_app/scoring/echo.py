"""Saying the prompt back: no evidence of understanding."""

from rapidfuzz.distance import Indel

from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.normalize import Words, without_accents, words

_ALIKE = 0.85
_MOST = 0.6


def is_echo(said: Words, prompt: str, language: str, *, names_option: bool) -> bool:
    """Tell whether normalized words are the prompt, nearly the prompt, or mostly its words.

    Where no option is named, some of the prompt's words and no others are an echo too.
    """
    heard = words(prompt, language)
    if not heard or not said:
        return False
    if Indel.normalized_similarity(" ".join(said), " ".join(heard)) >= _ALIKE:
        return True
    mine, theirs = _content(said, language), _content(heard, language)
    shared = mine & theirs
    if mine and mine <= theirs and not names_option:
        return True
    holds_most = len(shared) >= _MOST * len(theirs)
    return bool(shared) and holds_most and len(shared) >= _MOST * len(mine)


def _content(found: Words, language: str) -> frozenset[str]:
    table = lexicon(language)
    small = table.frame | table.articles
    return frozenset(without_accents(word) for word in found if word not in small)
