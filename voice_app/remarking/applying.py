"""A plan is carried out: attempt by attempt, logged, and gone on with where it stopped."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from voice_app import audit, news, outcomes
from voice_app.db import Database
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt, AuditEntry
from voice_app.remarking.planning import rows_of, stand_of, versions
from voice_app.remarking.redoing import Desk, redo
from voice_app.remarking.values import Change, Plan

APPLIED = "remark.applied"
_AUTHOR = "command"
_DIGITS = 16


class RowsChanged(VoiceAppError):
    """Since the plan was made something came in: make the plan anew."""


def left(database: Database, plan: Plan, *, desk: Desk) -> Sequence[Change]:
    """Give what of a plan is not done yet.

    Raises `RowsChanged` where the content or an attempt is not what the plan was made of.
    """
    if dict(plan.versions) != versions(desk):
        raise RowsChanged("The content is another than the plan was made with: plan anew.")
    with database.reading.begin() as session:
        done = set(session.scalars(select(AuditEntry.subject).where(_is_of(plan))))
        todo = [one for one in plan.changes if one.is_applied and _subject(one) not in done]
        changed = [one.attempt_id for one in todo if _is_changed(session, one)]
    if changed:
        raise RowsChanged(f"Since the plan something came in to {len(changed)}: plan anew.")
    return todo


def apply(
    database: Database,
    plan: Plan,
    *,
    desk: Desk,
    award: outcomes.Award,
    clock: Callable[[], datetime],
    progress: Callable[[Iterable[Change]], Iterable[Change]] = iter,
) -> int:
    """Carry out what is left of a plan; returns how many attempts that was.

    Each attempt is whole or not begun. Badges that were given stay, new passes give theirs, and
    whoever counts more has news. Raises `RowsChanged`.
    """
    todo = left(database, plan, desk=desk)
    for change in progress(todo):
        with database.writing.begin() as session:
            audit.acting(session, _AUTHOR)
            _apply(session, plan, change, desk=desk, award=award, at=clock())
    return len(todo)


def _apply(
    session: Session,
    plan: Plan,
    change: Change,
    *,
    desk: Desk,
    award: outcomes.Award,
    at: datetime,
) -> None:
    if _is_changed(session, change):
        raise RowsChanged(f"Since the plan something came in to {change.attempt_id}: plan anew.")
    attempt = session.get_one(Attempt, change.attempt_id)
    redo(session, attempt, desk=desk, what=plan.what, at=at)
    outcomes.settle(session, desk.bank(attempt), attempt=attempt, award=award, now=at)
    session.flush()
    after = stand_of(session, attempt.id)
    if change.becomes == "raised":
        news.tell(session, attempt, key=news.REMARK, at=at)
    audit.record(
        session,
        actor=_AUTHOR,
        action=APPLIED,
        subject=_subject(change),
        center=attempt.criteria.get("center"),
        before=_plan_name(plan),
        after=None if after is None else f"{after.state}/{after.points}",
        at=at,
    )


def _is_of(plan: Plan) -> ColumnElement[bool]:
    return (AuditEntry.action == APPLIED) & (AuditEntry.before == _plan_name(plan))


def _plan_name(plan: Plan) -> str:
    return f"plan:{plan.digest[:_DIGITS]}"


def _subject(change: Change) -> str:
    return f"attempt:{change.attempt_id}"


def _is_changed(session: Session, change: Change) -> bool:
    attempt = session.get(Attempt, change.attempt_id)
    return attempt is None or rows_of(session, attempt) != change.rows
