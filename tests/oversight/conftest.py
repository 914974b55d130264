from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.oversight.house import ORIGIN, House
from voice_app import audit
from voice_app.app import create_app
from voice_app.db import Database, open_database
from voice_app.settings import Settings

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
def house(tmp_path: Path) -> Iterator[House]:
    settings = Settings(data_folder=tmp_path / "data", models_folder=tmp_path / "models")
    ears = ScriptedEars()
    app = create_app(settings, ears=ears)
    with TestClient(app, base_url=ORIGIN):
        yield House(app, ears)
