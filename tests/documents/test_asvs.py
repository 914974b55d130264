"""The table of ASVS items is whole; every test that it or the register of risks names is there."""

import ast
import csv
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from voice_app.documents.annexes import annex, asvs, shipped
from voice_app.documents.writing import ANNEXES

ROOT = Path(__file__).parents[2]
# How many items of levels 1 and 2 each chapter of ASVS 5.0 has.
CHAPTERS = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)
STATUSES = {"met", "partly", "open", "center", "not applicable"}
ITEMS = asvs()
RISKS = re.findall(r"`(tests/[^`]+)`", annex("risk.md"))


@cache
def named_in(file: Path) -> dict[str, bool]:
    """The tests of a file by name, and whether they are skipped."""
    tree = ast.parse(file.read_text("utf-8"))
    return {
        node.name: any("skip" in ast.dump(one) or "xfail" in ast.dump(one) for one in marks)
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        for marks in [node.decorator_list]
    }


def is_there(test: str) -> bool:
    file, _, name = test.partition("::")
    return (ROOT / file).is_file() and named_in(ROOT / file).get(name) is False


def test_no_item_stands_twice_and_none_is_left_out():
    numbers = [one.item for one in ITEMS]
    assert len(numbers) == len(set(numbers)) == sum(CHAPTERS)
    assert all(re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{1,2}", one) for one in numbers)
    found = [sum(one.chapter == at for one in ITEMS) for at in range(1, len(CHAPTERS) + 1)]
    assert found == list(CHAPTERS)
    assert numbers == sorted(numbers, key=lambda one: [int(part) for part in one.split(".")])


def test_every_item_has_a_status_that_fits_and_a_short_note():
    for one in ITEMS:
        assert one.status in STATUSES, one
        assert one.applicable is (one.status != "not applicable"), one
        assert one.applicable or not one.tests, one
        assert 3 <= len(one.note) <= 200, one


def test_columns_are_as_told():
    header, *rows = csv.reader(shipped("asvs.csv").splitlines())
    assert header == ["item", "applicable", "status", "test", "note"]
    assert {row[1] for row in rows} == {"yes", "no"}
    assert {len(row) for row in rows} == {5}


@pytest.mark.parametrize("item", [one for one in ITEMS if one.tests], ids=lambda one: one.item)
def test_each_named_test_exists(item):
    assert [one for one in item.tests if not is_there(one)] == []


def test_a_test_that_is_not_there_or_skipped_is_seen(tmp_path: Path):
    assert not is_there("tests/documents/test_asvs.py::test_of_nothing")
    assert not is_there("tests/documents/test_of_nothing.py::test_a")
    file = tmp_path / "test_a.py"
    file.write_text("import pytest\n@pytest.mark.skip\ndef test_a(): ...\ndef test_b(): ...\n")
    assert named_in(file) == {"test_a": True, "test_b": False}


def test_most_items_that_apply_have_a_test():
    applicable = [one for one in ITEMS if one.applicable]
    assert sum(bool(one.tests) for one in applicable) >= 0.8 * len(applicable)


def test_the_register_names_tests_that_exist():
    assert len(RISKS) > 20
    assert [one for one in RISKS if not is_there(one)] == []


def test_every_risk_has_a_number_an_estimate_and_what_stays():
    rows = re.findall(r"^\| (\d+) \|(.+)\|$", annex("risk.md"), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, len(rows) + 1))
    for _, told in rows:
        cells = [cell.strip() for cell in told.split("|")]
        assert len(cells) == 6
        assert re.fullmatch(r"(low|middle|high|unknown), (low|middle|high)", cells[4])
        assert cells[5]
        assert cells[3] or "**open**" in cells[5]


def test_annexes_have_no_link_into_the_repository():
    assert not re.search(r"\]\((?!https?:|#)", annex("model-card.md"))
    assert "](" in shipped("model-card.md")


def test_what_is_shipped_is_in_the_wheel():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    included = build["targets"]["wheel"]["force-include"]
    for name in ("asvs.csv", *ANNEXES.values()):
        assert included[f"docs/{name}"] == f"voice_app/documents/shipped/{name}"
