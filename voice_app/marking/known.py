"""Marks beside what is known of their answers: the reference, or what the others gave."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import tasks
from voice_app.marking.comparing import HEARD, is_within, middle
from voice_app.marking.records import CONTROL, EXERCISE, REAL, stands
from voice_app.marking.tasks import Bank
from voice_app.models import Attempt, Control, Mark
from voice_app.scoring.rubric import Scales


@dataclass(frozen=True)
class Compared:
    """A mark beside what is `known` of its answer, None while there is nothing.

    `right` is the picture that an item asks for, None where the answer is marked by criteria.
    `is_by_one`: what is known is one other person's mark, who may be as wrong.
    """

    mark: Mark
    known: Mapping[str, Any] | None
    scales: Scales
    right: str | None = None
    is_by_one: bool = False

    @property
    def is_decided(self) -> bool:
        """Whether it is known which of two who differ is off."""
        return not self.is_by_one or self.known == self.mark.levels

    @property
    def is_near(self) -> bool:
        """Whether it is within tolerance."""
        return self.known is not None and is_within(self.mark.levels, self.known, self.scales)

    @property
    def by_criterion(self) -> Mapping[str, tuple[int, int]]:
        """Give by criterion the places of the levels given and known.

        Among pictures there is one: whether the right one was heard.
        """
        if self.known is None:
            return {}
        if HEARD in self.known:
            heard = (self.mark.levels[HEARD], self.known[HEARD])
            given, known = (int(one == self.right) for one in heard)
            return {HEARD: (given, known)} if self.right is not None else {}
        places = {name: list(scale).index for name, scale in self.scales.items()}
        return {
            name: (place(self.mark.levels[name]), place(self.known[name]))
            for name, place in places.items()
        }

    @property
    def places(self) -> list[tuple[int, int]]:
        """The same without the names."""
        return list(self.by_criterion.values())


def compare(session: Session, marks: Sequence[Mark], *, bank: Bank) -> list[Compared]:
    """Set marks beside what is known of their answers: the reference, or the others' middle."""
    attempts = {one.attempt_id for one in marks}
    references = _references(session, attempts)
    others = _others(session, attempts)
    rows = session.scalars(select(Attempt).where(Attempt.id.in_(attempts)))
    begun = {one.id: one for one in rows}
    return [
        Compared(
            mark,
            _known(mark, references=references, others=others),
            _scales(mark, begun.get(mark.attempt_id), bank=bank),
            None if isinstance(bank, ScenarioBank) else _right(bank, mark.item),
            is_by_one=mark.why in REAL and len(_others_of(mark, others)) == 1,
        )
        for mark in marks
    ]


def _known(
    mark: Mark,
    *,
    references: Mapping[tuple[str, str], dict[str, Any]],
    others: Mapping[tuple[str, str], list[Mark]],
) -> dict[str, Any] | None:
    if mark.why in (CONTROL, EXERCISE):
        return references.get((mark.attempt_id, mark.item))
    given = _others_of(mark, others)
    if not given:
        return None
    # Of three the middle one says more than the mean of the two others.
    return middle([*given, mark.levels] if mark.is_counted and len(given) > 1 else given)


def _others_of(mark: Mark, others: Mapping[tuple[str, str], list[Mark]]) -> list[Mapping[str, Any]]:
    given = others.get((mark.attempt_id, mark.item), ())
    return [one.levels for one in given if one.author != mark.author]


def _references(
    session: Session, attempts: Collection[str]
) -> Mapping[tuple[str, str], dict[str, Any]]:
    rows = select(Control).where(Control.attempt_id.in_(attempts)).order_by(Control.seq)
    return {(row.attempt_id, row.item): row.levels for row in session.scalars(rows)}


def _others(session: Session, attempts: Collection[str]) -> Mapping[tuple[str, str], list[Mark]]:
    rows = select(Mark).where(
        Mark.attempt_id.in_(attempts), Mark.is_counted, Mark.reason.is_(None), stands()
    )
    found: dict[tuple[str, str], list[Mark]] = {}
    for row in session.scalars(rows.order_by(Mark.seq)):
        found.setdefault((row.attempt_id, row.item), []).append(row)
    return found


def _scales(mark: Mark, attempt: Attempt | None, *, bank: Bank) -> Scales:
    if not isinstance(bank, ScenarioBank):
        return {}
    if attempt is None:
        return tasks.scales_of(bank, tuple(mark.levels))
    return tasks.scales(attempt, mark.item)


def _right(bank: Assessment, item: str) -> str | None:
    asked = bank.items.get(item)
    return None if asked is None else asked.right
