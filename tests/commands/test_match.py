"""`voice-app match` judges every line it can, in order, and loses none."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voice_app.commands.match import judge, match

RIGHT = {"id": "a", "lang": "fr", "task": "name", "target": "le balai", "heard": "un ballet"}
WRONG = RIGHT | {"id": "b", "heard": "le seau", "mine": {"kept": [1]}}
UNSURE = RIGHT | {"id": "c", "heard": ""}


def _run(*given: str | Path, said: bytes | None = None) -> Result:
    return CliRunner(mix_stderr=False).invoke(match, [str(each) for each in given], input=said)


def _file(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "cases.jsonl"
    texts = (each if isinstance(each, str) else json.dumps(each) for each in lines)
    path.write_text("\n".join(texts) + "\n", "utf-8")
    return path


def _lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_lines_come_back_in_order_with_verdicts_and_all_they_had(tmp_path: Path):
    ran = _run("--cases", _file(tmp_path, RIGHT, WRONG, "", UNSURE))
    assert ran.exit_code == 0, ran.output
    found = _lines(ran.stdout)
    assert [(line["id"], line["verdict"]) for line in found] == [("a", "A"), ("b", "R"), ("c", "H")]
    assert found[1]["mine"] == {"kept": [1]}
    assert all(line["reasons"] for line in found)
    assert ran.stderr == ""


def test_bad_lines_are_told_and_the_others_judged(tmp_path: Path):
    bad = ["{no json", "[]", {"id": "x", "lang": "fr", "target": "(", "heard": "a"}]
    ran = _run("--cases", _file(tmp_path, RIGHT, *bad, UNSURE))
    assert ran.exit_code == 1
    found = _lines(ran.stdout)
    assert [line.get("verdict") for line in found] == ["A", None, None, None, "H"]
    assert [line["line"] for line in found if "error" in line] == [2, 3, 4]
    assert found[3]["id"] == "x"
    assert "3 of 5" in ran.stderr


def test_a_text_that_is_no_unicode_is_a_bad_line(tmp_path: Path):
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(RIGHT).encode() + b"\r\n\xff\xfe\n")
    ran = _run("--cases", path)
    assert [line.get("verdict") for line in _lines(ran.stdout)] == ["A", None]


def test_cases_may_be_said_to_it():
    ran = _run("--cases", "-", said=json.dumps(RIGHT).encode())
    assert _lines(ran.stdout)[0]["verdict"] == "A"


def test_a_missing_file_is_a_sentence(tmp_path: Path):
    ran = _run("--cases", tmp_path / "none.jsonl")
    assert ran.exit_code == 1
    assert "cannot be read" in ran.stderr
    ran = _run("--cases", _file(tmp_path, RIGHT), "--out", tmp_path / "no" / "out.jsonl")
    assert "cannot be written" in ran.stderr


def test_several_processes_give_the_same_in_the_same_order(tmp_path: Path):
    cases = _file(tmp_path, *(RIGHT | {"id": at} for at in range(600)), "{")
    alone = _run("--cases", cases, "--workers", "1")
    together = _run("--cases", cases, "--workers", "2")
    assert together.stdout == alone.stdout
    assert together.exit_code == alone.exit_code == 1


def test_a_run_cut_short_is_resumed(tmp_path: Path):
    cases, out = _file(tmp_path, RIGHT, WRONG, UNSURE), tmp_path / "out.jsonl"
    assert _run("--cases", cases, "--out", out).exit_code == 0
    whole = out.read_text("utf-8")
    first, second = whole.splitlines()[:2]
    out.write_text(f"{first}\n{second[:20]}", "utf-8")
    assert _run("--cases", cases, "--out", out, "--resume").exit_code == 0
    assert out.read_text("utf-8") == whole
    assert _run("--cases", cases, "--resume").exit_code == 2
    out.unlink()
    assert _run("--cases", cases, "--out", out, "--resume").exit_code == 0
    assert out.read_text("utf-8") == whole


def test_one_line_is_judged_with_its_number():
    assert judge((7, b"{}")) == {
        "id": None,
        "line": 7,
        "error": "There is no text under «target».",
    }


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupt_ends_it_with_a_word(tmp_path: Path, workers: str):
    heard = "le balai " * 30
    many = (RIGHT | {"id": at, "task": "restate", "heard": f"{heard}{at}"} for at in range(60_000))
    out = tmp_path / "out.jsonl"
    # A test may run where interrupts are ignored, as behind a shell's `&`; a terminal's are not.
    program = (
        "import signal\nfrom voice_app.commands.match import match\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n    match()"
    )
    script = tmp_path / "run.py"
    script.write_text(program, "utf-8")
    given = ["--cases", _file(tmp_path, *many), "--out", out, "--workers", workers]
    run = subprocess.Popen([sys.executable, script, *given], stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while time.monotonic() < until and not (out.exists() and out.stat().st_size):
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert told.strip().endswith("Stopped.")
    assert "Traceback" not in told
