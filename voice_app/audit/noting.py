"""What is logged without a row of its own: who heard a recording, which key is in use."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.audit.writing import record
from voice_app.models import AuditEntry

_IN_USE = "key.in-use"


def heard(
    session: Session, utterance_id: str, *, by: str, center: str | None, at: datetime
) -> None:
    """Note that a member of staff heard a recording; `by` is account:ID. Before it is sent."""
    subject = f"recording:{utterance_id}"
    record(session, actor=by, action="recording.heard", subject=subject, center=center, at=at)


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
