"""What is logged without a row of its own: who heard a recording, which key is in use."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.audit.writing import record
from voice_app.models import AuditEntry

_IN_USE = "key.in-use"
_HEARD = "recording.heard"


def heard(
    session: Session, utterance_id: str, *, by: str, center: str | None, at: datetime
) -> None:
    """Note that a member of staff heard a recording; `by` is account:ID. Before it is sent."""
    subject = f"recording:{utterance_id}"
    record(session, actor=by, action=_HEARD, subject=subject, center=center, at=at)


def unheard(session: Session, utterance_ids: Collection[str], *, by: str) -> frozenset[str]:
    """Give those of these recordings that a member of staff has never listened to."""
    subjects = {f"recording:{one}": one for one in utterance_ids}
    known = select(AuditEntry.subject).where(
        AuditEntry.subject.in_(subjects), AuditEntry.actor == by, AuditEntry.action == _HEARD
    )
    return frozenset(utterance_ids) - {subjects[one] for one in session.scalars(known)}


def key_in_use(session: Session, key_id: str, *, at: datetime) -> None:
    """Note which key signs badges, when it is another than was noted last."""
    subject = f"key:{key_id}"
    last = (
        select(AuditEntry.subject)
        .where(AuditEntry.action == _IN_USE)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    before = session.scalar(last)
    if before != subject:
        record(
            session,
            actor="machine:service",
            action=_IN_USE,
            subject=subject,
            before=before,
            after=subject,
            at=at,
        )
