from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voice_app.commands.oversight import oversight


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICE_APP_DATA", str(tmp_path))
    monkeypatch.setenv("VOICE_APP_MODELS", str(tmp_path / "models"))


def run(*words: str) -> Result:
    answer = CliRunner().invoke(oversight, words)
    assert answer.exit_code == 0 or answer.exception is not None
    return answer


def test_the_machine_is_stopped_and_goes_on_by_command() -> None:
    assert run("status").stdout == "Nothing is stopped.\n"
    assert run("stop", "engine", "vosk", "--reason", "drill").stdout == "engine vosk: stopped\n"
    again = run("stop", "engine", "vosk", "--reason", "drill")
    assert again.stdout == "engine vosk: stopped already\n"
    assert run("stop", "all", "--reason", "maintenance").stdout == "all: stopped\n"
    shown = run("status").stdout.splitlines()
    assert [line.split()[1] for line in shown] == ["engine", "all"]
    run("resume", "all", "--reason", "all-clear")
    run("resume", "engine", "vosk", "--reason", "all-clear")
    assert run("status").stdout == "Nothing is stopped.\n"


def test_a_center_without_its_id_is_refused() -> None:
    assert "Name the center" in str(run("stop", "center", "--reason", "drill").exception)


def test_a_policy_is_shown_and_set() -> None:
    assert "MC2, MC3; heard afterwards: 5 %" in run("policy", "--center", "c1").stdout
    assert "MC3; heard afterwards: 20 %" in (
        run("policy", "--center", "c1", "--automatic", "MC3", "--sample", "20").stdout
    )
    assert "nothing; heard afterwards: 20 %" in run("policy", "--center", "c1", "--sign-off").stdout
    assert "nothing; heard afterwards: 20 %" in run("policy", "--center", "c1").stdout


def test_nothing_waits_and_nothing_was_inferred_in_a_new_service() -> None:
    assert run("waiting").stdout == ""
    assert run("inferences", "--check").stdout == ""
    assert "There is no attempt" in str(run("decide", "x", "signed", "--author", "7").exception)
