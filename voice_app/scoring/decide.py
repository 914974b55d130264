"""Evidence to verdict: right, unsure, wrong or an echo, with the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from voice_app.scoring.match import Choice, Echoed, Found, Match, Nothing, Unclear, match
from voice_app.scoring.normalize import core, find, words
from voice_app.scoring.sources import Heard, Score, Winner, grammar, winner


@dataclass(frozen=True)
class Right:
    """The right option was chosen."""

    chosen: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Unsure:
    """No option can be taken as chosen; `chosen` is the likeliest, if there is one."""

    reasons: tuple[str, ...]
    chosen: str | None = None


@dataclass(frozen=True)
class Wrong:
    """Another option was chosen, found by two sources."""

    chosen: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Echo:
    """The prompt was said back: unscored, the question is put again."""

    reasons: tuple[str, ...]


Verdict = Right | Unsure | Wrong | Echo


def said(text: str, *, language: str) -> Heard:
    """Return the evidence as if every source had heard exactly this text: for examples."""
    return Heard("text", language, text, 1.0, None, (), text)


def decide(choice: Choice, heard: Sequence[Heard]) -> Verdict:
    """Decide what one utterance is worth. `heard` is what each engine and language made of it.

    Right takes a text that names the right option, not contradicted by another source, or a
    text that is only like it and a clear lead of its sound. Wrong takes two sources that name
    another option. All else is unsure, for a person.
    """
    matches = tuple(match(choice, each.text, each.language) for each in heard)
    sound = winner(choice, heard)
    found = _strongest(tuple(each for each in matches if isinstance(each, Found)))
    if any(isinstance(each, Echoed) for each in matches):
        return _echoed(found)
    if found and not _is_request(found, matches):
        return _found(choice, found, sound=sound, grammar=grammar(choice, heard))
    verdict = _unfound(choice, matches, heard=heard, sound=sound)
    return _with_grammar(verdict, grammar(choice, heard))


def _strongest(found: tuple[Found, ...]) -> tuple[Found, ...]:
    order = ("exact", "strong", "weak")
    best = min((order.index(each.strength) for each in found), default=0)
    return tuple(each for each in found if order.index(each.strength) == best)


def _echoed(found: tuple[Found, ...]) -> Verdict:
    exact = {each.id for each in found if each.strength == "exact"}
    if len(exact) == 1:
        return Unsure(("echo", "sources_disagree"), exact.pop())
    return Echo(("echo",))


def _is_request(found: tuple[Found, ...], matches: tuple[Match, ...]) -> bool:
    """Tell whether a request in one language outweighs a mere likeness in the other."""
    reasons = _reasons(matches)
    return found[0].strength == "weak" and any(each.startswith("meta_") for each in reasons)


def _found(
    choice: Choice, found: tuple[Found, ...], *, sound: Winner | None, grammar: set[str]
) -> Verdict:
    if len({each.id for each in found}) > 1:
        return Unsure(("two_named", "sources_disagree"))
    chosen = found[0]
    if grammar - {chosen.id} or _contradicts(choice, chosen, sound):
        return Unsure((*chosen.reasons, "sources_disagree"), chosen.id)
    agreed = sound is not None and sound.id == chosen.id and sound.is_clear
    return _settled(choice, chosen, is_agreed=agreed or chosen.id in grammar)


def _contradicts(choice: Choice, chosen: Found, sound: Winner | None) -> bool:
    """Tell whether another option sounds likelier; a part of what was said always does."""
    if sound is None or not sound.denies(chosen.id):
        return False
    part = core(words(sound.best.phrase, sound.language), sound.language)
    (candidate,) = (each for each in choice.candidates if each.id == chosen.id)
    wholes = (core(words(phrase, language), language) for language, phrase in candidate.accepted)
    return not any(len(part) < len(whole) and find(part, whole) for whole in wholes)


def _settled(choice: Choice, chosen: Found, *, is_agreed: bool) -> Verdict:
    reasons = (*chosen.reasons, *(("scores_agree",) if is_agreed else ()))
    if chosen.id != choice.right:
        reasons = (*reasons, f"heard_other:{chosen.id}")
        return Wrong(chosen.id, reasons) if is_agreed else _alone(chosen.id, reasons)
    if chosen.strength == "weak" and not is_agreed:
        return _alone(chosen.id, reasons)
    return Right(chosen.id, reasons)


def _alone(chosen: str, reasons: tuple[str, ...]) -> Unsure:
    return Unsure((*reasons, "one_source"), chosen)


def _unfound(
    choice: Choice, matches: tuple[Match, ...], *, heard: Sequence[Heard], sound: Winner | None
) -> Verdict:
    """Judge an utterance of which no text names an option: the sound may, if a text is near."""
    reasons = _reasons(matches)
    near = next((each.id for each in matches if isinstance(each, Unclear) and each.id), None)
    is_request = any(each.startswith("meta_") for each in reasons)
    if sound is None or not sound.is_clear or is_request:
        return Unsure(reasons or ("no_speech",), near)
    pairs = zip(heard, matches, strict=True)
    texts = [found for each, found in pairs if each.language == sound.language]
    if all(each == Unclear(("faint",), sound.id) for each in texts) and sound.id == choice.right:
        return Right(sound.id, ("faint", "scores_agree"))
    if {"faint", "none_of_these"}.intersection(reasons):
        return _alone(sound.id, (*reasons, "scores_only"))
    return Unsure(reasons, near)


def _with_grammar(verdict: Verdict, grammar: set[str]) -> Verdict:
    """Name what a grammar heard where nothing else did: a hint to a person, no evidence.

    A grammar hears one of its phrases in anything.
    """
    if isinstance(verdict, Unsure) and verdict.chosen is None and len(grammar) == 1:
        return Unsure((*verdict.reasons, "grammar_only"), next(iter(grammar)))
    return verdict


def _reasons(matches: tuple[Match, ...]) -> tuple[str, ...]:
    each_said = (each.reasons for each in matches if isinstance(each, Unclear | Nothing))
    return tuple(dict.fromkeys(reason for reasons in each_said for reason in reasons))


__all__ = [
    "Echo",
    "Heard",
    "Right",
    "Score",
    "Unsure",
    "Verdict",
    "Wrong",
    "decide",
    "said",
]
