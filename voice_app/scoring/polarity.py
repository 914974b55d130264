"""Whether a clause denies, and how: one negation, two, half of one, or none."""

from dataclasses import dataclass
from typing import Literal

from voice_app.scoring.clauses import DENIED, LAX
from voice_app.scoring.lexicons.vocabulary import Vocabulary
from voice_app.scoring.normalize import Words

Kind = Literal["", "no", "never", "more", "lax", "half", "bare", "double"]
_ANY = {"anything": "nothing", "anybody": "nobody"}


@dataclass(frozen=True)
class Polarity:
    """How a clause denies; `rest` are its other words.

    `no` (not), `never`, `more` (no more), `lax` (need not), `half` ("ne" alone), `bare` (a
    mere "non"), `double` (two negations). `is_able` where it says can or may; `has_plus`
    where "plus" could be half of a negation.
    """

    kind: Kind = ""
    rest: Words = ()
    is_able: bool = False
    has_plus: bool = False


def polarity(clause: Words, table: Vocabulary) -> Polarity:
    """Judge one clause of normalized words."""
    small = table.words
    is_able = any(word in small["can"] for word in clause)
    has_plus = any(word in small["more"] for word in clause)
    kind = _kind(clause, table)
    rest = _rest(clause, kind, table)
    return Polarity(kind, rest, is_able=is_able, has_plus=has_plus)


def _kind(clause: Words, table: Vocabulary) -> Kind:
    small = table.words
    half = sum(word in small["half"] for word in clause)
    plain = sum(word in small["plain"] for word in clause if word != "point" or half)
    never = any(word in small["never"] for word in clause)
    none = any(_is_none(word, clause, table) for word in clause)
    denied = clause.count(DENIED)
    if LAX in clause:
        return "double" if half + plain + denied or never else "lax"
    if _is_double(half, plain, denied, table=table, is_never=never, is_none=none):
        return "double"
    if never:
        return "never"
    if plain or denied or none:
        return "no"
    return _half(clause, table) if half else _bare(clause, table)


def _is_double(
    half: int, plain: int, denied: int, *, table: Vocabulary, is_never: bool, is_none: bool
) -> bool:
    if half > 1 or plain > 1 or denied + bool(half or plain or is_never) > 1:
        return True
    # Spanish and French say one negation with two words.
    return table.language == "en" and bool(plain) and (is_never or is_none)


def _is_none(word: str, clause: Words, table: Vocabulary) -> bool:
    if word in _ANY:
        return False
    needs_half = word == "personne" and not table.words["half"].intersection(clause)
    return word in table.words["none"] and not needs_half


def _half(clause: Words, table: Vocabulary) -> Kind:
    if any(word in table.words["more"] for word in clause):
        return "more"
    return "" if any(word in table.words["only"] for word in clause) else "half"


def _bare(clause: Words, table: Vocabulary) -> Kind:
    return "bare" if any(word in table.words["bare"] for word in clause) else ""


def _rest(clause: Words, kind: Kind, table: Vocabulary) -> Words:
    small = table.words
    gone = small["half"] | small["plain"] | small["never"] | small["bare"] | {DENIED, LAX}
    gone |= small["more"] if kind == "more" else frozenset()
    found = tuple(_ANY.get(word, word) for word in clause if word not in gone)
    is_only = kind == "" and any(word in small["half"] for word in clause)
    return (*found, "<only>") if is_only else found
