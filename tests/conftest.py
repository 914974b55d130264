"""What tests of many rooms begin with: a database, a service with scripted ears, a phone."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import copyfile, copytree
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.journeys.phone import Phone
from tests.page_client import PageClient
from voice_app import app, audit, db
from voice_app.audit import watching
from voice_app.db import Database, open_database
from voice_app.settings import Settings
from voice_app.vault import master

PASSPHRASE = b"a passphrase of tests"


@pytest.fixture(scope="session", autouse=True)
def _worked_out_once() -> Iterator[None]:
    """What takes long and comes out the same: the content, the keys that a passphrase gives."""
    with pytest.MonkeyPatch.context() as patch:
        for place, name in ((app, "load_content"), (master, "_derived"), (watching, "key_of")):
            patch.setattr(place, name, cache(getattr(place, name)))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_power_cuts() -> Iterator[None]:
    """Commits here do not wait for the disk; a service that is killed is a process of its own."""
    prepare = db._prepare

    def hurry(connection: Any, record: Any) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=off")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "_prepare", hurry)
        yield


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the newest schema, to copy."""
    path = tmp_path_factory.mktemp("migrated") / "voice-app.sqlite3"
    open_database(path).close()
    return path


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a service that was started once, to copy: its schema, its keys, its vault."""
    folder = tmp_path_factory.mktemp("started")
    made = Settings(data_folder=folder / "data", models_folder=folder / "models")
    app.create_app(made, ears=ScriptedEars()).state.service.database.close()
    return made.data_folder


@pytest.fixture
def path(tmp_path: Path, migrated: Path) -> Path:
    """A database file of a test's own."""
    return Path(copyfile(migrated, tmp_path / "voice-app.sqlite3"))


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    audit.watch(opened, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def settings(tmp_path: Path, started: Path) -> Settings:
    """A service of a test's own, that nobody has used."""
    data = Path(copytree(started, tmp_path / "data"))
    return Settings(data_folder=data, models_folder=tmp_path / "models")


@pytest.fixture
def ears() -> ScriptedEars:
    return ScriptedEars()


@pytest.fixture
def client(settings: Settings, ears: ScriptedEars) -> Iterator[TestClient]:
    made = app.create_app(settings, ears=ears)
    with PageClient(made, base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def phone(client: TestClient, ears: ScriptedEars) -> Phone:
    return Phone(client, ears)
