"""Sign-ins: opaque secrets in a cookie, only their hashes in the rows, ended on the server."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from voice_app.access.actor import Actor
from voice_app.access.roles import STAFF
from voice_app.models import Account, Candidate, SignIn

Kind = Literal["staff", "candidate", "kiosk"]

FRESH = timedelta(minutes=5)
# `seen_at` is a write: it is worth one a minute, not one a request.
SEEN_APART = timedelta(minutes=1)


@dataclass(frozen=True)
class Life:
    """How long a sign-in lasts: at most, and without a sign of the person."""

    longest: timedelta
    idle: timedelta


LIVES: Mapping[Kind, Life] = {
    "staff": Life(timedelta(hours=8), timedelta(minutes=15)),
    "candidate": Life(timedelta(hours=12), timedelta(hours=12)),
    "kiosk": Life(timedelta(hours=8), timedelta(minutes=30)),
}
# For a candidate's own phone, when they were asked and said yes.
REMEMBERED = Life(timedelta(days=60), timedelta(days=60))


def digest(secret: str) -> str:
    """What is stored of a secret that has at least 128 random bits."""
    return sha256(secret.encode()).hexdigest()


def csrf_of(secret: str) -> str:
    """Give the token that the forms of a sign-in carry."""
    return hmac.new(secret.encode(), b"form token", sha256).hexdigest()


def begin(
    session: Session,
    person: Account | Candidate,
    *,
    now: datetime,
    device_id: str | None = None,
    life: Life | None = None,
    label: str | None = None,
    is_fresh: bool = True,
) -> str:
    """Let a person in who proved who they are; gives the secret for their cookie.

    `is_fresh`: they proved it now, not to another service some time ago.

    A candidate who comes by a center's device (`device_id`) is at a kiosk. Every sign-in has a
    new secret: none that was there before lives on.
    """
    secret = secrets.token_urlsafe(32)
    is_staff = isinstance(person, Account)
    kind: Kind = "staff" if is_staff else "kiosk" if device_id else "candidate"
    lasts = life or LIVES[kind]
    session.add(
        SignIn(
            id_hash=digest(secret),
            kind=kind,
            account_id=person.id if is_staff else None,
            candidate_id=None if is_staff else person.id,
            device_id=device_id,
            center_id=person.center_id,
            csrf_hash=digest(csrf_of(secret)),
            label=label,
            idle_seconds=int(lasts.idle.total_seconds()),
            begun_at=now,
            seen_at=now,
            fresh_at=now if is_fresh else None,
            ends_at=now + lasts.longest,
        )
    )
    session.flush()
    return secret


def date_proof(session: Session, secret: str, at: datetime | None) -> None:
    """Let a sign-in that continues another be no fresher than that one."""
    about = SignIn.id_hash == digest(secret)
    session.execute(update(SignIn).where(about).values(fresh_at=at))


def found(session: Session, secret: str, *, now: datetime) -> SignIn | None:
    """Give the sign-in of a cookie; None when there is none, or it has ended."""
    if not secret:
        return None
    row = session.get(SignIn, digest(secret))
    if row is None or row.ended_at is not None or now >= row.ends_at:
        return None
    return row if now - row.seen_at < timedelta(seconds=row.idle_seconds) else None


def actor_of(session: Session, row: SignIn, *, now: datetime) -> Actor | None:
    """Give who a sign-in stands for; None when they are locked out or gone."""
    is_fresh = row.fresh_at is not None and now - row.fresh_at < FRESH
    if row.account_id is not None:
        account = session.get(Account, row.account_id)
        return None if account is None else _staff(account, is_fresh=is_fresh)
    candidate = session.get(Candidate, row.candidate_id)
    if candidate is None:
        return None
    return Actor(
        "candidate",
        center=candidate.center_id,
        candidate=candidate.id,
        owner_hash=candidate.owner_hash,
        device=row.device_id,
        is_fresh=is_fresh,
    )


def see(session: Session, id_hash: str, *, now: datetime) -> None:
    """Note that the person is still there."""
    session.execute(update(SignIn).where(SignIn.id_hash == id_hash).values(seen_at=now))


def refresh(session: Session, id_hash: str, *, now: datetime) -> None:
    """Note that the person proved anew who they are."""
    session.execute(
        update(SignIn).where(SignIn.id_hash == id_hash).values(fresh_at=now, seen_at=now)
    )


def end(session: Session, id_hash: str, *, now: datetime) -> None:
    """End one sign-in; what has ended stays so."""
    still = (SignIn.id_hash == id_hash) & SignIn.ended_at.is_(None)
    session.execute(update(SignIn).where(still).values(ended_at=now))


def end_all(
    session: Session,
    *,
    now: datetime,
    account_id: str | None = None,
    candidate_id: str | None = None,
    device_id: str | None = None,
    but: str | None = None,
) -> None:
    """End every sign-in of an account, candidate or device, `but` the one of this hash."""
    named = {"account_id": account_id, "candidate_id": candidate_id, "device_id": device_id}
    given = {name: value for name, value in named.items() if value is not None}
    if not given:
        raise ValueError("Name whose sign-ins end.")
    still = update(SignIn).filter_by(**given).where(SignIn.ended_at.is_(None))
    if but is not None:
        still = still.where(SignIn.id_hash != but)
    session.execute(still.values(ended_at=now))


def open_of(session: Session, account_id: str, *, now: datetime) -> list[SignIn]:
    """Give the sign-ins of an account that have not ended, the newest first."""
    rows = session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account_id, SignIn.ended_at.is_(None), SignIn.ends_at > now)
        .order_by(SignIn.begun_at.desc())
    )
    return [row for row in rows if now - row.seen_at < timedelta(seconds=row.idle_seconds)]


def has_token(row: SignIn, token: str) -> bool:
    """Tell whether a form carries the token of this sign-in."""
    return hmac.compare_digest(row.csrf_hash, digest(token))


def _staff(account: Account, *, is_fresh: bool) -> Actor | None:
    if account.locked_at is not None:
        return None
    role = next(one for one in STAFF if one == account.role)
    return Actor(role, center=account.center_id, account=account.id, is_fresh=is_fresh)
