import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voice_app import audit as log
from voice_app.audit.chain import key_of
from voice_app.commands.audit import audit
from voice_app.commands.keys import keys
from voice_app.db import open_database
from voice_app.settings import Settings

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def settings(path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("VOICE_APP_DATA", str(path.parent))
    monkeypatch.setenv("VOICE_APP_MODELS", str(path.parent / "models"))
    found = Settings()
    add("badge.shown", "badge:A", passphrase=found.passphrase())
    add("badge.hidden", "badge:A", passphrase=found.passphrase())
    add("key.made", "key:K", passphrase=found.passphrase())
    return found


def add(action: str, subject: str, *, passphrase: bytes) -> None:
    database = open_database(Settings().database_path)
    log.watch(database, passphrase)
    with database.writing.begin() as session:
        log.record(session, actor="account:7", action=action, subject=subject, at=NOON)
    database.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(audit, words)


def test_a_whole_log_is_told_as_one() -> None:
    answer = run("verify")
    assert (answer.exit_code, answer.stdout) == (0, "3 entries, all as they were written.\n")


def test_the_first_bent_entry_is_named(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER audit_entry_unchanged")
        connection.execute("UPDATE audit_entry SET subject = 'badge:B' WHERE seq = 2")
    answer = run("verify")
    assert answer.exit_code == 1
    assert "Entry 2 is altered." in answer.output


def test_a_printed_root_tells_that_the_end_is_gone(path: Path) -> None:
    root = run("root").stdout.strip()
    assert root.startswith("2026-11-22:3:")
    assert run("verify", "--root", root).exit_code == 0
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER audit_entry_undeleted")
        connection.execute("DELETE FROM audit_entry WHERE seq = 3")
    assert run("verify").exit_code == 0
    answer = run("verify", "--root", root)
    assert answer.exit_code == 1
    assert "cut off" in answer.output


def test_what_is_no_root_is_refused() -> None:
    assert run("verify", "--root", "yesterday").exit_code == 2
    assert run("root", "--day", "2001-01-01").exit_code == 1


def test_entries_are_shown_by_what_they_are_about() -> None:
    shown = run("show", "--action", "badge.", "--last", "1").stdout
    assert shown == "2  2026-11-22 12:00:00Z  account:7  badge.hidden  badge:A\n"
    assert len(run("show").stdout.splitlines()) == 3
    assert run("show", "--subject", "key:K").stdout.count("key.made") == 1
    assert run("show", "--since", "2026-11-23").stdout == ""


def test_what_is_done_to_keys_stands_in_the_log(tmp_path: Path, settings: Settings) -> None:
    new = tmp_path / "elsewhere" / "passphrase"
    for words in (["make", "jwt"], ["rotate", "jwt"], ["reencrypt", "--to", str(new)]):
        answer = CliRunner().invoke(keys, words)
        assert answer.exit_code == 0, answer.output
    shown = run("show", "--actor", "command").stdout
    assert [line.split("  ")[3] for line in shown.splitlines()] == [
        "key.made",
        "key.rotated",
        "audit.rekeyed",
    ]
    assert run("verify").exit_code == 1
    database = open_database(settings.database_path)
    with database.reading.begin() as session:
        key = key_of(new.read_text().strip().encode())
        assert all(one.fault is None for one in log.read(session, key=key))
    database.close()
