from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from tests.juries.house import House
from voice_app import audit
from voice_app.db import open_database


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the newest schema, to copy: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "voice-app.sqlite3"
    open_database(path).close()
    return path


@pytest.fixture
def house(tmp_path: Path, migrated: Path) -> Iterator[House]:
    opened = open_database(Path(copyfile(migrated, tmp_path / "voice-app.sqlite3")))
    audit.watch(opened, b"a passphrase of tests")
    with opened.writing.begin() as session:
        yield House(session)
    opened.close()
