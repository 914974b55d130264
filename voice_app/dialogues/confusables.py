"""Options of one item that the ear or the machine confuses."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, product
from typing import Literal, NamedTuple

from voice_app.dialogues.content import Content, Item, Language
from voice_app.dialogues.heard import HEARD_NAME, Kept, Spoken
from voice_app.dialogues.neighbors import Guard, guard_between, spelled_alike
from voice_app.dialogues.problem import Problem
from voice_app.scoring.decide import Echo, Heard, Right, Verdict, Wrong, decide
from voice_app.scoring.features import Sounding, Sounds, sounds
from voice_app.scoring.normalize import core, spelled, without_accents
from voice_app.scoring.sounds import likeness

LISTEN = "voice-app content check --listen"

_ALIKE = 0.75
_NEAR_MEAN = 1.0


@dataclass(frozen=True)
class Judged:
    """What is made of a rendered name as the engines heard it together.

    `verdict` is that of the item, `as_right` the one if its own option were right; the same
    where the item's names it already.
    """

    spoken: Spoken
    verdict: Verdict
    as_right: Verdict
    sounds: Sounds

    @property
    def taken_for(self) -> str | None:
        """The option it is decided to be."""
        return _decided(self.verdict)

    @property
    def is_of_right(self) -> bool:
        """Whether it is the name of the option that is right."""
        return self.spoken.option == self.spoken.choice.right

    @property
    def first(self) -> str | None:
        """The option that sounds likeliest, decided or not."""
        found = self.sounds.candidates
        if found:
            return max(found, key=lambda each: found[each].score.evidence)
        return None if isinstance(self.as_right, Echo) else self.as_right.chosen

    def lead(self, other: str) -> float | None:
        """Return how much likelier its own option is than another; negative: it is less so."""
        return self._over(self.sounds.candidates.get(other))

    def foils(self) -> Iterator[tuple[str, float]]:
        """Yield the foils that were scored, and how much likelier its own option is."""
        for foil, found in self.sounds.foils.items():
            if (lead := self._over(found)) is not None:
                yield foil, lead

    def _over(self, other: Sounding | None) -> float | None:
        own = self.sounds.candidates.get(self.spoken.option)
        return None if own is None or other is None else own.score.evidence - other.score.evidence


@dataclass(frozen=True)
class Confusable:
    """Two options of one item, or an option and a foil, that are easily taken for one another.

    `a` and `b` are the two accepted forms that are the most alike; `sounds` and `letters` say
    how much, 0 to 1. `lead` is how much likelier an engine finds a name than the other where it
    is said, the smaller of the two directions; negative where it prefers the other, None if
    nobody listened.
    """

    item: str
    a: str
    b: str
    sounds: float
    letters: float
    lead: float | None
    guard: Guard | Literal["foil"]

    @property
    def is_near(self) -> bool:
        """Whether the ear or the machine may confuse them."""
        return max(self.sounds, self.letters) >= _ALIKE or self.is_close_for_the_machine

    @property
    def is_close_for_the_machine(self) -> bool:
        """Whether the engine hardly prefers the one that is said."""
        return self.lead is not None and self.lead < _NEAR_MEAN


def judged(names: Iterable[Spoken], kept: Kept) -> list[Judged]:
    """Decide on every rendered name by the evidence that is kept of it."""
    return [_judged(one, heard) for one in names for heard in kept.of(one)]


def hearing_problems(
    names: Sequence[Spoken], kept: Kept, found: Iterable[Judged]
) -> Iterator[Problem]:
    """Yield what cannot be told apart by its own rendered names, and what nobody has heard."""
    unheard = sum(not kept.of(one) for one in names)
    if unheard:
        says = f"{unheard} of {len(names)} names are unheard, or changed since: {LISTEN}"
        yield Problem(HEARD_NAME, None, None, says)
    for one in found:
        if objection := _objection(one):
            yield Problem(HEARD_NAME, one.spoken.item, one.spoken.language, objection)


def confusables(content: Content, found: Sequence[Judged], language: str) -> list[Confusable]:
    """Return the near pairs among the options of each item and its foils, the nearest first."""
    heard: dict[str, list[Judged]] = {}
    for one in found:
        if one.spoken.language == language:
            heard.setdefault(one.spoken.item, []).append(one)
    pairs: list[Confusable] = []
    for assessment in content.assessments.values():
        for item in (*assessment.items.values(), assessment.rehearsal):
            of_item = heard.get(item.id, [])
            pairs += _pairs(content.languages[language], item, heard=of_item)
            pairs += _with_foils(content.languages[language], heard=of_item)
    near = [one for one in pairs if one.is_near]
    return sorted(near, key=lambda one: (one.item, -max(one.sounds, one.letters), one.a, one.b))


def _pairs(language: Language, item: Item, *, heard: Sequence[Judged]) -> Iterator[Confusable]:
    for one, other in combinations([option.id for option in item.options], 2):
        leads = [each.lead(other) for each in heard if each.spoken.option == one]
        leads += [each.lead(one) for each in heard if each.spoken.option == other]
        near = _nearest_forms(language, one, other)
        yield Confusable(
            item.id,
            near.a,
            near.b,
            sounds=near.sounds,
            letters=near.letters,
            lead=min((lead for lead in leads if lead is not None), default=None),
            guard=guard_between(item, {one, other}, max(near.sounds, near.letters)),
        )


def _with_foils(language: Language, *, heard: Sequence[Judged]) -> Iterator[Confusable]:
    """Yield each name with the foils, as an engine tells them apart: a foil may be too near."""
    for one in heard:
        name = language.words[one.spoken.option].name
        for foil, lead in one.foils():
            yield Confusable(one.spoken.item, name, foil, 0, 0, lead, "foil")


class _Near(NamedTuple):
    a: str
    b: str
    sounds: float
    letters: float

    @property
    def how_near(self) -> float:
        return max(self.sounds, self.letters)


def _nearest_forms(language: Language, one: str, other: str) -> _Near:
    """Return the two accepted forms that are the most alike; the names where none are."""
    every = product(_in_words(language, one), _in_words(language, other))
    near = max((_near(a, b, language.code) for a, b in every), key=lambda near: near.how_near)
    names = (language.words[one].name, language.words[other].name)
    return near if near.how_near >= _ALIKE else _near(*names, language.code)


def _in_words(language: Language, option: str) -> Sequence[str]:
    """Return the accepted forms but those in digits, which look alike and sound otherwise."""
    word = language.words[option]
    return [form for form in word.accepted if not re.search(r"\d", form)] or [word.name]


def _near(a: str, b: str, language: str) -> _Near:
    one, other = _bare(a, language), _bare(b, language)
    return _Near(
        a,
        b,
        sounds=round(likeness(a, b, language), 2),
        letters=round(spelled_alike(one, other), 2),
    )


@cache
def _bare(text: str, language: str) -> str:
    """Return a text without articles; numbers stay words, as they sound."""
    return without_accents(" ".join(core(spelled(text, language), language)))


def _judged(spoken: Spoken, heard: Sequence[Heard]) -> Judged:
    verdict = decide(spoken.choice, heard)
    as_right = verdict
    if spoken.option not in (_decided(verdict), spoken.choice.right):
        as_right = decide(replace(spoken.choice, right=spoken.option), heard)
    return Judged(spoken, verdict, as_right, sounds(spoken.choice, heard))


def _decided(verdict: Verdict) -> str | None:
    return verdict.chosen if isinstance(verdict, Right | Wrong) else None


def _objection(one: Judged) -> str | None:
    name = one.spoken.option
    if one.taken_for not in (None, name):
        return f'the name of "{name}" is taken for "{one.taken_for}"'
    if _decided(one.as_right) != name and one.first != name:
        after = f', and ranks after "{one.first}"' if one.first else ""
        return f'the name of "{name}" is not heard as it{after}'
    return None
