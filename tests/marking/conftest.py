from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from tests.marking.desk import Desk
from voice_app import audit
from voice_app.db import Database, open_database

PASSPHRASE = b"a passphrase of tests"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the newest schema, to copy: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "voice-app.sqlite3"
    open_database(path).close()
    return path


@pytest.fixture
def database(tmp_path: Path, migrated: Path) -> Iterator[Database]:
    opened = open_database(Path(copyfile(migrated, tmp_path / "voice-app.sqlite3")))
    audit.watch(opened, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """A center with three licensed assessors, in one writing transaction."""
    with database.writing.begin() as session:
        yield Desk(session)
