"""`voice-app people`: the center's first owner, invitations, who works here, locking, resetting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.access.page import roles_page
from voice_app.access.roles import STAFF
from voice_app.db import Database, open_database
from voice_app.models import Account, Center
from voice_app.people import accounts, invitations
from voice_app.people.accounts import BadField
from voice_app.settings import Settings

_BY = "command"
_EMAIL = click.argument("email")


@click.group()
def people() -> None:
    """People who work at a center: invite, list, lock, reset."""


@people.command("setup")
def setup() -> None:
    """Print a link by which the owner of a new center comes in: once, within seven days."""
    settings = Settings()
    with _writing(settings) as session:
        secret = _setup(session)
    click.echo(invitations.address(settings.origin, secret, kind="setup"))


@people.command("invite")
@_EMAIL
@click.option("--role", required=True, type=click.Choice(sorted(STAFF)))
@click.option("--center", "center_id", help="The id of the center, as `people list` shows it.")
def invite(email: str, role: str, center_id: str | None) -> None:
    """Print a link by which EMAIL becomes staff: once, within seven days."""
    settings = Settings()
    with _writing(settings) as session:
        if center_id is not None and session.get(Center, center_id) is None:
            raise BadField(f"There is no center {center_id}.")
        secret = invitations.invite(
            session,
            center_id=center_id,
            role=accounts.role_of(role),
            email=email,
            by=_BY,
            now=_now(),
        )
    click.echo(invitations.address(settings.origin, secret, kind="invite"))


@people.command("list")
def list_people() -> None:
    """Say of every center and account what it is; a line each."""
    with _writing(Settings()) as session:
        for center in session.scalars(select(Center).order_by(Center.name)):
            click.echo(f"center       {center.id}  {center.name} ({center.country})")
        for account in session.scalars(select(Account).order_by(Account.email)):
            locked = "  locked" if account.locked_at else ""
            click.echo(f"{account.role:11}  {account.email}  {account.name}{locked}")


@people.command("lock")
@_EMAIL
def lock(email: str) -> None:
    """Shut an account; what it has open ends at once."""
    with _writing(Settings()) as session:
        accounts.lock(session, accounts.needed(session, email), by=_BY, now=_now())
    click.echo(f"{email} is locked.")


@people.command("unlock")
@_EMAIL
def unlock(email: str) -> None:
    """Open a locked account again."""
    with _writing(Settings()) as session:
        accounts.unlock(session, accounts.needed(session, email), by=_BY, now=_now())
    click.echo(f"{email} is open again.")


@people.command("reset")
@_EMAIL
def reset(email: str) -> None:
    """Take all ways in from an account, and print a link that sets them anew."""
    settings = Settings()
    with _writing(settings) as session:
        account = accounts.needed(session, email)
        secret = invitations.invite_back(session, account, by=_BY, now=_now())
    click.echo(invitations.address(settings.origin, secret, kind="invite"))


@people.command("roles")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write a file.")
def roles(out: Path | None) -> None:
    """Print who may do what, as the page in the documentation."""
    if out is None:
        click.echo(roles_page(), nl=False)
    else:
        out.write_text(roles_page(), encoding="utf-8")


def say_first_link(database: Database, settings: Settings) -> None:
    """Print a set-up link while nobody could let others in; nothing once somebody can.

    Links of earlier starts that nobody used are dead: the newest alone holds.
    """
    with database.writing.begin() as session:
        if not invitations.is_first_start(session):
            return
        invitations.forget_setups(session, now=_now())
        secret = _setup(session)
    click.echo("Nobody works here yet. The owner of the center opens this link, once:")
    click.echo(invitations.address(settings.origin, secret, kind="setup"))


def _setup(session: Session) -> str:
    return invitations.invite(session, center_id=None, role="owner", email=None, by=_BY, now=_now())


@contextmanager
def _writing(settings: Settings) -> Iterator[Session]:
    database = open_database(settings.database_path)
    audit.watch(database, settings.passphrase())
    try:
        with database.writing.begin() as session:
            yield session
    finally:
        database.close()


def _now() -> datetime:
    return datetime.now(UTC)
