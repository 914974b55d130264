from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.marking.desk import CENTER, NOON, OWNER
from voice_app import audit
from voice_app.commands.marking import NotStaff, marking
from voice_app.db import open_database
from voice_app.models import Account, Candidate, Center
from voice_app.settings import Settings


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICE_APP_DATA", str(tmp_path))
    monkeypatch.setenv("VOICE_APP_MODELS", str(tmp_path / "models"))
    settings = Settings()
    database = open_database(settings.database_path)
    audit.watch(database, settings.passphrase())
    with database.writing.begin() as session:
        session.add(Center(id=CENTER, name=CENTER, country="FR", made_at=NOON))
        session.flush()
        session.add(
            Account(
                id="ana",
                center_id=CENTER,
                role="assessor",
                name="Ana",
                email="ana@center.example",
                made_at=NOON,
            )
        )
        session.add(
            Candidate(id="p1", center_id=CENTER, help_language="es", owner_hash=OWNER, made_at=NOON)
        )
    database.close()


def run(*words: str) -> Result:
    answer = CliRunner().invoke(marking, words)
    assert answer.exit_code == 0 or answer.exception is not None
    return answer


def test_a_policy_is_shown_and_changed_in_part() -> None:
    assert "two markers: 100 %; controls: 10 %" in run("policy", "--center", CENTER).stdout
    run("policy", "--center", CENTER, "--double", "20", "--proposal-first")
    shown = run("policy", "--center", CENTER).stdout
    assert "two markers: 20 %; controls: 10 %" in shown
    assert "first comes the proposal" in shown


def test_a_license_goes_step_by_step() -> None:
    assert run("license", "ana", "MC1", "begin").stdout == "MC1: exercise\n"
    assert "First come the exercise" in str(run("license", "ana", "MC1", "appoint").exception)
    assert run("license", "ana@center.example", "MC4", "found").stdout == "MC4: licensed\n"
    assert run("licenses", "--center", CENTER).stdout.splitlines() == [
        "ana  MC1  exercise",
        "ana  MC4  licensed  founding",
    ]
    assert run("license", "ana", "MC4", "end").stdout == "MC4: ended\n"
    assert isinstance(run("license", "nobody", "MC4", "found").exception, NotStaff)


def test_a_conflict_is_noted_and_lifted() -> None:
    assert run("conflict", "ana", "p1", "relative").stdout == "noted\n"
    assert run("conflict", "ana", "p1", "none").stdout == "lifted\n"
    assert "Nothing keeps" in str(run("conflict", "ana", "p1", "none").exception)


def test_shipped_examples_become_controls_once() -> None:
    first = int(run("controls").stdout.split()[0])
    assert first > 0
    assert run("controls").stdout == "0 new controls\n"


def test_a_new_center_waits_for_nothing_and_has_no_figures() -> None:
    assert run("waiting", "--center", CENTER).stdout == "for a coordinator  0\n"
    assert run("agreement", "--center", CENTER).stdout == ""


def test_of_an_attempt_that_is_not_there_nothing_is_known() -> None:
    assert isinstance(run("control", "nowhere", "step").exception, NotStaff)
