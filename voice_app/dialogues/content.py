"""The content as frozen values: items, options, words and sentences, as read from the files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from voice_app.dialogues.scenario import ResourcePage, ScenarioBank

Category = Literal["product", "material", "context", "instruction", "home_context", "need"]
Task = Literal["choose"]


@dataclass(frozen=True)
class Option:
    """One picture a candidate may choose; `id` names the picture and the word in every language."""

    id: str


@dataclass(frozen=True)
class Item:
    """One question of an assessment, the same concept in every employer language.

    `options` holds four, in the author's order; `right` is the id of the one that is right.
    `rivals` are options that the prompt names beside the right one ("the kitchen, not the
    bathroom"); empty where the prompt names no option at all. `is_safety` marks an item where
    taking a wrong answer for a right one may hurt somebody.
    """

    id: str
    micro_competence: str
    learning_outcome: str
    category: Category
    task: Task
    question: str
    options: tuple[Option, ...]
    right: str
    rivals: tuple[str, ...] = ()
    is_safety: bool = False


@dataclass(frozen=True)
class Word:
    """What an option is called in one language: its spoken name and all accepted ways to say it.

    `foils` sound or look like one of them and are wrong: they are never taken for the option.
    """

    name: str
    accepted: tuple[str, ...]
    foils: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """An utterance and the verdict it must get, for one item in one employer language.

    `expect` is `right`, `unsure`, `wrong` or `echo`; `chosen` the option that must be found.
    """

    item: str
    heard: str
    expect: Literal["right", "unsure", "wrong", "echo"]
    chosen: str | None = None


@dataclass(frozen=True)
class Language:
    """Everything that is said in one language.

    `prompts` by item id (employer languages), `questions` by question id, `words` by option
    id, `phrases` by key (help languages), `places` four ordinals each with its accepted forms.
    """

    code: str
    own_name: str
    prompts: Mapping[str, str]
    questions: Mapping[str, str]
    words: Mapping[str, Word]
    phrases: Mapping[str, str]
    places: tuple[tuple[str, ...], ...]
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class LearningOutcome:
    """One learning outcome: `id` such as LO6; names and descriptions by language."""

    id: str
    micro_competence: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """A line of the framework: `id` such as LO1.S2 belongs to the learning outcome LO1.

    `why_not` says by language why nobody can show it by voice on a phone, or is None.
    """

    id: str
    kind: Literal["knowledge", "skill", "responsibility"]
    says: Mapping[str, str]
    why_not: Mapping[str, str] | None = None

    @property
    def learning_outcome(self) -> str:
        """The learning outcome it belongs to."""
        return self.id.partition(".")[0]


@dataclass(frozen=True)
class EscoSkill:
    """A skill of ESCO: `uri` is http://data.europa.eu/esco/skill/UUID; its labels by language."""

    uri: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class MicroCompetence:
    """One of the four micro-competences, or the full micro-certification that they make.

    `criteria` say by language how it is shown, with `{language}` for the employer language.
    `eqf` is a level of the European Qualifications Framework. `workload_hours` is None where
    nobody has measured it. `assessments` are the kinds of test. `parts` are the
    micro-competences that the full micro-certification rests on.
    """

    id: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    learning_outcomes: tuple[str, ...]
    criteria: Mapping[str, str] = field(default_factory=dict)
    eqf: int = 2
    workload_hours: int | None = None
    assessments: tuple[str, ...] = ("quiz",)
    esco: tuple[EscoSkill, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A run of items of one category: one room on the candidate's path."""

    category: Category
    items: tuple[str, ...]


@dataclass(frozen=True)
class ShownItem:
    """An item of the worked example, and what somebody answers, by employer language."""

    item: Item
    answer: Mapping[str, str]


@dataclass(frozen=True)
class Assessment:
    """The item bank of one micro-competence. `rehearsal` is the unscored first item.

    `items` are those of both forms. `sections` are one form; `twins` are the other, with an
    item for each in the same place, and empty where there is one form only. `example` is shown
    as somebody else does it, `resources` are good to know.
    """

    micro_competence: str
    employer_languages: tuple[str, ...]
    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    rehearsal: Item
    version: str
    twins: tuple[Section, ...] = ()
    example: tuple[ShownItem, ...] = ()
    resources: tuple[ResourcePage, ...] = ()

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the items of each form, in their order."""
        every = (self.sections, self.twins) if self.twins else (self.sections,)
        return tuple(tuple(item for one in form for item in one.items) for form in every)

    @property
    def everything(self) -> tuple[Item, ...]:
        """The items with the rehearsal and those of the example."""
        return (*self.items.values(), self.rehearsal, *(one.item for one in self.example))

    def asking(self, names: Collection[str]) -> "Assessment":
        """Return the bank of an attempt: one form, of just these items."""
        kept = (
            Section(one.category, tuple(item for item in one.items if item in names))
            for one in (*self.sections, *self.twins)
        )
        items = {name: item for name, item in self.items.items() if name in names}
        return replace(
            self, sections=tuple(one for one in kept if one.items), items=items, twins=()
        )


@dataclass(frozen=True)
class Content:
    """All content, read once.

    `assessments` are banks of items, `scenarios` those of situations, each by micro-competence;
    `lines` are what the framework asks of each learning outcome, by id.
    """

    micro_competences: Mapping[str, MicroCompetence]
    learning_outcomes: Mapping[str, LearningOutcome]
    assessments: Mapping[str, Assessment]
    languages: Mapping[str, Language]
    scenarios: Mapping[str, ScenarioBank] = field(default_factory=dict)
    lines: Mapping[str, Line] = field(default_factory=dict)
