"""`voice-app privacy`: what is kept and for how long, what is due, and the wishes of people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from voice_app import audit, privacy
from voice_app.audio.store import RecordingStore
from voice_app.db import open_database
from voice_app.privacy import RULES, Badges, Keeping
from voice_app.settings import Settings
from voice_app.vault import Scope, Vault

_ATTEMPT = click.argument("owner_of", metavar="ATTEMPT")


@click.group("privacy")
def privacy_desk() -> None:
    """What is kept of people: how long, who asked for it, who wants to be forgotten."""


@privacy_desk.command("rules")
def show_rules() -> None:
    """Print the table of what is kept, for how long and why."""
    click.echo("| Kind | Days | Since | Basis | What goes |")
    click.echo("| --- | --- | --- | --- | --- |")
    for rule in RULES:
        days = "-" if rule.days is None else str(rule.days)
        click.echo(f"| {rule.kind} | {days} | {rule.since} | {rule.basis} | {rule.then} |")


@privacy_desk.command("retain")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def retain(*, dry_run: bool) -> None:
    """Delete what is due. The service does this itself once a day."""
    with _keeping() as keeping:
        now = keeping.clock()
        if dry_run:
            _tell("due", privacy.due(keeping, now).counts)
        else:
            _tell("deleted", privacy.retain(keeping, now).deleted)


@privacy_desk.command("seal")
def seal() -> None:
    """Seal recordings and what was heard in them from before they were sealed."""
    with _keeping() as keeping:
        done = privacy.seal_old(keeping)
    click.echo(f"{done.recordings} recordings and {done.hearings} hearings sealed")
    if done.lost:
        click.echo(f"{done.lost} recordings belong to nobody; the next retention removes them")


@privacy_desk.command("finish")
def finish() -> None:
    """End what was asked and interrupted, and forget again whom a restored backup brought back."""
    with _keeping() as keeping:
        again, ended = privacy.replay(keeping), privacy.finish(keeping)
    click.echo(f"{again} people forgotten again after a restore, {ended} wishes ended")


@privacy_desk.command("erase")
@_ATTEMPT
@click.option("--scope", type=click.Choice(["voice", "everything"]), required=True)
@click.option("--badges", type=click.Choice(["kept", "cancelled"]), default="kept")
@click.option("--yes", is_flag=True, help="Do it: it cannot be undone.")
def erase(owner_of: str, *, scope: Scope, badges: Badges, yes: bool) -> None:
    """Forget the person of an ATTEMPT, because they asked for it at the center."""
    with _keeping() as keeping:
        owner = _owner(keeping, owner_of)
        if not yes:
            raise click.ClickException("This cannot be undone. Add --yes.")
        with keeping.database.writing.begin() as session:
            wish = privacy.erase(
                session,
                owner,
                scope=scope,
                badges=badges,
                asked_by="command",
                at=keeping.clock(),
            )
        privacy.carry_out(keeping, wish.id)
    _tell("deleted", wish.counts)


@privacy_desk.command("export")
@_ATTEMPT
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def export(owner_of: str, *, out: Path) -> None:
    """Write everything about the person of an ATTEMPT into one file for them."""
    with _keeping() as keeping:
        owner = _owner(keeping, owner_of)
        out.touch(mode=0o600, exist_ok=False)
        count = privacy.export(keeping, owner, out, summary=b"")
        with keeping.database.writing.begin() as session:
            audit.record(
                session,
                actor="command",
                action="exported",
                subject=f"attempt:{owner_of}",
                at=keeping.clock(),
            )
    click.echo(f"{out}: {count} recordings. Hand it over, then delete it.")


@privacy_desk.command("corrections")
@click.option("--answered", type=int, metavar="NUMBER", help="This one was looked at.")
@click.option("--author", help="Who looked at it.")
def corrections(*, answered: int | None, author: str | None) -> None:
    """List who says that something is wrong; a person looks at it and answers."""
    with _keeping() as keeping, keeping.database.writing.begin() as session:
        if answered is not None:
            if not author:
                raise click.ClickException("Name who looked at it: --author NAME.")
            privacy.answer(session, answered, author=author, at=keeping.clock())
        waiting = privacy.open_corrections(session)
        for one in waiting:
            attempts = ", ".join(privacy.attempts_of(session, one.owner_hash))
            click.echo(f"{one.seq}  since {one.at:%Y-%m-%d}  attempts: {attempts}")
        click.echo(f"{len(waiting)} wait")


@contextmanager
def _keeping() -> Iterator[Keeping]:
    settings = Settings()
    database = open_database(settings.database_path)
    try:
        audit.watch(database, settings.passphrase())
        vault = Vault(settings.vault_folder, settings.passphrase())
        store = RecordingStore(settings.recordings_folder, vault)
        yield Keeping(database, store, vault, lambda: datetime.now(UTC))
    finally:
        database.close()


def _owner(keeping: Keeping, attempt: str) -> str:
    with keeping.database.reading.begin() as session:
        owner = privacy.owner_of(session, attempt)
    if owner is None:
        raise click.ClickException(f"There is no attempt {attempt}.")
    return owner


def _tell(what: str, counts: dict[str, int]) -> None:
    for name, count in counts.items():
        click.echo(f"{name}: {count}")
    click.echo(f"{sum(counts.values())} {what}")
