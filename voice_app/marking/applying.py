"""A candidate of the top level asks to become an assessor, and waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app.marking import licensing
from voice_app.models import Attempt, Candidate, License, Outcome
from voice_app.scoring.marks import level

_TOP = "appropriation"


@dataclass(frozen=True)
class Applicant:
    """A candidate of a center who wants to become an assessor."""

    candidate_id: str
    micro_competence: str
    since: datetime


def apply(session: Session, owner_hash: str, micro_competence: str, *, at: datetime) -> License:
    """Note that a holder of the top level wants to mark; once is enough. Raises `LicenseError`."""
    candidate = session.scalar(select(Candidate).where(Candidate.owner_hash == owner_hash))
    if candidate is None or not has_top_level(session, owner_hash, micro_competence):
        raise licensing.LicenseError("Who holds the top level here may ask to become an assessor.")
    mine = (License.candidate_id == candidate.id) & (License.micro_competence == micro_competence)
    known = session.scalar(select(License).where(mine).order_by(License.seq.desc()).limit(1))
    if known is not None and known.state == licensing.APPLIED:
        return known
    author = f"candidate:{candidate.id}"
    return licensing.add(
        session,
        micro_competence,
        state=licensing.APPLIED,
        author=author,
        at=at,
        candidate_id=candidate.id,
    )


def has_top_level(session: Session, owner_hash: str, micro_competence: str) -> bool:
    """Tell whether somebody's last outcome in a micro-competence has the top private level."""
    last = (
        select(Outcome)
        .join(Attempt, Attempt.id == Outcome.attempt_id)
        .where(Attempt.owner_hash == owner_hash, Attempt.assessment == micro_competence)
        .order_by(Outcome.seq.desc())
        .limit(1)
    )
    row = session.scalar(last)
    return row is not None and row.state == "passed" and level(row.points, row.maximum) == _TOP


def applicants(session: Session, center: str | None) -> Sequence[Applicant]:
    """Give who of a center wants to become an assessor and has no answer, the first first."""
    last = (
        select(func.max(License.seq))
        .join(Candidate, Candidate.id == License.candidate_id)
        .where(Candidate.center_id == center)
        .group_by(License.candidate_id, License.micro_competence)
    )
    rows = session.scalars(select(License).where(License.seq.in_(last)).order_by(License.seq))
    return [
        Applicant(row.candidate_id or "", row.micro_competence, row.at)
        for row in rows
        if row.state == licensing.APPLIED
    ]
