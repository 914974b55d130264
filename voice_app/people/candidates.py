"""Candidates a center knows: enrolled with a help language, and their open attempt."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.access.signins import digest
from voice_app.models import Attempt, Candidate, Jury, JuryNote, Outcome

LONGEST_NAME = 60


def enroll(
    session: Session,
    *,
    center_id: str,
    help_language: str,
    call_name: str,
    by: str,
    at: datetime,
) -> Candidate:
    """Add a candidate; `call_name` is what the desk calls them, and may be empty.

    Their attempts hang on the hash of a secret that nobody keeps.
    """
    candidate = Candidate(
        id=str(uuid4()),
        center_id=center_id,
        call_name=call_name.strip()[:LONGEST_NAME] or None,
        help_language=help_language,
        owner_hash=digest(secrets.token_urlsafe(32)),
        made_at=at,
    )
    session.add(candidate)
    session.flush()
    audit.record(
        session, actor=by, action="enroll", subject=named(candidate), center=center_id, at=at
    )
    return candidate


def named(candidate: Candidate) -> str:
    """How the log names a candidate."""
    return f"candidate:{candidate.id}"


def of_center(session: Session, center_id: str) -> Sequence[Candidate]:
    """Give a center's candidates, the newest first."""
    known = select(Candidate).where(Candidate.center_id == center_id)
    return session.scalars(known.order_by(Candidate.made_at.desc(), Candidate.id)).all()


def help_language(session: Session, owner_hash: str) -> str | None:
    """Give the language that helps an owner: of the newest attempt, else as enrolled."""
    newest = (
        select(Attempt.help_language)
        .where(Attempt.owner_hash == owner_hash)
        .order_by(Attempt.started_at.desc())
    )
    enrolled = select(Candidate.help_language).where(Candidate.owner_hash == owner_hash)
    return session.scalar(newest.limit(1)) or session.scalar(enrolled)


def open_attempt(session: Session, owner_hash: str) -> Attempt | None:
    """Give the newest attempt of an owner that has not ended; None where there is none.

    One before a jury in one room goes on in that room alone.
    """
    has_ended = select(Outcome.seq).where(Outcome.attempt_id == Attempt.id).exists()
    went_home = select(JuryNote.seq).where(
        JuryNote.jury_id == Jury.id, JuryNote.kind == "dissolved"
    )
    is_seen = (
        select(Jury.id)
        .where(Jury.attempt_id == Attempt.id, Jury.mode == "face-to-face", ~went_home.exists())
        .exists()
    )
    begun = select(Attempt).where(Attempt.owner_hash == owner_hash, ~has_ended, ~is_seen)
    return session.scalar(begun.order_by(Attempt.started_at.desc()).limit(1))
