"""What a phrase says: its clauses, their polarity, what comes first, and its words in order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, zip_longest

from voice_app.scoring.clauses import Order, clauses, is_small, marked
from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.lexicons.lexicon import Phrase
from voice_app.scoring.lexicons.vocabulary import NONE, Ids, Vocabulary, vocabulary
from voice_app.scoring.meaning import numbers
from voice_app.scoring.normalize import Words, words
from voice_app.scoring.polarity import Polarity, polarity

_LONGEST_NAME = 5
_TEXTS = 8192


@dataclass(frozen=True)
class Token:
    """One word or name of several words. `number` is what stands right before it.

    `mark` is the small word before it; `clause` and `at` tell its place.
    """

    text: str
    words: Words
    bases: Ids
    things: Ids = NONE
    actions: Ids = NONE
    is_weak: bool = False
    is_number: bool = False
    is_clock: bool = False
    number: str = ""
    mark: str = ""
    clause: int = 0
    at: int = 0

    @property
    def is_known(self) -> bool:
        """Whether the tables say what it is."""
        return bool(self.things or self.actions or self.is_number)


@dataclass(frozen=True)
class Reading:
    """A phrase taken apart. `sense` are its tokens with set phrases put in one way.

    `dropped` are turns of phrase that change no meaning; `polarities` one a clause.
    """

    language: str
    words: Words
    tokens: tuple[Token, ...]
    sense: tuple[Token, ...]
    polarities: tuple[Polarity, ...]
    orders: tuple[Order, ...]
    dropped: Words


@lru_cache(_TEXTS)
def read(text: str, language: str) -> Reading:
    """Take a text apart. A language without tables has words only."""
    found = words(text, language)
    table = vocabulary(language)
    if table is None:
        bare = tuple(Token(each, (each,), frozenset((each,))) for each in found)
        plain = tuple(replace(each, at=at) for at, each in enumerate(bare))
        return Reading(language, found, plain, plain, (Polarity(),), (), ())
    turned, dropped = marked(found, table)
    parts, orders = clauses(turned, table)
    tokens = tuple(_placed(parts, table))
    return Reading(
        language=language,
        words=found,
        tokens=tokens,
        sense=_rewritten(tokens, table),
        polarities=tuple(polarity(each, table) for each in parts),
        orders=orders,
        dropped=dropped,
    )


def _placed(clauses: tuple[Words, ...], table: Vocabulary) -> Iterator[Token]:
    at = 0
    for index, clause in enumerate(clauses):
        kept = polarity(clause, table).rest
        for token in _bound(tuple(_tokens(kept, table)), table):
            yield replace(token, clause=index, at=at)
            at += 1


def _tokens(clause: Words, table: Vocabulary) -> Iterator[Token]:
    at = 0
    while at < len(clause):
        size, token = _named(clause[at:], table)
        yield token if size > 1 else _single(clause, at, table)
        at += size


def _named(rest: Words, table: Vocabulary) -> tuple[int, Token]:
    """Return the longest name of several words that begins here, with its length; or 1."""
    for size in range(min(_LONGEST_NAME, len(rest)), 1, -1):
        span = rest[:size]
        inner = tuple(word for word in span if not is_small(word, table))
        is_bare = is_small(span[0], table) or is_small(span[-1], table)
        if is_bare or numbers(span) or not (things := table.named(inner or span)):
            continue
        if len(inner) == 1:
            continue
        return size, Token(" ".join(span), span, frozenset(("".join(inner),)), things)
    return 1, Token("", (), NONE)


def _single(clause: Words, at: int, table: Vocabulary) -> Token:
    word = clause[at]
    if numbers((word,)):
        bare = word.removesuffix("h00")
        is_clock = "h" in word and not word.endswith("th")
        return Token(bare, (word,), frozenset((bare,)), is_number=True, is_clock=is_clock)
    if is_small(word, table) and not _is_unit(clause, at, table):
        return Token(word, (word,), frozenset((word,)), is_weak=True)
    bases = table.base_forms(word) | {word}
    actions = frozenset(table.actions[base] for base in bases if base in table.actions)
    things = table.named((word,))
    for base in bases - {word}:
        things |= table.named((base,))
    return Token(word, (word,), bases, things, actions)


def _is_unit(clause: Words, at: int, table: Vocabulary) -> bool:
    """Tell whether a small word after a number is a unit: "2 l" is no article."""
    after_number = at > 0 and bool(numbers((clause[at - 1],))) and "h" not in clause[at - 1]
    return after_number and any(
        table.groups[thing] == "units" for thing in table.named((clause[at],))
    )


def _bound(tokens: tuple[Token, ...], table: Vocabulary) -> tuple[Token, ...]:
    """Tell each token its number and the small word before it; drop articles."""
    articles = lexicon(table.language).articles
    found = list(tokens[:1])
    for before, token in pairwise(tokens):
        number = before.text if before.is_number and not before.is_clock else ""
        number = "one" if before.text in table.words["one"] else number
        mark = before.mark if before.text in articles else _small_before(before, table)
        before_mark = found[-1].mark if before.text in articles else mark
        found.append(replace(token, number=number, mark=before_mark))
    return tuple(
        token
        for token, after in zip_longest(found, found[1:])
        if not token.is_weak or token.text not in articles or _is_pronoun(token, found, after)
    )


def _small_before(token: Token, table: Vocabulary) -> str:
    return token.text if token.text in table.words["place"] else ""


def _is_pronoun(token: Token, found: list[Token], after: Token | None) -> bool:
    """Tell whether an article stands for a person or thing: "appelez-le avant de partir"."""
    at = found.index(token)
    follows_action = at > 0 and bool(found[at - 1].actions)
    return follows_action and (after is None or after.is_weak)


def _rewritten(tokens: tuple[Token, ...], table: Vocabulary) -> tuple[Token, ...]:
    """Say set phrases in one way: "take out the trash" as "empty the bin"."""
    for each in table.paraphrases:
        for clause in sorted({token.clause for token in tokens}):
            taken = _needed(each.said, tokens, clause=clause, table=table)
            if taken is not None:
                tokens = _replaced(tokens, taken, meant=each.meant, table=table)
    return tokens


def _needed(
    said: Phrase, tokens: tuple[Token, ...], *, clause: int, table: Vocabulary
) -> dict[str, Token] | None:
    taken: dict[str, Token] = {}
    for needle in said:
        for token in tokens:
            free = token.clause == clause and token not in taken.values()
            if free and _is_of(token, needle, table):
                taken[needle] = token
                break
        else:
            return None
    return taken


def _is_of(token: Token, needle: str, table: Vocabulary) -> bool:
    if token.things and needle not in token.things and token.text.endswith("ing"):
        return False
    return (
        needle in token.bases
        or needle in token.things
        or table.actions.get(needle, "-") in token.actions
    )


def _replaced(
    tokens: tuple[Token, ...], taken: dict[str, Token], *, meant: Phrase, table: Vocabulary
) -> tuple[Token, ...]:
    first = min(taken.values(), key=lambda token: token.at)
    new = [
        taken[word]
        if word in taken
        else replace(_single((word,), 0, table), clause=first.clause, at=first.at)
        for word in meant
    ]
    kept = [token for token in tokens if token not in taken.values()]
    return tuple(sorted([*kept, *new], key=lambda token: token.at))
