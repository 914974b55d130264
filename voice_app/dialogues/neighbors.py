"""Pairs of a bank that are near in spelling or sound, and how their items keep them apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from rapidfuzz.distance import Levenshtein

from voice_app.dialogues.content import Content, Item, Language
from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.normalize import core, find, spelled, without_accents
from voice_app.scoring.sounds import likeness

Guard = Literal["different item", "places", "rival", "the margin", "the echo rule"]

NEAR = 0.75
EDITS = 1
MARGIN = 0.85
LETTERS = 3


@dataclass(frozen=True)
class Neighbors:
    """Two words of a bank that are easily taken for one another.

    `item` is where both appear, or both items ("broom / bedroom"). `how_near` is 0 to 1, 1
    being the same spelling or sound. `guard`: they stand in a `different item`; both are
    named in the prompt (`rival`); they are so near that what lies between is within
    `the margin` and goes to a person; they are less near, and by `places` a candidate can
    avoid both names; `the echo rule` gives nothing for a word of the prompt.
    """

    item: str
    a: str
    b: str
    how_near: float
    guard: Guard


@dataclass
class _Uses:
    """Where a word is found: in which items as a word of the prompt, in which as an option."""

    prompts: set[str] = field(default_factory=set)
    options: dict[str, str] = field(default_factory=dict)

    @property
    def items(self) -> set[str]:
        return self.prompts | set(self.options)


def neighbors(content: Content, language: str) -> list[Neighbors]:
    """Return the near pairs among prompts and option names of a language, the nearest first."""
    items = {
        item.id: item
        for assessment in content.assessments.values()
        for item in assessment.items.values()
    }
    uses = _uses(content.languages[language], items)
    found = []
    for (a, of_a), (b, of_b) in combinations(sorted(uses.items()), 2):
        how_near = max(spelled_alike(a, b), likeness(a, b, language))
        is_near = how_near >= NEAR or Levenshtein.distance(a, b, score_cutoff=EDITS) <= EDITS
        if is_near and not _is_part(a, b):
            guards = _guards(items, of_a, of_b, how_near=how_near)
            found += [Neighbors(at, a, b, round(how_near, 2), guard) for at, guard in guards]
    return sorted(found, key=lambda one: (-one.how_near, one.a, one.b, one.item))


def spelled_alike(a: str, b: str) -> float:
    """Return how alike two texts are in letters, 0 to 1."""
    return Levenshtein.normalized_similarity(a, b)


def _is_part(a: str, b: str) -> bool:
    """Tell whether one text is a part of the other: "dix" of "dix heures" is the same answer."""
    short, long = sorted((a.split(), b.split()), key=len)
    return len(short) < len(long) and bool(find(tuple(short), tuple(long)))


def _uses(language: Language, items: dict[str, Item]) -> dict[str, _Uses]:
    uses: dict[str, _Uses] = {}
    for item in items.values():
        for word in _content_words(language.prompts.get(item.id, ""), language.code):
            uses.setdefault(word, _Uses()).prompts.add(item.id)
        for option in item.options:
            name = _plain(language.words[option.id].name, language.code)
            uses.setdefault(name, _Uses()).options[item.id] = option.id
    return uses


def _plain(text: str, language: str) -> str:
    """Return a text without small words; numbers stay words, as they sound ("six", "dix")."""
    return without_accents(" ".join(core(spelled(text, language), language)))


def _content_words(text: str, language: str) -> Iterator[str]:
    table = lexicon(language)
    for word in _plain(text, language).split():
        if len(word) >= LETTERS and word not in table.frame | table.articles | table.negators:
            yield word


def _guards(
    items: dict[str, Item], a: _Uses, b: _Uses, *, how_near: float
) -> Iterator[tuple[str, Guard]]:
    shared = sorted(a.items & b.items)
    if not shared:
        yield f"{min(a.items)} / {min(b.items)}", "different item"
    for name in shared:
        one, other = a.options.get(name), b.options.get(name)
        if one and other:
            yield name, guard_between(items[name], {one, other}, how_near)
        elif one or other:
            yield name, "rival" if items[name].rivals else "the echo rule"


def guard_between(item: Item, pair: set[str], how_near: float) -> Guard:
    """Return what keeps two options of an item apart, being so alike (0 to 1)."""
    if pair <= {item.right, *item.rivals}:
        return "rival"
    return "the margin" if how_near >= MARGIN else "places"
