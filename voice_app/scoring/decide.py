"""Evidence to verdict: right, unsure, wrong or an echo, with the reasons."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice_app.scoring.calibration import Calibration, calibration
from voice_app.scoring.costs import COSTS
from voice_app.scoring.features import Sounds, features, sounds
from voice_app.scoring.match import Choice, Echoed, Found, Match, Nothing, Unclear, match
from voice_app.scoring.sources import Heard, Score, grammar


@dataclass(frozen=True)
class Right:
    """The right option was chosen. `p` is the probability of that, 0 to 1, where it is known."""

    chosen: str
    reasons: tuple[str, ...]
    p: float | None = None


@dataclass(frozen=True)
class Unsure:
    """No option can be taken as chosen; `chosen` is the likeliest, if there is one."""

    reasons: tuple[str, ...]
    chosen: str | None = None
    p: float | None = None


@dataclass(frozen=True)
class Wrong:
    """Another option was chosen, found by two sources."""

    chosen: str
    reasons: tuple[str, ...]
    p: float | None = None


@dataclass(frozen=True)
class Echo:
    """The prompt was said back: unscored, the question is put again."""

    reasons: tuple[str, ...]
    p: float | None = None


Verdict = Right | Unsure | Wrong | Echo

# Under this an option is not even named to a person as the likeliest.
_HINT = 0.05
# A garbled text is near an option where it sounds at least this much like it, and more than like
# any other: enough for a second source, never for a verdict.
_ALIKE = 0.25
# A garbled text that is not much likelier than an option far ahead of all others does not speak
# against it: the engine might as well have written the option.
_HARDLY_LIKELIER = 1.0
_FAR_AHEAD = 1.0
# Reasons of a text for which no likelihood makes it an answer.
_VETOES = frozenset({"negation", "number", "opposite", "two_named", "extra_words"})


def said(text: str, *, language: str) -> Heard:
    """Return the evidence as if every source had heard exactly this text: for examples."""
    return Heard("text", language, text, 1.0, None, (), text)


def decide(choice: Choice, heard: Sequence[Heard], *, by: Calibration | None = None) -> Verdict:
    """Decide what one utterance is worth. `heard` is what each engine and language made of it.

    Right takes two sources that name the right option (free text, phrase scores, a grammar), no
    veto and a probability that the costs of the choice's profile allow; wrong takes the same for
    another option. All else is unsure, for a person.
    """
    evidence = _Evidence.of(choice, heard, by or calibration())
    if any(isinstance(each, Echoed) for each in evidence.matches):
        return _echoed(evidence)
    if reasons := _no_answer(evidence):
        return Unsure(reasons, evidence.hint, evidence.p_right)
    chosen = evidence.best
    if chosen is None:
        return Unsure(evidence.reasons or ("no_speech",), evidence.hint, evidence.p_right)
    if objections := _objections(evidence, chosen):
        return Unsure((*evidence.reasons, *objections), chosen, evidence.p_right)
    return _settled(evidence, chosen)


@dataclass(frozen=True)
class _Evidence:
    """All that speaks for one candidate or another. `p` is empty where nothing was scored."""

    choice: Choice
    matches: tuple[Match, ...]
    sounds: Sounds
    p: Mapping[str, float]
    grammar: frozenset[str]

    @classmethod
    def of(cls, choice: Choice, heard: Sequence[Heard], by: Calibration) -> "_Evidence":
        matches = tuple(match(choice, each.text, each.language) for each in heard)
        found = sounds(choice, heard)
        return cls(
            choice,
            matches,
            found,
            _probabilities(found, matches, by=by),
            frozenset(grammar(choice, heard)),
        )

    @property
    def named(self) -> set[str]:
        """The candidates that a free text names, by the strongest way in which any is named."""
        found = [each for each in self.matches if isinstance(each, Found)]
        exact = {each.id for each in found if each.strength == "exact"}
        return exact or self.plain or {each.id for each in found}

    @property
    def plain(self) -> set[str]:
        """The candidates that a free text names in so many words."""
        found = (each for each in self.matches if isinstance(each, Found))
        return {each.id for each in found if each.strength != "weak"}

    def is_vetoed(self, candidate: str) -> bool:
        """Tell whether a free text near this candidate, or near several, cannot mean it."""
        near = (e for e in self.matches if isinstance(e, Unclear) and e.id in (candidate, None))
        return any(_VETOES.intersection(each.reasons) for each in near)

    @property
    def best(self) -> str | None:
        """The likeliest candidate; by text alone where nothing was scored."""
        if self.sounds.best is not None:
            return self.sounds.best
        return next(iter(self.named)) if len(self.named) == 1 else None

    @property
    def hint(self) -> str | None:
        """What to tell a person: the likeliest, what a text is near to, what a grammar heard."""
        best = self.best
        if best is not None and self.p.get(best, 1.0) >= _HINT:
            return best
        near = (each.id for each in self.matches if isinstance(each, Unclear) and each.id)
        only = next(iter(self.grammar)) if len(self.grammar) == 1 else None
        return next(near, only)

    @property
    def p_right(self) -> float | None:
        """The probability of the right option, where it was scored."""
        return self.p.get(self.choice.right)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the free texts are, in codes, each once."""
        every = (
            each.reasons for each in self.matches if isinstance(each, Unclear | Nothing | Found)
        )
        return tuple(dict.fromkeys(reason for reasons in every for reason in reasons))

    @property
    def votes(self) -> dict[str, set[str]]:
        """The candidates that each source names."""
        text = self.named or self._near()
        votes = {"text": text, "grammar": set(self.grammar)}
        if not text and self.choice.profile != "safety":
            votes["free"] = self._hardly_less_likely()
        if self.sounds.best is not None and _leads(self.sounds, self.sounds.best):
            votes["scores"] = {self.sounds.best}
        return votes

    def _near(self) -> set[str]:
        """The candidate that a garbled free text sounds most like, if it stands out."""
        alike = {name: each.likeness for name, each in self.sounds.candidates.items()}
        foils = [each.likeness for each in self.sounds.foils.values()]
        ranked = sorted(alike, key=lambda each: -alike[each])
        if not ranked or alike[ranked[0]] < _ALIKE:
            return set()
        others = [alike[each] for each in ranked[1:]] + foils
        return {ranked[0]} if not others or alike[ranked[0]] > max(others) else set()

    def _hardly_less_likely(self) -> set[str]:
        """The candidate that the engine finds about as likely as what it wrote freely."""
        best = self.sounds.best
        if best is None:
            return set()
        mine, others = self.sounds.candidates[best], self.sounds.others(best)
        ahead = all(mine.over_free - each.over_free >= _FAR_AHEAD for each in others)
        return {best} if ahead and mine.over_free >= -_HARDLY_LIKELIER else set()


def _probabilities(found: Sounds, matches: Sequence[Match], *, by: Calibration) -> dict[str, float]:
    """Return the chance of each candidate: the best's own, the rest divided by likelihood."""
    best = found.best
    if best is None:
        return {}
    model = by.model(found.candidates[best].heard.language, "choose")
    p = model.probability(features(found, matches, candidate=best))
    others = {
        name: math.exp(each.standing - found.candidates[best].standing)
        for name, each in found.candidates.items()
        if name != best
    }
    whole = sum(others.values())
    return {best: p} | {name: (1 - p) * part / whole for name, part in others.items()}


def _leads(found: Sounds, candidate: str) -> bool:
    mine = found.candidates[candidate].score.evidence
    return all(mine > each.score.evidence for each in found.others(candidate))


def _echoed(evidence: _Evidence) -> Verdict:
    exact = {e.id for e in evidence.matches if isinstance(e, Found) and e.strength == "exact"}
    if len(exact) == 1:
        return Unsure(("echo", "sources_disagree"), exact.pop(), evidence.p_right)
    return Echo(("echo",), evidence.p_right)


def _no_answer(evidence: _Evidence) -> tuple[str, ...]:
    """Return why this is no answer at all, where it names nothing and asks for something."""
    asks = any(reason.startswith("meta_") for reason in evidence.reasons)
    silent = all(e == Nothing(("no_speech",)) for e in evidence.matches)
    return evidence.reasons or ("no_speech",) if silent or (asks and not evidence.plain) else ()


def _objections(evidence: _Evidence, chosen: str) -> tuple[str, ...]:
    """Return why a candidate cannot be taken as chosen, however likely it is."""
    if len(evidence.named) > 1:
        return ("two_named", "sources_disagree")
    if evidence.named - {chosen} or evidence.grammar - {chosen}:
        return ("sources_disagree",)
    if not evidence.named and evidence.is_vetoed(chosen):
        return ("veto",)
    sources = [name for name, found in evidence.votes.items() if chosen in found]
    return () if len(sources) > 1 else ("one_source",)


def _settled(evidence: _Evidence, chosen: str) -> Verdict:
    costs = COSTS[evidence.choice.profile]
    agreed = tuple(f"{name}_agrees" for name, found in evidence.votes.items() if chosen in found)
    reasons = (*evidence.reasons, *agreed)
    p_right, p = evidence.p_right, evidence.p.get(chosen)
    if p is not None and p < costs.accept_from:
        return Unsure((*reasons, "not_likely_enough"), chosen, p_right)
    if chosen == evidence.choice.right:
        return Right(chosen, reasons, p_right)
    if p_right is not None and p_right > costs.reject_up_to:
        return Unsure((*reasons, "not_unlikely_enough"), chosen, p_right)
    if evidence.choice.profile == "safety" or chosen not in evidence.plain:
        return Unsure((*reasons, f"heard_other:{chosen}"), chosen, p_right)
    return Wrong(chosen, (*reasons, f"heard_other:{chosen}"), p_right)


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
