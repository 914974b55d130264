"""The framework file: micro-competences and learning outcomes, with names in every language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import TypeAdapter

from voice_app.dialogues.content import LearningOutcome, MicroCompetence
from voice_app.dialogues.files import Code, ContentError, File, Key, Shape, Text


class _MicroCompetence(Shape):
    id: Key
    names: dict[Code, Text]
    descriptions: dict[Code, Text]
    learning_outcomes: tuple[Key, ...]


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
        by_id(file, (MicroCompetence(**one.model_dump()) for one in shape.micro_competences)),
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
