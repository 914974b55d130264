"""What words are about: things, actions and opposites of a language, read from its tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from voice_app.scoring.lexicons.inflection import (
    adjective_forms,
    singulars,
    verb_forms,
    without_clitics,
)
from voice_app.scoring.lexicons.lexicon import Phrase
from voice_app.scoring.lexicons.tables import Small, parts, sections
from voice_app.scoring.normalize import without_accents

Ids = frozenset[str]
NONE: Ids = frozenset()
LANGUAGES = ("fr", "es", "en")


@dataclass(frozen=True)
class Paraphrase:
    """Base forms that together, in any order, say the same as others."""

    said: Phrase
    meant: Phrase


@dataclass(frozen=True)
class Vocabulary:
    """The tables of one language.

    `things` is keyed by letters without spaces and gives names of things; `groups` and
    `fields` tell what can stand in a thing's or an action's place; `near` are pairs that are
    neither the same nor another; `poles` gives (axis, side) of what has an opposite; `small`
    holds the small words and phrases by heading.
    """

    language: str
    things: Mapping[str, Ids]
    groups: Mapping[str, str]
    forms: Mapping[str, Ids]
    actions: Mapping[str, str]
    fields: Mapping[str, str]
    near: frozenset[frozenset[str]]
    poles: Mapping[str, frozenset[tuple[int, int]]]
    paraphrases: tuple[Paraphrase, ...]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    instead: tuple[tuple[Phrase, Phrase], ...]
    ordinals: Mapping[str, str]
    apart: frozenset[frozenset[str]]

    def base_forms(self, word: str) -> Ids:
        """Return the base forms a word may be of; the word itself where none is known."""
        if found := self.forms.get(word) or self.forms.get(without_accents(word)):
            return found
        bare = without_clitics(word, self.language)
        if bare and (found := self.forms.get(without_accents(bare))):
            return found
        return frozenset(singulars(word, self.language))

    def named(self, words: Phrase) -> Ids:
        """Return the things that words name, written together or apart, one or many."""
        letters = "".join(words)
        found = self.things.get(letters, NONE)
        for last in singulars(words[-1], self.language)[1:]:
            found |= self.things.get("".join((*words[:-1], last)), NONE)
        if not found and len(words) > 1:
            found = self.things.get("".join(singulars(w, self.language)[-1] for w in words), NONE)
        return found or self.things.get(without_accents(letters), NONE)

    def is_near(self, ones: Ids, others: Ids) -> bool:
        """Tell whether one may be said for the other, though they are not the same."""
        return any(frozenset((one, other)) in self.near for one in ones for other in others)

    def are_opposite(self, ones: Ids, others: Ids) -> bool:
        """Tell whether base forms are on the two sides of one axis."""
        sides = {pole for other in others for pole in self.poles.get(other, ())}
        return any(
            (axis, 1 - side) in sides for one in ones for axis, side in self.poles.get(one, ())
        ) or any(_is_undone(one, other, self.language) for one in ones for other in others)

    def knows(self, word: str) -> bool:
        """Tell whether a word is in any table."""
        if word in self.forms or word in self.words["weak"] or word in self.words["known"]:
            return True
        return any(each in self.things for each in singulars(word, self.language))


_UNDOING = {"fr": ("dé", "dés"), "es": ("des",), "en": ("un",)}
_SHORTEST = 4


def _is_undone(one: str, other: str, language: str) -> bool:
    return any(
        min(len(one), len(other)) >= _SHORTEST and (one == start + other or other == start + one)
        for start in _UNDOING[language]
    )


@lru_cache
def vocabulary(language: str) -> Vocabulary | None:
    """Return the tables of a language code such as `fr` or `fr-CA`; None without tables."""
    language = language.casefold()[:2]
    if language not in LANGUAGES:
        return None
    small = Small(language)
    things = _things(language, small)
    actions, fields, forms = _actions(language)
    turns = dict(sections(language, "turns"))
    _add_adjectives(forms, turns, language)
    return Vocabulary(
        language=language,
        things=things.by_all_letters(),
        groups=things.groups,
        forms={form: frozenset(lemmas) for form, lemmas in forms.items()},
        actions=actions,
        fields=fields,
        near=frozenset({*things.near_ones(), *_near_actions(turns["near actions"], actions)}),
        poles=_poles(turns["opposites"]),
        paraphrases=tuple(_paraphrases(turns["paraphrases"])),
        words=small.words,
        phrases=small.phrases,
        instead=small.instead,
        ordinals=small.ordinals,
        apart=small.apart,
    )


@dataclass
class _Things:
    """What a table of things holds, as it is read."""

    by_letters: dict[str, set[str]]
    by_singular: dict[str, set[str]]
    groups: dict[str, str]
    near: set[tuple[str, str]]
    by_name: dict[str, set[str]]

    def near_ones(self) -> set[frozenset[str]]:
        """Return the pairs of things that are near, whichever names they were given by."""
        return {
            frozenset((one, other))
            for one_name, other_name in self.near
            for one in self.by_name[one_name]
            for other in self.by_name[other_name]
        }

    def add(self, names: list[str], *, heading: str, language: str, small: Small) -> None:
        thing = names[0] if names[0] not in self.groups else f"{names[0]} ({heading})"
        self.groups[thing] = heading
        for name in names:
            self.by_name[name].add(thing)
            words = small.content(name, language)
            self.by_letters["".join(words)].add(thing)
            for last in singulars(words[-1], language)[1:]:
                self.by_singular["".join((*words[:-1], last))].add(thing)

    def by_all_letters(self) -> dict[str, Ids]:
        """Names of many are names of one where no other thing is; so are those without accents."""
        found = self.by_singular | self.by_letters
        bare: dict[str, set[str]] = defaultdict(set)
        for letters, things in found.items():
            bare[without_accents(letters)] |= things
        return {key: frozenset(value) for key, value in (bare | found).items()}


def _things(language: str, small: Small) -> _Things:
    found = _Things(defaultdict(set), defaultdict(set), {}, set(), defaultdict(set))
    for heading, lines in sections(language, "things"):
        for line in lines:
            if heading == "~":
                found.near.update(_star(parts(line, "~")))
            else:
                for thing in parts(line, "/"):
                    names = parts(thing, ",")
                    found.add(names, heading=heading, language=language, small=small)
    return found


def _actions(language: str) -> tuple[dict[str, str], dict[str, str], dict[str, set[str]]]:
    actions: dict[str, str] = {}
    fields: dict[str, str] = {}
    forms: dict[str, set[str]] = defaultdict(set)
    for heading, lines in sections(language, "verbs"):
        field = heading.split(":")[0]
        for line in lines:
            head, _, tail = line.partition(":")
            lemmas = parts(head, ",")
            extra = tail.split()
            stems = [each[1:] for each in extra if each.startswith("+")]
            fields[f"to {lemmas[0]}"] = field
            for at, lemma in enumerate(lemmas):
                actions[lemma] = f"to {lemmas[0]}"
                mine = [stem for stem in stems if stem[0] == lemma[0]]
                _add_forms(forms, lemma, verb_forms(lemma, mine, language))
                if at == 0 or len(lemmas) == 1:
                    _add_forms(forms, lemma, (e for e in extra if not e.startswith("+")))
    return actions, fields, forms


def _add_forms(forms: dict[str, set[str]], lemma: str, found: Iterable[str]) -> None:
    for form in found:
        forms[form].add(lemma)
        forms[without_accents(form)].add(lemma)


def _add_adjectives(
    forms: dict[str, set[str]], turns: Mapping[str, list[str]], language: str
) -> None:
    for line in turns["adjectives"]:
        for lemma in line.split():
            _add_forms(forms, lemma, adjective_forms(lemma, language))
    for line in turns["forms"]:
        form, lemma = line.split()
        _add_forms(forms, lemma, (form, lemma))


def _near_actions(lines: list[str], actions: Mapping[str, str]) -> Iterator[frozenset[str]]:
    for line in lines:
        named = [actions.get(each, each) for each in parts(line, "~")]
        yield from map(frozenset, _star(named))


def _star(names: list[str]) -> Iterator[tuple[str, str]]:
    """Pair the first with each of the others."""
    yield from ((names[0], other) for other in names[1:])


def _poles(lines: list[str]) -> dict[str, frozenset[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for axis, line in enumerate(lines):
        for side, words in enumerate(parts(line, "|")):
            for word in parts(words, ","):
                found[word].add((axis, side))
    return {word: frozenset(poles) for word, poles in found.items()}


def _paraphrases(lines: list[str]) -> Iterator[Paraphrase]:
    for line in sorted(lines, key=lambda each: -len(each.split("=")[0].split())):
        said, _, meant = line.partition("=")
        yield Paraphrase(tuple(said.split()), tuple(meant.split()))
