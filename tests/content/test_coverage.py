"""The page in docs/ says what the shipped content asks for."""

from pathlib import Path

from voice_app.dialogues.coverage import coverage_page
from voice_app.dialogues.loader import load_content

PAGE = Path(__file__).parents[2] / "docs/coverage.md"


def test_the_page_says_what_the_shipped_content_asks_for():
    told = PAGE.read_text("utf-8").splitlines()
    page = "\n".join(coverage_page(load_content())).splitlines()
    assert told == page, "run: voice-app content coverage > docs/coverage.md"


def test_every_learning_outcome_is_asked_for():
    page = "\n".join(coverage_page(load_content()))
    for number in range(1, 10):
        assert f"## LO{number} " in page
