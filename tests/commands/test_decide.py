"""`voice-app decide` on real recordings with the real engine, and stored verdicts again."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.engines.speakers import say
from voice_app.commands.decide import decide_cases
from voice_app.settings import assets_folder

pytestmark = pytest.mark.engine

MANIFEST = json.loads((assets_folder() / "manifest.json").read_text("utf-8"))


def _sound(key: str) -> str:
    entries = [e for e in MANIFEST["entries"] if e["key"] == key and e["pace"] == "normal"]
    return str(assets_folder() / entries[0]["path"])


def _run(lines: list[dict[str, Any]], folder: Path, *more: str) -> tuple[int, list[dict[str, Any]]]:
    cases = folder / "cases.jsonl"
    cases.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    ran = CliRunner().invoke(decide_cases, ["--cases", str(cases), *more])
    return ran.exit_code, [json.loads(line) for line in ran.output.splitlines() if line[:1] == "{"]


def test_recordings_are_judged_among_options_and_alone(tmp_path: Path) -> None:
    options = ["la casserole brûlée", "la vitre sale", "la table en bois"]
    pot = {"audio": _sound("fr/words/burnt-pot"), "language": "fr", "task": "choose"}
    lines = [
        pot | {"id": 1, "target": options[0], "options": options},
        pot | {"id": 2, "target": options[1], "options": options},
        pot | {"id": 3, "target": options[0], "task": "repeat"},
        pot | {"id": 4, "target": "la vitre sale", "task": "repeat"},
        pot | {"id": 5, "target": "x", "audio": "missing.wav"},
        {"id": 6, "language": "fr", "target": "x"},
    ]
    code, found = _run(lines, tmp_path)

    assert code == 1
    assert [line["id"] for line in found] == [1, 2, 3, 4, 5, 6]
    right, other, alone, not_said, missing, nothing = found
    assert right["verdict"] == "A"
    assert right["chosen"] == other["chosen"] == options[0]
    assert right["p"] > 0.9
    assert other["p"] < 0.1
    assert other["verdict"] in ("R", "H")
    assert alone["verdict"] == "A"
    assert not_said["verdict"] in ("R", "H")
    assert right["engine"] == "whisper:base-int8"
    assert right["seconds"] > 0
    assert "error" in missing
    assert "audio" in nothing["error"]


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    say("le balai", language="fr", folder=tmp_path)
    line = {"audio": "said.wav", "language": "fr", "task": "name", "target": "le balai"}
    out = tmp_path / "out.jsonl"
    _run([line | {"id": "a"}], tmp_path, "--out", str(out))
    first = out.read_text("utf-8")
    _run([line | {"id": "a"}, line | {"id": "b"}], tmp_path, "--out", str(out), "--resume")
    assert out.read_text("utf-8").startswith(first)
    assert [json.loads(each)["id"] for each in out.read_text("utf-8").splitlines()] == ["a", "b"]


def test_either_cases_or_an_attempt(tmp_path: Path) -> None:
    ran = CliRunner().invoke(decide_cases, [])
    assert ran.exit_code == 2
    env = {"VOICE_APP_DATA": str(tmp_path)}
    ran = CliRunner().invoke(decide_cases, ["--replay", "nobody"], env=env)
    assert ran.exit_code == 1
    assert "No spoken answer" in ran.output
