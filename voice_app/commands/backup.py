"""`voice-app backup`: a copy of all that is kept, made while the service runs; the vault apart."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
from tqdm import tqdm

from voice_app import audit, vault
from voice_app.badge_keys.files import make_folder
from voice_app.commands.in_use import serving
from voice_app.db import open_database
from voice_app.errors import VoiceAppError
from voice_app.settings import Settings

_FOLDER = click.Path(path_type=Path, file_okay=False)


class BackupError(VoiceAppError):
    """A copy cannot be made there, or is not whole."""


@click.command("backup")
@click.argument("folder", type=_FOLDER)
@click.option(
    "--vault",
    "copy_of_vault",
    type=_FOLDER,
    help="Where the one copy of the vault lies; what is there is brought up to date.",
)
def backup(folder: Path, *, copy_of_vault: Path | None) -> None:
    """Copy database, recordings and keys into the new FOLDER; the service may run meanwhile.

    Keep as many of these as you like. The vault opens the recordings: keep one copy of it.
    """
    settings = Settings()
    _check(settings, folder, copy_of_vault)
    with serving(settings.data_folder):
        _log(settings)
        count = _copied(settings, folder)
        click.echo(f"{folder}: the database, {count} recordings, the keys and the pepper")
        if copy_of_vault is None:
            click.echo("The vault is not in it, and opens the recordings: name --vault FOLDER.")
        else:
            keys = vault.copy(settings.vault_folder, copy_of_vault)
            click.echo(f"{copy_of_vault}: the vault with {keys} keys; what was forgotten is not")
    click.echo("The passphrase of the keys is in neither. Keep it elsewhere, on paper too.")


def _check(settings: Settings, folder: Path, copy_of_vault: Path | None) -> None:
    if not settings.database_path.exists():
        raise BackupError(f"There is nothing to save in {settings.data_folder} yet.")
    if folder.exists():
        raise BackupError(f"{folder} is there already. Each backup has a folder of its own.")
    places = [folder] if copy_of_vault is None else [folder, copy_of_vault]
    if any(_is_in(place, settings.data_folder) for place in places):
        raise BackupError("A backup beside what it saves is lost with it. Name another place.")
    if copy_of_vault is not None:
        vault.check_place(copy_of_vault)
        if _is_in(copy_of_vault, folder):
            raise BackupError("The vault must not be in a series of backups. Name another place.")


def _is_in(place: Path, folder: Path) -> bool:
    return place.resolve().is_relative_to(folder.resolve())


def _copied(settings: Settings, folder: Path) -> int:
    """Copy all but the vault; the folder has its name once it is whole."""
    part = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(part, ignore_errors=True)
    make_folder(part)
    # The rows first: a recording is on the disk before its row, so none is missing.
    _copy_database(settings.database_path, part / settings.database_path.name)
    count = 0
    for path in tqdm(list(_files(settings)), unit="file", disable=None):
        is_recording = path.is_relative_to(settings.recordings_folder)
        count += _copy(path, part / path.relative_to(settings.data_folder)) and is_recording
    os.sync()
    part.rename(folder)
    return count


def _files(settings: Settings) -> Iterator[Path]:
    yield from settings.recordings_folder.glob("*.take")
    for folder in (settings.keys_folder, settings.tls_folder):
        yield from (path for path in folder.rglob("*") if path.is_file())
    if settings.pepper_file.exists():
        yield settings.pepper_file


def _copy(path: Path, target: Path) -> bool:
    """Copy a file for its owner's eyes alone; False for one that is deleted right now."""
    make_folder(target.parent)
    try:
        shutil.copy2(path, target)
    except FileNotFoundError:
        return False
    target.chmod(0o600)
    return True


def _copy_database(source: Path, target: Path) -> None:
    """Copy the rows as they are at one moment, whoever writes meanwhile."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        (word,) = there.execute("PRAGMA integrity_check").fetchone()
    if word != "ok":
        raise BackupError(f"The copy of the database is damaged: {word}")


def _log(settings: Settings) -> None:
    database = open_database(settings.database_path)
    audit.watch(database, settings.passphrase())
    with database.writing.begin() as session:
        now = datetime.now(UTC)
        audit.record(session, actor="command", action="backup.made", subject="backup", at=now)
    database.close()
