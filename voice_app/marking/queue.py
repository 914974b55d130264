"""What waits for a mark: opened when an attempt ends, given to one assessor at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from voice_app.errors import VoiceAppError
from voice_app.marking import conflicts, licensing, mixing
from voice_app.marking.records import APPEAL, KNOWN_PERSON, PUZZLED, REAL, stands
from voice_app.models import Attempt, Jury, JurySeat, Mark, Ruling, Unmarked

CLAIM = timedelta(minutes=30)


class TakenTask(VoiceAppError):
    """This answer is not this person's to mark now: go back to the queue for the next one."""


@dataclass(frozen=True)
class Counts:
    """How much waits in a center: `by_kind` is (micro-competence, why) to how many.

    `puzzling` are those that so many could not judge that a coordinator must look.
    """

    by_kind: Mapping[tuple[str, str], int]
    puzzling: int

    @property
    def total(self) -> int:
        """All together."""
        return sum(self.by_kind.values())


def next_task(
    session: Session,
    author: str,
    *,
    center: str | None,
    now: datetime,
    after: Collection[int] = (),
    phone: str | None = None,
) -> Unmarked | None:
    """Give an assessor the oldest answer that is theirs to mark, and keep it for half an hour.

    What they have on the screen already comes first, but for `after`. Controls, and what a
    trainee learns on, come among the others. None where nothing waits for them. Nothing that was
    answered on the `phone` they hold is theirs.
    """
    licenses = licensing.standing(session, author)
    held = _on_screen(session, author, now=now, after=after, phone=phone)
    if held is not None:
        return held if held.micro_competence in licenses else None
    here = center or ""
    task = mixing.due(session, author, licenses=licenses, center=here, now=now, after=after)
    if task is None:
        may = [one for one, state in licenses.items() if state == licensing.LICENSED]
        barred = _barred(author, now, phone=phone)
        task = _oldest(session, barred, may=may, center=here, now=now, after=after)
    return None if task is None else _claimed(session, task, author=author, now=now)


def task_of(
    session: Session,
    seq: int,
    *,
    author: str,
    now: datetime,
    is_coordinator: bool = False,
    phone: str | None = None,
) -> Unmarked:
    """Give the answer an assessor has on the screen, kept for another half an hour.

    A coordinator may also take up one that puzzled others. Raises `TakenTask`, also for what was
    answered on the `phone` they hold.
    """
    task = session.get(Unmarked, seq)
    if task is not None and _is_close(session, task, author=author, phone=phone):
        raise TakenTask("You know whose answer this is: somebody else marks it.")
    if task is not None and is_coordinator and is_puzzling(session, task):
        is_free = task.claimed_by in (None, author) or not _is_kept(task, now=now)
        if is_free and not _is_barred(session, task, author=author):
            return _claimed(session, task, author=author, now=now)
    if task is None or task.claimed_by != author:
        raise TakenTask("This answer is with somebody else, or has its mark.")
    return _claimed(session, task, author=author, now=now)


def let_go(session: Session, author: str, *, now: datetime, but: Collection[int] = ()) -> int:
    """Give back what an assessor has on the screen, `but` for some; returns how much it was."""
    tasks = session.scalars(_held(author, now=now, after=but)).all()
    for task in tasks:
        free(session, task)
    return len(tasks)


def free(session: Session, task: Unmarked) -> None:
    """Take an answer from the screen of whoever has it; what is for them alone goes."""
    if task.why in REAL:
        task.claimed_by, task.claimed_until = None, None
    else:
        session.delete(task)
    session.flush()


def waiting(session: Session, center: str | None) -> Counts:
    """Count what waits for marks in a center."""
    rows = session.execute(
        select(Unmarked.micro_competence, Unmarked.why, func.count())
        .where(Unmarked.center == (center or ""), Unmarked.why.in_(REAL))
        .group_by(Unmarked.micro_competence, Unmarked.why)
    )
    by_kind = {(micro_competence, why): count for micro_competence, why, count in rows}
    return Counts(by_kind, puzzling=len(puzzling(session, center)))


def puzzling(session: Session, center: str | None) -> Sequence[Unmarked]:
    """Give the answers of a center that two could not judge, the oldest first."""
    many = (
        select(Mark.attempt_id, Mark.item, Mark.why)
        .where(Mark.reason.is_not(None), Mark.reason != KNOWN_PERSON, stands())
        .group_by(Mark.attempt_id, Mark.item, Mark.why)
        .having(func.count() >= PUZZLED)
        .subquery()
    )
    same = and_(
        many.c.attempt_id == Unmarked.attempt_id,
        many.c.item == Unmarked.item,
        many.c.why == Unmarked.why,
    )
    here = Unmarked.center == (center or "")
    waits = select(Unmarked).join(many, same).where(here, Unmarked.why.in_(REAL))
    return session.scalars(waits.order_by(Unmarked.since, Unmarked.seq)).all()


def is_puzzling(session: Session, task: Unmarked) -> bool:
    """Tell whether so many could not judge an answer that a coordinator must look."""
    return (session.scalar(puzzled_by(task.attempt_id, task.item, why=task.why)) or 0) >= PUZZLED


def is_kept(task: Unmarked, *, author: str, now: datetime) -> bool:
    """Tell whether an answer is kept for this assessor now."""
    return task.claimed_by == author and _is_kept(task, now=now)


def _on_screen(
    session: Session, author: str, *, now: datetime, after: Collection[int], phone: str | None
) -> Unmarked | None:
    """Give what somebody has on the screen; what turned out not to be theirs goes back."""
    for task in session.scalars(_held(author, now=now, after=after)).all():
        if not _is_close(session, task, author=author, phone=phone):
            return task
        free(session, task)
    return None


def _is_close(session: Session, task: Unmarked, *, author: str, phone: str | None) -> bool:
    attempt = session.get(Attempt, task.attempt_id)
    return attempt is not None and conflicts.is_barred(
        session, author, owner_hash=attempt.owner_hash, phone=phone
    )


def _oldest(
    session: Session,
    barred: ColumnElement[bool],
    *,
    may: Sequence[str],
    center: str,
    now: datetime,
    after: Collection[int],
) -> Unmarked | None:
    free = or_(Unmarked.claimed_until.is_(None), Unmarked.claimed_until < now)
    fitting = and_(Unmarked.why.in_(REAL), free, Unmarked.seq.not_in(after), ~barred)
    of_each = [
        session.scalar(
            select(Unmarked)
            .where(Unmarked.center == center, Unmarked.micro_competence == one, fitting)
            .order_by(Unmarked.since, Unmarked.seq)
            .limit(1)
        )
        for one in may
    ]
    found = [one for one in of_each if one is not None]
    return min(found, key=lambda one: (one.since, one.seq)) if found else None


def _barred(author: str, now: datetime, *, phone: str | None) -> ColumnElement[bool]:
    """Give the condition of answers that are not for this assessor, or for no assessor."""
    other = aliased(Unmarked)
    same = (other.attempt_id == Unmarked.attempt_id) & (other.item == Unmarked.item)
    has_other_turn = exists().where(
        same, other.seq != Unmarked.seq, other.claimed_by == author, other.claimed_until >= now
    )
    puzzled = puzzled_by(Unmarked.attempt_id, Unmarked.item, why=Unmarked.why).correlate(Unmarked)
    is_own = exists().where(Attempt.id == Unmarked.attempt_id, Attempt.owner_hash == phone)
    return or_(
        is_known_to(author, Unmarked.attempt_id, Unmarked.item, why=Unmarked.why),
        is_own,
        has_other_turn,
        puzzled.scalar_subquery() >= PUZZLED,
    )


def is_known_to(
    author: str, attempt_id: object, item: object, *, why: object
) -> ColumnElement[bool]:
    """Give the condition of answers that somebody marked, or whose candidate they know.

    An appeal is about a whole attempt: whoever marked any of it does not look again.
    """
    has_marked = exists().where(
        Mark.attempt_id == attempt_id, Mark.item == item, Mark.author == author, stands()
    )
    has_ruled = exists().where(
        Ruling.attempt_id == attempt_id, Ruling.item == item, Ruling.author == author
    )
    is_close = exists().where(
        Attempt.id == attempt_id, Attempt.owner_hash.in_(conflicts.barred(author))
    )
    is_appeal = literal(APPEAL) == why
    return or_(has_marked, has_ruled, is_close, and_(is_appeal, _took_part(author, attempt_id)))


def _took_part(author: str, attempt_id: object) -> ColumnElement[bool]:
    has_marked = exists().where(
        Mark.attempt_id == attempt_id, Mark.author == author, Mark.why != APPEAL, stands()
    )
    seats = select(JurySeat.id).join(Jury, Jury.id == JurySeat.jury_id)
    mine = seats.where(
        Jury.attempt_id == attempt_id, JurySeat.account_id == conflicts.account_of(author)
    )
    return or_(has_marked, mine.correlate(Unmarked).exists())


def _is_barred(session: Session, task: Unmarked, *, author: str) -> bool:
    is_known = is_known_to(author, task.attempt_id, task.item, why=task.why)
    return bool(session.scalar(select(is_known)))


def puzzled_by(attempt_id: object, item: object, *, why: object) -> Select[int]:
    """Count those who could not judge an answer."""
    return select(func.count(Mark.seq)).where(
        Mark.attempt_id == attempt_id,
        Mark.item == item,
        Mark.why == why,
        Mark.reason.is_not(None),
        Mark.reason != KNOWN_PERSON,
        stands(),
    )


def _held(author: str, *, now: datetime, after: Collection[int]) -> Select[Unmarked]:
    mine = (Unmarked.claimed_by == author) & (Unmarked.claimed_until >= now)
    held = select(Unmarked).where(mine, Unmarked.seq.not_in(after))
    return held.order_by(Unmarked.since, Unmarked.seq)


def _is_kept(task: Unmarked, *, now: datetime) -> bool:
    return task.claimed_until is not None and task.claimed_until >= now


def _claimed(session: Session, task: Unmarked, *, author: str, now: datetime) -> Unmarked:
    if task.claimed_by != author:
        task.sent_at = None
    task.claimed_by, task.claimed_until = author, now + CLAIM
    session.flush()
    return task
