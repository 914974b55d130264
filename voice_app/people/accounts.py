"""Staff accounts: found, made, locked, and the centers they belong to."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.access import Role, signins
from voice_app.access.roles import STAFF
from voice_app.errors import VoiceAppError
from voice_app.models import Account, Center, Passkey, RecoveryCode

LONGEST_NAME = 80
_LONGEST_EMAIL = 254
# Whether mail reaches it is shown by the link that was sent there.
_EMAIL = re.compile(r"[^@\s<>\"',;:\\]+@[^@\s<>\"',;:\\.]+(\.[^@\s<>\"',;:\\.]+)+")


class UnknownAccount(VoiceAppError):
    """Nobody has this e-mail address here."""


class BadField(VoiceAppError):
    """Something in a form cannot be taken; the sentence says what."""


class LastOwner(VoiceAppError):
    """A center needs somebody who answers for it."""


def plain_email(text: str) -> str:
    """Give an e-mail address as it is kept. Raises `BadField`."""
    plain = text.strip().lower()
    if len(plain) > _LONGEST_EMAIL or not _EMAIL.fullmatch(plain):
        raise BadField("Write an e-mail address such as name@center.example.")
    return plain


def plain_name(text: str, *, of: str = "your name") -> str:
    """Give a name as it is kept: one line, without control characters. Raises `BadField`."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    if not 1 <= len(plain) <= LONGEST_NAME:
        raise BadField(f"Write {of}, in at most {LONGEST_NAME} characters.")
    return plain


def role_of(text: str) -> Role:
    """Read the role of a member of staff. Raises `BadField`."""
    for role in STAFF:
        if role == text:
            return role
    raise BadField("Choose assessor, coordinator, owner or operator.")


def by_email(session: Session, email: str) -> Account | None:
    """Find an account; None for an address that nobody has."""
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def needed(session: Session, email: str) -> Account:
    """Find an account. Raises `UnknownAccount`."""
    found = by_email(session, email)
    if found is None:
        raise UnknownAccount(f"Nobody has the address {email} here.")
    return found


def of_center(session: Session, center_id: str | None) -> Sequence[Account]:
    """Give the staff of a center, or those of none, by name."""
    about = Account.center_id == center_id if center_id else Account.center_id.is_(None)
    return session.scalars(select(Account).where(about).order_by(Account.name)).all()


def make_center(session: Session, *, name: str, country: str, by: str, now: datetime) -> Center:
    """Add a center."""
    center = Center(
        id=str(uuid4()), name=plain_name(name, of="its name"), country=country, made_at=now
    )
    session.add(center)
    session.flush()
    audit.record(session, actor=by, action="center.made", subject=f"center:{center.id}", at=now)
    return center


def make(
    session: Session,
    *,
    center_id: str | None,
    role: Role,
    name: str,
    email: str,
    by: str,
    now: datetime,
    account_id: str | None = None,
) -> Account:
    """Add an account without a way in. Raises `BadField`, also for an address that is taken."""
    plain = plain_email(email)
    if by_email(session, plain) is not None:
        raise BadField("This e-mail address already has an account.")
    if (center_id is None) != (role == "operator"):
        raise BadField("An operator belongs to no center; everybody else to one.")
    account = Account(
        id=account_id or str(uuid4()),
        center_id=center_id,
        role=role,
        name=plain_name(name),
        email=plain,
        made_at=now,
    )
    session.add(account)
    session.flush()
    _logged(session, account, action="account.made", by=by, now=now, after=role)
    return account


def lock(session: Session, account: Account, *, by: str, now: datetime) -> None:
    """Shut an account: what is open ends at once. Raises `LastOwner`."""
    if account.role == "owner" and not _other_owners(session, account):
        raise LastOwner("This is the center's only owner. Invite another owner first.")
    account.locked_at = now
    signins.end_all(session, now=now, account_id=account.id)
    _logged(session, account, action="account.locked", by=by, now=now)


def unlock(session: Session, account: Account, *, by: str, now: datetime) -> None:
    """Open a locked account again, with the ways in it had."""
    account.locked_at = None
    _logged(session, account, action="account.unlocked", by=by, now=now)


def strip(session: Session, account: Account, *, by: str, now: datetime) -> None:
    """Take all ways in from an account, and end what is open: they are set anew by a link."""
    account.password_hash = account.totp_sealed = account.totp_step = None
    account.oidc_subject = None
    session.execute(delete(Passkey).where(Passkey.account_id == account.id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    signins.end_all(session, now=now, account_id=account.id)
    _logged(session, account, action="account.reset", by=by, now=now)


def _other_owners(session: Session, account: Account) -> bool:
    others = select(Account.id).where(
        Account.center_id == account.center_id,
        Account.role == "owner",
        Account.id != account.id,
        Account.locked_at.is_(None),
    )
    return session.scalar(others.limit(1)) is not None


def _logged(
    session: Session,
    account: Account,
    *,
    action: str,
    by: str,
    now: datetime,
    after: str | None = None,
) -> None:
    audit.record(
        session,
        actor=by,
        action=action,
        subject=f"account:{account.id}",
        center=account.center_id,
        after=after,
        at=now,
    )
