"""Evidence to verdict: right, unsure, wrong or an echo, with the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from voice_app.scoring.match import Choice, Echoed, Found, Match, Nothing, Unclear, match
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
    """Decide what one utterance is worth. `heard` is what each engine and language made of it."""
    matches = tuple(match(choice, each.text, each.language) for each in heard)
    sound = winner(choice, heard)
    found = tuple(each for each in matches if isinstance(each, Found))
    if any(isinstance(each, Echoed) for each in matches):
        return _echoed(found)
    if not found:
        return _unfound(matches, sound)
    return _found(choice, heard, found=_strongest(found), sound=sound)


def _echoed(found: tuple[Found, ...]) -> Verdict:
    exact = {each.id for each in found if each.strength == "exact"}
    if len(exact) == 1:
        return Unsure(("echo", "sources_disagree"), exact.pop())
    return Echo(("echo",))


def _unfound(matches: tuple[Match, ...], sound: Winner | None) -> Verdict:
    unclear = [each for each in matches if isinstance(each, Unclear)]
    reasons = [reason for each in unclear for reason in each.reasons]
    reasons += [r for each in matches if isinstance(each, Nothing) for r in each.reasons]
    near = next((each.id for each in unclear if each.id), None)
    silent = {"no_speech", "invention"}.issuperset(reasons)
    if near is None and sound and sound.is_clear and not silent:
        return Unsure((*_once(reasons), "scores_only"), sound.id)
    return Unsure(_once(reasons) or ("no_speech",), near)


def _strongest(found: tuple[Found, ...]) -> tuple[Found, ...]:
    order = ("exact", "strong", "weak")
    best = min(order.index(each.strength) for each in found)
    return tuple(each for each in found if order.index(each.strength) == best)


def _found(
    choice: Choice, heard: Sequence[Heard], *, found: tuple[Found, ...], sound: Winner | None
) -> Verdict:
    named = {each.id for each in found}
    if len(named) > 1:
        return Unsure(("two_named", "sources_disagree"))
    chosen = found[0]
    others = grammar(choice, heard)
    if others - named or (sound and sound.is_clear and sound.id != chosen.id):
        return Unsure((*chosen.reasons, "sources_disagree"), chosen.id)
    agreed = chosen.id in others or (sound is not None and sound.id == chosen.id and sound.is_clear)
    return _settled(choice, chosen, is_agreed=agreed)


def _settled(choice: Choice, chosen: Found, *, is_agreed: bool) -> Verdict:
    reasons = (*chosen.reasons, *(("scores_agree",) if is_agreed else ()))
    if chosen.strength == "weak" and not is_agreed:
        return Unsure((*reasons, "one_source"), chosen.id)
    if chosen.id == choice.right:
        return Right(chosen.id, reasons)
    reasons = (*reasons, f"heard_other:{chosen.id}")
    if not is_agreed:
        return Unsure((*reasons, "one_source"), chosen.id)
    return Wrong(chosen.id, reasons)


def _once(reasons: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reasons))


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
