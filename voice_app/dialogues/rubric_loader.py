"""The files of rubrics and resources → frozen values."""

from collections.abc import Mapping

from voice_app.dialogues import scenario_shapes as shapes
from voice_app.dialogues.files import File
from voice_app.dialogues.framework import by_id
from voice_app.dialogues.scenario import Criterion, Level, Reference, ResourcePage


def rubric_of(file: File) -> Mapping[str, Criterion]:
    """Return the criteria by id; without a file there are none. Raises ContentError."""
    if not file.path.exists():
        return {}
    shape = file.read(shapes.RUBRIC)
    criteria = by_id(file, [_criterion(one) for one in shape.criteria])
    for criterion in criteria.values():
        _refuse_broken_levels(file, criterion, shape)
    return criteria


def spoken_of(file: File) -> Mapping[str, Mapping[str, str]]:
    """Return what is said in the examples of a rubric, by key and language."""
    return file.read(shapes.RUBRIC).examples if file.path.exists() else {}


def references_of(file: File) -> Mapping[str, Reference]:
    """Return what the examples of a rubric are worth, by key."""
    if not file.path.exists():
        return {}
    found = file.read(shapes.RUBRIC).references
    return {key: Reference(one.step, one.levels) for key, one in found.items()}


def resources_of(file: File) -> tuple[ResourcePage, ...]:
    """Return the pages of what is good to know. Raises ContentError."""
    pages = file.read(shapes.RESOURCES).pages
    for one in pages:
        if one.pictures and any(len(texts) != len(one.pictures) for texts in one.says.values()):
            raise file.error("there should be a picture a sentence", item=one.id, field="pictures")
    return tuple(
        ResourcePage(one.id, one.picture, one.title, one.says, one.pictures) for one in pages
    )


def _criterion(shape: shapes.CriterionShape) -> Criterion:
    return Criterion(
        id=shape.id,
        learning_outcome=shape.learning_outcome,
        says=shape.says,
        levels=tuple(Level(one.points, one.says, one.example) for one in shape.levels),
        offers=shape.offers,
        skills=shape.skills,
    )


def _refuse_broken_levels(file: File, criterion: Criterion, shape: shapes.RubricShape) -> None:
    points = [level.points for level in criterion.levels]
    if points[0] != 0 or points != sorted(set(points)):
        says = "points should begin at 0 and rise from level to level"
        raise file.error(says, item=criterion.id, field="levels")
    for level in criterion.levels:
        if level.example is not None and level.example not in shape.examples:
            says = f'the example "{level.example}" is not in this file'
            raise file.error(says, item=criterion.id, field="example")
