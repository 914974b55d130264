"""A backup by command, of a running service; a restore gives all back but the forgotten."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.journeys.fakes import ScriptedEars
from tests.privacy.people import Person, enter, in_the_clear, openable
from tests.ways_in.desk import Desk, Printed, browser, show
from voice_app import audit, privacy
from voice_app.app import create_app
from voice_app.commands.backup import BackupError, backup
from voice_app.models import Attempt, AuditEntry, Badge, Hearing, Outcome
from voice_app.routes.deps import Service
from voice_app.settings import Settings
from voice_app.vault import VaultError, tag_of


@pytest.fixture
def service(client: TestClient) -> Service:
    return client.app.state.service  # type: ignore[attr-defined]


@pytest.fixture
def card(client: TestClient) -> Printed:
    return Desk(client.app).candidate()


@pytest.fixture
def ana(service: Service) -> Person:
    return enter(service.keeping, "ana", has_badge=True)


@pytest.fixture
def ben(service: Service) -> Person:
    return enter(service.keeping, "ben", has_badge=True)


def save(settings: Settings, folder: Path, *more: str) -> Result:
    return CliRunner().invoke(
        backup,
        [str(folder), *more],
        env={"VOICE_APP_DATA": str(settings.data_folder)},
        catch_exceptions=False,
    )


def forget(service: Service, person: Person) -> None:
    with service.database.writing.begin() as session:
        wish = privacy.erase(
            session, person.owner, scope="everything", asked_by="holder", at=service.clock()
        )
    privacy.carry_out(service.keeping, wish.id)


def restored(folder: Path, settings: Settings, *, vault: Path | None) -> Settings:
    """Put a backup where a service finds it, as the page for operators says."""
    data = folder.with_name(f"restored-{folder.name}")
    shutil.copytree(folder, data)
    if vault is not None:
        shutil.copytree(vault, data / "vault")
    shutil.copy2(settings.data_folder / "key-passphrase", data / "key-passphrase")
    return Settings(data_folder=data, models_folder=settings.models_folder)


def known(service: Service) -> set[str]:
    with service.database.reading.begin() as session:
        return set(session.scalars(select(Attempt.owner_hash)))


def test_a_restore_gives_all_back_but_the_forgotten(
    settings: Settings, service: Service, ana: Person, ben: Person, card: Printed
) -> None:
    place = settings.data_folder.parent / "monday"
    told = save(settings, place)
    assert "6 recordings" in told.output
    assert "--vault" in told.output
    forget(service, ana)
    again = restored(place, settings, vault=settings.vault_folder)
    app = create_app(again, ears=ScriptedEars())
    with TestClient(app, base_url="http://localhost:8000"):
        back: Service = app.state.service
        assert openable(again.data_folder, back.vault, [ana]) == 0
        assert openable(again.data_folder, back.vault, [ben]) >= 4
        assert ana.owner not in known(back)
        assert ben.owner in known(back)
        assert back.keys.badge.id == service.keys.badge.id
        assert show(browser(app), card.secret, card.pictures).status_code == 201
        with back.database.reading.begin() as session:
            log = list(audit.read(session, key=audit.key_of(again.passphrase())))
        assert len(log) > 1
        assert [one for one in log if one.fault] == []


def test_it_holds_neither_the_vault_nor_a_passphrase_nor_a_word(
    settings: Settings, service: Service, ana: Person
) -> None:
    place = settings.data_folder.parent / "monday"
    save(settings, place)
    files = [path for path in place.rglob("*") if path.is_file()]
    assert {path.name for path in place.iterdir()} >= {
        "voice-app.sqlite3",
        "recordings",
        "keys",
        "pictures-pepper",
    }
    assert not (place / "vault").exists()
    passphrase = settings.passphrase()
    assert [path for path in files if passphrase in path.read_bytes()] == []
    assert in_the_clear(place) == []
    assert [path for path in files if path.stat().st_mode & 0o077] == []
    assert openable(place, service.vault, [ana]) >= 5


def test_the_copy_of_the_vault_is_one_and_forgets_too(
    settings: Settings, service: Service, ana: Person, ben: Person
) -> None:
    places = settings.data_folder.parent
    copy = places / "stick" / "vault"
    assert "2 keys" in save(settings, places / "monday", "--vault", str(copy)).output
    assert (copy / "keys" / f"{tag_of(ana.owner)}.key").exists()
    forget(service, ana)
    assert "1 keys" in save(settings, places / "tuesday", "--vault", str(copy)).output
    again = restored(places / "monday", settings, vault=copy)
    app = create_app(again, ears=ScriptedEars())
    with TestClient(app, base_url="http://localhost:8000"):
        back: Service = app.state.service
        assert openable(again.data_folder, back.vault, [ana]) == 0
        assert openable(again.data_folder, back.vault, [ben]) >= 4
        assert ana.owner not in known(back)


def test_an_older_copy_of_the_vault_brings_no_key_of_the_forgotten_back(
    settings: Settings, service: Service, ana: Person, ben: Person
) -> None:
    places = settings.data_folder.parent
    copy = places / "stick"
    save(settings, places / "monday", "--vault", str(copy))
    forget(service, ana)
    save(settings, places / "tuesday")
    again = restored(places / "tuesday", settings, vault=copy)
    app = create_app(again, ears=ScriptedEars())
    with TestClient(app, base_url="http://localhost:8000"):
        back: Service = app.state.service
        assert not back.vault.has_key(ana.owner)
        assert openable(places / "monday", back.vault, [ana]) == 0
        assert openable(places / "monday", back.vault, [ben]) >= 4


def test_without_the_vault_marks_outcomes_and_badges_are_there(
    settings: Settings, ana: Person
) -> None:
    place = settings.data_folder.parent / "monday"
    save(settings, place)
    again = restored(place, settings, vault=None)
    app = create_app(again, ears=ScriptedEars())
    with TestClient(app, base_url="http://localhost:8000") as client:
        back: Service = app.state.service
        assert client.get("/healthz").status_code == 200
        assert openable(again.data_folder, back.vault, [ana]) == 0
        with back.database.reading.begin() as session:
            kept = [session.scalars(select(one)).all() for one in (Hearing, Outcome, Badge)]
        assert [len(rows) for rows in kept] == [2, 1, 1]


def test_it_is_put_where_it_does_what_it_is_for(settings: Settings, ana: Person) -> None:
    del ana
    places = settings.data_folder.parent
    with pytest.raises(BackupError, match="lost with it"):
        save(settings, settings.data_folder / "backup")
    with pytest.raises(BackupError, match="series"):
        save(settings, places / "monday", "--vault", str(places / "monday" / "vault"))
    (places / "photos").mkdir()
    (places / "photos" / "cat.jpg").touch()
    with pytest.raises(VaultError, match="no copy of the vault"):
        save(settings, places / "monday", "--vault", str(places / "photos"))
    assert not (places / "monday").exists()
    save(settings, places / "monday")
    with pytest.raises(BackupError, match="folder of its own"):
        save(settings, places / "monday")
    empty = Settings(data_folder=places / "empty", models_folder=places)
    with pytest.raises(BackupError, match="nothing to save"):
        save(empty, places / "other")


def test_that_it_was_made_stands_in_the_log(settings: Settings, service: Service) -> None:
    save(settings, settings.data_folder.parent / "monday")
    with service.database.reading.begin() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert actions[-1] == "backup.made"
