"""The file of everything: complete, openable, without secrets, and harmless in a spreadsheet."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.privacy.people import SOUND, WORDS, enter
from voice_app.privacy import Keeping, export
from voice_app.privacy.exporting import table

SUMMARY = b"\xff\xf3 an mp3 that tells"


@pytest.fixture
def taken(house: Keeping, tmp_path: Path) -> zipfile.ZipFile:
    ana = enter(house, "ana", has_badge=True)
    enter(house, "ben")
    target = tmp_path / "taken.zip"
    assert export(house, ana.owner, target, summary=SUMMARY) == 3
    return zipfile.ZipFile(target)


def test_it_holds_the_voice_the_words_the_marks_and_the_badge(taken: zipfile.ZipFile):
    names = taken.namelist()
    index = json.loads(taken.read("index.json"))
    assert names[0] == "listen-first.mp3"
    assert taken.read("listen-first.mp3") == SUMMARY
    spoken = [one["file"] for one in index["recordings"]]
    assert len(spoken) == 3
    assert all(taken.read(name) == SOUND for name in spoken)
    assert {name.rpartition(".")[2] for name in spoken} == {"wav", "webm"}
    heard = index["rows"]["hearing"]
    assert [row["evidence"]["engines"][0]["transcript"]["text"] for row in heard] == [WORDS] * 2
    assert [row["verdict"] for row in heard] == ["right"] * 2
    assert json.loads(taken.read(index["badges"][0])) == {"name": "badge"}
    assert {"attempt", "response", "outcome", "consent", "badge"} <= set(index["rows"])


def test_it_holds_nothing_of_anybody_else_and_no_secret(taken: zipfile.ZipFile):
    index = json.loads(taken.read("index.json"))
    assert len(index["rows"]["attempt"]) == 1
    keys = {key for rows in index["rows"].values() for row in rows for key in row}
    assert not [key for key in keys if key.endswith(("_hash", "secret"))]


def test_answers_are_a_table_for_a_spreadsheet(taken: zipfile.ZipFile):
    rows = list(csv.DictReader(io.StringIO(taken.read("answers.csv").decode())))
    assert [(row["heard"], row["verdict"]) for row in rows] == [(WORDS, "right")] * 2
    assert {row["recording"] for row in rows} <= set(taken.namelist())


@pytest.mark.parametrize(
    "said", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
)
def test_nothing_that_was_said_can_be_a_formula(said: str):
    written = table(("heard",), [(said,)])
    cell = list(csv.reader(io.StringIO(written, newline="")))[1][0]
    assert cell == f"'{said}"


def test_what_can_no_longer_be_opened_is_left_out(house: Keeping, tmp_path: Path):
    ana = enter(house, "ana")
    house.vault.forget(ana.owner)
    target = tmp_path / "taken.zip"
    assert export(house, ana.owner, target, summary=b"") == 0
    index = json.loads(zipfile.ZipFile(target).read("index.json"))
    assert len(index["rows"]["hearing"]) == 2


def test_where_nobody_speaks_no_empty_sound_is_put_in(house: Keeping, tmp_path: Path):
    ana = enter(house, "ana")
    target = tmp_path / "taken.zip"
    export(house, ana.owner, target, summary=b"")
    names = zipfile.ZipFile(target).namelist()
    assert not [name for name in names if name.endswith(".mp3")]
