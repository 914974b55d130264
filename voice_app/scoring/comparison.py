"""A text beside one accepted phrase, as the task asks: vetoes first, then what is left over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.lexicons.inflection import clitic
from voice_app.scoring.lexicons.vocabulary import Vocabulary, vocabulary
from voice_app.scoring.matching import Matched, matched
from voice_app.scoring.normalize import Words, core
from voice_app.scoring.reading import Reading, Token, read
from voice_app.scoring.sounds import sound_key
from voice_app.scoring.vetoes import vetoes

_MOST_BESIDES = 2


class Asked(Protocol):
    """What a comparison needs to know of a target."""

    @property
    def task(self) -> str: ...  # noqa: D102
    @property
    def language(self) -> str: ...  # noqa: D102
    @property
    def order_matters(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Comparison:
    """A verdict on one accepted phrase; `shared` counts the words that fit."""

    verdict: Literal["accept", "reject", "person"]
    reasons: tuple[str, ...]
    shared: int
    is_exact: bool = False


def compare(asked: Asked, phrase: str, text: str, *, required: frozenset[str] | None) -> Comparison:
    """Compare a text with one accepted phrase. `required` words must be said; None: all."""
    language = asked.language
    meant, said = read(phrase, language), read(text, language)
    if meant.words == said.words:
        return Comparison("accept", ("exact",), len(meant.tokens), is_exact=True)
    if _sounds_alike(meant.words, said.words, language):
        return Comparison("accept", ("sounds_alike",), len(meant.tokens))
    table = vocabulary(language)
    if table is None:
        return Comparison("person", ("no_tables",), 0)
    if required is not None:
        found = matched(meant.tokens, said.tokens, language)
    else:
        found = _matched(asked, meant, said, table=table)
    return _judged(asked, (meant, said), found, table=table, required=required)


def _sounds_alike(meant: Words, said: Words, language: str) -> bool:
    one, other = core(meant, language), core(said, language)
    return sound_key(one, language) == sound_key(other, language)


def _matched(asked: Asked, meant: Reading, said: Reading, *, table: Vocabulary) -> Matched:
    if asked.task == "repeat":
        return matched(meant.tokens, said.tokens, table.language)
    return matched(meant.sense, _unframed(asked, said, meant), table.language)


def _unframed(asked: Asked, said: Reading, meant: Reading) -> tuple[Token, ...]:
    """Drop the words around a name ("I think it is ...") that the name itself has not."""
    if asked.task != "name":
        return said.sense
    frame = lexicon(said.language).frame
    mine = {token.text for token in meant.sense}
    return tuple(token for token in said.sense if token.text not in frame or token.text in mine)


def _judged(
    asked: Asked,
    readings: tuple[Reading, Reading],
    found: Matched,
    *,
    table: Vocabulary,
    required: frozenset[str] | None,
) -> Comparison:
    meant, said = readings
    against = vetoes(meant, said, found, table=table)
    sure = tuple(veto.reason for veto in against if veto.is_sure)
    doubts = (
        *(veto.reason for veto in against if not veto.is_sure),
        *_left(found, required),
        *(_repeated(meant, said, found) if asked.task == "repeat" else ()),
        *_unclear(asked, said),
        *_small_words(found, table),
    )
    shared = len(found.content)
    if asked.order_matters and not _is_in_order(found):
        sure = (*sure, "order")
    if sure and _is_about(found):
        return Comparison("reject", sure, shared)
    if sure or doubts:
        return Comparison("person", (*sure, *doubts), shared)
    return Comparison("accept", _levels(found), shared)


def _left(found: Matched, required: frozenset[str] | None) -> Iterator[str]:
    for token in found.missing_content:
        if required is None or required.intersection(token.words):
            yield f"missing:{token.text}"
    yield from (f"extra:{token.text}" for token in found.extra_content)


def _repeated(meant: Reading, said: Reading, found: Matched) -> Iterator[str]:
    """What a repetition must not do: leave out small words, change words or their order."""
    if any(pair.level == "synonym" for pair in found.content):
        yield "synonym"
    if not _is_in_order(found):
        yield "order_unclear"
    if any(token.is_weak for token in (*found.missing, *found.extra)):
        yield "small_words"
    if _turns(meant) != _turns(said):
        yield "small_words"


def _turns(reading: Reading) -> tuple[object, ...]:
    kinds = tuple(sorted(each.kind for each in reading.polarities if each.kind))
    return kinds, sound_key(reading.dropped, reading.language)


def _unclear(asked: Asked, said: Reading) -> Iterator[str]:
    kinds = {each.kind for each in said.polarities}
    if kinds & {"double", "half"}:
        yield "negation_unclear"
    if asked.task == "name" and kinds & {"bare"}:
        yield "negation_unclear"
    clauses = {token.clause for token in said.tokens if not token.is_weak}
    for clause, each in enumerate(said.polarities):
        if each.kind and clause not in clauses:
            yield "negation_unclear"


def _small_words(found: Matched, table: Vocabulary) -> Iterator[str]:
    """Calling me is not calling him, nor for is by: another small word stands in its place."""
    me, it = table.words["me"], table.words["it"]
    for left, right in ((found.missing, found.extra), (found.extra, found.missing)):
        if any(token.text in me for token in left) and any(token.text in it for token in right):
            yield "other_person"
    if any(frozenset((m.text, s.text)) in table.apart for m in found.missing for s in found.extra):
        yield "small_words"
    for pair in found.content:
        if table.language != "es" or not pair.meant.actions:
            continue
        ends = {_clitic(each, me, it) for each in (pair.meant, pair.said)}
        if ends == {"me", "it"}:
            yield "other_person"


def _clitic(token: Token, me: frozenset[str], it: frozenset[str]) -> str:
    """Return whom the end of a Spanish form names: `me`, `it` (a third person or thing) or none."""
    end = clitic(token.text)
    return "me" if end in me else "it" if end in it else ""


def _is_in_order(found: Matched) -> bool:
    places = [pair.said.at for pair in found.pairs]
    return places == sorted(places)


def _is_about(found: Matched) -> bool:
    """Tell whether enough is shared to say that the rest was put in another's place."""
    missing, extra = len(found.missing_content), len(found.extra_content)
    if not found.content:
        return missing == 1 and extra == 1
    return extra <= len(found.content) + _MOST_BESIDES


def _levels(found: Matched) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pair.level for pair in found.content)) or ("same",)
