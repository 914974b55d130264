"""The database: reads that never wait, writes that take their lock at once, migrations at start."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

Sessions = sessionmaker[Session]

_BUSY_TIMEOUT_MS = 10_000
# Each of up to 30 connections has a cache of its own, and another's commit empties it: what is
# read often lies in the system's cache anyway.
_CACHE_KIBIBYTES = 512


@dataclass(frozen=True)
class Database:
    """Two ways in: `reading` sees the last committed rows, `writing` holds the only write lock."""

    reading: Sessions
    writing: Sessions

    def empty_journal(self) -> bool:
        """Write the journal back and cut it, so that no page of before lies in it.

        False when somebody still reads from it; then it is cut by a later commit.
        """
        return self._outside_transactions("PRAGMA wal_checkpoint(TRUNCATE)") == [(0, 0, 0)]

    def compact(self) -> None:
        """Write the file anew without what was deleted; needs as much room again."""
        self._outside_transactions("VACUUM")

    def _outside_transactions(self, statement: str) -> list[Any]:
        connection = self.writing.kw["bind"].raw_connection()
        try:
            rows: list[Any] = connection.driver_connection.execute(statement).fetchall()
        finally:
            connection.close()
        return rows

    def close(self) -> None:
        """Let go of the file."""
        for sessions in (self.reading, self.writing):
            sessions.kw["bind"].dispose()


def open_database(path: Path) -> Database:
    """Open (or make) the SQLite file at `path` and bring it to the newest schema."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A deferred BEGIN that turns into a write fails with "database is locked" without waiting.
    writing = _engine(path, begin="BEGIN IMMEDIATE")
    _migrate(writing)
    reading = _engine(path, begin="BEGIN")
    return Database(_sessions(reading), _sessions(writing))


def _sessions(engine: Engine) -> Sessions:
    return sessionmaker(engine, expire_on_commit=False)


def _engine(path: Path, *, begin: str) -> Engine:
    # An error never shows the values of a row: they may be what a candidate said.
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", start)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own transactions would begin too late
    for pragma in (
        "journal_mode=wal",
        "synchronous=full",
        f"busy_timeout={_BUSY_TIMEOUT_MS}",
        "foreign_keys=on",
        "secure_delete=on",
        f"cache_size=-{_CACHE_KIBIBYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}")  # nosemgrep: statement-made-of-text # these words


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
