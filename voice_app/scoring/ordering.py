"""The order in which somebody says that things are to come: a proposal to be confirmed."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.lexicons.vocabulary import vocabulary
from voice_app.scoring.normalize import Words, find
from voice_app.scoring.spotting import Spot, Token, likest, plain, spots, tokens

Cards = Mapping[str, Sequence[str]]
Turn = Literal["before", "after", "then", "first", "last", "back"]

# What stands before a name and says that it is not meant: "not the office".
_DENIED_WITHIN = 3
# How alike the sounds of a name and of what was heard are at least, and how much more than any
# other card's.
_ALIKE = 0.75
_CLEARLY = 0.15
_FEWEST_PHONES = 6
_LAST: Mapping[str, tuple[str, ...]] = {
    "fr": ("en dernier", "à la fin", "pour finir", "enfin", "finalement", "dernier"),
    "es": ("por último", "al final", "finalmente", "en último lugar", "último", "última"),
    "en": ("last", "finally", "at the end", "lastly", "in the end"),
}
_FIRST: Mapping[str, tuple[str, ...]] = {
    "fr": ("d abord", "en premier", "premièrement", "avant tout", "pour commencer"),
    "es": ("primero", "primer", "en primer lugar", "para empezar", "antes de nada"),
    "en": ("first", "firstly", "first of all", "to start", "to begin with"),
}
_THEN: Mapping[str, tuple[str, ...]] = {
    "fr": ("après ça", "après cela"),
    "es": ("después de eso",),
    "en": ("then", "after that", "next", "and after"),
}
_PART = re.compile(r"[,;:.!?…]+(?=\s|$)")


@dataclass(frozen=True)
class _Mention:
    """A card that was named, by the words from `begin` to `end` (not counted)."""

    card: str
    begin: int
    end: int


@dataclass
class _Line:
    """What has been placed so far. `near` is the last one named in the same breath."""

    placed: list[str] = field(default_factory=list)
    lasts: list[str] = field(default_factory=list)
    near: str | None = None
    waiting: Turn | None = None
    held: str | None = None


def order(text: str, cards: Cards, language: str) -> tuple[str, ...]:
    """Return the cards that a text names, in the order in which it says that they come.

    "First the kitchen, then the bathroom", "after the kitchen the bathroom" and "the bathroom
    after the kitchen" all give kitchen, bathroom. What is denied ("not the office") is not
    placed, nor is what is taken back. Each card stands in it once.
    """
    line = _Line()
    parts = [part for part in _PART.split(text) if part.strip()]
    for part in parts:
        if _takes_back(part, language):
            line.placed = line.placed[:-1]
        else:
            _place(line, part, cards=cards, language=language)
    rest = [one for one in line.placed if one not in line.lasts]
    return (*rest, *line.lasts)


def _place(line: _Line, part: str, *, cards: Cards, language: str) -> None:
    """Place what one part between two pauses names."""
    said = tokens(part, language)
    mentions = _mentions(said, cards, language)
    turns = _turns(part, said, language)
    events = sorted(
        [(one.begin, one) for one in mentions] + list(turns.items()), key=lambda each: each[0]
    )
    is_begun = False
    for at, event in events:
        if isinstance(event, _Mention):
            if not _is_denied(said, event, mentions):
                _put(line, event.card)
                is_begun = True
        elif event in {"first", "last"}:
            _at_an_end(line, event, at=at, mentions=mentions)
        elif event == "after" and not is_begun and line.placed:
            # A part that begins with "after", once something is placed, goes on from there.
            line.waiting = "then"
        else:
            line.waiting = event
            line.near = line.near if is_begun else None


def _put(line: _Line, card: str) -> None:
    """Place a card beside the one it was said before or after, else behind all others."""
    waiting, near = line.waiting, line.near
    line.waiting, line.near = None, card
    if card in line.placed:
        return
    if line.held is not None:
        line.placed.insert(line.placed.index(line.held), card)
        line.held = None
    elif waiting == "after" and near in line.placed:
        line.placed.insert(line.placed.index(near), card)
    else:
        line.placed.append(card)
        if waiting == "before" and near is None:
            line.held = card


def _at_an_end(line: _Line, event: str, *, at: int, mentions: Sequence[_Mention]) -> None:
    """Put the card that "first" or "last" is about at that end: the next one, or the one before."""
    next_one = next((one.card for one in mentions if one.begin >= at), None)
    before = next((one.card for one in reversed(mentions) if one.end <= at), None)
    card = next_one or before
    if card is None:
        return
    if event == "last":
        line.lasts = [card]
    elif next_one is None and card in line.placed:
        line.placed.remove(card)
        line.placed.insert(0, card)


def _mentions(said: Sequence[Token], cards: Cards, language: str) -> list[_Mention]:
    """Return the cards that are named, in order: by their words, then by their sound."""
    named = _by_words(said, cards, language)
    others = {card: cards[card] for card in cards.keys() - {one.card for one in named}}
    alike = _by_sound(said, others, language, named=named)
    return sorted((*named, *alike), key=lambda one: one.begin)


def _by_words(said: Sequence[Token], cards: Cards, language: str) -> list[_Mention]:
    """Return the cards whose names stand there; the longer name wins where two overlap."""
    found = [
        (card, spot)
        for card, forms in cards.items()
        for form in forms
        for spot in spots(form, said, language)
    ]
    taken: set[int] = set()
    kept = []
    for card, spot in sorted(found, key=_sureness):
        if not taken & set(spot.places):
            taken |= set(spot.places)
            kept.append(_Mention(card, spot.places[0], spot.places[-1] + 1))
    return kept


def _by_sound(
    said: Sequence[Token], cards: Cards, language: str, *, named: Sequence[_Mention]
) -> Iterator[_Mention]:
    """Return the card that each stretch without a name sounds like, if it is like no other.

    A recognizer that hears "la salle de banc" has heard the bathroom: there are few cards, and
    whoever spoke sees and hears what was understood before it counts.
    """
    taken = {at for one in named for at in range(one.begin, one.end)}
    for begin, end in _free(len(said), taken):
        likes = sorted(_likes(said[begin:end], cards, language), key=lambda each: -each[1])
        second = likes[1][1] if len(likes) > 1 else 0.0
        if likes and likes[0][1] - second >= _CLEARLY:
            card, _, spot = likes[0]
            yield _Mention(card, begin + spot.places[0], begin + spot.places[-1] + 1)


def _likes(said: Sequence[Token], cards: Cards, language: str) -> Iterator[tuple[str, float, Spot]]:
    """Return for each card that something sounds like how much, and where."""
    for card, forms in cards.items():
        alike = (
            likest(form, said, language, least=_ALIKE, fewest=_FEWEST_PHONES) for form in forms
        )
        best = max((one for one in alike if one), key=lambda one: one.similarity, default=None)
        if best is not None:
            yield card, best.similarity, best


def _free(count: int, taken: Collection[int]) -> Iterator[tuple[int, int]]:
    """Return from where to where (not counted) none of `count` places is taken."""
    bounds = [-1, *sorted(taken), count]
    for before, after in pairwise(bounds):
        if after - before > 1:
            yield before + 1, after


def _sureness(named: tuple[str, Spot]) -> tuple[int, float, tuple[int, ...]]:
    _, spot = named
    spread = spot.places[-1] - spot.places[0] + 1 - len(spot.places)
    return (-len(spot.places), spread - spot.similarity, spot.places)


def _turns(part: str, said: Sequence[Token], language: str) -> dict[int, Turn]:
    """Return before which token a phrase tells what comes first; the longest one that stands."""
    words = plain(part, language)
    found: dict[int, Turn] = {}
    taken: set[int] = set()
    for phrase, turn in _phrases(language):
        for at in find(phrase, words):
            places = set(range(at, at + len(phrase)))
            if not places & taken:
                taken |= places
                found[sum(one.place < at for one in said)] = turn
    return found


def _phrases(language: str) -> list[tuple[Words, Turn]]:
    table = vocabulary(language)
    language = language.casefold()[:2]
    own: dict[Turn, tuple[str, ...]] = {
        "last": _LAST.get(language, ()),
        "first": _FIRST.get(language, ()),
        "then": _THEN.get(language, ()),
    }
    told = [(one, turn) for turn, phrases in own.items() for one in phrases]
    headings: tuple[Turn, ...] = ("before", "after", "then", "first")
    for heading in headings:
        phrases = table.phrases[heading] if table is not None else ()
        told += [(" ".join(one), heading) for one in phrases]
    bare = [(plain(text, language), turn) for text, turn in told]
    return sorted(bare, key=lambda each: -len(each[0]))


def _is_denied(said: Sequence[Token], one: _Mention, mentions: Sequence[_Mention]) -> bool:
    """Tell whether a negation stands before it with no other card between, or ends the part."""
    if one.end == len(said) - 1 and said[one.end].kind == "negator":
        return True
    others = {at for each in mentions if each != one for at in range(each.begin, each.end)}
    for at in range(one.begin - 1, max(-1, one.begin - 1 - _DENIED_WITHIN), -1):
        if at in others:
            return False
        if said[at].kind == "negator":
            return True
    return False


def _takes_back(part: str, language: str) -> bool:
    """Tell whether a part is nothing but "no" or "I mean"."""
    words = plain(part, language)
    return words in lexicon(language).repairs or words == ("no",)
