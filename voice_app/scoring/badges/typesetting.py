"""Typst at our service: a template of ours and plain values in, a document out.

Values reach the template as data, never as markup: a name cannot change a page.
"""

import json
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst

from voice_app.errors import VoiceAppError

_FOLDER = Path(str(files("voice_app.scoring.badges") / "paper_typst"))


class PaperError(VoiceAppError):
    """The document cannot be set."""


def pdf(template: str, values: dict[str, Any]) -> bytes:
    """Set a template as tagged PDF/UA-1. Raises `PaperError`."""
    return _compiled(template, values, form="pdf")


def svg(template: str, values: dict[str, Any]) -> str:
    """Set a template of one page as SVG; letters are drawn. Raises `PaperError`."""
    return _compiled(template, values, form="svg").decode()


def png(template: str, values: dict[str, Any], *, dots_an_inch: float) -> bytes:
    """Set a template of one page as PNG. Raises `PaperError`."""
    return _compiled(template, values, form="png", ppi=dots_an_inch)


@lru_cache(maxsize=64)
def is_printable(name: str) -> bool:
    """Tell whether our fonts have every letter of a name."""
    try:
        pdf("name.typ", {"name": name})
    except PaperError:
        return False
    return True


def date_values(day: date) -> dict[str, int]:
    """Give a day as templates take it."""
    return {"year": day.year, "month": day.month, "day": day.day}


def _compiled(
    template: str,
    values: dict[str, Any],
    *,
    form: Literal["pdf", "svg", "png"],
    ppi: float | None = None,
) -> bytes:
    try:
        document = typst.compile(
            _FOLDER / template,
            root=_FOLDER,
            font_paths=_fonts(),
            format=form,
            ppi=ppi,
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
            pdf_standards=["ua-1"] if form == "pdf" else [],
        )
    except typst.TypstError as error:
        raise PaperError(f"The document cannot be set: {error}") from error
    if isinstance(document, list):
        raise PaperError(f"{template} has {len(document)} pages, not one.")
    return document


@cache
def _fonts() -> typst.Fonts:
    """Read our own fonts once; those of the machine would make another paper of each."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FOLDER / "fonts"]
    )
