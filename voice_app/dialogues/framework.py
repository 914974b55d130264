"""The framework file: micro-competences and learning outcomes, with names in every language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import Field, StringConstraints, TypeAdapter

from voice_app.dialogues.content import EscoSkill, LearningOutcome, MicroCompetence
from voice_app.dialogues.files import Code, ContentError, File, Key, Shape, Text

# A skill's address as ESCO publishes it: anything else would send readers nowhere.
_EscoUri = Annotated[
    str,
    StringConstraints(
        pattern=r"^http://data\.europa\.eu/esco/skill/"
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
    ),
]


# A micro-competence by its number, or the full micro-certification that they make together.
_Id = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}[0-9]+|FULL)$")]


class _EscoSkill(Shape):
    uri: _EscoUri
    names: dict[Code, Text]


class _MicroCompetence(Shape):
    id: _Id
    names: dict[Code, Text]
    descriptions: dict[Code, Text]
    learning_outcomes: tuple[Key, ...]
    criteria: dict[Code, Text] = Field(default_factory=dict)
    eqf: Annotated[int, Field(ge=1, le=8)] = 2
    workload_hours: Annotated[int, Field(ge=1, le=2000)] | None = None
    assessments: tuple[Literal["quiz", "oral", "practical"], ...] = ("quiz",)
    esco: tuple[_EscoSkill, ...] = ()
    parts: tuple[Key, ...] = ()

    def value(self) -> MicroCompetence:
        """Give the frozen value."""
        fields = self.model_dump(exclude={"esco"})
        skills = tuple(EscoSkill(one.uri, one.names) for one in self.esco)
        return MicroCompetence(**fields, esco=skills)


class _LearningOutcome(Shape):
    id: Key
    micro_competence: Key
    names: dict[Code, Text]
    descriptions: dict[Code, Text]


class _Framework(Shape):
    micro_competences: tuple[_MicroCompetence, ...]
    learning_outcomes: tuple[_LearningOutcome, ...]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_NamedT = TypeVar("_NamedT", bound=_Named)


@dataclass(frozen=True)
class Framework:
    """The framework by id, and the name of the file it was read from."""

    file: str
    micro_competences: Mapping[str, MicroCompetence]
    learning_outcomes: Mapping[str, LearningOutcome]


def load_framework(folder: Path) -> Framework:
    """Read the one file of `folder/framework`, or raise ContentError."""
    file = _only_file(folder)
    shape = file.read(TypeAdapter(_Framework))
    framework = Framework(
        file.name,
        by_id(file, (one.value() for one in shape.micro_competences)),
        by_id(file, (LearningOutcome(**one.model_dump()) for one in shape.learning_outcomes)),
    )
    _refuse_loose_ends(file, framework)
    return framework


def by_id(file: File, named: Iterable[_NamedT]) -> dict[str, _NamedT]:
    """Return the values by id; the same id twice is a ContentError."""
    found: dict[str, _NamedT] = {}
    for one in named:
        if one.id in found:
            raise file.error("the same id is given twice", item=one.id, field="id")
        found[one.id] = one
    return found


def _only_file(folder: Path) -> File:
    names = sorted(path.name for path in (folder / "framework").glob("*.yaml"))
    if len(names) != 1:
        says = f"there should be one YAML file here, there are {len(names)}"
        raise ContentError(says, file="framework")
    return File(folder, f"framework/{names[0]}")


def _refuse_loose_ends(file: File, framework: Framework) -> None:
    for outcome in framework.learning_outcomes.values():
        owner = framework.micro_competences.get(outcome.micro_competence)
        if owner is None or outcome.id not in owner.learning_outcomes:
            says = f"{outcome.micro_competence} does not list it among its learning outcomes"
            raise file.error(says, item=outcome.id, field="micro_competence")
    for owner in framework.micro_competences.values():
        for key in owner.learning_outcomes:
            if key not in framework.learning_outcomes:
                says = f"{key} is not a learning outcome of this file"
                raise file.error(says, item=owner.id, field="learning_outcomes")
        for part in owner.parts:
            if part == owner.id or part not in framework.micro_competences:
                says = f"{part} is not another micro-competence of this file"
                raise file.error(says, item=owner.id, field="parts")
