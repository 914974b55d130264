"""Where the words of a phrase stand in longer speech: in order, near each other, or said alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from rapidfuzz.distance import Levenshtein

from voice_app.scoring.clauses import is_small
from voice_app.scoring.intents import is_invention
from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.lexicons.lexicon import words_of
from voice_app.scoring.lexicons.vocabulary import Vocabulary, vocabulary
from voice_app.scoring.meaning import numbers
from voice_app.scoring.normalize import Words, find, spelled, without_accents
from voice_app.scoring.numbers import with_digits
from voice_app.scoring.sounds import sound_key

Kind = Literal["strong", "small", "half", "negator"]

# The least similarity at which a phrase counts as found, and one with a single word that says
# something: small words make up for no other.
_LEAST = 0.7
_LEAST_OF_ONE = 0.8
# These ask: they are never small.
_ASKING = words_of(
    "qui quoi où quand combien comment pourquoi quel quelle quels quelles lequel laquelle "
    "qué quién quiénes cuál cuáles dónde cuándo cómo cuánto cuánta cuántos cuántas "
    "who what where when why how which"
)
_WORTH = {"strong": 1.0, "negator": 1.0, "small": 0.4, "half": 0.1}
_SAME, _ALIKE, _SYNONYM, _NEAR = 1.0, 0.95, 0.85, 0.8
# A likeness of sound alone is less sure than words.
_SOUND = 0.875
# Words between two words of a phrase: what people put in while they think.
_GAP = 3
_ASIDE = 3
# From so many words on, one may be missing or misheard.
_MANY = 4
# A likeness of sound is worth something only over some length.
_FEWEST_PHONES = 5
_FEWEST_PHONES_OF_PHRASE = 8
_LIKELY_SOUND = 0.79
_LIKELY_REST = 0.7
# A negation that the phrase does not have: the same words, perhaps the opposite meaning.
_DENIED = 0.8
_TEXTS = 4096
_PAIRS = 65536
_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+(?=\S)[^.!?…]+)*[.!?…]*")


@dataclass(frozen=True)
class Token:
    """One word of speech: `at` counts the words before it that say something, `place` all.

    The end of a sentence counts as much as the words that may stand between two of a phrase.

    `begin` and `end` are its place in the text, as shares of all its letters.
    """

    word: str
    kind: Kind
    at: int
    place: int
    begin: float
    end: float


@dataclass(frozen=True)
class Spot:
    """Where a phrase was found: the places of the tokens that are its words, in order."""

    places: tuple[int, ...]
    similarity: float


@lru_cache(_TEXTS)
def plain(text: str, language: str) -> Words:
    """Return all words of a text in one spelling, numbers in digits."""
    return tuple(with_digits(" ".join(spelled(text, language)), language).split())


@lru_cache(_TEXTS)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """Return the words of a text; articles and a recognizer's inventions are left out."""
    sentences = _SENTENCE.findall(text) or [text]
    parts = [(one, plain(one, language)) for one in sentences]
    letters = sum(len(word) + 1 for _, words in parts for word in words)
    found: list[Token] = []
    begin = at = before = 0
    for sentence, words in parts:
        is_said = not is_invention(sentence, language)
        idle = _idle(words, language)
        for place, word in enumerate(words):
            end = begin + len(word) + 1
            if is_said and word not in lexicon(language).articles:
                shares = (begin / letters, end / letters)
                found.append(Token(word, _kind(word, language), at, before + place, *shares))
                at += place not in idle
            begin = end
        before += len(words)
        at += _GAP
    return tuple(found)


def spots(phrase: str, said: Sequence[Token], language: str) -> list[Spot]:
    """Return where a phrase stands in speech; places may overlap."""
    meant = [one for one in tokens(phrase, language) if one.kind != "half"]
    halves = len(tokens(phrase, language)) - len(meant)
    if not meant or not said:
        return []
    strong = [one for one in meant if one.kind == "strong"]
    found = [
        _judged(meant, needed, chain, said=said, language=language, halves=halves)
        for needed in _needed(strong or meant)
        for chain in _chains(needed, said, language, gap=_GAP if strong else 0)
    ]
    least = _LEAST if len(strong) > 1 else _LEAST_OF_ONE
    return [one for one in found if one.similarity >= least]


def sounding(phrase: str, said: Sequence[Token], language: str) -> Spot | None:
    """Return where speech sounds most like a whole phrase that its words do not show, if at all.

    A word that is heard in pieces, or two words heard as one, is found so.
    """
    fewest = _FEWEST_PHONES_OF_PHRASE
    best = likest(phrase, said, language, least=_LIKELY_SOUND, fewest=fewest)
    if best is None:
        return None
    meant = tokens(phrase, language)
    is_it = _is_misheard(meant, [said[at] for at in best.places], language)
    return Spot(best.places, round(best.similarity * _SOUND, 3)) if is_it else None


def likest(
    phrase: str, said: Sequence[Token], language: str, *, least: float, fewest: int
) -> Spot | None:
    """Return where speech sounds most like a phrase, whatever it means; None under `least`.

    A phrase of fewer sounds than `fewest` is like too much else: it is found nowhere.
    """
    meant = tokens(phrase, language)
    key = _key(meant, language)
    if len(key) < fewest:
        return None
    keys = [_key((one,), language) for one in said]
    best = Spot((), 0.0)
    for size in range(max(1, len(meant) - 2), len(meant) + 3):
        for at in range(len(said) - size + 1):
            heard = "".join(keys[at : at + size])
            alike = Levenshtein.normalized_similarity(key, heard, score_cutoff=least)
            if alike > best.similarity:
                best = Spot(tuple(range(at, at + size)), alike)
    return best if best.places else None


def _is_misheard(meant: Sequence[Token], said: Sequence[Token], language: str) -> bool:
    """Tell whether what differs sounds alike too, and denies as the phrase does."""
    if _denies(meant) != _denies(said):
        return False
    while meant and said and _level(meant[0].word, said[0].word, language):
        meant, said = meant[1:], said[1:]
    while meant and said and _level(meant[-1].word, said[-1].word, language):
        meant, said = meant[:-1], said[:-1]
    one, other = _key(meant, language), _key(said, language)
    return Levenshtein.normalized_similarity(one, other) >= _LIKELY_REST


def _idle(words: Words, language: str) -> frozenset[int]:
    """Return the places of articles, hesitations and courtesies: they part nothing."""
    bare = tuple(without_accents(word) for word in words)
    return frozenset(
        place
        for phrase in _parting_nothing(language)
        for at in find(phrase, bare)
        for place in range(at, at + len(phrase))
    )


@lru_cache
def _parting_nothing(language: str) -> tuple[Words, ...]:
    table = lexicon(language)
    phrases = (*table.fillers, *table.polite, *((one,) for one in table.articles))
    return tuple(tuple(without_accents(word) for word in phrase) for phrase in phrases)


@lru_cache(_PAIRS)
def _kind(word: str, language: str) -> Kind:
    table = vocabulary(language)
    if table is None or numbers((word,)) or word in _ASKING:
        return "strong"
    if word in table.words["half"] and word not in table.words["plain"]:
        return "half"
    if word in lexicon(language).negators:
        return "negator"
    return "small" if is_small(word, table) else "strong"


def _needed(strong: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Return the words that must be there: all, and of many all but one."""
    yield tuple(strong)
    if len(strong) >= _MANY:
        yield from combinations(strong, len(strong) - 1)


def _chains(
    needed: Sequence[Token], said: Sequence[Token], language: str, *, gap: int
) -> Iterator[tuple[int, ...]]:
    """Return the places where the words stand in order with few others between."""
    chains: list[tuple[int, ...]] = [()]
    for number, meant in enumerate(needed):
        between = meant.at - needed[number - 1].at if number else 0
        places = [at for at, one in enumerate(said) if _level(meant.word, one.word, language)]
        chains = [
            (*chain, at)
            for chain in chains
            for at in places
            if not chain or (chain[-1] < at and _apart(said, chain[-1], at) <= between + gap)
        ]
    yield from chains


def _apart(said: Sequence[Token], one: int, other: int) -> int:
    return said[other].at - said[one].at


def _judged(
    meant: Sequence[Token],
    needed: Sequence[Token],
    chain: tuple[int, ...],
    *,
    said: Sequence[Token],
    language: str,
    halves: int,
) -> Spot:
    """Weigh the words that were found; the small ones may stand anywhere near."""
    taken = dict(zip(chain, needed, strict=True))
    before, after = needed[0].at - meant[0].at, meant[-1].at - needed[-1].at
    near = _around(said, chain, before=max(before, _ASIDE), after=max(after, _ASIDE))
    for one in meant:
        if one not in needed and one.kind != "strong":
            free = (at for at in near if at not in taken)
            at = next((at for at in free if _level(one.word, said[at].word, language)), None)
            taken |= {} if at is None else {at: one}
    worth = sum(_WORTH[one.kind] for one in meant) + halves * _WORTH["half"]
    found = halves * _WORTH["half"] + sum(
        _WORTH[one.kind] * _level(one.word, said[at].word, language) for at, one in taken.items()
    )
    is_denied = not _denies(meant) and _denies([said[at] for at in near])
    similarity = found / worth * (_DENIED if is_denied else 1.0)
    return Spot(tuple(sorted(taken)), round(similarity, 3))


def _around(said: Sequence[Token], chain: tuple[int, ...], *, before: int, after: int) -> list[int]:
    begin, end = said[chain[0]].at - before, said[chain[-1]].at + after
    return [at for at, one in enumerate(said) if begin <= one.at <= end]


def _denies(found: Sequence[Token]) -> bool:
    return any(one.kind == "negator" for one in found)


@lru_cache(_PAIRS)
def _level(meant: str, said: str, language: str) -> float:
    """Return how much a word heard is worth as the word meant, 0 to 1."""
    if meant == said or without_accents(meant) == without_accents(said):
        return _SAME
    if numbers((meant, said)):
        return 0.0
    if sound_key((meant,), language) == sound_key((said,), language):
        return _ALIKE
    table = vocabulary(language)
    return 0.0 if table is None else _kin(meant, said, table)


def _kin(meant: str, said: str, table: Vocabulary) -> float:
    """Return what a form, a synonym or a misheard word is worth; another known word nothing."""
    if table.base_forms(meant) & table.base_forms(said):
        return _ALIKE
    if is_small(meant, table) or is_small(said, table):
        return 0.0
    if table.named((meant,)) & table.named((said,)):
        return _SYNONYM
    is_near = not table.knows(said) and _sounds_near(meant, said, table.language)
    return _NEAR if is_near else 0.0


def _sounds_near(meant: str, said: str, language: str) -> bool:
    one, other = sound_key((meant,), language), sound_key((said,), language)
    if min(len(one), len(other)) < _FEWEST_PHONES:
        return False
    return Levenshtein.normalized_similarity(one, other) >= _LIKELY_SOUND


def _key(found: Sequence[Token], language: str) -> str:
    return sound_key(tuple(one.word for one in found), language)
