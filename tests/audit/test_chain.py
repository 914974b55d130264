import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests.conftest import PASSPHRASE
from voice_app import audit
from voice_app.audit.chain import FIRST, Entry, code, mac_of
from voice_app.db import Database, open_database
from voice_app.models import AuditEntry

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_COLUMNS = ("at", "actor", "action", "subject", "center", "before", "after")


def add(database: Database, number: int, *, first: int = 1) -> None:
    for one in range(first, first + number):
        with database.writing.begin() as session:
            audit.record(
                session,
                actor="account:7",
                action="badge.shown",
                subject=f"badge:{one}",
                center="c1",
                before="hidden",
                after="shown",
                at=NOON + timedelta(minutes=one),
            )


def first_fault(database: Database, passphrase: bytes = PASSPHRASE) -> tuple[int, str] | None:
    with database.reading.begin() as session:
        seen = list(audit.read(session, key=audit.key_of(passphrase)))
    faults = [(one.seq, one.fault) for one in seen if one.fault is not None]
    assert len(faults) <= 1
    return faults[0] if faults else None


def bend(path: Path, *statements: str, **values: object) -> None:
    """As one who has the file: the database's own refusals are taken off first."""
    with closing(sqlite3.connect(path)) as connection, connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in named.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement, values)


def test_a_log_that_nobody_bent_is_whole(database: Database) -> None:
    add(database, 5)
    assert first_fault(database) is None
    with database.reading.begin() as session:
        assert audit.count(session) == 5
        assert session.get_one(AuditEntry, 1).previous == FIRST


@pytest.mark.parametrize("column", _COLUMNS)
def test_an_altered_column_is_named_with_its_row(
    database: Database, path: Path, column: str
) -> None:
    add(database, 5)
    bend(
        path,
        "UPDATE audit_entry SET COLUMN = '2026-01-01 00:00:00.000000' WHERE seq = 3".replace(
            "COLUMN", column
        ),
    )
    assert first_fault(database) == (3, "altered")


@pytest.mark.parametrize("seq", [1, 3])
def test_a_row_that_is_gone_is_named(database: Database, path: Path, seq: int) -> None:
    add(database, 5)
    bend(path, "DELETE FROM audit_entry WHERE seq = :seq", seq=seq)
    assert first_fault(database) == (seq, "missing")


def test_rows_that_changed_places_are_named(database: Database, path: Path) -> None:
    add(database, 5)
    bend(
        path,
        "UPDATE audit_entry SET seq = 99 WHERE seq = 2",
        "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
        "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
    )
    assert first_fault(database) == (2, "out of order")


def test_a_chain_made_anew_without_the_key_is_named(database: Database, path: Path) -> None:
    add(database, 3)
    previous = FIRST
    for seq in (1, 2, 3):
        entry = Entry(
            seq, NOON, "account:8", "badge.shown", f"badge:{seq}", None, None, None, previous
        )
        bend(
            path,
            "UPDATE audit_entry SET at = '2026-11-22 12:00:00.000000', actor = 'account:8', "
            "center = NULL, before = NULL, after = NULL, previous = :previous, "
            "digest = :digest, mac = :mac WHERE seq = :seq",
            previous=previous,
            digest=entry.digest,
            mac=mac_of(entry.digest, key=b"a guess"),
            seq=seq,
        )
        previous = entry.digest
    assert first_fault(database) == (1, "not sealed with our key")


def test_another_passphrase_opens_nothing(database: Database) -> None:
    add(database, 2)
    assert first_fault(database, b"another passphrase") == (1, "not sealed with our key")


def test_what_is_cut_off_at_the_end_is_missed_by_the_printed_root(
    database: Database, path: Path
) -> None:
    add(database, 5)
    with database.reading.begin() as session:
        (root,) = audit.roots(session)
    kept = audit.parse_root(str(root))
    assert kept == root
    bend(path, "DELETE FROM audit_entry WHERE seq > 3")
    assert first_fault(database) is None
    with database.reading.begin() as session:
        assert audit.lacks(session, kept)


def test_each_day_has_a_root_that_later_entries_do_not_change(database: Database) -> None:
    add(database, 2)
    add(database, 2, first=24 * 60)
    with database.reading.begin() as session:
        first, second = audit.roots(session)
        assert (first.seq, second.seq) == (2, 4)
        assert not audit.lacks(session, first)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'account:9' WHERE seq = 1",
        "DELETE FROM audit_entry WHERE seq = 2",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 1",
        (
            "INSERT OR REPLACE INTO audit_entry SELECT 3, at, actor, action, subject, center, "
            "before, after, previous, digest, mac FROM audit_entry WHERE seq = 1"
        ),
    ],
)
def test_the_database_itself_refuses_any_change(database: Database, statement: str) -> None:
    add(database, 2)
    with pytest.raises(DatabaseError, match="log"), database.writing.begin() as session:
        session.execute(text(statement))
    assert first_fault(database) is None


def test_what_is_taken_back_leaves_no_entry(database: Database) -> None:
    add(database, 1)
    with database.writing() as session:
        audit.record(session, actor="command", action="key.made", subject="key:x", at=NOON)
        session.rollback()
    add(database, 1, first=2)
    assert first_fault(database) is None


def test_many_at_once_make_one_chain(database: Database) -> None:
    threads = [
        threading.Thread(target=add, args=(database, 10), kwargs={"first": 100 * one})
        for one in range(1, 5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading.begin() as session:
        assert audit.count(session) == 40
    assert first_fault(database) is None


@pytest.mark.parametrize("words", ["je lave le sol", "ana@example.org", "x" * 121, "", "élan"])
def test_words_are_kept_as_their_digest_alone(database: Database, words: str) -> None:
    with database.writing.begin() as session:
        audit.record(session, actor="command", action="a.b", subject="x", after=words, at=NOON)
    with database.reading.begin() as session:
        after = session.get_one(AuditEntry, 1).after
    assert after is not None
    assert after.startswith("sha256:")
    assert after == code(words)
    assert first_fault(database) is None


def test_without_its_key_nothing_is_logged(path: Path) -> None:
    database = open_database(path)
    with pytest.raises(audit.LogHasNoKeyError), database.writing.begin() as session:
        audit.record(session, actor="command", action="a.b", subject="x", at=NOON)
    database.close()


def test_after_a_new_passphrase_old_and_new_entries_hold(database: Database, path: Path) -> None:
    add(database, 3)
    assert rekeyed(database, PASSPHRASE, b"the second passphrase")
    database.close()
    again = open_database(path)
    audit.watch(again, b"the second passphrase")
    add(again, 2, first=10)
    assert rekeyed(again, b"the second passphrase", b"the third passphrase")
    assert first_fault(again, b"the third passphrase") is None
    assert first_fault(again, b"the second passphrase") == (1, "not sealed with our key")
    bend(path, "UPDATE audit_entry SET before = 'AAAA' WHERE seq = 4")
    assert first_fault(again, b"the third passphrase") == (1, "not sealed with our key")
    again.close()


def test_a_change_of_passphrase_that_was_interrupted_goes_on(database: Database) -> None:
    add(database, 1)
    assert rekeyed(database, PASSPHRASE, b"the second passphrase")
    assert not rekeyed(database, PASSPHRASE, b"the second passphrase")
    assert first_fault(database, b"the second passphrase") is None


def rekeyed(database: Database, old: bytes, new: bytes) -> bool:
    session: Session
    with database.writing.begin() as session:
        return audit.rekey(session, old=old, new=new, at=NOON)
