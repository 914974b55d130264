"""What an answer may be: a task, accepted phrases, slots, foils; and whether a text is one."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from voice_app.scoring.comparison import Comparison, compare
from voice_app.scoring.foreign import is_foreign
from voice_app.scoring.intents import Intent, has_unknown, intent, is_empty, is_invention
from voice_app.scoring.match import Candidate, Choice, Found, match
from voice_app.scoring.normalize import core, find, spelled, words
from voice_app.scoring.reading import read
from voice_app.scoring.sounds import likeness, sound_key

Task = Literal["choose", "name", "repeat", "restate"]
_TARGETS = 4096


@dataclass(frozen=True)
class Slot:
    """A place in the accepted phrases: fillers that are right, and some that are not."""

    name: str
    value: tuple[str, ...]
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """What is asked for. The first accepted phrase is the one meant by default.

    `foils` are wrong answers that sound or look near; for the task `choose` they are the
    other options. `is_safety` is carried for the decision: a wrong accept would harm.
    """

    task: Task
    language: str
    accepted: tuple[str, ...]
    slots: tuple[Slot, ...] = ()
    foils: tuple[str, ...] = ()
    order_matters: bool = False
    is_safety: bool = False


@dataclass(frozen=True)
class Understood:
    """What a text is worth to a target, and why.

    `likeness` is 0 to 1, how alike the text and the nearest accepted phrase sound: a feature
    for a probability, never a verdict.
    """

    verdict: Literal["accept", "reject", "person"]
    reasons: tuple[str, ...]
    likeness: float


def understand(target: Target, text: str) -> Understood:
    """Judge one text: accept what means the same, reject what is found to mean something else.

    Everything else, silence, requests and inventions included, is for a person.
    """
    verdict, reasons = _judged(target, text)
    alike = [likeness(each, text, target.language) for each in target.accepted]
    return Understood(verdict, reasons, max(alike, default=0.0))


_Verdict = tuple[Literal["accept", "reject", "person"], tuple[str, ...]]


def _judged(target: Target, text: str) -> _Verdict:
    if target.task == "choose":
        return _chosen(target, text)
    if is_empty(text, target.language):
        return "person", ("no_speech",)
    if has_unknown(text):
        return "person", ("unknown_word",)
    if unanswered := _unanswered(target, text):
        return unanswered
    verdict, reasons = _answered(target, text)
    if verdict != "accept" and _is_other_language(text, target.language):
        return "person", ("other_language", *reasons)
    return verdict, reasons


def _is_other_language(text: str, language: str) -> bool:
    return is_foreign(text, language) or any(intent(text, each) for each in ("en", "fr", "es"))


def _chosen(target: Target, text: str) -> _Verdict:
    match match(_choice(target), text, target.language):
        case Found(id="right", strength="exact" | "strong", reasons=reasons):
            return "accept", reasons
        case Found(id=other, strength="exact" | "strong") if other != "right":
            return "reject", (f"other:{other}",)
        case found:
            return "person", getattr(found, "reasons", ("echo",))


@lru_cache(_TARGETS)
def _choice(target: Target) -> Choice:
    language = target.language
    right = Candidate("right", tuple((language, each) for each in target.accepted))
    others = (Candidate(each, ((language, each),)) for each in target.foils)
    return Choice("", language, language, (right, *others), "right")


def _unanswered(target: Target, text: str) -> _Verdict | None:
    """Judge what is no answer at all, unless it is accepted word by word."""
    language = target.language
    if any(words(each, language) == words(text, language) for each in target.accepted):
        return None
    if any(is_invention(text, each) for each in dict.fromkeys((language, "en", "fr", "es"))):
        return "person", ("invention",)
    meta: Intent | None = intent(text, language)
    if meta == "dont_know":
        return "reject", ("not_known",)
    if meta:
        return "person", (f"meta_{meta}",)
    return None if words(text, language) else ("person", ("no_answer",))


def _answered(target: Target, text: str) -> _Verdict:
    found = [
        compare(target, phrase, text, required=_required(target, phrase))
        for phrase in _phrases(target)
    ]
    accepted = [each for each in found if each.verdict == "accept"]
    is_foil = any(_is_foil(foil, text, target.language) for foil in _foils(target))
    if is_foil and not any(each.is_exact for each in accepted):
        return ("person", ("foil", "sounds_accepted")) if accepted else ("reject", ("foil",))
    if accepted:
        return "accept", accepted[0].reasons
    return _nearest(found)


def _nearest(found: list[Comparison]) -> _Verdict:
    """Judge by the accepted phrase that shares most with the text."""
    shared = max(each.shared for each in found)
    nearest = [each for each in found if each.shared == shared]
    rejected = [each for each in nearest if each.verdict == "reject"]
    reasons = tuple(dict.fromkeys(r for each in rejected or nearest for r in each.reasons))
    return ("reject" if len(rejected) == len(nearest) else "person"), reasons


@lru_cache(_TARGETS)
def _phrases(target: Target) -> tuple[str, ...]:
    """Return the accepted phrases, and those with another filler in a slot."""
    found = list(target.accepted)
    for slot in target.slots:
        for phrase in tuple(found):
            found += _refilled(phrase, slot.value, by=slot.value, language=target.language)
    return tuple(dict.fromkeys(found))


@lru_cache(_TARGETS)
def _foils(target: Target) -> tuple[str, ...]:
    """Return the foils, and the accepted phrases with a wrong filler in a slot."""
    found = list(target.foils)
    for slot in target.slots:
        for phrase in target.accepted:
            found += _refilled(phrase, slot.value, by=slot.siblings, language=target.language)
    return tuple(dict.fromkeys(found))


def _refilled(
    phrase: str, values: tuple[str, ...], *, by: tuple[str, ...], language: str
) -> list[str]:
    said = spelled(phrase, language)
    for value in values:
        filler = core(spelled(value, language), language)
        for at in find(filler, said):
            before, after = said[:at], said[at + len(filler) :]
            return [
                " ".join((*before, *core(spelled(each, language), language), *after)) for each in by
            ]
    return []


@lru_cache(_TARGETS)
def _required(target: Target, phrase: str) -> frozenset[str] | None:
    """Return the words of the declared slots in a phrase: all that restating must hold."""
    if target.task != "restate" or not target.slots:
        return None
    language = target.language
    fillers = (core(words(v, language), language) for slot in target.slots for v in slot.value)
    return frozenset(
        word for filler in fillers if find(filler, words(phrase, language)) for word in filler
    )


@lru_cache(_TARGETS)
def _is_foil(foil: str, text: str, language: str) -> bool:
    one, other = (core(words(each, language), language) for each in (foil, text))
    if one == other or sound_key(one, language) == sound_key(other, language):
        return True
    strict = Target("repeat", language, (foil,))
    return compare(replace(strict, foils=()), foil, text, required=None).verdict == "accept"


__all__ = ["Slot", "Target", "Task", "Understood", "read", "understand"]
