"""Templates to Markdown: values are escaped, and what a center must fill in is counted."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"
_SPECIAL = str.maketrans({one: f"\\{one}" for one in "\\`*[]<>|"})


class Marked(str):
    """Text that is Markdown already."""

    __slots__ = ()


@dataclass
class Blanks:
    """The places of one document that only the center can fill in, in their order."""

    told: list[str] = field(default_factory=list)

    def fill(self, what: str) -> Marked:
        """Leave a numbered place open; `what` says what belongs there."""
        self.told.append(what)
        return Marked(f"**[FILL IN {len(self.told)}: {plain(what)}]**")


def plain(value: str) -> str:
    """Give any text as one line of Markdown that says just that."""
    return " ".join(value.split()).translate(_SPECIAL)


def filled(template: str, **values: Any) -> tuple[str, tuple[str, ...]]:
    """Fill a template; gives its Markdown, and what is left for the center."""
    blanks = Blanks()
    text = _environment().get_template(template).render(fill=blanks.fill, **values)
    return text, tuple(blanks.told)


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # nosec B701 # noqa: S701 - Markdown; `finalize` escapes what is put in
        finalize=_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _escaped(value: Any) -> Any:
    return plain(value) if isinstance(value, str) and not isinstance(value, Marked) else value
