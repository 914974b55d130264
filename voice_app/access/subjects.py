"""Whose a thing is, found by the id that stands in a path."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from voice_app.access.actor import Subject
from voice_app.models import Account, Attempt, Candidate, Jury
from voice_app.models.candidates import Device

Find = Callable[[Session, str], Subject | None]


def _attempt(session: Session, name: str) -> Subject | None:
    row = session.get(Attempt, name)
    return None if row is None else Subject(owner_hash=row.owner_hash)


def _account(session: Session, name: str) -> Subject | None:
    row = session.get(Account, name)
    return None if row is None else Subject(center=row.center_id, account=row.id)


def _candidate(session: Session, name: str) -> Subject | None:
    row = session.get(Candidate, name)
    return None if row is None else Subject(center=row.center_id, owner_hash=row.owner_hash)


def _device(session: Session, name: str) -> Subject | None:
    row = session.get(Device, name)
    return None if row is None else Subject(center=row.center_id)


def _jury(session: Session, name: str) -> Subject | None:
    row = session.get(Jury, name)
    return None if row is None else Subject(center=row.center)


# By the name of the path's parameter. A route with none of these is about the center of whoever
# asks, or looks itself whose the thing is.
SUBJECTS: Mapping[str, Find] = {
    "attempt_id": _attempt,
    "account_id": _account,
    "candidate_id": _candidate,
    "device_id": _device,
    "jury_id": _jury,
}
