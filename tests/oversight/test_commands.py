from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from voice_app import audit
from voice_app import oversight as oversight_room
from voice_app.commands.oversight import NotADecider, oversight
from voice_app.db import Database, open_database
from voice_app.models import Account, Attempt, Center, Outcome, Ruling
from voice_app.settings import Settings

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


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


@pytest.fixture
def desk() -> Iterator[Database]:
    """Two centers with staff, and an attempt of each and of none that wait for a sign-off."""
    database = open_database(Settings().database_path)
    audit.watch(database, Settings().passphrase())
    with database.writing.begin() as session:
        session.add_all(
            Center(id=one, name=one, country="FR", made_at=NOON) for one in ("here", "there")
        )
        session.flush()
        session.add_all(
            account(role, center, is_locked=is_locked)
            for role, center, is_locked in (
                ("assessor", "here", False),
                ("owner", "here", True),
                ("coordinator", "here", False),
                ("assessor", "there", False),
                ("operator", None, False),
            )
        )
        for center in ("here", None):
            row = attempt(f"of-{center}", center)
            session.add(row)
            session.flush()
            oversight_room.hand_over(session, row, words=oversight_room.NOTHING_SAID, at=NOON)
    yield database
    database.close()


def account(role: str, center: str | None, *, is_locked: bool) -> Account:
    name = f"{role}-{center}"
    return Account(
        id=name,
        center_id=center,
        role=role,
        name=name,
        email=f"{name}@center.example",
        locked_at=NOON if is_locked else None,
        made_at=NOON,
    )


def attempt(name: str, center: str | None) -> Attempt:
    return Attempt(
        id=name,
        owner_hash="0" * 64,
        assessment="MC3",
        employer_language="fr",
        help_language="es",
        content_version="v",
        criteria={"percent": 60, "items": [], "center": center, "passed_by": "person"},
        started_at=NOON,
    )


@pytest.mark.parametrize(
    "author",
    ["anybody", "coordinator-here", "owner-here", "assessor-there", "operator-None", "a@b.example"],
)
def test_only_people_who_decide_at_the_center_are_taken_for_its_authors(
    desk: Database, author: str
) -> None:
    refused = run("decide", "of-here", "signed", "--author", author)
    assert isinstance(refused.exception, NotADecider)
    with desk.reading.begin() as session:
        assert session.scalar(select(Ruling)) is None


@pytest.mark.parametrize("author", ["assessor-here", "Assessor-Here@center.example"])
def test_an_assessor_of_the_center_is_named_by_id_or_address(desk: Database, author: str) -> None:
    assert "sign-off  of-here" in run("waiting", "--center", "here").stdout
    assert run("decide", "of-here", "signed", "--author", author).exit_code == 0
    assert run("waiting", "--center", "here").stdout == ""
    with desk.reading.begin() as session:
        assert session.scalars(select(Ruling.author)).all() == ["account:assessor-here"]


def test_attempts_of_no_center_are_decided_by_an_assessor_of_any(desk: Database) -> None:
    assert run("decide", "of-None", "signed", "--author", "assessor-there").exit_code == 0
    with desk.reading.begin() as session:
        assert session.scalars(select(Ruling.attempt_id)).all() == ["of-None"]


def test_what_the_machine_could_not_tell_is_listed(desk: Database) -> None:
    with desk.writing.begin() as session:
        for state, reviews in (("to_review", 2), ("passed", 0), ("to_review", 1)):
            session.add(
                Outcome(
                    attempt_id="of-here",
                    state=state,
                    points=20,
                    maximum=36,
                    reviews=reviews,
                    decided_at=NOON,
                )
            )
            session.flush()
    listed = run("waiting", "--center", "here").stdout
    assert listed.count("review  of-here") == 1
    assert "review" not in run("waiting", "--center", "there").stdout
