"""Answers that wait and that nobody of a center may mark: a coordinator must see them."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from voice_app.marking import licensing, queue
from voice_app.marking.records import PUZZLED, REAL
from voice_app.models import Account, Unmarked


def unmarkable(session: Session, center: str | None) -> Mapping[str, int]:
    """Give by micro-competence how many answers nobody here may mark, by the rule of the queue.

    Those too that wait for more marks than there are people left who may give one. What two
    could not judge is for the owner alone.
    """
    here = (Unmarked.center == (center or "")) & Unmarked.why.in_(REAL)
    answers = (
        select(func.min(Unmarked.seq).label("seq"), func.count().label("turns"))
        .where(here)
        .group_by(Unmarked.attempt_id, Unmarked.item, Unmarked.why)
        .subquery()
    )
    is_puzzling = _puzzled() >= PUZZLED
    owners = _able(_owners(session, center))
    names = session.scalars(select(Unmarked.micro_competence).where(here).distinct()).all()
    markers = _markers(session, center)
    found = {
        name: session.scalar(
            select(func.count())
            .select_from(Unmarked)
            .join(answers, answers.c.seq == Unmarked.seq)
            .where(Unmarked.micro_competence == name)
            .where(
                or_(
                    and_(~is_puzzling, answers.c.turns > _able(markers[name])),
                    and_(is_puzzling, owners == 0),
                )
            )
        )
        for name in sorted(names)
    }
    return {name: number for name, number in found.items() if number}


def _able(authors: Collection[str]) -> ColumnElement[int]:
    """Count which of these authors may give a mark."""
    about = (Unmarked.attempt_id, Unmarked.item)
    able: ColumnElement[int] = literal(0)
    for author in authors:
        able += case((queue.is_known_to(author, *about, why=Unmarked.why), 0), else_=1)
    return able


def _puzzled() -> ColumnElement[int]:
    counted = queue.puzzled_by(Unmarked.attempt_id, Unmarked.item, why=Unmarked.why)
    return counted.correlate(Unmarked).scalar_subquery()


def _owners(session: Session, center: str | None) -> list[str]:
    return [f"account:{one.id}" for one in _staff(session, center) if one.role == "owner"]


def _markers(session: Session, center: str | None) -> Mapping[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for one in _staff(session, center):
        author = f"account:{one.id}"
        for name, state in licensing.standing(session, author).items():
            if state == licensing.LICENSED:
                found[name].append(author)
    return found


def _staff(session: Session, center: str | None) -> Collection[Account]:
    mine = select(Account).where(Account.center_id == center, Account.locked_at.is_(None))
    return session.scalars(mine.order_by(Account.id)).all()
