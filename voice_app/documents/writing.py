"""All documents of a center, as Markdown and as pages, in one folder."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_app.documents.annexes import annex, asvs, asvs_tables, table_of
from voice_app.documents.facts import Facts
from voice_app.documents.filling import Marked, filled, plain
from voice_app.documents.pages import page
from voice_app.errors import VoiceAppError

NAMES = (
    "privacy-notice",
    "records-of-processing",
    "impact-assessment",
    "technical-file",
    "instructions-for-use",
    "incident-form",
    "asvs",
)
ANNEXES = {"annex-risks": "risk.md", "annex-model-card": "model-card.md"}
INDEX = "index"


class DocumentThere(VoiceAppError):
    """A document lies there already, perhaps filled in: it is not written over."""


@dataclass(frozen=True)
class Document:
    """One document; `blanks` says what the center must fill in, in its order."""

    name: str
    title: str
    markdown: str
    blanks: tuple[str, ...] = ()


def documents(facts: Facts) -> tuple[Document, ...]:
    """Give all documents: those to fill in, their annexes, and the list of what is left to do."""
    filled_ones = tuple(_document(name, facts) for name in NAMES)
    annexes = tuple(_annex(name, file) for name, file in ANNEXES.items())
    return (_index(facts, filled_ones), *filled_ones, *annexes)


def write(made: Sequence[Document], folder: Path) -> None:
    """Write each as Markdown and as a page. Raises `DocumentThere`; then nothing is written."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for one in made:
        files[folder / f"{one.name}.md"] = one.markdown
        files[folder / f"{one.name}.html"] = page(one.title, one.markdown)
    if there := [file.name for file in files if file.exists()]:
        raise DocumentThere(f"{folder} holds {there[0]} already. Choose another folder.")
    for file, text in files.items():
        file.write_text(text, encoding="utf-8")


def _document(name: str, facts: Facts) -> Document:
    items = asvs()
    text, blanks = filled(
        f"{name}.md",
        facts=facts,
        deployment=facts.deployment,
        risks=Marked(table_of(annex("risk.md"))),
        asvs=Marked("\n".join(asvs_tables(items))),
        counted=Counter(one.status for one in items),
        tested=sum(bool(one.tests) for one in items if one.applicable),
    )
    first, _, body = text.partition("\n")
    markdown = "\n".join([first, "", _origin(facts, len(blanks)), body])
    return Document(name, first.removeprefix("# "), markdown, blanks)


def _annex(name: str, file: str) -> Document:
    text = annex(file)
    title = text.partition("\n")[0].removeprefix("# ")
    return Document(name, title, text)


def _index(facts: Facts, made: Sequence[Document]) -> Document:
    left = sum(len(one.blanks) for one in made)
    lines = ["# Documents of this center", "", _origin(facts, left), "", *_left(made)]
    return Document(INDEX, "Documents of this center", "\n".join(lines) + "\n")


def _left(made: Sequence[Document]) -> Iterator[str]:
    for one in made:
        yield f"## {one.title}\n"
        yield f"File: `{one.name}.md`. To fill in: {len(one.blanks)}.\n"
        yield from (f"{at}. {plain(what)}" for at, what in enumerate(one.blanks, start=1))
        yield ""


def _origin(facts: Facts, left: int) -> str:
    places = "1 place is" if left == 1 else f"{left} places are"
    told = "Nothing is left to fill in by the center."
    if left:
        told = f"**{places} left for the center to fill in: search for FILL IN.**"
    return (
        f"Written on {facts.made_on.isoformat()} by `voice-app documents`, version "
        f"{facts.version}, from the settings of `{facts.deployment.origin}`. {told}"
    )
