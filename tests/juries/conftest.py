from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from tests.journeys.fakes import ScriptedEars
from tests.juries.house import House
from tests.juries.room import Room
from voice_app import audit
from voice_app.app import create_app
from voice_app.db import open_database
from voice_app.settings import Settings


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


@pytest.fixture
def room(tmp_path: Path, migrated: Path) -> Iterator[Room]:
    settings = Settings(data_folder=tmp_path / "data", models_folder=tmp_path / "models")
    settings.database_path.parent.mkdir(parents=True)
    copyfile(migrated, settings.database_path)
    app = create_app(settings, ears=ScriptedEars())
    yield Room(app)
    app.state.service.database.close()
