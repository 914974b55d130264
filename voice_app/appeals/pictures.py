"""Rules mark pictures: a coordinator looks at an appeal about them, and may give more."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import news, scenes
from voice_app.appeals.records import answer_of, is_for_coordinators, referral, ruled
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.errors import VoiceAppError
from voice_app.marking.promises import Promise, Promised, due_first
from voice_app.marking.records import APPEAL, counted
from voice_app.models import Attempt, Mark, Referral, Ruling
from voice_app.oversight import WHOLE

# Why a coordinator leaves or corrects what the rules gave.
REASONS = (
    "as-the-rules-say",
    "this-order-is-good-too",
    "picture-not-clear",
    "sound-not-clear",
    "technical",
)
POINTS = "points"


class AppealError(VoiceAppError):
    """An appeal is answered once, by another person, with a reason, and never lowers points."""


def waiting(session: Session, center: str | None) -> Sequence[Referral]:
    """Give the appeals of a center that a coordinator looks at, the oldest first.

    Those are about pictures, which rules have marked.
    """
    answered = select(Ruling.referral_seq).where(Ruling.referral_seq.is_not(None))
    rows = session.execute(
        select(Referral, Attempt)
        .join(Attempt, Attempt.id == Referral.attempt_id)
        .where(Referral.why == APPEAL, Referral.seq.not_in(answered))
        .order_by(Referral.seq)
    )
    return [
        row
        for row, attempt in rows
        if is_for_coordinators(attempt) and attempt.criteria.get("center") == center
    ]


def promises(session: Session, center: str | None) -> Sequence[Promise]:
    """Give until when those appeals are to be answered, what is due first at the head."""
    promised = Promised(session, center)
    found = (
        Promise(
            row.attempt_id,
            session.get_one(Attempt, row.attempt_id).assessment,
            answers=1,
            since=row.at,
            due=promised.due(row.at),
        )
        for row in waiting(session, center)
    )
    return sorted(found, key=due_first)


def by_rule(session: Session, attempt: Attempt, *, bank: ScenarioBank) -> Mapping[str, int]:
    """Give the points of each step of pictures, by the rules and by what a person corrected."""
    better = {
        step: max(mark.levels.get(POINTS, 0) for mark in marks)
        for step, marks in counted(session, attempt.id, why=APPEAL).items()
    }
    rules = scenes.picture_points(session, bank, attempt=attempt)
    return {step: max(points, better.get(step, 0)) for step, points in rules.items()}


def decide(
    session: Session,
    attempt: Attempt,
    *,
    bank: ScenarioBank,
    points: Mapping[str, int],
    reason: str,
    author: str,
    at: datetime,
) -> None:
    """Answer an appeal about pictures: a person's `points` by step win where they are more.

    The outcome is to be settled anew after it. Raises `AppealError`.
    """
    row = referral(session, attempt, why=APPEAL, item=WHOLE)
    if row is None or answer_of(session, row) is not None or not is_for_coordinators(attempt):
        raise AppealError("This appeal has its answer, or people mark it in the queue.")
    if reason not in REASONS:
        raise AppealError(f"Give one of these reasons: {', '.join(REASONS)}.")
    now = by_rule(session, attempt, bank=bank)
    _check(points, now, maximum=attempt.criteria["steps"])
    better = {step: given for step, given in points.items() if given > now[step]}
    session.add_all(
        _corrected(attempt, step, points=given, author=author, at=at)
        for step, given in better.items()
    )
    ruled(session, row, is_raised=bool(better), author=author, at=at, reason=reason)
    news.tell(session, attempt, key=news.APPEAL, at=at)


def _check(
    points: Mapping[str, int], now: Mapping[str, int], *, maximum: Mapping[str, int]
) -> None:
    if unknown := points.keys() - now.keys():
        raise AppealError(f"There is no step {', '.join(sorted(unknown))} of pictures.")
    if any(not now[step] <= given <= maximum[step] for step, given in points.items()):
        raise AppealError("Give no fewer points than the rules do, and no more than there are.")


def _corrected(attempt: Attempt, step: str, *, points: int, author: str, at: datetime) -> Mark:
    return Mark(
        attempt_id=attempt.id,
        item=step,
        why=APPEAL,
        turn=1,
        author=author,
        levels={POINTS: points},
        comment={},
        is_counted=True,
        listened_seconds=0.0,
        began_at=at,
        at=at,
    )
