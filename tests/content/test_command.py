"""`voice-app content` as it is typed."""

import json
from pathlib import Path

from click.testing import CliRunner

from tests.content.fakes import ITEMS, write_bank
from voice_app.commands.content import content


def run(*words: str):
    return CliRunner().invoke(content, words)


def test_list_as_json_has_every_item_in_every_employer_language(tmp_path: Path):
    shown = run("list", "--json", "--folder", str(write_bank(tmp_path)))
    assert shown.exit_code == 0
    assert json.loads(shown.output)[1] == {
        "id": "kitchen-first",
        "language": "fr",
        "learning_outcome": "LO7",
        "category": "instruction",
        "task": "choose",
    }


def test_list_is_a_table(tmp_path: Path):
    lines = run("list", "--folder", str(write_bank(tmp_path))).output.splitlines()
    assert lines[0].split() == ["id", "language", "learning_outcome", "category", "task"]
    assert lines[1].split() == ["broom", "fr", "LO6", "material", "choose"]


def test_check_shows_counts_neighbors_and_problems_and_fails(tmp_path: Path):
    shown = run("check", "--folder", str(write_bank(tmp_path)))
    assert shown.exit_code == 1
    assert "MC3         material     1      6" in shown.output
    assert "Near neighbors, fr: 0" in shown.output
    assert "items/mc3/items.yaml\n  sections: product should have 6 items" in shown.output


def test_a_broken_file_is_one_plain_line(tmp_path: Path):
    broken = ITEMS.replace("right: sweeping", "right: sweping")
    shown = run("list", "--folder", str(write_bank(tmp_path, items_mc3_items_yaml=broken)))
    assert shown.exit_code == 1
    assert shown.output == (
        'Error: items/mc3/items.yaml, item "broom", field "right": '
        '"sweping" is not among the options.\n'
    )


def test_a_bank_without_rendered_names_is_told_as_not_heard():
    shown = run("check", "--folder", str(Path(__file__).parents[1] / "data" / "bank_ko"))
    assert "rendered names: none, so nothing is heard" in shown.output
    assert "heard.json" not in shown.output


def test_names_that_are_rendered_and_unheard_are_told_with_the_command(tmp_path: Path):
    shown = run("check", "--folder", str(write_bank(tmp_path)))
    assert "rendered names heard: 0 of " in shown.output
    assert "Confusable options, fr: 0" in shown.output
    assert "are unheard, or changed since: voice-app content check --listen" in shown.output
