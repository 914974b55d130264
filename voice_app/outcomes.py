"""How an attempt ends: its outcome once every item is settled, and its badge when passed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import attempts, oversight
from voice_app.dialogues import flow
from voice_app.dialogues.content import Assessment
from voice_app.models import Attempt, Outcome
from voice_app.scoring import marks

Award = Callable[[Session, Attempt], None]
_STATES = {marks.Passed: "passed", marks.NotYet: "not_yet", marks.ToReview: "to_review"}


def settle(
    session: Session, bank: Assessment, *, attempt: Attempt, award: Award, now: datetime
) -> None:
    """End the attempt once every item is settled: its outcome, and its badge when passed.

    An outcome that says the same as the last is not added again; a badge once given stays.
    """
    said = attempts.responses(session, attempt.id, bank=bank)
    if not isinstance(flow.next_turn(bank, said), flow.Finish):
        return
    words = oversight.words(session, attempt.id)
    marked = found(bank, attempt=attempt, said=said, words=words)
    outcome = _row(attempt, marked, now=now)
    last = latest(session, attempt.id)
    if last is not None and _says(last) == _says(outcome):
        return
    session.add(outcome)
    if marks.is_pass(marked.points, marked.maximum, attempt.criteria["percent"]):
        oversight.hand_over(session, attempt, words=words, at=now)
    if outcome.state == "passed":
        award(session, attempt)


def found(
    bank: Assessment,
    *,
    attempt: Attempt,
    said: Sequence[flow.Response],
    words: oversight.Words = oversight.NOTHING_SAID,
) -> marks.Outcome:
    """The outcome that follows from the responses, by the criteria copied at the start.

    `words` are what people said. What waits for one is no fail, nor a pass before a sign-off.
    """
    states = list(oversight.standings(bank, said, words=words).values())
    right = states.count("right")
    wrong = states.count("wrong_touch") + states.count("wrong_by_person")
    marked = marks.outcome(
        right, len(states) - right - wrong, wrong=wrong, percent=attempt.criteria["percent"]
    )
    return marks.unsigned(marked) if oversight.lacks_sign_off(attempt, words) else marked


def latest(session: Session, attempt_id: str) -> Outcome | None:
    """The outcome that holds now."""
    return session.scalar(
        select(Outcome)
        .where(Outcome.attempt_id == attempt_id)
        .order_by(Outcome.seq.desc())
        .limit(1)
    )


def _row(attempt: Attempt, marked: marks.Outcome, *, now: datetime) -> Outcome:
    return Outcome(
        attempt_id=attempt.id,
        state=_STATES[type(marked)],
        points=marked.points,
        maximum=marked.maximum,
        reviews=marked.reviews,
        decided_at=now,
    )


def _says(outcome: Outcome) -> tuple[str, int, int]:
    return outcome.state, outcome.points, outcome.reviews
