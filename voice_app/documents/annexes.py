"""What is shipped as it is: the register of risks, the model card, the table of ASVS items."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from voice_app.documents.filling import plain

_INSIDE = Path(__file__).parent / "shipped"
_BESIDE = Path(__file__).parents[2] / "docs"
_CHAPTERS = (
    "Encoding",
    "Validation and order of work",
    "Pages in a browser",
    "Interfaces",
    "Files",
    "Ways in",
    "Sign-ins",
    "Who may what",
    "Tokens",
    "OAuth and OpenID Connect",
    "Cryptography",
    "Encrypted connections",
    "Configuration",
    "Protection of data",
    "Building it",
    "Logs and errors",
    "Calls between browsers",
)
# Links inside the repository lead nowhere for who reads the documents of a center.
_RELATIVE = re.compile(r"\[([^\]]+)\]\((?!https?:|#)[^)]+\)")


@dataclass(frozen=True)
class AsvsItem:
    """One item of ASVS 5.0: by its number, with what is so and which tests show it.

    `status` is met, partly, open, center (up to whoever runs the service) or not applicable.
    """

    item: str
    applicable: bool
    status: str
    tests: tuple[str, ...]
    note: str

    @property
    def chapter(self) -> int:
        """The chapter it belongs to, from 1."""
        return int(self.item.partition(".")[0])


def shipped(name: str) -> str:
    """Give the text of a shipped document: inside the wheel, or beside the package."""
    inside = _INSIDE / name
    file = inside if inside.exists() else _BESIDE / name
    return file.read_text(encoding="utf-8")


def annex(name: str) -> str:
    """Give a shipped document without its links into the repository."""
    return _RELATIVE.sub(r"\1", shipped(name))


def table_of(markdown: str) -> str:
    """Give the first table of a document."""
    lines = markdown.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("|"))
    tables = groupby(lines[start:], key=lambda line: line.startswith("|"))
    return "\n".join(next(tables)[1])


def asvs() -> tuple[AsvsItem, ...]:
    """Give every item of levels 1 and 2 with how the product stands."""
    return tuple(_items(csv.DictReader(shipped("asvs.csv").splitlines())))


def asvs_tables(items: Sequence[AsvsItem]) -> Iterator[str]:
    """Give a table for each chapter, as Markdown."""
    for chapter, found in groupby(items, key=lambda one: one.chapter):
        yield f"## {chapter}. {_CHAPTERS[chapter - 1]}\n"
        yield "| Item | Status | What is so | Test |\n|---|---|---|---|"
        yield from map(_line, found)
        yield ""


def _items(rows: "csv.DictReader[str]") -> Iterator[AsvsItem]:
    for row in rows:
        yield AsvsItem(
            row["item"],
            row["applicable"] == "yes",
            row["status"],
            tuple(row["test"].split()),
            row["note"],
        )


def _line(one: AsvsItem) -> str:
    tests = " ".join(f"`{test}`" for test in one.tests)
    return f"| {one.item} | {one.status} | {plain(one.note)} | {tests} |"
