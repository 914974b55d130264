"""What marking anew would change, found by doing it and taking it back."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app import badges, outcomes
from voice_app.db import Database
from voice_app.marking.records import open_turns
from voice_app.models import Attempt, Hearing, Mark, Outcome, Response, Ruling
from voice_app.remarking.redoing import CannotRemark, Desk, redo
from voice_app.remarking.values import Becomes, Change, Plan, Stand, What, digest_of

Progress = Callable[[Iterable[str]], Iterable[str]]


def plan(
    database: Database,
    desk: Desk,
    *,
    what: What,
    micro_competence: str | None,
    since: datetime | None,
    at: datetime,
    progress: Progress = iter,
) -> Plan:
    """Try every attempt that has ended, and keep nothing of it."""
    with database.reading.begin() as session:
        names = list(_ended(session, micro_competence, since=since))
    tried = (one_change(database, desk, name, what=what, at=at) for name in progress(names))
    return Plan(
        what=what,
        micro_competence=micro_competence,
        since=None if since is None else since.isoformat(),
        made_at=at.isoformat(),
        versions=versions(desk),
        attempts=len(names),
        changes=tuple(one for one in tried if one is not None),
    )


def versions(desk: Desk) -> dict[str, str]:
    """Give the versions of the content of today."""
    items = {name: bank.version for name, bank in desk.content.assessments.items()}
    return items | {name: bank.version for name, bank in desk.content.scenarios.items()}


def one_change(
    database: Database, desk: Desk, attempt_id: str, *, what: What, at: datetime
) -> Change | None:
    """Mark one attempt anew and take it back; None where nothing changes."""
    with database.writing() as session:
        try:
            return _tried(session, desk, session.get_one(Attempt, attempt_id), what=what, at=at)
        finally:
            session.rollback()


def stand_of(session: Session, attempt_id: str) -> Stand | None:
    """Give how an attempt stands by its last outcome."""
    row = outcomes.latest(session, attempt_id)
    if row is None:
        return None
    return Stand.of(row.state, row.points, maximum=row.maximum, reviews=row.reviews)


def rows_of(session: Session, attempt: Attempt) -> str:
    """Give the digest of what is kept of an attempt, as far as its outcome rests on it."""
    mine = Response.attempt_id == attempt.id
    heard = select(func.max(Hearing.seq)).join(Response, Response.id == Hearing.utterance_id)
    lasts = (
        select(func.max(Response.seq)).where(mine),
        heard.where(mine),
        *(
            select(func.max(kind.seq)).where(kind.attempt_id == attempt.id)
            for kind in (Mark, Ruling, Outcome)
        ),
    )
    return digest_of([attempt.criteria, [session.scalar(one) for one in lasts]])


def _ended(
    session: Session, micro_competence: str | None, *, since: datetime | None
) -> Iterator[str]:
    wanted = select(Attempt.id).where(Attempt.id.in_(select(Outcome.attempt_id)))
    if micro_competence is not None:
        wanted = wanted.where(Attempt.assessment == micro_competence)
    if since is not None:
        wanted = wanted.where(Attempt.started_at >= since)
    yield from session.scalars(wanted.order_by(Attempt.started_at, Attempt.id))


def _tried(
    session: Session, desk: Desk, attempt: Attempt, *, what: What, at: datetime
) -> Change | None:
    before, rows = stand_of(session, attempt.id), rows_of(session, attempt)
    waits = len(open_turns(session, attempt.id))
    has_badge = badges.of_attempt(session, attempt.id) is not None
    note = ""
    try:
        if not redo(session, attempt, desk=desk, what=what, at=at):
            return None
        bank = desk.bank(attempt)
        outcomes.settle(session, bank, attempt=attempt, award=_no_award, now=at)
        session.flush()
    except CannotRemark as error:
        note = str(error)
    after = stand_of(session, attempt.id)
    queued = max(0, len(open_turns(session, attempt.id)) - waits)
    if before is None or after is None or (not note and not queued and before == after):
        return None
    return Change(
        attempt_id=attempt.id,
        micro_competence=attempt.assessment,
        languages=f"{attempt.employer_language}/{attempt.help_language}",
        becomes=_becomes(before, after, queued=queued, has_badge=has_badge, note=note),
        before=before,
        after=after,
        queued=queued,
        note=note,
        rows=rows,
    )


def _becomes(before: Stand, after: Stand, *, queued: int, has_badge: bool, note: str) -> Becomes:
    if note:
        return "cannot"
    if has_badge and after.state != "passed":
        return "stays"
    if queued:
        return "queued"
    return "stays" if after.is_less_than(before) else "raised"


def _no_award(_session: Session, _attempt: Attempt) -> None:
    """A plan gives no badge."""
