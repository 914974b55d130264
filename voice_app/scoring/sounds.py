"""Spelled differently, said alike: a light key of pronunciation for French, Spanish and English.

Two words share a key only where nearly every speaker says them alike; a likeness of sound is
no key (poison and poisson differ). A language without rules has its letters as key.
"""

import re

from voice_app.scoring.normalize import Words, without_accents

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def sound_key(found: Words, language: str) -> str:
    """Return how words sound, written together: equal keys are homophones."""
    language = language.casefold()[:2]
    rules = _RULES.get(language, ())
    return "".join(_sound(word, rules, language) for word in found)


def _sound(word: str, rules: _Rules, language: str) -> str:
    word = _SAME.get(language, {}).get(word, word)
    for pattern, sound in rules:
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
