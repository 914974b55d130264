"""The database: one engine, writes that take their lock at once, migrations at start."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

Sessions = sessionmaker[Session]

_BUSY_TIMEOUT_MS = 10_000


def open_database(path: Path) -> Sessions:
    """Open (or make) the SQLite file at `path`, bring it to the newest schema."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(path)
    _migrate(engine)
    return sessionmaker(engine, expire_on_commit=False)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    # The driver's own transactions are switched off: a deferred BEGIN that turns into a
    # write fails with "database is locked" without waiting.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=wal",
        "synchronous=full",
        f"busy_timeout={_BUSY_TIMEOUT_MS}",
        "foreign_keys=on",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
