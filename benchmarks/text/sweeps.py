"""What must never be accepted, what must never be rejected, and what must change nothing."""

import random
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from benchmarks.text import phrases
from benchmarks.text.spelled_numbers import in_words
from voice_app.scoring.lexicons.vocabulary import vocabulary
from voice_app.scoring.normalize import words
from voice_app.scoring.numbers import with_digits
from voice_app.scoring.target import Target, Task, understand

LANGUAGES = ("fr", "es", "en")
_VOWELS = "aeiouhéèêœ"


@dataclass(frozen=True)
class Check:
    """A text put to a target, and the verdicts it must not get."""

    kind: str
    target: Target
    text: str
    forbidden: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language of both."""
        return self.target.language

    def failure(self) -> str | None:
        """Return what went wrong, if anything did."""
        found = understand(self.target, self.text)
        if found.verdict not in self.forbidden:
            return None
        said = f"{self.target.task}: {self.target.accepted[0]} -> {self.text}"
        return f"{self.language} {self.kind} {said}: {found.verdict} {found.reasons}"


def operator_sweep() -> Iterator[Check]:
    """Every order with every negator, opposite and neighbor of its numbers; every idiom."""
    for language in LANGUAGES:
        yield from _negations(language)
        yield from _idioms(language)
        yield from _opposites(language)
        yield from _opposites_within(language)
        yield from _numbers(language)
        yield from _times(language)


def _filled(template: str, order: phrases.Order, language: str) -> str:
    text = template.format(verb=order.verb, infinitive=order.infinitive, rest=order.rest)
    if language != "fr":
        return text
    for small in ("ne", "de"):
        for verb in (order.verb, order.infinitive):
            if verb[0] in _VOWELS:
                text = text.replace(f" {small} {verb}", f" {small[0]}'{verb}")
                if text.startswith(f"{small} {verb}"):
                    text = f"{small[0]}'{text.removeprefix(f'{small} ')}"
    return text


def _negations(language: str) -> Iterator[Check]:
    for order, template in product(phrases.ORDERS[language], phrases.NEGATED[language]):
        negated = _filled(template, order, language)
        for task in _TASKS:
            yield Check("negator", Target(task, language, (order.text,)), negated, _ACCEPT)
            yield Check("negator lost", Target(task, language, (negated,)), order.text, _ACCEPT)


def _idioms(language: str) -> Iterator[Check]:
    for order, template in product(phrases.ORDERS[language], phrases.POSITIVE[language]):
        text = _filled(template, order, language)
        for task in _TASKS:
            yield Check("idiom", Target(task, language, (order.text,)), text, _REJECT)
            yield Check("idiom lost", Target(task, language, (text,)), order.text, _REJECT)


def _opposites(language: str) -> Iterator[Check]:
    """Every word of the tables that has an opposite, beside each of its opposites."""
    frame = phrases.OPPOSED[language]
    for one, other in _opposed_words(language):
        for task in _TASKS:
            target = Target(task, language, (frame.format(one),))
            yield Check("opposite", target, frame.format(other), _ACCEPT)


def _opposed_words(language: str) -> Iterator[tuple[str, str]]:
    poles = _table(language).poles
    for one, other in product(poles, poles):
        if any((axis, 1 - side) in poles[other] for axis, side in poles[one]):
            yield one, other


def _opposites_within(language: str) -> Iterator[Check]:
    """Every order with one of its words put by each of the word's opposites."""
    table = _table(language)
    for order in phrases.ORDERS[language]:
        said = order.text.split()
        for at, word in enumerate(said):
            poles = {p for base in table.base_forms(word) for p in table.poles.get(base, ())}
            for other, theirs in table.poles.items():
                if any((axis, 1 - side) in theirs for axis, side in poles):
                    text = " ".join((*said[:at], other, *said[at + 1 :]))
                    for task in _TASKS:
                        target = Target(task, language, (order.text,))
                        yield Check("opposite in order", target, text, _ACCEPT)


def _numbers(language: str) -> Iterator[Check]:
    for frame, number in product(phrases.COUNTED[language], range(2, 100)):
        spelled = frame.format(in_words(number, language))
        written = frame.format(number)
        yield Check("number form", _restated(language, spelled), written, ("reject", "person"))
        for other in _neighbors(number):
            for text in (frame.format(in_words(other, language)), frame.format(other)):
                yield Check("number", _restated(language, spelled), text, _ACCEPT)


def _times(language: str) -> Iterator[Check]:
    frame = phrases.TIMED[language]
    for one, other in product(range(2, 13), repeat=2):
        text = frame.format(in_words(other, language))
        target = _restated(language, frame.format(in_words(one, language)))
        yield Check("time", target, text, _ACCEPT if one != other else ("reject", "person"))


def _neighbors(number: int) -> set[int]:
    near = {number - 1, number + 1, number + 10, number - 10, number * 10, number // 10}
    near |= {number % 10 * 10, number % 10 + 10, number // 10 + 10, number + 2}
    return {each for each in near if 2 <= each < 100 and each != number}


def _restated(language: str, text: str) -> Target:
    return Target("restate", language, (text,))


def metamorphic(targets: Iterable[tuple[Target, str]], *, seed: int = 1) -> Iterator[Check]:
    """Each text again in ways that change nothing: every other verdict is forbidden."""
    chance = random.Random(seed)
    for target, text in targets:
        verdict = understand(target, text).verdict
        others = tuple(each for each in ("accept", "reject", "person") if each != verdict)
        for kind, changed in changes(text, target, chance):
            yield Check(kind, target, changed, others)


def changes(text: str, target: Target, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Return a text in other ways that mean the same."""
    if not words(text, target.language):
        return
    for kind, change in _WRITTEN.items():
        yield kind, change(text)
    language = target.language
    if language not in LANGUAGES or "[" in text:
        return
    yield "filler", _with_filler(text, language, chance)
    yield "repeated word", _with_repeat(text, language, chance)
    yield "please", chance.choice(phrases.PLEASE[language]).format(text)
    if target.task in {"name", "restate"}:
        yield "article", _with_articles(text, language)


_ACCEPT, _REJECT = ("accept",), ("reject",)
_TASKS: tuple[Task, ...] = ("restate", "repeat")
_WRITTEN: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "capital": str.capitalize,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "apostrophe": lambda text: text.replace("'", "\u2019"),
    "full stop": lambda text: f" {text}. ",
    "spaces": lambda text: text.replace(" ", "  "),
}


def _with_filler(text: str, language: str, chance: random.Random) -> str:
    said = text.split()
    said.insert(chance.randint(0, len(said)), chance.choice(phrases.FILLERS[language]))
    return " ".join(said)


def _with_repeat(text: str, language: str, chance: random.Random) -> str:
    """Say a word twice, no number: said one by one, digits make a longer one."""
    said = text.split()
    places = [at for at, word in enumerate(said) if not _is_number(word, language)]
    if not places:
        return text
    at = chance.choice(places)
    return " ".join((*said[: at + 1], *said[at:]))


def _is_number(word: str, language: str) -> bool:
    found = with_digits(" ".join(words(word, language)), language)
    return any(sign.isdigit() for sign in found)


def _with_articles(text: str, language: str) -> str:
    """Put every article in the other gender; those of times and numbers are part of these."""
    if any(_is_number(word, language) for word in text.split()):
        return text
    other = phrases.ARTICLES[language]
    return " ".join(filter(None, (other.get(word, word) for word in text.split())))


def _table(language: str):  # noqa: ANN202 - vocabulary's own type, without its None
    table = vocabulary(language)
    if table is None:
        raise LookupError(language)
    return table


__all__ = ["Check", "changes", "metamorphic", "operator_sweep"]
