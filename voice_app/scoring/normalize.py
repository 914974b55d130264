"""What was heard, as plain words: one spelling for all the ways to write and hesitate."""

import re
import unicodedata
from functools import lru_cache

from voice_app.scoring.lexicons import Lexicon, lexicon
from voice_app.scoring.lexicons.lexicon import Phrase
from voice_app.scoring.numbers import with_digits

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


def spelled(text: str, language: str) -> Words:
    """Return the words as they were said: case, signs and contractions evened out, all kept."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _NOISES.sub(" ", unicodedata.normalize("NFKC", text).translate(_LETTERS))
    text = _CLOCK.sub(r"\1h\2", text)
    table = lexicon(language).contractions
    text = " ".join(table.get(token.strip(_EDGES), token) for token in text.split())
    return tuple(_SIGNS.sub(" ", text).split())


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


def find(phrase: Phrase, found: Words) -> tuple[int, ...]:
    """Return every index at which `phrase` stands whole in `found`."""
    size = len(phrase)
    return tuple(at for at in range(len(found) - size + 1) if found[at : at + size] == phrase)


_APOSTROPHES = "\u2018\u2019\u02bc\u00b4\u2032`"
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", **dict.fromkeys(_APOSTROPHES, "'")})
_EDGES = '.,;:!?…"()[]«»¿¡-'
_CLOCK = re.compile(r"\b(\d{1,2})[:.h](\d{2})\b")
# What a recognizer writes in brackets is no word: an unknown word, laughter, music.
_NOISES = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|\([^()]*\)")
_HOUR = re.compile(r"^(\d+)h00$")
# Marks (accents that have no composed form, Indic vowels) belong to their word.
_SIGNS = re.compile(r"[^\w\u0300-\u036f\u0900-\u0dff]|_")


def _tidy(found: Words, language: str) -> Words:
    table = lexicon(language)
    found = _without(found, table.fillers)
    found = _once(found)
    found = _after_repair(found, table)
    found = _without(found, table.polite)
    found = tuple(with_digits(" ".join(found), language).split())
    return _once(found)


def _without(found: Words, phrases: tuple[Phrase, ...]) -> Words:
    for phrase in phrases:
        while places := find(phrase, found):
            found = found[: places[0]] + found[places[0] + len(phrase) :]
    return found


def _once(found: Words) -> Words:
    """Drop immediate repetitions of one to four words."""
    for size in range(1, 5):
        at = 0
        while at + 2 * size <= len(found):
            if found[at : at + size] == found[at + size : at + 2 * size]:
                found = found[: at + size] + found[at + 2 * size :]
            else:
                at += 1
    return found


def _after_repair(found: Words, table: Lexicon) -> Words:
    """Keep what follows the last "no, I mean": the last self-repair wins.

    Only something named can be taken back: a mere "no" before it still denies.
    """
    ends = [
        at + len(marker)
        for marker in table.repairs
        for at in find(marker, found)
        if at + len(marker) < len(found)
        and not table.negators.union(table.frame, table.articles).issuperset(found[:at])
        and not _is_blocked(found, at, table)
    ]
    return found[max(ends) :] if ends else found


def _is_blocked(found: Words, at: int, table: Lexicon) -> bool:
    return any(
        at - 1 <= place <= at for marker in table.not_repairs for place in find(marker, found)
    )
