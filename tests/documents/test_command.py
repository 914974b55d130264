"""`voice-app documents` writes them all, counts what is left, and writes over nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voice_app.commands.documents import documents
from voice_app.documents import DocumentThere
from voice_app.documents.writing import ANNEXES, INDEX, NAMES


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "type[Run]":
    monkeypatch.setenv("VOICE_APP_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VOICE_APP_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("VOICE_APP_ORIGIN", "https://soleil.example")
    monkeypatch.setenv("VOICE_APP_ISSUER_NAME", "Maison du Soleil")
    return Run


class Run:
    """Runs the command into a folder."""

    @staticmethod
    def into(folder: Path) -> Result:
        return CliRunner().invoke(documents, ["--out", str(folder)])


def test_all_are_written_as_markdown_and_as_pages(run: "type[Run]", tmp_path: Path):
    told = run.into(tmp_path / "out")
    assert told.exit_code == 0, told.output
    names = {f"{name}.{end}" for name in (INDEX, *NAMES, *ANNEXES) for end in ("md", "html")}
    assert {file.name for file in (tmp_path / "out").iterdir()} == names
    assert "Maison du Soleil" in (tmp_path / "out" / "privacy-notice.html").read_text("utf-8")


def test_what_is_left_is_counted(run: "type[Run]", tmp_path: Path):
    lines = run.into(tmp_path / "out").output.splitlines()
    counts = [
        int(line.split()[1])
        for line in lines
        if line.endswith(" to fill in") and (line.split()[1].isdigit())
    ]
    assert len(counts) == len(NAMES)
    written = [(tmp_path / "out" / f"{name}.md").read_text("utf-8") for name in NAMES]
    assert counts == [text.count("**[FILL IN ") for text in written]
    assert lines[-1].startswith(f"{sum(counts)} places are for the center")


def test_what_was_filled_in_is_not_written_over(run: "type[Run]", tmp_path: Path):
    (tmp_path / "out").mkdir()
    mine = tmp_path / "out" / "incident-form.md"
    mine.write_text("filled in", encoding="utf-8")
    told = run.into(tmp_path / "out")
    assert isinstance(told.exception, DocumentThere)
    assert "incident-form.md" in str(told.exception)
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["incident-form.md"]
    assert mine.read_text("utf-8") == "filled in"


def test_nothing_but_the_documents_is_made(run: "type[Run]", tmp_path: Path):
    run.into(tmp_path / "out")
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
