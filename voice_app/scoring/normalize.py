"""What was heard, as plain words: one spelling for all the ways to write and hesitate."""

import re
import unicodedata
from functools import lru_cache

from voice_app.scoring.lexicons import Lexicon, lexicon
from voice_app.scoring.lexicons.lexicon import Phrase
from voice_app.scoring.numbers import joined_digits, with_digits

Words = tuple[str, ...]


def normalize(text: str, language: str) -> str:
    """Return the words of a text in one spelling, hesitations and taken-back words left out.

    Accents stay. Normalizing again changes nothing. The text may come out empty.
    """
    return " ".join(words(text, language))


@lru_cache(maxsize=8192)
def words(text: str, language: str) -> Words:
    """Return the normalized words of a text."""
    found = spelled(text, language)
    while (tidied := spelled(" ".join(_tidy(found, language)), language)) != found:
        found = tidied
    return found


@lru_cache(maxsize=8192)
def spelled(text: str, language: str) -> Words:
    """Return the words as they were said: case, signs and contractions evened out, all kept."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _NOISES.sub(" ", unicodedata.normalize("NFKC", text).translate(_LETTERS))
    text = _CLOCK.sub(r"\1h\2", _THOUSANDS.sub(r"\1\2", text))
    text = _with_units(_DECIMAL.sub(r"\1d\2", text), language)
    table = lexicon(language).contractions
    text = " ".join(table.get(token.strip(_EDGES), token) for token in text.split())
    return tuple(_SIGNS.sub(" ", text).split())


def _with_units(text: str, language: str) -> str:
    """Part a number from its unit and write the signs of units as words."""
    text = _UNIT.sub(r"\1 \2", text)
    for sign, word in _UNIT_SIGNS.get(language.casefold()[:2], {}).items():
        text = text.replace(sign, f" {word} ")
    return text


def unhesitating(found: Words, language: str) -> Words:
    """Return words as spelled without hesitations and immediate repetitions."""
    return once(_without(found, lexicon(language).fillers))


def without_accents(text: str) -> str:
    """Return a text with its accents dropped: the secondary key of a comparison."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


@lru_cache(8192)
def core(found: Words, language: str) -> Words:
    """Return words without articles, whole hours as bare numbers; never empty for some words.

    An article at the end stays: there something is left unsaid.
    """
    articles = lexicon(language).articles
    end = len(found)
    while end and found[end - 1] in articles:
        end -= 1
    kept = tuple(word for word in found[:end] if word not in articles)
    return tuple(_HOUR.sub(r"\1", word) for word in (*kept, *found[end:]))


def once(found: Words) -> Words:
    """Drop immediate repetitions of one to four words."""
    for size in range(1, 5):
        at = 0
        while at + 2 * size <= len(found):
            if found[at : at + size] == found[at + size : at + 2 * size]:
                found = found[: at + size] + found[at + 2 * size :]
            else:
                at += 1
    return found


def find(phrase: Phrase, found: Words) -> tuple[int, ...]:
    """Return every index at which `phrase` stands whole in `found`."""
    size = len(phrase)
    return tuple(at for at in range(len(found) - size + 1) if found[at : at + size] == phrase)


_APOSTROPHES = "\u2018\u2019\u02bc\u00b4\u2032`"
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", **dict.fromkeys(_APOSTROPHES, "'")})
_EDGES = '.,;:!?…"()[]«»¿¡-'
_CLOCK = re.compile(r"\b(\d{1,2})[:.h](\d{2})\b")
_THOUSANDS = re.compile(r"\b(\d{1,3})[,.](\d{3})\b")
_DECIMAL = re.compile(r"\b(\d+)[,.](\d+)\b")
_UNIT = re.compile(r"(\d)(kg|g|gr|mg|ml|cl|l|cm|mm|m|min|mn|sec|°|%|€)(?![\w])")
_UNIT_SIGNS = {
    "fr": {"°c": "degrés", "°": "degrés", "%": "pour cent", "€": "euros"},
    "es": {"°c": "grados", "°": "grados", "%": "por ciento", "€": "euros"},
    "en": {"°c": "degrees", "°": "degrees", "%": "percent", "€": "euros", "$": "dollars"},
}
# What a recognizer writes in brackets is no word: an unknown word, laughter, music.
_NOISES = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|\([^()]*\)")
_HOUR = re.compile(r"^(\d+)h00$")
# Marks (accents that have no composed form, Indic vowels) belong to their word.
_SIGNS = re.compile(r"[^\w\u0300-\u036f\u0900-\u0dff]|_")


def _tidy(found: Words, language: str) -> Words:
    table = lexicon(language)
    found = once(joined_digits(_without(found, table.fillers), language))
    found = _after_repair(found, table)
    found = _without(found, table.polite)
    found = found[1:] if len(found) > 1 and found[0] in table.openers else found
    found = tuple(with_digits(" ".join(found), language).split())
    return once(found)


def _without(found: Words, phrases: tuple[Phrase, ...]) -> Words:
    for phrase in phrases:
        while places := find(phrase, found):
            found = found[: places[0]] + found[places[0] + len(phrase) :]
    return found


def _after_repair(found: Words, table: Lexicon) -> Words:
    """Put what follows the last "no, I mean" in the place of what it takes back.

    Only something named can be taken back: a mere "no" before it still denies.
    """
    ends = [
        (at + len(marker), at)
        for marker in table.repairs
        for at in find(marker, found)
        if at + len(marker) < len(found)
        and not table.negators.union(table.frame, table.articles).issuperset(found[:at])
        and not _is_blocked(found, at, table)
    ]
    if not ends:
        return found
    end, at = max(ends, key=lambda each: (each[0], -each[1]))
    return (*_kept(found[:at], found[end:], table), *found[end:])


def _kept(before: Words, after: Words, table: Lexicon) -> Words:
    """Return what stays of the words before a repair: all up to where it begins anew.

    Where nothing is said again, as many words are taken back as are put in their place.
    """
    places = [at for at, word in enumerate(before) if word == after[0]]
    if not places and after[0] in table.articles:
        places = [at for at, word in enumerate(before) if word in table.articles]
    return before[: places[-1] if places else max(0, len(before) - len(after))]


def _is_blocked(found: Words, at: int, table: Lexicon) -> bool:
    return any(
        at - 1 <= place <= at for marker in table.not_repairs for place in find(marker, found)
    )
