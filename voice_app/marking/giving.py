"""A person gives a mark, or says why they cannot judge; and what follows from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from voice_app import oversight
from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.errors import VoiceAppError
from voice_app.marking import (
    comments,
    conflicts,
    controls,
    opening,
    queue,
    settling,
    tasks,
    trust,
    unsure,
)
from voice_app.marking.comments import NOTHING, Comment
from voice_app.marking.comparing import HEARD, NONE_OF_THEM
from voice_app.marking.records import (
    ABOUT_ASSESSORS,
    APPEAL,
    DOUBTS,
    KNOWN_PERSON,
    REAL,
    RUBRIC,
    puzzling_items,
)
from voice_app.marking.tasks import Bank
from voice_app.marking.turns import close
from voice_app.models import Attempt, Mark, Unmarked
from voice_app.scoring.rubric import Scales
from voice_app.vault import Vault

REASONS = (
    "no-sound",
    "noise",
    "other-language",
    "two-voices",
    "technical",
    KNOWN_PERSON,
)

_BY_RUBRIC = (RUBRIC, APPEAL)


class MarkError(VoiceAppError):
    """A mark needs a level of every criterion, or a reason why it cannot be judged."""


def give(
    session: Session,
    task: Unmarked,
    *,
    bank: Bank,
    author: str,
    levels: Mapping[str, int] | None = None,
    heard: str | None = None,
    reason: str | None = None,
    comment: Comment = NOTHING,
    vault: Vault | None = None,
    listened_seconds: float = 0.0,
    began_at: datetime,
    at: datetime,
) -> Mark:
    """Add what an assessor gives an answer: levels by criterion, or which picture they heard.

    With a `reason` it cannot be judged, and somebody else gets it. Raises `TakenTask` for an
    answer that is not on this person's screen, and `MarkError`.
    """
    if not queue.is_kept(task, author=author, now=at):
        raise queue.TakenTask("This answer is with somebody else now.")
    given = _given(session, task, bank=bank, levels=levels, heard=heard, reason=reason)
    mark = Mark(
        attempt_id=task.attempt_id,
        item=task.item,
        why=task.why,
        turn=task.turn,
        author=author,
        levels=given,
        reason=reason,
        comment={},
        is_counted=task.why in REAL,
        listened_seconds=max(0.0, listened_seconds),
        began_at=min(began_at, at),
        at=at,
    )
    _tell(session, mark, comment=comment, vault=vault)
    session.add(mark)
    session.flush()
    _follow(session, mark, task=task, bank=bank)
    return mark


def criteria_of(session: Session, task: Unmarked, *, bank: ScenarioBank) -> tuple[str, ...]:
    """Give by which criteria an answer is marked, in the order of the rubric."""
    if not task.attempt_id:
        known = controls.reference(session, attempt_id="", item=task.item)
        names = {} if known is None else known.levels
        return tuple(name for name in bank.rubric if name in names)
    return tuple(tasks.scales(session.get_one(Attempt, task.attempt_id), task.item))


def _given(
    session: Session,
    task: Unmarked,
    *,
    bank: Bank,
    levels: Mapping[str, int] | None,
    heard: str | None,
    reason: str | None,
) -> dict[str, Any]:
    if reason is not None:
        return _nothing(reason, levels=levels, heard=heard)
    match bank:
        case ScenarioBank() if heard is None and levels is not None:
            return _levels(levels, _scales(session, task, bank=bank))
        case Assessment() if levels is None and heard is not None:
            return _heard(heard, bank=bank, item=task.item)
        case _:
            raise MarkError("Give a level of each criterion, or say what you heard.")


def _scales(session: Session, task: Unmarked, *, bank: ScenarioBank) -> Scales:
    if not task.attempt_id:
        return tasks.scales_of(bank, criteria_of(session, task, bank=bank))
    return tasks.scales(session.get_one(Attempt, task.attempt_id), task.item)


def _nothing(reason: str, *, levels: Mapping[str, int] | None, heard: str | None) -> dict[str, Any]:
    if reason not in REASONS or levels or heard:
        raise MarkError(f"Either give a mark, or one of these reasons: {', '.join(REASONS)}.")
    return {}


def _levels(levels: Mapping[str, int], scales: Scales) -> dict[str, Any]:
    is_level = all(levels.get(name) in scale for name, scale in scales.items())
    if levels.keys() != scales.keys() or not is_level:
        raise MarkError("Give a level of each criterion.")
    return dict(levels)


def _heard(heard: str, *, bank: Assessment, item: str) -> dict[str, Any]:
    options = {one.id for one in bank.items[item].options}
    if heard not in options | {NONE_OF_THEM}:
        raise MarkError("Say which of the pictures you heard, or none of them.")
    return {HEARD: heard}


def _tell(session: Session, mark: Mark, *, comment: Comment, vault: Vault | None) -> None:
    """Keep what is told to a candidate; about a control nothing is told to anybody."""
    if mark.is_counted and not comment.is_empty:
        owner = session.get_one(Attempt, mark.attempt_id).owner_hash
        about = comments.about_of(mark)
        mark.comment = comments.closed(vault, comment, owner=owner, about=about)


def _follow(session: Session, mark: Mark, *, task: Unmarked, bank: Bank) -> None:
    """Do what follows from a mark: the queue, the next turn, the machine's doubt, the license.

    A mark on what so many could not judge is the last one there.
    """
    if mark.reason is not None:
        _pass_on(session, mark, task=task)
        return
    session.delete(task)
    session.flush()
    if mark.why in ABOUT_ASSESSORS:
        trust.look_at_control(session, mark, bank=bank, micro_competence=task.micro_competence)
        return
    attempt = session.get_one(Attempt, mark.attempt_id)
    is_last = mark.item in puzzling_items(session, attempt.id, why=mark.why)
    if is_last:
        close(session, attempt, item=mark.item, why=mark.why)
    match bank:
        case ScenarioBank() if mark.why == RUBRIC:
            settling.ask_for_more(session, attempt, bank=bank, at=mark.at)
            trust.look_at_marks(session, attempt, item=mark.item, bank=bank, at=mark.at)
            controls.draw(session, attempt, item=mark.item, at=mark.at)
        case Assessment() if mark.why in DOUBTS and not is_last:
            opening.open_marks(session, attempt, bank=bank, at=mark.at)
            trust.look_at_marks(session, attempt, item=mark.item, bank=bank, at=mark.at)
            controls.draw(session, attempt, item=mark.item, at=mark.at)
        case Assessment():
            is_right = unsure.is_right(mark, bank=bank)
            _rule(session, attempt, mark, verdict="right" if is_right else "wrong")


def _pass_on(session: Session, mark: Mark, *, task: Unmarked) -> None:
    """Give an answer that could not be judged to somebody else."""
    queue.free(session, task)
    if not mark.is_counted:
        return
    attempt = session.get_one(Attempt, mark.attempt_id)
    account_id = conflicts.account_of(mark.author)
    if mark.reason == KNOWN_PERSON and account_id is not None:
        conflicts.note(
            session,
            account_id,
            owner_hash=attempt.owner_hash,
            kind="known",
            author=mark.author,
            at=mark.at,
        )
    elif mark.why not in _BY_RUBRIC:
        _rule(session, attempt, mark, verdict="cannot-tell")


def _rule(session: Session, attempt: Attempt, mark: Mark, *, verdict: oversight.Heard) -> None:
    oversight.rule(
        session,
        attempt,
        item=mark.item,
        verdict=verdict,
        author=mark.author,
        at=mark.at,
        reason=mark.reason,
    )
