"""`voice-app badges`: give, withdraw, correct, export and verify badges, one or a whole cohort."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from voice_app.badges import (
    REASONS,
    Details,
    details_of,
    events_of,
    reissue,
    resume,
    withdraw,
)
from voice_app.badges.bulk import Handled, change_one, issue_one, signed_with, without_badge
from voice_app.badges.correcting import replacement_of
from voice_app.badges.standings import withdrawal_in
from voice_app.badges.withdrawing import Withdrawal, found
from voice_app.commands.badge_desk import Desk, Line, lines_of, open_desk, run
from voice_app.commands.badge_export import export
from voice_app.commands.badge_samples import sample
from voice_app.commands.badge_verify import verify_files
from voice_app.models import Badge

_FROM = click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with one a line; behind a tab the holder's name, with their consent.",
)
_AUTHOR = click.option("--author", required=True, help="The person who decides this.")
_REASON = click.option("--reason", required=True, type=click.Choice(REASONS))
_CODES = click.argument("codes", nargs=-1)


@click.group()
def badges() -> None:
    """Badges: give, withdraw, correct, export and verify them."""


@badges.command("issue")
@click.argument("attempts", nargs=-1)
@_FROM
@click.option("--all", "is_all", is_flag=True, help="Every passed attempt without a badge.")
@click.option(
    "--expires", type=click.DateTime(["%Y-%m-%d"]), help="The day from which it is too old (UTC)."
)
def issue(
    attempts: tuple[str, ...], files: tuple[Path, ...], *, is_all: bool, expires: datetime | None
) -> None:
    """Give the badges of ATTEMPTS that were passed; one that was given stays."""
    ends = None if expires is None else expires.replace(tzinfo=UTC)
    with open_desk() as desk:
        lines = lines_of(attempts, files)
        if is_all:
            lines += [Line(one) for one in _without_badge(desk)]

        def act(line: Line) -> Handled:
            details = Details(holder_name=line.name, expires_at=ends)
            return issue_one(desk.database, line.id, office=desk.office, details=details)

        run(lines, act)


@badges.command("revoke")
@_CODES
@_FROM
@_REASON
@_AUTHOR
def revoke(*, codes: tuple[str, ...], files: tuple[Path, ...], reason: str, author: str) -> None:
    """Cancel badges by CODE, for good."""
    _withdraw(codes, files, kind="revoked", reason=reason, author=author)


@badges.command("suspend")
@_CODES
@_FROM
@_REASON
@_AUTHOR
def suspend(*, codes: tuple[str, ...], files: tuple[Path, ...], reason: str, author: str) -> None:
    """Pause badges by CODE, until they are resumed."""
    _withdraw(codes, files, kind="suspended", reason=reason, author=author)


@badges.command("resume")
@_CODES
@_FROM
@_AUTHOR
def resume_paused(codes: tuple[str, ...], files: tuple[Path, ...], author: str) -> None:
    """End the pause of badges by CODE."""

    def change(desk: Desk, session: Session, line: Line) -> None:
        resume(session, line.id, author=author, office=desk.office)

    _change(codes, files, change=change)


@badges.command("reissue")
@_CODES
@_FROM
@_AUTHOR
@click.option("--key", "key_id", help="Every badge that this key signed.")
@click.option("--name", help="The holder's name, with their consent, for one badge.")
def reissue_corrected(
    *,
    codes: tuple[str, ...],
    files: tuple[Path, ...],
    author: str,
    key_id: str | None,
    name: str | None,
) -> None:
    """Give badges by CODE again after a correction; the old ones are cancelled."""
    with open_desk() as desk:
        lines = lines_of(codes, files)
        if name is not None and len(lines) != 1:
            raise click.UsageError("--name is for one badge; names of many stand in a file.")
        lines = lines if name is None else [Line(lines[0].id, name)]
        if key_id is not None:
            lines += [Line(one) for one in _signed_with(desk, key_id)]

        def act(line: Line) -> Handled:
            def again(session: Session, _code: str) -> Badge | None:
                return _again(desk, session, line=line, author=author)

            return change_one(desk.database, line.id, change=again)

        run(lines, act)


badges.add_command(export)
badges.add_command(verify_files)
badges.add_command(sample)


def _withdraw(
    codes: tuple[str, ...],
    files: tuple[Path, ...],
    *,
    kind: Withdrawal,
    reason: str,
    author: str,
) -> None:
    def change(desk: Desk, session: Session, line: Line) -> None:
        withdraw(session, line.id, kind=kind, reason=reason, author=author, office=desk.office)

    _change(codes, files, change=change)


def _change(
    codes: tuple[str, ...],
    files: tuple[Path, ...],
    *,
    change: Callable[[Desk, Session, Line], Any],
) -> None:
    """Change badges one by one; one that stands as it should already is told as kept."""
    with open_desk() as desk:

        def act(line: Line) -> Handled:
            def changed(session: Session, code: str) -> Badge | None:
                badge = found(session, code)
                before = len(events_of(session, badge.code))
                change(desk, session, line)
                return badge if len(events_of(session, badge.code)) > before else None

            return change_one(desk.database, line.id, change=changed)

        run(lines_of(codes, files), act)


def _again(desk: Desk, session: Session, *, line: Line, author: str) -> Badge | None:
    old = found(session, line.id)
    if replacement_of(session, old) is not None:
        return None
    given = details_of(old)
    details = Details(holder_name=line.name or given.holder_name, expires_at=given.expires_at)
    return reissue(session, line.id, author=author, office=desk.office, details=details)


def _without_badge(desk: Desk) -> list[str]:
    with desk.database.reading.begin() as session:
        return list(without_badge(session))


def _signed_with(desk: Desk, key_id: str) -> list[str]:
    """Give the badges of a key that stand; those that are withdrawn stay withdrawn."""
    with desk.database.reading.begin() as session:
        return [
            code
            for code in signed_with(session, key_id)
            if withdrawal_in(events_of(session, code)) is None
        ]
