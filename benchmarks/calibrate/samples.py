"""What a sound teaches: the numbers of each candidate, and whether it was the one said."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.decide.hearing import Listened
from benchmarks.decide.trials import Trial
from voice_app.scoring.calibration import Task
from voice_app.scoring.features import NAMES, features, sounds
from voice_app.scoring.match import Candidate, Choice, match


@dataclass(frozen=True)
class Sample:
    """The likeliest candidate for one sound: `numbers` in the order of `NAMES`.

    `weight` is how often such a thing is met, 1 for what is expected; `worth` is how much more
    a voice of a person teaches than one of a machine.
    """

    language: str
    task: Task
    text: str
    kind: str
    condition: str
    numbers: tuple[float, ...]
    is_said: bool
    weight: float = 1.0
    worth: float = 1.0


# Few people say something near an option that is none of the four: one in six is still many.
_NONE_WEIGHT = 0.2
_PERSONS_WORTH = 3.0


def samples(trial: Trial, listened: Listened) -> Iterator[Sample]:
    """Yield the likeliest of two choices of four, and three phrases asked for alone."""
    yield from _of(trial, listened, trial.choice("right"), task="choose")
    for sample in _of(trial, listened, trial.choice("none"), task="choose"):
        yield replace(sample, weight=_NONE_WEIGHT)
    for text in (trial.spoken.text, trial.near, trial.others[0]):
        yield from _of(trial, listened, alone(text, trial.language), task="phrase")


def alone(text: str, language: str) -> Choice:
    """Return a phrase as a choice without any other."""
    return Choice("", language, language, (Candidate(text, ((language, text),)),), text)


def _of(trial: Trial, listened: Listened, choice: Choice, *, task: Task) -> Iterator[Sample]:
    matches = [match(choice, each.text, each.language) for each in listened.heard]
    found = sounds(choice, listened.heard)
    if (name := found.best) is not None:
        numbers = features(found, matches, candidate=name)
        yield Sample(
            trial.language,
            task,
            trial.spoken.text,
            trial.kind,
            trial.condition,
            tuple(numbers[each] for each in NAMES),
            name == trial.spoken.text,
            worth=_PERSONS_WORTH if trial.spoken.kind == "person" else 1.0,
        )
