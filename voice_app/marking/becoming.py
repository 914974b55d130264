"""From a candidate of the top level to an assessor: the wish, the invitation, the account."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.dialogues.content import Content
from voice_app.marking import applying, conflicts, licensing, training
from voice_app.models import Account, Candidate, Invitation, License
from voice_app.people import invitations

# What a candidate is told of it: that they may ask, or that they have asked.
Offer = Literal["open", "asked"]


def offers(session: Session, owner_hash: str) -> Mapping[str, Offer]:
    """Give by micro-competence what a holder of its top level is offered.

    Nothing to who is no candidate of a center, nor where somebody has answered the wish.
    """
    candidate = session.scalar(select(Candidate).where(Candidate.owner_hash == owner_hash))
    if candidate is None:
        return {}
    found = {
        name: _offer(session, candidate, name)
        for name in licensing.MICRO_COMPETENCES
        if applying.has_top_level(session, owner_hash, name)
    }
    return {name: offer for name, offer in found.items() if offer is not None}


def wishes(session: Session, candidate_id: str) -> Sequence[str]:
    """Give the micro-competences that a candidate wants to mark, and has no answer about."""
    return [
        name
        for name in licensing.MICRO_COMPETENCES
        if _state(session, candidate_id, name) == licensing.APPLIED
    ]


def invite(
    session: Session, candidate: Candidate, *, email: str | None, by: str, now: datetime
) -> str:
    """Give the secret of a link by which a candidate becomes an assessor.

    Raises `LicenseError` for who did not ask, and `BadField`.
    """
    if not wishes(session, candidate.id):
        raise licensing.LicenseError("This candidate has not asked, or has an answer.")
    return invitations.invite(
        session,
        center_id=candidate.center_id,
        role="assessor",
        email=email,
        by=by,
        now=now,
        candidate_id=candidate.id,
    )


def arrive(
    session: Session, row: Invitation, account: Account, *, content: Content, at: datetime
) -> int:
    """Let an account that came by such a link begin the exercise; returns of how much.

    From then on nothing that they answered as a candidate is theirs to mark.
    """
    candidate = session.get(Candidate, row.candidate_id) if row.candidate_id else None
    if candidate is None or row.account_id is not None:
        return 0
    owner_hash, by = candidate.owner_hash, row.made_by
    conflicts.note(session, account.id, owner_hash=owner_hash, kind="own", author=by, at=at)
    wanted = wishes(session, candidate.id)
    for name in wanted:
        training.ship(session, training.bank_of(content, name), at=at)
        licensing.begin(
            session,
            account.id,
            name,
            candidate_id=candidate.id,
            author=by,
            at=at,
        )
    return len(wanted)


def decline(
    session: Session, candidate_id: str, micro_competence: str, *, author: str, at: datetime
) -> License:
    """Say no to a wish. Raises `LicenseError` where there is none."""
    if micro_competence not in wishes(session, candidate_id):
        raise licensing.LicenseError("This candidate has not asked, or has an answer.")
    row = License(
        account_id=None,
        candidate_id=candidate_id,
        micro_competence=micro_competence,
        state=licensing.ENDED,
        reason="coordinator",
        author=author,
        at=at,
    )
    session.add(row)
    session.flush()
    return row


def _offer(session: Session, candidate: Candidate, micro_competence: str) -> Offer | None:
    match _state(session, candidate.id, micro_competence):
        case None:
            return "open"
        case licensing.APPLIED:
            return "asked"
        case _:
            return None


def _state(session: Session, candidate_id: str, micro_competence: str) -> str | None:
    about = License.candidate_id == candidate_id
    mine = about & (License.micro_competence == micro_competence)
    last = select(License.state).where(mine).order_by(License.seq.desc()).limit(1)
    return session.scalar(last)
