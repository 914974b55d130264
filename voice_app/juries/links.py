"""Links to one seat of a jury: each opens once, and what it gives ends by itself."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.access.signins import digest
from voice_app.errors import VoiceAppError
from voice_app.juries.convening import standing
from voice_app.models import Jury, JuryLink, JurySeat

# Long enough to come back from where there is no network.
LASTS = timedelta(days=14)


class ClosedSeat(VoiceAppError):
    """The link opens nothing: unknown, used, too old, replaced, or the jury was sent home."""


def link_for(session: Session, seat: JurySeat, *, by: str, at: datetime) -> str:
    """Give the secret of a new link to a seat; those before open nothing any more."""
    secret = secrets.token_urlsafe(32)
    session.add(_row(seat, secret, by=by, at=at))
    _log(session, seat, "jury.link-made", actor=by, at=at)
    return secret


def key_for(session: Session, seat: JurySeat, *, by: str, at: datetime) -> str:
    """Give the key of a seat to the member of staff whose seat it is; it needs no link."""
    key = secrets.token_urlsafe(32)
    row = _row(seat, secrets.token_urlsafe(32), by=by, at=at)
    row.opened_at, row.key_hash = at, digest(key)
    session.add(row)
    _log(session, seat, "jury.seat-taken", actor=by, at=at)
    return key


def open_link(session: Session, secret: str, *, at: datetime) -> str:
    """Use a link up; gives the key of its seat. Raises `ClosedSeat`."""
    row = session.get(JuryLink, digest(secret))
    if row is None or row.opened_at is not None or at >= row.ends_at:
        raise ClosedSeat("This link was used or is too old. Ask the center for a new one.")
    if _newest(session, row.seat_id) != row.token_hash:
        raise ClosedSeat("There is a newer link to this seat.")
    seat = _seat(session, row)
    key = secrets.token_urlsafe(32)
    row.opened_at, row.key_hash = at, digest(key)
    session.flush()
    _log(session, seat, "jury.link-opened", actor=f"seat:{seat.id}", at=at)
    return key


def seat_of(session: Session, key: str, *, at: datetime) -> JurySeat:
    """Give the seat whose key somebody holds. Raises `ClosedSeat`."""
    row = session.scalar(select(JuryLink).where(JuryLink.key_hash == digest(key)))
    if row is None or at >= row.ends_at:
        raise ClosedSeat("This seat is closed here. Ask the center for a new link.")
    return _seat(session, row)


def _seat(session: Session, row: JuryLink) -> JurySeat:
    seat = session.get_one(JurySeat, row.seat_id)
    if not standing(session, session.get_one(Jury, seat.jury_id)):
        raise ClosedSeat("This jury was sent home.")
    return seat


def _newest(session: Session, seat_id: str) -> str | None:
    mine = select(JuryLink.token_hash).where(JuryLink.seat_id == seat_id)
    # Two of the same moment: any of them, but always the same.
    newest = mine.order_by(JuryLink.made_at.desc(), JuryLink.token_hash).limit(1)
    return session.scalar(newest)


def _row(seat: JurySeat, secret: str, *, by: str, at: datetime) -> JuryLink:
    return JuryLink(
        token_hash=digest(secret),
        seat_id=seat.id,
        key_hash=None,
        made_by=by,
        made_at=at,
        opened_at=None,
        ends_at=at + LASTS,
    )


def _log(session: Session, seat: JurySeat, action: str, *, actor: str, at: datetime) -> None:
    jury = session.get_one(Jury, seat.jury_id)
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=f"seat:{seat.id}",
        center=jury.center,
        after=seat.role,
        at=at,
    )
