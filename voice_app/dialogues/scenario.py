"""Scenarios as frozen values: an employer at home, and what a candidate does there step by step.

The tasks of MC1, MC2 and MC4. Nothing here depends on a language but `Telling`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice_app.scoring.orders import (
    Arranging,
    Before,
    Card,
    DoneBy,
    Excludes,
    First,
    Fits,
    Includes,
    Last,
    NotDuring,
    Rule,
)

__all__ = [
    "Arranging",
    "Asking",
    "Before",
    "Card",
    "Choosing",
    "Criterion",
    "DoneBy",
    "Excludes",
    "First",
    "Fits",
    "Includes",
    "Last",
    "Level",
    "Listen",
    "NotDuring",
    "Picking",
    "Pool",
    "Question",
    "ResourcePage",
    "Rule",
    "Saying",
    "Scenario",
    "ScenarioBank",
    "Shown",
    "Step",
    "Task",
    "Telling",
]


@dataclass(frozen=True)
class Question:
    """Something to ask or to say: `id` names it everywhere.

    `answer` is the key of what the employer says to it, None where nothing is answered.
    `picture` stands for it on the screen.
    """

    id: str
    picture: str
    answer: str | None = None


@dataclass(frozen=True)
class Listen:
    """The employer speaks; nothing is asked."""


@dataclass(frozen=True)
class Asking:
    """The candidate asks aloud, as often as it takes; the employer answers what was asked."""

    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Saying:
    """The candidate says something aloud: restates, explains, advises.

    `points` are what a machine looks for in it, to help the assessor find it.
    """

    points: tuple[Question, ...]


@dataclass(frozen=True)
class Choosing:
    """One picture of some is right."""

    options: tuple[str, ...]
    right: str


@dataclass(frozen=True)
class Picking:
    """Several pictures of some are right; a picture too many takes a point away."""

    options: tuple[str, ...]
    right: frozenset[str]


Task = Listen | Asking | Saying | Choosing | Picking | Arranging


@dataclass(frozen=True)
class Shown:
    """What somebody answers in a worked example: `say` is a key of what is said, or `options`."""

    say: str | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One screen of a scenario.

    `says` are keys of what the employer says first, `picture` what is shown meanwhile. `help`
    is the key of the sentence that tells what to do, in the help language. `points` is the most
    a step of pictures gives; a spoken one gives what its `criteria` give. `skills` cite the
    lines of the framework that it shows, such as LO1.S2. `shown` is the answer in an example.
    `why` is the key of the sentence in `help` that tells at the end what is right, and why.
    """

    id: str
    learning_outcome: str
    task: Task
    help: str
    says: tuple[str, ...] = ()
    picture: str | None = None
    points: int = 0
    criteria: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    shown: Shown | None = None
    why: str | None = None


@dataclass(frozen=True)
class Telling:
    """What a scenario says in one language.

    `says`: the employer's sentences by key. `help`: what to do, and the reasons of rules, by
    key. `cues`: by question or point, the phrases by which it is found in what was said.
    """

    says: Mapping[str, str]
    help: Mapping[str, str]
    cues: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Scenario:
    """One situation at one employer's home; `voice` is the place of theirs in the language."""

    id: str
    steps: tuple[Step, ...]
    tellings: Mapping[str, Telling]
    picture: str
    voice: int = 0

    @property
    def section(self) -> str:
        """Key of the phrase that names it: what the learning outcome it begins with is about."""
        return f"section.{self.steps[0].learning_outcome}"

    def step(self, name: str) -> Step:
        """Give a step by its id; raises `KeyError`."""
        return {one.id: one for one in self.steps}[name]


@dataclass(frozen=True)
class Level:
    """How well something was shown: `says` by language, `points` for it.

    `example` is the key of a spoken example of it, None where there is none.
    """

    points: int
    says: Mapping[str, str]
    example: str | None = None


@dataclass(frozen=True)
class Criterion:
    """One thing an assessor listens for. `levels` from the lowest to the highest.

    `offers` are sentences by language that an assessor may send as they are; `skills` cite the
    framework.
    """

    id: str
    learning_outcome: str
    says: Mapping[str, str]
    levels: tuple[Level, ...]
    offers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    skills: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """The most it gives."""
        return self.levels[-1].points


@dataclass(frozen=True)
class Reference:
    """What a spoken example is worth: the step it answers, and each criterion's points there."""

    step: str
    levels: Mapping[str, int]


@dataclass(frozen=True)
class Pool:
    """Scenarios that may stand for each other, of which an attempt has `take`."""

    id: str
    scenarios: tuple[str, ...]
    take: int = 1


@dataclass(frozen=True)
class ResourcePage:
    """A page of what is good to know: its title, and sentences to speak, by language.

    `pictures` has one for each sentence, or none at all.
    """

    id: str
    picture: str
    title: Mapping[str, str]
    says: Mapping[str, tuple[str, ...]]
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScenarioBank:
    """The test of one micro-competence in scenarios.

    `rehearsal` is unscored and done before; `example` is shown as somebody else does it.
    `spoken` are the examples of the rubric, by key what is said in each employer language;
    `references` tell by the same keys what each of them is worth.
    """

    micro_competence: str
    employer_languages: tuple[str, ...]
    pools: tuple[Pool, ...]
    scenarios: Mapping[str, Scenario]
    rehearsal: Scenario
    example: Scenario
    rubric: Mapping[str, Criterion]
    spoken: Mapping[str, Mapping[str, str]]
    references: Mapping[str, Reference]
    resources: tuple[ResourcePage, ...]
    version: str
