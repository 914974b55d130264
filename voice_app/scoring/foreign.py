"""Whether a text is in another language than the one it is heard in."""

from functools import lru_cache

from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.lexicons.vocabulary import LANGUAGES, vocabulary
from voice_app.scoring.meaning import numbers
from voice_app.scoring.normalize import words

_TEXTS = 8192


@lru_cache(_TEXTS)
def is_foreign(text: str, language: str) -> bool:
    """Tell whether another language's tables know more of a text's words than its own do."""
    language = language.casefold()[:2]
    mine = _known(text, language)
    if vocabulary(language) is None or mine == len(words(text, language)):
        return False
    return any(_known(text, each) > mine for each in LANGUAGES if each != language)


def _known(text: str, language: str) -> int:
    table, small = vocabulary(language), lexicon(language)
    if table is None:
        return 0
    return sum(
        word in small.articles or bool(numbers((word,))) or table.knows(word)
        for word in words(text, language)
    )
