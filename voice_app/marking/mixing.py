"""What an assessor is to mark that says something of them: known answers mixed in, the way in.

Trainees learn on known answers in the exercise, and mark in shadow what others have marked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from voice_app.marking import conflicts, controls, licensing
from voice_app.marking.policies import is_drawn, number, policy_of
from voice_app.marking.records import (
    ABOUT_ASSESSORS,
    CONTROL,
    EXERCISE,
    REAL,
    SHADOW,
    stands,
)
from voice_app.models import Attempt, Control, Mark, Unmarked
from voice_app.privacy.rules import VOICE_DAYS

_WHOLE_PERCENT = 100
# So many answers tell which languages are spoken in a center.
_LATELY = 100


def due(
    session: Session,
    author: str,
    *,
    licenses: Mapping[str, str],
    center: str,
    now: datetime,
    after: Collection[int] = (),
) -> Unmarked | None:
    """Give the control, or the answer to learn on, that an assessor is to mark now.

    Not one `after` which this comes: they have it on the screen.
    """
    left = _left(session, author, after=after)
    if left is not None:
        return left if left.micro_competence in licenses else None
    for micro_competence, state in licenses.items():
        found = _for(session, author, micro_competence, state=state, center=center, now=now)
        if found is not None:
            return found
    return None


def _for(
    session: Session,
    author: str,
    micro_competence: str,
    *,
    state: str,
    center: str,
    now: datetime,
) -> Unmarked | None:
    here = _Place(author, micro_competence, center, now)
    match state:
        case licensing.EXERCISE:
            return _given(session, here, _control(session, here, is_again=True), why=EXERCISE)
        case licensing.SHADOW:
            return _given(session, here, _marked(session, here), why=SHADOW)
        case licensing.LICENSED if _is_turn(session, here):
            return _given(session, here, _control(session, here), why=CONTROL)
        case _:
            return None


@dataclass(frozen=True)
class _Place:
    """Who is to be given something, of which micro-competence and center, and when."""

    author: str
    micro_competence: str
    center: str
    now: datetime


def _is_turn(session: Session, here: _Place) -> bool:
    """Tell whether the next is a control: drawn, and never later than twice the usual distance."""
    percent = policy_of(session, here.center).control_percent
    if percent == 0 or not _is_awaited(session, here):
        return False
    longest = 2 * _WHOLE_PERCENT // percent
    given, since = _count(session, here, at_most=longest)
    about = f"{here.author}/{here.micro_competence}/{given}"
    return since >= longest or is_drawn(session, "control", about=about, percent=percent)


def _is_awaited(session: Session, here: _Place) -> bool:
    """Among others only: alone a control would be known for one. And one at a time."""
    waits = select(Unmarked.seq).where(
        Unmarked.center == here.center,
        Unmarked.micro_competence == here.micro_competence,
        Unmarked.why.in_(REAL),
        Unmarked.claimed_by.is_(None),
    )
    held = select(Unmarked.seq).where(
        Unmarked.claimed_by == here.author, Unmarked.why.in_(ABOUT_ASSESSORS)
    )
    is_there = session.scalar(waits.limit(1)) is not None
    return is_there and session.scalar(held.limit(1)) is None


def _count(session: Session, here: _Place, *, at_most: int) -> tuple[int, int]:
    """Count what an author marked, and how much of it since the last control, up to a limit."""
    mine = (Mark.author == here.author) & stands() & Mark.why.in_((*REAL, CONTROL))
    whys = session.scalars(
        select(Mark.why).where(mine).order_by(Mark.at.desc(), Mark.seq.desc()).limit(at_most)
    ).all()
    count = session.scalar(select(func.count()).select_from(Mark).where(mine)) or 0
    return count, next((n for n, why in enumerate(whys) if why == CONTROL), len(whys))


def _control(session: Session, here: _Place, *, is_again: bool = False) -> tuple[str, str] | None:
    """Give a control that the author never marked; in the exercise also one of long ago."""
    usable = session.scalars(
        controls.standing().where(
            Control.center.in_((here.center, controls.SHIPPED)),
            Control.micro_competence == here.micro_competence,
            or_(Control.attempt_id == "", _has_voice(Control.attempt_id, now=here.now)),
            ~_is_close(here.author, Control.attempt_id),
        )
    ).all()
    languages = _languages(session, here)
    usable = [one for one in usable if _is_heard_here(one, languages)]
    seen = _seen(session, here.author)
    new = [one for one in usable if (one.attempt_id, one.item) not in seen]
    if new:
        chosen = min(new, key=lambda one: _place(session, here, one))
        return chosen.attempt_id, chosen.item
    if not usable or not is_again:
        return None
    oldest = min(usable, key=lambda one: seen[one.attempt_id, one.item])
    return oldest.attempt_id, oldest.item


def _is_heard_here(control: Control, languages: Collection[str]) -> bool:
    """Examples come in all employer languages: whoever marks one hears no other."""
    is_shipped = control.attempt_id == ""
    return not (languages and is_shipped) or controls.example_of(control.item).language in languages


def _languages(session: Session, here: _Place) -> Collection[str]:
    """Give the employer languages of what waits in a center, and of what was marked lately."""
    waits = (
        select(Attempt.employer_language)
        .join(Unmarked, Unmarked.attempt_id == Attempt.id)
        .where(Unmarked.center == here.center, Unmarked.micro_competence == here.micro_competence)
        .limit(_LATELY)
    )
    marked = (
        select(Attempt.employer_language)
        .join(Mark, Mark.attempt_id == Attempt.id)
        .where(
            Attempt.assessment == here.micro_competence,
            Attempt.criteria["center"].as_string() == here.center,
        )
        .order_by(Mark.seq.desc())
        .limit(_LATELY)
    )
    return {*session.scalars(waits), *session.scalars(marked)}


def _place(session: Session, here: _Place, control: Control) -> tuple[bool, int]:
    """Those of the center come first: they sound like the others. Then by the draw."""
    about = f"{here.author}/{control.seq}"
    return control.center == controls.SHIPPED, number(session, "which control", about=about)


def _marked(session: Session, here: _Place) -> tuple[str, str] | None:
    """Give an answer that others have settled, the newest first."""
    mine, unmarked = aliased(Mark), aliased(Unmarked)
    same = (mine.attempt_id == Mark.attempt_id) & (mine.item == Mark.item)
    is_mine = exists().where(same, mine.author == here.author)
    waits = exists().where(
        unmarked.attempt_id == Mark.attempt_id,
        unmarked.item == Mark.item,
        or_(unmarked.why.in_(REAL), unmarked.claimed_by == here.author),
    )
    row = session.execute(
        select(Mark.attempt_id, Mark.item)
        .join(Attempt, Attempt.id == Mark.attempt_id)
        .where(
            Attempt.assessment == here.micro_competence,
            Attempt.criteria["center"].as_string() == here.center,
            Mark.is_counted,
            Mark.reason.is_(None),
            stands(),
            _has_voice(Mark.attempt_id, now=here.now),
            ~is_mine,
            ~waits,
            ~_is_close(here.author, Mark.attempt_id),
        )
        .order_by(Mark.seq.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.attempt_id, row.item)


def _seen(session: Session, author: str) -> Mapping[tuple[str, str], datetime]:
    """Give when an author last marked each answer, or has it on the screen."""
    rows = session.execute(
        select(Mark.attempt_id, Mark.item, func.max(Mark.at))
        .where(Mark.author == author)
        .group_by(Mark.attempt_id, Mark.item)
    )
    seen = {(attempt_id, item): at for attempt_id, item, at in rows}
    held = select(Unmarked).where(Unmarked.claimed_by == author)
    return seen | {(one.attempt_id, one.item): one.since for one in session.scalars(held)}


def _left(session: Session, author: str, *, after: Collection[int]) -> Unmarked | None:
    """Give what an author was given to learn on, and left."""
    mine = (Unmarked.claimed_by == author) & Unmarked.why.in_(ABOUT_ASSESSORS)
    here = select(Unmarked).where(mine, Unmarked.seq.not_in(after))
    return session.scalar(here.order_by(Unmarked.seq).limit(1))


def _given(
    session: Session, here: _Place, answer: tuple[str, str] | None, *, why: str
) -> Unmarked | None:
    if answer is None:
        return None
    attempt_id, item = answer
    row = Unmarked(
        attempt_id=attempt_id,
        item=item,
        why=why,
        turn=_turn(session, attempt_id, item=item, why=why),
        center=here.center,
        micro_competence=here.micro_competence,
        since=here.now,
        claimed_by=here.author,
        claimed_until=here.now,
    )
    session.add(row)
    session.flush()
    return row


def _turn(session: Session, attempt_id: str, *, item: str, why: str) -> int:
    """Give a number that no other of the same answer and reason has."""
    tables: tuple[type[Mark | Unmarked], ...] = (Mark, Unmarked)
    turns = (
        session.scalar(
            select(func.max(row.turn)).where(
                row.attempt_id == attempt_id, row.item == item, row.why == why
            )
        )
        for row in tables
    )
    return max(turn or 0 for turn in turns) + 1


def _has_voice(attempt_id: InstrumentedAttribute[str], *, now: datetime) -> ColumnElement[bool]:
    """Give the condition of attempts whose recordings are surely kept still."""
    whole = aliased(Attempt)
    begun = whole.started_at > now - timedelta(days=VOICE_DAYS)
    return exists().where(whole.id == attempt_id, begun)


def _is_close(author: str, attempt_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    whole = aliased(Attempt)
    return exists().where(whole.id == attempt_id, whole.owner_hash.in_(conflicts.barred(author)))
