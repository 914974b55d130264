"""Answers whose marks are known: examples of the content, and what two people marked alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from voice_app.dialogues.scenario import ScenarioBank
from voice_app.errors import VoiceAppError
from voice_app.marking.policies import is_drawn, policy_of
from voice_app.marking.records import REAL, center_of, counted, open_turns
from voice_app.models import Attempt, Control

SHIPPED = ""
_AGREED = 2


class ControlError(VoiceAppError):
    """Only an answer on which two people agree is a control."""


@dataclass(frozen=True)
class Example:
    """A spoken example of a rubric: `key` names it, `language` is the one it is said in."""

    micro_competence: str
    key: str
    language: str


def example_of(item: str) -> Example:
    """Give which example a control of the content is, or a mark without an attempt is about."""
    micro_competence, _, rest = item.partition(".")
    key, _, language = rest.rpartition(".")
    return Example(micro_competence, key, language)


def ship(session: Session, bank: ScenarioBank, *, at: datetime) -> int:
    """Make the examples of a rubric controls for everybody; returns how many are new or changed."""
    known = {one.item: one.levels for one in in_use(session, SHIPPED)}
    added = 0
    for item, levels in _examples(bank):
        if known.get(item) != levels:
            added += 1
            _add(session, bank.micro_competence, item=item, levels=levels, at=at)
    return added


def draw(session: Session, attempt: Attempt, *, item: str, at: datetime) -> Control | None:
    """Make a control of an answer that two marked alike, in the share of controls of its center.

    None where they did not, where it is not drawn, or where it is one already.
    """
    percent = policy_of(session, center_of(attempt)).control_percent
    about = f"{attempt.id}/{item}"
    if not is_drawn(session, "new control", about=about, percent=percent):
        return None
    known = reference(session, attempt_id=attempt.id, item=item)
    if known is not None or _alike(session, attempt, item=item) is None:
        return None
    return make(session, attempt, item=item, author="machine:marking", at=at)


def make(session: Session, attempt: Attempt, *, item: str, author: str, at: datetime) -> Control:
    """Make a control of an answer that two marked alike. Raises `ControlError`."""
    levels = _alike(session, attempt, item=item)
    if levels is None:
        raise ControlError("Two people must have marked it alike, and nobody still marks it.")
    return _add(
        session,
        attempt.assessment,
        item=item,
        levels=levels,
        at=at,
        attempt_id=attempt.id,
        center=center_of(attempt),
        author=author,
    )


def retire(session: Session, control: Control, *, author: str, at: datetime) -> Control:
    """Use a control no more."""
    return _add(
        session,
        control.micro_competence,
        item=control.item,
        levels=control.levels,
        at=at,
        attempt_id=control.attempt_id,
        center=control.center,
        author=author,
        is_over=True,
    )


def in_use(session: Session, center: str | None) -> Sequence[Control]:
    """Give the controls of a center in use, or the shipped ones."""
    mine = standing().where(Control.center == (center or ""))
    return session.scalars(mine.order_by(Control.seq)).all()


def reference(session: Session, *, attempt_id: str, item: str) -> Control | None:
    """Give what is known of an answer that is a control, or was one."""
    same = (Control.attempt_id == attempt_id) & (Control.item == item)
    return session.scalar(select(Control).where(same).order_by(Control.seq.desc()).limit(1))


def standing() -> Select[Control]:
    """Give the query of the controls in use."""
    last = select(func.max(Control.seq)).group_by(Control.attempt_id, Control.item)
    return select(Control).where(Control.seq.in_(last), Control.is_over.is_(False))


def _alike(session: Session, attempt: Attempt, *, item: str) -> Mapping[str, object] | None:
    """Give the marks of an answer where all are the same, two at least, and none is waited for."""
    given = [mark.levels for mark in counted(session, attempt.id, why=REAL).get(item, [])]
    is_open = any(one.item == item for one in open_turns(session, attempt.id))
    is_alike = len(given) >= _AGREED and all(one == given[0] for one in given)
    return given[0] if is_alike and not is_open else None


def _examples(bank: ScenarioBank) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Yield each example in each language, with the points of all criteria of its step."""
    for key, worth in bank.references.items():
        for language in bank.spoken.get(key, ()):
            yield f"{bank.micro_competence}.{key}.{language}", dict(worth.levels)


def _add(
    session: Session,
    micro_competence: str,
    *,
    item: str,
    levels: Mapping[str, object],
    at: datetime,
    attempt_id: str = "",
    center: str = SHIPPED,
    author: str = "machine:content",
    is_over: bool = False,
) -> Control:
    row = Control(
        center=center,
        micro_competence=micro_competence,
        attempt_id=attempt_id,
        item=item,
        levels=dict(levels),
        is_over=is_over,
        author=author,
        at=at,
    )
    session.add(row)
    session.flush()
    return row
