"""How an attempt ends: its outcome once every item is settled, and its badge when passed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import appeals, attempts, begun, marking, news, oversight, scenes
from voice_app.dialogues import flow
from voice_app.dialogues import scenes as path
from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank, Step
from voice_app.marking.records import APPEAL, open_turns
from voice_app.models import Attempt, Outcome
from voice_app.scoring import feedback, marks, whole

Award = Callable[[Session, Attempt], None]
_STATES = {marks.Passed: "passed", marks.NotYet: "not_yet", marks.ToReview: "to_review"}


def settle(
    session: Session,
    bank: Assessment | ScenarioBank,
    *,
    attempt: Attempt,
    award: Award,
    now: datetime,
) -> None:
    """End the attempt once everything is answered: its outcome, and its badge when passed.

    People are asked for the marks that it needs, and what a candidate did not agree with is
    answered. An outcome that says the same as the last is not added again; a badge once given
    stays.
    """
    if isinstance(bank, Assessment):
        bank = attempts.bank_of(bank, attempt)
    if not _is_over(session, bank, attempt=attempt, now=now):
        return
    marking.open(session, attempt, bank=bank, at=now)
    ended = _ended(session, bank, attempt=attempt)
    outcome = _row(attempt, ended.outcome, now=now)
    last = latest(session, attempt.id)
    answered = appeals.answer(session, attempt, bank=bank, points=outcome.points, at=now)
    if not answered and last is not None and _is_news(last, outcome):
        news.tell(session, attempt, key=news.OUTCOME, at=now)
    if last is not None and _says(last) == _says(outcome):
        return
    session.add(outcome)
    if ended.is_handed_over:
        oversight.hand_over(session, attempt, words=ended.words, at=now)
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


def found_at_home(session: Session, bank: ScenarioBank, *, attempt: Attempt) -> marks.Outcome:
    """The outcome that follows from pictures and people's marks so far; all points are doubled.

    What people mark passes with their marks; what they do not is signed off where the criteria
    say so.
    """
    standings = standings_at_home(session, bank, attempt=attempt)
    marked = whole.ended(
        standings,
        maximum_x2=2 * marking.maximum(session, attempt),
        percent=attempt.criteria["percent"],
    )
    if any(one.is_by_people for one in standings):
        return marked
    words = oversight.words(session, attempt.id)
    return marks.unsigned(marked) if oversight.lacks_sign_off(attempt, words) else marked


def standings_at_home(
    session: Session, bank: ScenarioBank, *, attempt: Attempt
) -> tuple[feedback.StepMark, ...]:
    """How each step that gives points stands, in their order; what was left out gives none."""
    by_rule = appeals.by_rule(session, attempt, bank=bank)
    by_people, left = marking.points(session, attempt), marking.left_out(session, attempt.id)
    appealed = {one.item for one in open_turns(session, attempt.id) if one.why == APPEAL}
    return tuple(
        _by_rule(step, by_rule[step.id], attempt=attempt)
        if step.id in by_rule
        else whole.by_people(
            step.id,
            by_people[step.id],
            learning_outcome=step.learning_outcome,
            is_appealed=step.id in appealed,
        )
        for step in begun.steps(bank, attempt)
        if step.id not in left
    )


def latest(session: Session, attempt_id: str) -> Outcome | None:
    """The outcome that holds now."""
    return session.scalar(
        select(Outcome)
        .where(Outcome.attempt_id == attempt_id)
        .order_by(Outcome.seq.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class _Ended:
    """How an attempt has ended; `is_handed_over` to people who look at whole attempts."""

    outcome: marks.Outcome
    words: oversight.Words
    is_handed_over: bool


def _is_over(session: Session, bank: marking.Bank, *, attempt: Attempt, now: datetime) -> bool:
    match bank:
        case Assessment():
            said = attempts.responses(session, attempt.id, bank=bank)
            return isinstance(flow.next_turn(bank, said), flow.Finish)
        case ScenarioBank() if begun.is_gone(bank, attempt):
            return scenes.has_ended(session, attempt)
        case ScenarioBank():
            return isinstance(scenes.turn(session, bank, attempt=attempt, now=now), path.Over)


def _ended(session: Session, bank: marking.Bank, *, attempt: Attempt) -> _Ended:
    words = oversight.words(session, attempt.id)
    match bank:
        case Assessment():
            said = attempts.responses(session, attempt.id, bank=bank)
            marked = found(bank, attempt=attempt, said=said, words=words)
            is_by_rule = True
        case ScenarioBank():
            marked = found_at_home(session, bank, attempt=attempt)
            is_by_rule = not begun.is_spoken(bank, attempt)
    return _Ended(marked, words, is_handed_over=is_by_rule and _is_pass(marked, attempt))


def _is_pass(marked: marks.Outcome, attempt: Attempt) -> bool:
    return marks.is_pass(marked.points, marked.maximum, attempt.criteria["percent"])


def _by_rule(step: Step, points: int, *, attempt: Attempt) -> feedback.StepMark:
    maximum = attempt.criteria["steps"][step.id]
    return feedback.StepMark(step.id, step.learning_outcome, 2 * min(points, maximum), 2 * maximum)


def _row(attempt: Attempt, marked: marks.Outcome, *, now: datetime) -> Outcome:
    return Outcome(
        attempt_id=attempt.id,
        state=_STATES[type(marked)],
        points=marked.points,
        maximum=marked.maximum,
        reviews=marked.reviews,
        decided_at=now,
    )


def _is_news(last: Outcome, outcome: Outcome) -> bool:
    """Tell whether a candidate who waited can hear more now."""
    is_all = last.reviews > 0 and outcome.reviews == 0
    return outcome.state != "to_review" and (last.state == "to_review" or is_all)


def _says(outcome: Outcome) -> tuple[str, int, int]:
    return outcome.state, outcome.points, outcome.reviews
