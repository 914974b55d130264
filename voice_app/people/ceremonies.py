"""What a page was asked to prove, kept on the server until it is proven once or runs out."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from voice_app.access.signins import digest
from voice_app.errors import VoiceAppError
from voice_app.models import Ceremony

Kind = Literal["second-factor", "invited", "joining", "totp-new", "passkey-new", "passkey", "oidc"]

LASTS = timedelta(minutes=10)


class Lapsed(VoiceAppError):
    """What the page was asked to prove has run out, or was proven before."""


@dataclass(frozen=True)
class Begun:
    """What was asked: of whom, if that is known, and what the proof is compared with."""

    account_id: str | None
    told: Mapping[str, Any]


def begin(
    session: Session,
    kind: Kind,
    *,
    told: Mapping[str, Any],
    now: datetime,
    account_id: str | None = None,
) -> str:
    """Keep what is asked; gives the secret for the page's cookie. Forgets what has run out."""
    session.execute(delete(Ceremony).where(Ceremony.ends_at <= now))
    secret = secrets.token_urlsafe(32)
    session.add(
        Ceremony(
            id_hash=digest(secret),
            kind=kind,
            account_id=account_id,
            told=dict(told),
            ends_at=now + LASTS,
        )
    )
    session.flush()
    return secret


def look(session: Session, secret: str, kind: Kind, *, now: datetime) -> Begun:
    """Give what was asked, and leave it open for another try. Raises `Lapsed`."""
    row = session.get(Ceremony, digest(secret)) if secret else None
    if row is None or row.kind != kind or now >= row.ends_at:
        raise Lapsed("This took too long, or was done already. Begin again.")
    return Begun(row.account_id, row.told)


def take(session: Session, secret: str, kind: Kind, *, now: datetime) -> Begun:
    """Give what was asked, once: whatever comes of it, it is over. Raises `Lapsed`."""
    begun = look(session, secret, kind, now=now)
    session.execute(delete(Ceremony).where(Ceremony.id_hash == digest(secret)))
    return begun
