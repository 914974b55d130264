"""The small words of each language: what is ignored, what turns a meaning, what is no answer."""

from voice_app.scoring.lexicons.english import ENGLISH
from voice_app.scoring.lexicons.french import FRENCH
from voice_app.scoring.lexicons.lexicon import GENERIC, Lexicon
from voice_app.scoring.lexicons.spanish import SPANISH

_BY_LANGUAGE = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH}


def lexicon(language: str) -> Lexicon:
    """Return the words of a language code such as `fr` or `fr-CA`; an unknown one has none."""
    return _BY_LANGUAGE.get(language.casefold()[:2], GENERIC)


__all__ = ["GENERIC", "Lexicon", "lexicon"]
