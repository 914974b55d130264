"""One YAML file → one checked shape, with errors that name file, item and field."""

from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from voice_app.errors import VoiceAppError

ShapeT = TypeVar("ShapeT")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9]+$")]

_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_type": "should be text",
    "string_too_short": "is empty",
    "dict_type": "should be a mapping of keys to values",
    "model_type": "should be a mapping of keys to values",
    "list_type": "should be a list",
    "tuple_type": "should be a list",
    "string_pattern_mismatch": "is not written as an id or code should be",
}


class ContentError(VoiceAppError):
    """A content file cannot be used. `file` is relative to the folder of the content."""

    def __init__(
        self, says: str, *, file: str, item: str | None = None, field: str | None = None
    ) -> None:
        self.file, self.item, self.field, self.says = file, item, field, says
        where = [file]
        if item:
            where.append(f'item "{item}"')
        if field:
            where.append(f'field "{field}"')
        super().__init__(f"{', '.join(where)}: {says}.")


class Shape(BaseModel):
    """A mapping in a content file: no key beyond those named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class File:
    """A content file: where it is, and its name in errors."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path, self.name = folder / name, name

    def read(self, shape: TypeAdapter[ShapeT]) -> ShapeT:
        """Return the file's content in this shape, or raise ContentError."""
        document = self._document()
        try:
            return shape.validate_python(document)
        except ValidationError as error:
            raise self._explain(document, error) from None

    def error(
        self, says: str, *, item: str | None = None, field: str | None = None
    ) -> ContentError:
        """Return the error that says what is wrong at this place of the file."""
        return ContentError(says, file=self.name, item=item, field=field)

    def bytes(self) -> bytes:
        """Return the file as it stands on the disk, or raise ContentError."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise self.error(f"the file cannot be read ({error.strerror})") from None

    def _document(self) -> Any:
        data = self.bytes()
        try:
            return yaml.load(data, Loader=_StringLoader)  # nosec B506 # noqa: S506 builds strings, lists, dicts only
        except yaml.YAMLError as error:
            raise self.error(f"this is not YAML: {_syntax(error)}") from None
        except (UnicodeDecodeError, RecursionError):
            raise self.error("this is not a text of content in UTF-8") from None

    def _explain(self, document: Any, error: ValidationError) -> ContentError:
        first = error.errors(include_url=False)[0]
        item, field = _place(document, first["loc"])
        return self.error(_SENTENCES.get(first["type"], first["msg"]), item=item, field=field)


class _StringLoader(yaml.CBaseLoader):
    """Keeps every scalar a string ("no" stays "no") and refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 PyYAML's signature
        seen = set()
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in seen:
                says = f'the key "{name}" is given twice'
                raise yaml.MarkedYAMLError(problem=says, problem_mark=key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


def _syntax(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return " ".join(str(error).split())


def _place(document: Any, path: tuple[int | str, ...]) -> tuple[str | None, str | None]:
    """Return the id of the innermost item on the path and the field under it."""
    item, field = None, list(path)
    for depth, step in enumerate(path):
        document = _child(document, step)
        name = _name(document)
        if name:
            item, field = name, list(path[depth + 1 :])
    if item is None and all(isinstance(step, str) for step in path[:2]):
        item, field = "".join(map(str, path[1:2])), [*path[:1], *path[2:]]
    return item, ".".join(map(str, field)) or None


def _child(document: Any, step: int | str) -> Any:
    try:
        return document[step]
    except (KeyError, IndexError, TypeError):
        return None


def _name(document: Any) -> str | None:
    if not isinstance(document, dict):
        return None
    name = document.get("id", document.get("item"))
    return name if isinstance(name, str) else None
