"""`voice-app keys`: which keys there are, what each signed, making, rotating, checking them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from voice_app import audit, vault
from voice_app.badge_keys import PURPOSES, BadgeKeyError, Purpose, distrust, make, reencrypt, rotate
from voice_app.badge_keys.folder import (
    DISTRUSTED_FOLDER,
    RETIRED_FOLDER,
    in_use,
    key_file,
    retired_files,
)
from voice_app.badge_keys.passphrases import make_passphrase, passphrase_of
from voice_app.badge_keys.pem import is_encrypted, read_public
from voice_app.badge_keys.purposes import id_of
from voice_app.badges import events_of
from voice_app.badges.bulk import signed_with
from voice_app.badges.standings import withdrawal_in
from voice_app.commands import private_ca
from voice_app.commands.in_use import alone
from voice_app.db import open_database
from voice_app.models import Badge, PrivateLevel
from voice_app.settings import Settings

_PURPOSE = click.argument("purpose", type=click.Choice(get_args(Purpose)))


@dataclass(frozen=True)
class Entry:
    """One key: what it is for, its id, and whether it signs, only verifies, or counts no more."""

    purpose: Purpose
    id: str
    standing: str


@click.group()
def keys() -> None:
    """Keys that sign badges, tokens and private levels."""


@keys.command("list")
def list_keys() -> None:
    """Say of every key what it is for, whether it is in use, and how much it signed."""
    settings = Settings()
    counts = _counts(settings)
    click.echo(f"keys folder: {settings.keys_folder}")
    for entry in _entries(settings):
        signed = counts.get(entry.id, 0)
        told = "signs on demand" if entry.purpose == "jwt" else f"{signed} signed"
        words = (f"{entry.purpose:6}", f"{entry.id:21}", f"{entry.standing:10}", f"{told:16}")
        click.echo("  ".join((*words, PURPOSES[entry.purpose].used_for)))


@keys.command("make")
@_PURPOSE
def make_key(purpose: Purpose) -> None:
    """Make the key of a PURPOSE, where there is none yet."""
    settings = Settings()
    name = make(settings.keys_folder, settings.passphrase(), purpose=purpose)
    _log(settings, "key.made", name, after=purpose)
    click.echo(f"{purpose}: {name}")


@keys.command("rotate")
@_PURPOSE
def rotate_key(purpose: Purpose) -> None:
    """Put a new key into use; what the old one signed stays good."""
    settings = Settings()
    old, new = rotate(settings.keys_folder, settings.passphrase(), purpose=purpose)
    _log(settings, "key.rotated", new, before=old, after=new)
    click.echo(f"{purpose}: {old} is retired, {new} is in use. Restart the service.")


@keys.command("distrust")
@click.argument("key_id")
@click.option("--yes", is_flag=True, help="Do it, though badges of this key become unknown.")
def distrust_key(key_id: str, *, yes: bool) -> None:
    """Take a stolen, retired key out of what is published: KEY_ID is trusted no more."""
    settings = Settings()
    signed = _not_withdrawn(settings, key_id)
    if signed and not yes:
        raise click.ClickException(
            f"{signed} badges of this key are not cancelled. Give them again first: "
            f"voice-app badges reissue --key {key_id} --author NAME (or add --yes)."
        )
    file = distrust(settings.keys_folder, key_id)
    _log(settings, "key.distrusted", key_id)
    click.echo(f"{file}. Restart the service.")


@keys.command("reencrypt")
@click.option(
    "--to",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of the new passphrase; made when it is missing.",
)
def reencrypt_keys(file: Path) -> None:
    """Put all keys under a new passphrase; the service must not run meanwhile."""
    settings = Settings()
    with alone(settings.data_folder):
        old = settings.passphrase()
        make_passphrase(file, keys_folder=settings.keys_folder)
        new = passphrase_of(None, file=file, keys_folder=settings.keys_folder)
        for name in _reencrypted(settings, old, new=new):
            click.echo(f"{name} is under the new passphrase")
        _rekey_log(settings, old, new=new)
    click.echo(f"Name it from now on: VOICE_APP_KEY_PASSPHRASE_FILE={file}")


@keys.command("check")
def check_keys() -> None:
    """Open every key, sign with it, and see that no file is open to others."""
    settings = Settings()
    passphrase = settings.passphrase()
    for purpose in PURPOSES:
        path = settings.keys_folder / key_file(purpose)
        if not path.exists():
            click.echo(f"{purpose:6}  not made yet")
            continue
        click.echo(f"{purpose:6}  {_checked(settings.keys_folder, passphrase, purpose)}")
        for file in retired_files(settings.keys_folder, purpose):
            click.echo(f"{purpose:6}  {id_of(read_public(file, purpose=purpose))} retired, whole")


def _log(
    settings: Settings,
    action: str,
    key: str,
    *,
    before: str | None = None,
    after: str | None = None,
) -> None:
    database = open_database(settings.database_path)
    audit.watch(database, settings.passphrase())
    with database.writing.begin() as session:
        audit.record(
            session,
            actor="command",
            action=action,
            subject=f"key:{key}",
            before=before,
            after=after,
            at=datetime.now(UTC),
        )
    database.close()


def _reencrypted(settings: Settings, old: bytes, *, new: bytes) -> Iterator[str]:
    """Put everything that the passphrase opens under a new one, and name it."""
    yield from reencrypt(settings.keys_folder, old, new=new)
    if vault.reencrypt(settings.vault_folder, old, new=new):
        yield "the key of the recordings"
    for key in private_ca.reencrypt(settings.tls_folder, old, new=new):
        yield f"tls/{key}"


def _rekey_log(settings: Settings, old: bytes, *, new: bytes) -> None:
    """Seal the log from now on with the key of the new passphrase."""
    database = open_database(settings.database_path)
    audit.watch(database, old)
    with database.writing.begin() as session:
        audit.rekey(session, old=old, new=new, at=datetime.now(UTC))
    database.close()


def _checked(folder: Path, passphrase: bytes, purpose: Purpose) -> str:
    private = in_use(folder, passphrase, purpose=purpose)
    if not is_encrypted(folder / key_file(purpose)):
        raise BadgeKeyError(f"{folder / key_file(purpose)} is not encrypted.")
    if isinstance(private, Ed25519PrivateKey):
        private.public_key().verify(private.sign(b"check"), b"check")
    return f"{id_of(private.public_key())} whole, encrypted, signs"


def _entries(settings: Settings) -> list[Entry]:
    folder = settings.keys_folder
    used = [purpose for purpose in PURPOSES if (folder / key_file(purpose)).exists()]
    return [
        *(Entry(one, _id_in_use(settings, one), "in use") for one in used),
        *_known_by_file(folder, RETIRED_FOLDER, "retired"),
        *_known_by_file(folder, DISTRUSTED_FOLDER, "distrusted"),
    ]


def _id_in_use(settings: Settings, purpose: Purpose) -> str:
    private = in_use(settings.keys_folder, settings.passphrase(), purpose=purpose)
    return id_of(private.public_key())


def _known_by_file(folder: Path, inside: str, standing: str) -> list[Entry]:
    return [
        Entry(purpose, id_of(read_public(file, purpose=purpose)), standing)
        for purpose in PURPOSES
        for file in retired_files(folder, purpose, inside=inside)
    ]


def _not_withdrawn(settings: Settings, key_id: str) -> int:
    """Count the badges of a key that nobody has withdrawn."""
    database = open_database(settings.database_path)
    with database.reading.begin() as session:
        withdrawn = [withdrawal_in(events_of(session, one)) for one in signed_with(session, key_id)]
    database.close()
    return withdrawn.count(None)


def _counts(settings: Settings) -> Mapping[str, int]:
    database = open_database(settings.database_path)
    with database.reading.begin() as session:
        badges = session.execute(select(Badge.key_id, func.count()).group_by(Badge.key_id)).all()
        levels = session.execute(
            select(PrivateLevel.key_id, func.count()).group_by(PrivateLevel.key_id)
        ).all()
    database.close()
    return {str(name): int(count) for name, count in (*badges, *levels)}
