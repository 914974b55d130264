"""Which words of one phrase are which of another: same, said alike, inflected, synonyms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from voice_app.scoring.normalize import without_accents
from voice_app.scoring.reading import Token
from voice_app.scoring.sounds import sound_key

Level = Literal["same", "sound", "inflected", "synonym"]


@dataclass(frozen=True)
class Pair:
    """A meant token and the one said for it."""

    meant: Token
    said: Token
    level: Level


@dataclass(frozen=True)
class Matched:
    """The pairs found, in the order meant, and what is left on each side."""

    pairs: tuple[Pair, ...]
    missing: tuple[Token, ...]
    extra: tuple[Token, ...]

    @property
    def missing_content(self) -> tuple[Token, ...]:
        """What was meant and not said, small words left out."""
        return tuple(token for token in self.missing if not token.is_weak)

    @property
    def extra_content(self) -> tuple[Token, ...]:
        """What was said and not meant, small words left out."""
        return tuple(token for token in self.extra if not token.is_weak)

    @property
    def content(self) -> tuple[Pair, ...]:
        """The pairs that are no small words."""
        return tuple(pair for pair in self.pairs if not pair.meant.is_weak)


def matched(meant: Sequence[Token], said: Sequence[Token], language: str) -> Matched:
    """Pair the tokens of two phrases, the surest pairs first, the nearest place first."""
    levels = [
        (
            get_args(Level).index(level),
            (one.text != other.text, -_fit(one, other)),
            one.at,
            other.at,
            one,
            other,
            level,
        )
        for one in meant
        for other in said
        if (level := _level(one, other, language))
    ]
    pairs: dict[int, Pair] = {}
    taken: set[int] = set()
    for *_, one, other, level in sorted(levels, key=lambda each: each[:4]):
        if id(one) not in pairs and id(other) not in taken:
            pairs[id(one)] = Pair(one, other, level)
            taken.add(id(other))
    found = sorted(pairs.values(), key=lambda pair: pair.meant.at)
    missing = tuple(token for token in meant if id(token) not in pairs)
    return Matched(tuple(found), missing, tuple(each for each in said if id(each) not in taken))


def _fit(one: Token, other: Token) -> int:
    """Return how well two places agree: the same number before it, the same small word."""
    return 2 * (one.number == other.number) + (one.mark == other.mark)


def _level(one: Token, other: Token, language: str) -> Level | None:
    if one.is_number or other.is_number:
        return "same" if one.is_number and one.text == other.text else None
    if one.text == other.text or (_plain(one) == _plain(other) and not _are_two(one, other)):
        return "same"
    if one.is_weak and other.is_weak and _sound(one, language) != _sound(other, language):
        return None
    if _sound(one, language) == _sound(other, language):
        return "sound"
    if one.bases & other.bases:
        return "inflected"
    return "synonym" if one.things & other.things or one.actions & other.actions else None


def _are_two(one: Token, other: Token) -> bool:
    return bool(one.things and other.things and not one.things & other.things)


def _plain(token: Token) -> str:
    return without_accents("".join(token.words))


def _sound(token: Token, language: str) -> str:
    return sound_key(token.words, language)
