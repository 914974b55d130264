"""Whether one phrase was said, nothing else being offered: for naming, repeating, restating."""

from collections.abc import Sequence
from dataclasses import replace

from voice_app.scoring.calibration import Calibration, calibration
from voice_app.scoring.costs import COSTS, Profile
from voice_app.scoring.decide import Right, Unsure, Wrong
from voice_app.scoring.features import Sounds, features, sounds
from voice_app.scoring.match import Candidate, Choice, match
from voice_app.scoring.sources import Heard
from voice_app.scoring.target import Target, Understood, understand

# A garbled free text is a second source for a phrase that it sounds this much like.
_ALIKE = 0.45


def asked(target: Target) -> Choice:
    """Return a phrase as a choice of one, with its foils: what an engine is asked about."""
    language = target.language
    accepted = tuple((language, phrase) for phrase in target.accepted)
    foils = tuple((language, foil) for foil in target.foils)
    profile: Profile = "safety" if target.is_safety else "practice"
    right = target.accepted[0]
    return Choice("", language, language, (Candidate(right, accepted),), right, foils, profile)


def verify(
    target: Target, heard: Sequence[Heard], *, by: Calibration | None = None
) -> Right | Unsure | Wrong:
    """Decide whether the target was said; one of the task `choose` is taken for a name.

    `heard` is what each engine made of one utterance.

    Right takes a free text that means it, or at least sounds like it, and a likelihood of its
    sound; wrong a free text that is found to mean something else, and a sound that is not it.
    """
    choice = asked(target)
    task = "name" if target.task == "choose" else target.task
    texts = [understand(replace(target, task=task), each.text) for each in heard]
    found = sounds(choice, heard)
    p = _probability(choice, found, heard, by=by or calibration())
    reasons = tuple(dict.fromkeys(reason for each in texts for reason in each.reasons))
    verdicts = {each.verdict for each in texts}
    chosen = choice.right if p is not None and p >= 1 / 2 else None
    if p is None or verdicts == {"accept", "reject"}:
        return Unsure((*reasons, "one_source" if p is None else "sources_disagree"), chosen, p)
    costs = COSTS[choice.profile]
    if p >= costs.accept_from and _is_meant(texts) and not _is_foiled(found, choice.right):
        return Right(choice.right, (*reasons, "scores_agree"), p)
    if p <= costs.reject_up_to and "reject" in verdicts and choice.profile != "safety":
        return Wrong(choice.right, (*reasons, "scores_agree"), p)
    return Unsure((*reasons, "not_likely_enough"), chosen, p)


def _probability(
    choice: Choice, found: Sounds, heard: Sequence[Heard], *, by: Calibration
) -> float | None:
    if choice.right not in found.candidates:
        return None
    matches = [match(choice, each.text, each.language) for each in heard]
    language = found.candidates[choice.right].heard.language
    numbers = features(found, matches, candidate=choice.right)
    return by.model(language, "phrase").probability(numbers)


def _is_meant(texts: Sequence[Understood]) -> bool:
    """Tell whether a free text is the phrase, or a garbled one that nothing speaks against."""
    if any(each.verdict == "reject" for each in texts):
        return False
    return any(each.verdict == "accept" or each.likeness >= _ALIKE for each in texts)


def _is_foiled(found: Sounds, right: str) -> bool:
    mine = found.candidates[right].score.evidence
    return any(each.score.evidence >= mine for each in found.foils.values())
