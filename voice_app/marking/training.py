"""What a trainee learns from: each mark of the exercise beside the reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.dialogues.content import Content
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.errors import VoiceAppError
from voice_app.marking import conflicts, controls, known, licensing, trust
from voice_app.marking.controls import Example
from voice_app.marking.records import EXERCISE, micro_competence_of, stands
from voice_app.marking.tasks import Bank
from voice_app.models import License, Mark


class NoLesson(VoiceAppError):
    """Only one's own marks of the exercise are shown beside the reference."""


@dataclass(frozen=True)
class Lesson:
    """A mark of the exercise beside the reference: points by criterion, or what was heard.

    `example` is what was heard where it comes from the content, None for a center's own answer.
    `number` is the place of this mark among those of the exercise, from 1.
    """

    seq: int
    micro_competence: str
    given: Mapping[str, Any]
    known: Mapping[str, Any]
    is_near: bool
    example: Example | None
    number: int


def ship(session: Session, bank: Bank, *, at: datetime) -> int:
    """Make the examples of a rubric controls, and retire those it has no more.

    Returns how many are new.
    """
    if not isinstance(bank, ScenarioBank):
        return 0
    for control in controls.in_use(session, controls.SHIPPED):
        example = controls.example_of(control.item)
        is_here = example.micro_competence == bank.micro_competence
        if is_here and example.language not in bank.spoken.get(example.key, ()):
            controls.retire(session, control, author="machine:content", at=at)
    return controls.ship(session, bank, at=at)


def lesson(session: Session, mark_seq: int, *, author: str, content: Content) -> Lesson:
    """Set a mark of the exercise beside the reference, for its author. Raises `NoLesson`."""
    mark = session.get(Mark, mark_seq)
    if mark is None or mark.author != author or mark.why != EXERCISE or mark.reason is not None:
        raise NoLesson("There is no such mark of yours in the exercise.")
    name = micro_competence_of(session, mark)
    bank = bank_of(content, name)
    (compared,) = known.compare(session, [mark], bank=bank)
    if compared.known is None:
        raise NoLesson("What is known of this answer is not kept any more.")
    return Lesson(
        seq=mark.seq,
        micro_competence=name,
        given=mark.levels,
        known=compared.known,
        is_near=compared.is_near,
        example=None if mark.attempt_id else controls.example_of(mark.item),
        number=_place(session, mark, name),
    )


def ways(session: Session, author: str, *, content: Content) -> Mapping[str, trust.Progress]:
    """Give by micro-competence how far somebody is on the way to marking it."""
    account_id = conflicts.account_of(author)
    if account_id is None:
        return {}
    return {
        name: trust.progress(session, account_id, name, bank=bank_of(content, name))
        for name in licensing.standing(session, author)
    }


def bank_of(content: Content, micro_competence: str) -> Bank:
    """Give what a micro-competence is assessed with; raises `KeyError` where nothing is."""
    bank = content.scenarios.get(micro_competence)
    return content.assessments[micro_competence] if bank is None else bank


def _place(session: Session, mark: Mark, micro_competence: str) -> int:
    """Give which mark of the exercise it is, as far as its author has come since it began."""
    account_id = conflicts.account_of(mark.author) or ""
    begun = _begun(session, account_id, micro_competence)
    mine = select(Mark).where(
        Mark.author == mark.author,
        Mark.why == EXERCISE,
        Mark.reason.is_(None),
        Mark.seq <= mark.seq,
        stands(),
    )
    rows = session.scalars(mine if begun is None else mine.where(Mark.at >= begun))
    return sum(micro_competence_of(session, one) == micro_competence for one in rows)


def _begun(session: Session, account_id: str, micro_competence: str) -> datetime | None:
    mine = (License.account_id == account_id) & (License.micro_competence == micro_competence)
    begun = select(License.at).where(mine, License.state == licensing.EXERCISE)
    return session.scalar(begun.order_by(License.seq.desc()).limit(1))
