"""The shapes of the files of scenarios: banks, steps and tasks, tellings, rubrics, resources."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from voice_app.dialogues.files import Code, Id, Key, Shape, Text
from voice_app.dialogues.shapes import Forms, WordShape

StepId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]
HelpKey = Annotated[str, StringConstraints(pattern=r"^(task\.)?[a-z0-9]+(-[a-z0-9]+)*$")]
Skill = Annotated[str, StringConstraints(pattern=r"^LO[0-9]+\.[KSR][0-9]+$")]
Points = Annotated[int, Field(ge=0, le=60)]
Minutes = Annotated[int, Field(ge=0, le=600)]
InLanguages = dict[Code, Text]


class QuestionShape(Shape):
    """Something to ask or to say."""

    id: Id
    picture: Id
    answer: Id | None = None


class ListenShape(Shape):
    """The employer speaks."""

    kind: Literal["listen"]


class AskingShape(Shape):
    """The candidate asks."""

    kind: Literal["asking"]
    questions: tuple[QuestionShape, ...] = Field(min_length=1)


class SayingShape(Shape):
    """The candidate says something."""

    kind: Literal["saying"]
    points: tuple[QuestionShape, ...] = Field(min_length=1)


class ChoosingShape(Shape):
    """One picture is right."""

    kind: Literal["choosing"]
    options: tuple[Id, ...] = Field(min_length=2)
    right: Id


class PickingShape(Shape):
    """Several pictures are right."""

    kind: Literal["picking"]
    options: tuple[Id, ...] = Field(min_length=3)
    right: tuple[Id, ...] = Field(min_length=1)


class CardShape(Shape):
    """A task with its minutes, or a room."""

    id: Id
    minutes: Minutes = 0


class _RuleShape(Shape):
    id: Id
    points: Annotated[int, Field(ge=1, le=20)]


class OfOneShape(_RuleShape):
    """A rule about one card."""

    kind: Literal["includes", "excludes", "first", "last"]
    card: Id


class BeforeShape(_RuleShape):
    """A rule about two cards."""

    kind: Literal["before"]
    card: Id
    other: Id


class FitsShape(_RuleShape):
    """A rule about the time of all."""

    kind: Literal["fits"]
    minutes: Minutes


class DoneByShape(_RuleShape):
    """A rule about when a card is over."""

    kind: Literal["done-by"]
    card: Id
    minutes: Minutes


class NotDuringShape(_RuleShape):
    """A rule about when a card is not at work."""

    kind: Literal["not-during"]
    card: Id
    begins: Minutes
    ends: Minutes


RuleShape = Annotated[
    OfOneShape | BeforeShape | FitsShape | DoneByShape | NotDuringShape,
    Field(discriminator="kind"),
]


class ArrangingShape(Shape):
    """Cards in order."""

    kind: Literal["arranging"]
    cards: tuple[CardShape, ...] = Field(min_length=2)
    rules: tuple[RuleShape, ...] = Field(min_length=1)
    kept: tuple[Id, ...] = ()
    plan: Id | None = None


TaskShape = Annotated[
    ListenShape | AskingShape | SayingShape | ChoosingShape | PickingShape | ArrangingShape,
    Field(discriminator="kind"),
]


class ShownShape(Shape):
    """What somebody answers in a worked example."""

    say: Id | None = None
    options: tuple[Id, ...] = ()


class StepShape(Shape):
    """One step of a scenario."""

    id: StepId
    learning_outcome: Key
    task: TaskShape
    help: HelpKey
    says: tuple[Id, ...] = ()
    picture: Id | None = None
    points: Points = 0
    criteria: tuple[Id, ...] = ()
    skills: tuple[Skill, ...] = ()
    shown: ShownShape | None = None
    why: Id | None = None


class ScenarioShape(Shape):
    """The whole of <scenario>.yaml."""

    id: Id
    picture: Id
    voice: Annotated[int, Field(ge=0, le=3)] = 0
    steps: tuple[StepShape, ...] = Field(min_length=1)


class TellingShape(Shape):
    """The whole of <scenario>.<language>.yaml; `lists` are the fillers that cues name in braces."""

    says: dict[Id, Text]
    help: dict[Id, Text] = Field(default_factory=dict)
    lists: dict[Id, Forms] = Field(default_factory=dict)
    cues: dict[Id, Forms] = Field(default_factory=dict)


class PoolShape(Shape):
    """Scenarios of which an attempt takes some."""

    id: Id
    scenarios: tuple[Id, ...] = Field(min_length=1)
    take: Annotated[int, Field(ge=1, le=6)] = 1


class BankShape(Shape):
    """The whole of bank.yaml."""

    micro_competence: Key
    employer_languages: tuple[Code, ...] = Field(min_length=1)
    pools: tuple[PoolShape, ...] = Field(min_length=1)
    rehearsal: Id
    example: Id


class LevelShape(Shape):
    """How well something was shown."""

    points: Annotated[int, Field(ge=0, le=10)]
    says: InLanguages
    example: Id | None = None


class CriterionShape(Shape):
    """One thing an assessor listens for."""

    id: Id
    learning_outcome: Key
    says: InLanguages
    levels: tuple[LevelShape, ...] = Field(min_length=2)
    offers: dict[Id, InLanguages] = Field(default_factory=dict)
    skills: tuple[Skill, ...] = ()


class ReferenceShape(Shape):
    """What an example is worth at the step it answers, criterion by criterion."""

    step: StepId
    levels: dict[Id, Annotated[int, Field(ge=0, le=10)]]


class RubricShape(Shape):
    """The whole of rubric.yaml; `examples` are what somebody says, by employer language."""

    criteria: tuple[CriterionShape, ...] = ()
    examples: dict[Id, InLanguages] = Field(default_factory=dict)
    references: dict[Id, ReferenceShape] = Field(default_factory=dict)


class ResourcePageShape(Shape):
    """A page of what is good to know; `pictures` stand beside its sentences, one for each."""

    id: Id
    picture: Id
    title: InLanguages
    says: dict[Code, Forms]
    pictures: tuple[Id, ...] = ()


class ResourcesShape(Shape):
    """The whole of resources.yaml."""

    pages: tuple[ResourcePageShape, ...] = Field(min_length=1)


class BankWordsShape(Shape):
    """The whole of words.<language>.yaml: what this bank adds to the words of a language."""

    lists: dict[Id, Forms] = Field(default_factory=dict)
    words: dict[Id, WordShape] = Field(default_factory=dict)


class LineShape(Shape):
    """A line of the framework; `why_not` where nobody can show it by voice on a phone."""

    id: Skill
    kind: Literal["knowledge", "skill", "responsibility"]
    says: InLanguages
    why_not: InLanguages | None = None


class LinesShape(Shape):
    """The whole of framework_lines.yaml."""

    lines: tuple[LineShape, ...] = Field(min_length=1)


BANK = TypeAdapter(BankShape)
SCENARIO = TypeAdapter(ScenarioShape)
TELLING = TypeAdapter(TellingShape)
RUBRIC = TypeAdapter(RubricShape)
RESOURCES = TypeAdapter(ResourcesShape)
BANK_WORDS = TypeAdapter(BankWordsShape)
LINES = TypeAdapter(LinesShape)
