"""How words sound: keys that equate what is said alike, and a likeness to rank by.

Two words share a key only where nearly every speaker says them alike; a likeness of sound is
no key (poison and poisson differ). espeak-ng says the words of French, Spanish and English;
where it cannot be loaded, a few rules of spelling do. Another language has its letters as key.
"""
# ruff: noqa: RUF001 - the phones are written in IPA, whose letters look like others

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from voice_app.scoring import phones as espeak
from voice_app.scoring.normalize import Words, core, spelled, without_accents

_Rules = tuple[tuple[re.Pattern[str], str], ...]
_LETTERS = "letters 1"
_KEYS = 32768
# Numbers are compared as written: espeak-ng says 80 and 81 alike in French.
_DIGIT = re.compile(r"\d")


def sounds_version() -> str:
    """Return what says the words, with its version: `espeak-ng 1.52.0` or `letters 1`."""
    version = espeak.version()
    return f"espeak-ng {version}" if version else _LETTERS


def sound_key(found: Words, language: str) -> str:
    """Return how words sound, written together: equal keys are homophones."""
    language = language.casefold()[:2]
    return "".join(_sound(word, language) for word in found)


def likeness(a: str, b: str, language: str) -> float:
    """Return how alike two texts sound without articles, 0 to 1: to rank, never to decide."""
    one, other = _phones(a, language), _phones(b, language)
    return Levenshtein.normalized_similarity(one, other) if one and other else 0.0


def is_accent(a: Words, b: Words, language: str) -> bool:
    """Tell whether words differ only in sounds that some first languages merge."""
    language = language.casefold()[:2]
    one, other = _said(a, language), _said(b, language)
    if one == other or len(one) != len(other):
        return False
    merged = _MERGED_BY_ACCENTS.get(language, ())
    return all(
        mine == theirs or any({mine, theirs} <= each for each in merged)
        for mine, theirs in zip(one, other, strict=True)
    )


@lru_cache(_KEYS)
def _phones(text: str, language: str) -> tuple[str, ...]:
    """Return the phones of all words said but articles; numbers as they are spoken."""
    found = core(spelled(text, language), language)
    language = language.casefold()[:2]
    return tuple(phone for word in found for phone in espeak.phones(word, language) or word)


def _said(found: Words, language: str) -> tuple[str, ...]:
    return tuple(phone for word in found for phone in _phones_of(word, language))


def _phones_of(word: str, language: str) -> tuple[str, ...]:
    return (None if _DIGIT.search(word) else espeak.phones(word, language)) or tuple(word)


@lru_cache(_KEYS)
def _sound(word: str, language: str) -> str:
    word = _SAME.get(language, {}).get(word, word)
    if _DIGIT.search(word):
        return word
    if (said := espeak.phones(word, language)) is not None:
        return "".join(said)
    for pattern, sound in _RULES.get(language, ()):
        word = pattern.sub(sound, word)
    return without_accents(word)


def _rules(*rules: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), sound) for pattern, sound in rules)


_SAME = {
    "en": {
        "flower": "flour",
        "to": "2",
        "too": "2",
        "for": "4",
        "won": "1",
        "steak": "stake",
        "stares": "stairs",
        "stare": "stair",
        "pale": "pail",
        "male": "mail",
        "sauce": "source",
        "none": "nun",
        "son": "sun",
        "bred": "bread",
        "grey": "gray",
    },
}

# Sounds that one first language or another does not keep apart: Arabic p and b, e and i;
# Tagalog f and p; Spanish b and v, s and z; Portuguese r; vowels of English and French.
_MERGED_BY_ACCENTS = {
    language: tuple(frozenset(each.split()) for each in merged.split("|"))
    for language, merged in {
        "fr": "p b|b v|f p|l ʁ|s z ʃ ʒ|y u|e ɛ i ə|o ɔ u|ø œ ə e|a ɑ|ɑ̃ ɔ̃|ɛ̃ ɑ̃",
        "es": "p b|f p|r ɾ l|e i|o u|s ʃ z|ʝ ʒ|n ɲ",
        "en": "p b|b v w|f p|r l|ɪ i e|ʊ u|a ʌ ɒ ɑ æ|ɔ ɒ o|s z ʃ ʒ|θ t s|ð d z|n ŋ|e a ɛ|ɜ ə",
    }.items()
}

_RULES = {
    "es": _rules(
        (r"ch", "C"),
        (r"ll", "y"),
        (r"h", ""),
        (r"v", "b"),
        (r"qu(?=[eiéí])", "k"),
        (r"g(?=[eiéí])", "j"),
        (r"gu(?=[eiéí])", "g"),
        (r"c(?=[eiéí])|z", "s"),
        (r"c", "k"),
        (r"ñ", "N"),
    ),
    "fr": _rules(
        (r"(?<=\w\w)[sx]$", ""),
        (r"ph", "f"),
        (r"ch", "C"),
        (r"h", ""),
        (r"qu", "k"),
        (r"ç", "S"),
        (r"ss|sc(?=[eiéèêy])", "S"),
        (r"(?<=[aeiouyéèêàâîôû])s(?=[aeiouyéèêàâîôû])", "z"),
        (r"s", "S"),
        (r"c(?=[eiéèêy])", "S"),
        (r"c", "k"),
        (r"g(?=[eiéèêy])e?", "j"),
        (r"eau|au|ô", "o"),
        (r"(?:ez|er|é|ée|ées|és)$", "é"),
        (r"ai[esStxz]*$|ay$|et$|êt$|êtS$", "è"),
        (r"ai|ei|ê", "è"),
        (r"(?<=[aeioubdfgjklmnprtvzSCéè])(?:[eStdxpz]|eS)$", ""),
        (r"(?<=[oiué])(?:[tdxpzS]+)$", ""),
        (r"([bdfgjklmnprtvzSC])\1", r"\1"),
        (r"œ|oe", "eu"),
        (r"em(?=[bp])|en(?=[dtgSk])", "an"),
    ),
}
