"""A phrase in clauses: marks for what turns a meaning, and which clause comes first in time."""

from collections.abc import Iterator
from dataclasses import dataclass

from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.lexicons.lexicon import Phrase
from voice_app.scoring.lexicons.vocabulary import Vocabulary
from voice_app.scoring.meaning import numbers
from voice_app.scoring.normalize import Words, find

# Marks of what was put in the place of a phrase; no word has such a sign.
BEFORE, AFTER, THEN, LINK, DENIED, LAX = "<before>", "<after>", "<then>", "<link>", "<no>", "<lax>"
_MARKS = {"before": BEFORE, "after": AFTER, "then": THEN, "denials": DENIED, "lax": LAX}
# In this order: "need not" and "do not forget to" hold negators that others would take.
_TURNS = ("lax", "idioms", "denials", "before", "after", "then", "first", "links", "courtesies")
_DROPPED = {"lax", "idioms", "denials", "courtesies"}


@dataclass(frozen=True)
class Order:
    """Clauses of which some come before others in time; `is_then` where only "then" says so."""

    earlier: frozenset[int]
    later: frozenset[int]
    is_then: bool


def marked(found: Words, table: Vocabulary) -> tuple[Words, Words]:
    """Put marks in the place of phrases that turn a meaning; drop those that turn none."""
    dropped: Words = ()
    for phrase in table.phrases["joined"]:
        found = _put(found, phrase, ("".join(phrase),))
    for before, after in table.instead:
        found = _put(found, before, after)
    found = tuple(_ordinal(found, at, table) for at in range(len(found)))
    for heading in _TURNS:
        if heading == "first" and THEN not in found:
            continue
        for phrase in table.phrases[heading]:
            if find(phrase, found):
                found = _put(found, phrase, _mark(heading, phrase))
                dropped += phrase if heading in _DROPPED else ()
    return found, dropped


def _ordinal(found: Words, at: int, table: Vocabulary) -> str:
    """Write "second" as a number, where it is no part of a minute."""
    is_unit = at > 0 and bool(numbers((found[at - 1],)))
    return found[at] if is_unit else table.ordinals.get(found[at], found[at])


def _mark(heading: str, phrase: Phrase) -> Words:
    if heading == "links":
        return (LINK + "_".join(phrase),)
    return (_MARKS[heading],) if heading in _MARKS else ()


def _put(found: Words, phrase: Phrase, instead: Words) -> Words:
    while places := find(phrase, found):
        found = found[: places[0]] + instead + found[places[0] + len(phrase) :]
    return found


def clauses(found: Words, table: Vocabulary) -> tuple[tuple[Words, ...], tuple[Order, ...]]:
    """Divide at marks, at "and" before an action, and where a main clause follows a first one."""
    parts: list[Words] = [()]
    relations: list[tuple[str, int, bool]] = []
    is_open = False
    for at, word in enumerate(found):
        if word in {BEFORE, AFTER, THEN}:
            is_open = not any(map(_is_said, parts[-1])) and len(parts) == 1 and word != THEN
            parts += [()] if any(parts) else []
            relations.append((word, len(parts) - 1, is_open))
        elif word.startswith(LINK):
            parts.append((word.removeprefix(LINK),))
        elif _contrasts(found, at, parts[-1], table=table):
            parts.append((word,))
        elif _begins(found, at, parts[-1], table=table, is_open=is_open):
            parts.append((word,))
            is_open = False
        else:
            parts[-1] += (word,)
    return tuple(parts), tuple(_orders(relations, len(parts)))


def _contrasts(found: Words, at: int, clause: Words, *, table: Vocabulary) -> bool:
    """Tell whether "not" takes a thing for another ("the mop, not the sponge"): a new clause."""
    if found[at] not in table.words["plain"] | table.words["bare"]:
        return False
    if table.words["half"].intersection(clause):
        return False
    before = [each for each in clause if not is_small(each, table)]
    after = [each for each in found[at + 1 :] if not is_small(each, table)]
    if not before or _is_action(before[-1], table):
        return False
    has_action = any(_is_action(each, table) for each in before)
    return has_action or not (after and _is_action(after[0], table))


def _is_said(word: str) -> bool:
    return not word.startswith("<")


def _begins(found: Words, at: int, clause: Words, *, table: Vocabulary, is_open: bool) -> bool:
    """Tell whether an action begins a clause here: after "and", or after a first "before ..."."""
    word = found[at]
    if is_open:
        content = [each for each in clause if not is_small(each, table)]
        return bool(content) and _is_action(word, table)
    if word not in table.words["and"] or not any(not is_small(each, table) for each in clause):
        return False
    negators = table.words["half"] | table.words["plain"] | table.words["never"]
    after = [each for each in found[at + 1 : at + 5] if not is_small(each, table)]
    after = [each for each in after if each not in negators]
    return bool(after) and _is_action(after[0], table)


def _is_action(word: str, table: Vocabulary) -> bool:
    return any(base in table.actions for base in table.base_forms(word)) and not (
        table.named((word,)) or is_small(word, table)
    )


def is_small(word: str, table: Vocabulary) -> bool:
    """Tell whether a word is an article or may be missing or added."""
    return word in table.words["weak"] or word in lexicon(table.language).articles


def _orders(relations: list[tuple[str, int, bool]], count: int) -> Iterator[Order]:
    for word, at, is_initial in relations:
        mine = frozenset((at,))
        rest = frozenset(range(count)) - mine
        rest = rest if word != THEN or is_initial else frozenset(range(at))
        if word == THEN and not rest:
            continue
        if word == AFTER:
            yield Order(mine, rest, is_then=False)
        else:
            yield Order(rest, mine, is_then=word == THEN)
