"""`voice-app audit`: verify the log, print its daily root, show entries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session
from tqdm import tqdm

from voice_app import audit as log
from voice_app.audit import Root
from voice_app.db import open_database
from voice_app.models import AuditEntry
from voice_app.settings import Settings

_DAY = click.DateTime(["%Y-%m-%d"])


def _root(_context: click.Context, _option: click.Parameter, words: str | None) -> Root | None:
    """Read a printed root."""
    try:
        return None if words is None else log.parse_root(words)
    except ValueError as error:
        raise click.BadParameter("Give a line that `voice-app audit root` printed.") from error


@click.group()
def audit() -> None:
    """The log of who saw or changed what: it is added to, and never changed."""


@audit.command("verify")
@click.option("--root", callback=_root, help="A root that was printed: also nothing is cut off.")
def verify(root: Root | None) -> None:
    """Read the whole log again; exit code 1 names the first entry that was bent."""
    settings = Settings()
    key = log.key_of(settings.passphrase())
    with _reading(settings) as session:
        number = log.count(session)
        last = None
        for seen in tqdm(log.read(session, key=key), total=number, unit="entry", disable=None):
            last = seen
        if last is not None and last.fault is not None:
            raise click.ClickException(f"Entry {last.seq} is {last.fault}.")
        if root is not None and log.lacks(session, root):
            raise click.ClickException(
                f"Entry {root.seq} is not the one that was printed for {root.day}: "
                "the log was cut off or made anew."
            )
    click.echo(f"{number} entries, all as they were written.")


@audit.command("root")
@click.option("--day", type=_DAY, help="The day (UTC); otherwise the last one with entries.")
@click.option("--all", "is_all", is_flag=True, help="Every day.")
def print_root(day: datetime | None, *, is_all: bool) -> None:
    """Print the root of a day, to keep on paper: with it, nothing can be cut off unseen."""
    with _reading(Settings()) as session:
        roots = log.roots(session)
    wanted = [one for one in roots if day is None or one.day == day.date()]
    if not wanted:
        raise click.ClickException("The log has no entry of that day.")
    for one in wanted if is_all else wanted[-1:]:
        click.echo(one)


@audit.command("show")
@click.option("--actor", help="Only what this one did, such as account:7 or command.")
@click.option("--action", help="Only actions that begin so, such as badge. or machine.stopped")
@click.option("--subject", help="Only what is about this, such as badge:K7M2PXQ9.")
@click.option("--center", help="Only what is about this center.")
@click.option("--since", type=_DAY, help="From this day on (UTC).")
@click.option("--last", type=click.IntRange(min=1), default=50, show_default=True)
def show(*, last: int, since: datetime | None, **wanted: str | None) -> None:
    """Show entries, the newest last."""
    rows = select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(last)
    for name in ("actor", "subject", "center"):
        if wanted[name] is not None:
            rows = rows.where(getattr(AuditEntry, name) == wanted[name])
    if wanted["action"] is not None:
        rows = rows.where(AuditEntry.action.startswith(wanted["action"], autoescape=True))
    if since is not None:
        rows = rows.where(AuditEntry.at >= since.replace(tzinfo=UTC))
    with _reading(Settings()) as session:
        for row in reversed(session.scalars(rows).all()):
            click.echo(_line(row))


def _line(row: AuditEntry) -> str:
    change = " ".join(
        f"{name}={value}"
        for name, value in (("before", row.before), ("after", row.after), ("center", row.center))
        if value is not None
    )
    at = row.at.strftime("%Y-%m-%d %H:%M:%SZ")
    return f"{row.seq}  {at}  {row.actor}  {row.action}  {row.subject}  {change}".rstrip()


@contextmanager
def _reading(settings: Settings) -> Iterator[Session]:
    database = open_database(settings.database_path)
    try:
        with database.reading.begin() as session:
            yield session
    finally:
        database.close()
