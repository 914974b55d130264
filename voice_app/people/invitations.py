"""Links by which somebody becomes staff, or sets their ways in anew: once, within seven days."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.access import Role
from voice_app.access.signins import digest
from voice_app.errors import VoiceAppError
from voice_app.models import Account, Invitation
from voice_app.people import accounts
from voice_app.people.accounts import BadField

LASTS = timedelta(days=7)


class DeadLink(VoiceAppError):
    """The link was used, has run out, or never was."""


def invite(
    session: Session,
    *,
    center_id: str | None,
    role: Role,
    email: str | None,
    by: str,
    now: datetime,
    candidate_id: str | None = None,
) -> str:
    """Give the secret of a link for a new member of staff. Raises `BadField`.

    An owner without a center names a new one; with an `email`, only that address is taken.
    `candidate_id` is who asked for it as a candidate.
    """
    if role == "operator" and center_id is not None:
        raise BadField("An operator belongs to no center.")
    if role not in {"operator", "owner"} and center_id is None:
        raise BadField("Name the center.")
    plain = accounts.plain_email(email) if email else None
    if plain and accounts.by_email(session, plain) is not None:
        raise BadField("This e-mail address already has an account.")
    row = Invitation(
        center_id=center_id, role=role, email=plain, made_by=by, candidate_id=candidate_id
    )
    return _added(session, row, now=now)


def invite_back(session: Session, account: Account, *, by: str, now: datetime) -> str:
    """Take all ways in from an account; gives the secret of a link that sets them anew."""
    accounts.strip(session, account, by=by, now=now)
    row = Invitation(
        center_id=account.center_id,
        account_id=account.id,
        role=account.role,
        email=account.email,
        made_by=by,
    )
    return _added(session, row, now=now)


def address(origin: str, secret: str, *, kind: Literal["setup", "invite"]) -> str:
    """Give a link to send: its secret stands behind the `#`, which no browser sends along."""
    return f"{origin}/staff/{kind}#{secret}"


def look(session: Session, secret: str, *, now: datetime) -> Invitation:
    """Give an invitation, still unused: seeing the page uses nothing. Raises `DeadLink`."""
    return by_hash(session, digest(secret), now=now)


def by_hash(session: Session, token_hash: str, *, now: datetime) -> Invitation:
    """Give an invitation by what is kept of its link. Raises `DeadLink`."""
    row = session.get(Invitation, token_hash)
    if row is None or row.used_at is not None or now >= row.ends_at:
        raise DeadLink("This link was used or is too old. Ask for a new one.")
    return row


@dataclass(frozen=True)
class Newcomer:
    """What somebody says of themselves; `center` and its `country` where they found one."""

    name: str
    email: str
    center: str = ""
    country: str = "FR"


def accept(
    session: Session, row: Invitation, *, who: Newcomer, account_id: str, now: datetime
) -> Account:
    """Use an invitation up; gives the account, which has no way in yet. Raises `BadField`.

    A new account is made under `account_id`.
    """
    row.used_at = now
    if row.account_id is not None:
        return session.get_one(Account, row.account_id)
    center_id = row.center_id
    if row.role != "operator" and center_id is None:
        made = accounts.make_center(
            session, name=who.center, country=who.country, by=row.made_by, now=now
        )
        center_id = made.id
    return accounts.make(
        session,
        account_id=account_id,
        center_id=center_id,
        role=accounts.role_of(row.role),
        name=who.name,
        email=row.email or who.email,
        by=row.made_by,
        now=now,
    )


def is_first_start(session: Session) -> bool:
    """Whether there is nobody yet who could let others in."""
    return session.scalar(select(func.count()).select_from(Account)) == 0


def forget_setups(session: Session, *, now: datetime) -> None:
    """Let no link hold that would make a new center."""
    still = Invitation.center_id.is_(None) & Invitation.used_at.is_(None)
    about = still & (Invitation.role == "owner") & Invitation.account_id.is_(None)
    session.execute(update(Invitation).where(about).values(used_at=now))


def _added(session: Session, row: Invitation, *, now: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    row.token_hash, row.made_at, row.ends_at = digest(secret), now, now + LASTS
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=row.made_by,
        action="invitation.made",
        subject=f"invitation:{row.token_hash[:16]}",
        center=row.center_id,
        after=row.role,
        at=now,
    )
    return secret
