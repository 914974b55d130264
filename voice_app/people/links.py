"""Links that a center sends to a candidate's phone itself: ten minutes, once."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.access.signins import digest
from voice_app.errors import VoiceAppError
from voice_app.models import Candidate, SignInLink
from voice_app.people.candidates import named

LASTS = timedelta(minutes=10)
_SECRET_BYTES = 16


class ClosedLink(VoiceAppError):
    """The link opens nothing: unknown, used, too old, or there is a newer one."""


def make(session: Session, candidate: Candidate, *, by: str, at: datetime) -> str:
    """Give the secret of a link, 128 bits; of a candidate's links only the last opens."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    session.add(
        SignInLink(candidate_id=candidate.id, secret_hash=digest(secret), made_at=at, used_at=None)
    )
    session.flush()
    center = candidate.center_id
    audit.record(
        session, actor=by, action="link-made", subject=named(candidate), center=center, at=at
    )
    return secret


def use(session: Session, secret: str, *, at: datetime) -> Candidate:
    """Give whose link it is, once. Raises `ClosedLink`."""
    link = session.scalar(select(SignInLink).where(SignInLink.secret_hash == digest(secret)))
    if link is None or link.used_at is not None or not timedelta(0) <= at - link.made_at < LASTS:
        raise ClosedLink("This link opens nothing. The center sends a new one.")
    newest = select(SignInLink.seq).where(SignInLink.candidate_id == link.candidate_id)
    if session.scalar(newest.order_by(SignInLink.seq.desc()).limit(1)) != link.seq:
        raise ClosedLink("There is a newer link.")
    link.used_at = at
    candidate = session.get_one(Candidate, link.candidate_id)
    audit.record(
        session,
        actor=named(candidate),
        action="link-opened",
        subject=named(candidate),
        center=candidate.center_id,
        at=at,
    )
    return candidate
