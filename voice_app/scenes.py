"""The story of an attempt at scenarios: drawn when it starts, answered step by step."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import attempts, begun, oversight
from voice_app.attempts import ClosedTurn, Given, Take, UnknownAttempt, UnknownChoice
from voice_app.dialogues import gone, pictured
from voice_app.dialogues import scenes as path
from voice_app.dialogues.content import Content
from voice_app.dialogues.scenario import (
    Arranging,
    Asking,
    Choosing,
    Listen,
    Picking,
    Saying,
    ScenarioBank,
    Step,
    Task,
)
from voice_app.models import Attempt, Hearing, Outcome, Response
from voice_app.scoring.arranging import ImpossibleOrder
from voice_app.scoring.picking import ImpossiblePick

# A take may be unusable, so it is waited for at the end; but nobody waits for a machine for long.
PATIENCE = timedelta(minutes=2)

_STATES: Mapping[str, path.State] = {"prepared": "prepared", "unusable": "unusable"}


def start(
    session: Session,
    content: Content,
    *,
    assessment: str,
    languages: tuple[str, str],
    owner: str,
    now: datetime,
    center: str | None = None,
) -> Attempt:
    """Begin an attempt in `languages` (employer, help), with scenarios its owner met least.

    What it is marked by is copied onto it. Raises `UnknownChoice`.
    """
    bank = content.scenarios.get(assessment)
    employer, help_language = languages
    if bank is None or not {employer, help_language} <= set(bank.employer_languages):
        raise UnknownChoice(f"No assessment {assessment} in {employer}/{help_language}.")
    name, owner_hash = str(uuid4()), attempts.hash_of(owner)
    drawn = path.drawn(bank, _seen(session, owner_hash, assessment), key=name.encode())
    attempt = Attempt(
        id=name,
        owner_hash=owner_hash,
        assessment=assessment,
        employer_language=employer,
        help_language=help_language,
        content_version=bank.version,
        criteria={
            "percent": attempts.PASS_PERCENT,
            **begun.criteria(bank, drawn),
            **oversight.criteria(session, center=center, micro_competence=assessment),
        },
        started_at=now,
    )
    session.add(attempt)
    return attempt


def picture_points(session: Session, bank: ScenarioBank, *, attempt: Attempt) -> Mapping[str, int]:
    """Give by id the points of each step of pictures; one without an answer has none.

    Those of which the content has the rules no more keep what they gave.
    """
    given = last_answers(session, attempt)
    shown = [step for step in begun.steps(bank, attempt) if not pictured.is_spoken(step.task)]
    lost = [step for step in shown if gone.stands_in(step)]
    found = {step.id: pictured.points(step, given.get(step.id, ())) for step in shown}
    if not lost:
        return found
    return {**found, **_kept(lost, _first_points(session, attempt) - sum(found.values()))}


def last_answers(session: Session, attempt: Attempt) -> Mapping[str, tuple[str, ...]]:
    """Give by step the pictures that were chosen, in their order."""
    given = answers(session, attempt.id)
    return {one.step: one.chosen for one in given if one.kind in ("touch", "order")}


def answers(
    session: Session, attempt_id: str, *, now: datetime | None = None, until: int | None = None
) -> list[path.Answer]:
    """Give the answers of an attempt in the order received, as the flow reads them.

    `now`: speech that no machine has heard in time is left to a person by then. `until` is the
    number of the last response to count.
    """
    mine = Response.attempt_id == attempt_id
    rows = session.execute(
        select(Response, Hearing)
        .outerjoin(Hearing, Hearing.seq == attempts.last_hearing())
        .where(mine if until is None else mine & (Response.seq <= until))
        .order_by(Response.seq)
    )
    return [_as_flow(response, hearing, now=now) for response, hearing in rows]


def turn(session: Session, bank: ScenarioBank, *, attempt: Attempt, now: datetime) -> path.Turn:
    """Give what comes next; an attempt that has ended is never open again.

    Raises `UnknownAttempt` where the content has its tasks no more: it is begun anew.
    """
    if has_ended(session, attempt):
        return path.Over()
    if begun.is_gone(bank, attempt):
        raise UnknownAttempt("The tasks of this attempt are not there any more.")
    return path.next_step(bank, begun.drawn(attempt), answers(session, attempt.id, now=now))


def has_ended(session: Session, attempt: Attempt) -> bool:
    """Tell whether an attempt has an outcome."""
    ended = select(Outcome.seq).where(Outcome.attempt_id == attempt.id).limit(1)
    return session.scalar(ended) is not None


def touch(
    session: Session, bank: ScenarioBank, *, attempt: Attempt, given: Given, option: str
) -> bool:
    """Take one touch as the answer: a picture, a question, or that nothing will be said.

    False when this very answer was taken before. Raises UnknownChoice, ClosedTurn or
    OtherResponse.
    """
    _, step = begun.step_of(bank, attempt, step=given.item)
    if option not in touchable(step.task):
        raise UnknownChoice(f"The step {step.id} has no option {option}.")
    if is_known(session, bank, attempt=attempt, given=given, option=option):
        return False
    kind = "done" if option == path.DONE and isinstance(step.task, Asking) else "touch"
    session.add(attempts.response(attempt, given, kind=kind, option=option))
    session.flush()
    return True


def put_in_order(
    session: Session, bank: ScenarioBank, *, attempt: Attempt, given: Given, options: Sequence[str]
) -> bool:
    """Take pictures, picked or put in order, as the answer.

    False when this very answer was taken before. Raises UnknownChoice, ClosedTurn or
    OtherResponse.
    """
    _, step = begun.step_of(bank, attempt, step=given.item)
    _check_order(step, options)
    if is_known(session, bank, attempt=attempt, given=given, options=options):
        return False
    session.add(attempts.response(attempt, given, kind="order", options=options))
    session.flush()
    return True


def speak(
    session: Session, bank: ScenarioBank, *, attempt: Attempt, given: Given, take: Take
) -> bool:
    """Take an utterance as the answer; False when this very utterance was taken before.

    Raises UnknownChoice, ClosedTurn or OtherResponse.
    """
    check_is_spoken(bank, attempt, step=given.item)
    if is_known(session, bank, attempt=attempt, given=given):
        attempts.check_same_take(session, given, take=take)
        return False
    session.add(attempts.response(attempt, given, kind="speech"))
    session.flush()
    session.add(attempts.utterance(given, take))
    return True


def is_known(
    session: Session,
    bank: ScenarioBank,
    *,
    attempt: Attempt,
    given: Given,
    option: str | None = None,
    options: Sequence[str] | None = None,
) -> bool:
    """Tell whether this very answer was taken before; raises ClosedTurn or OtherResponse."""
    if attempts.was_given(session, attempt, given=given, option=option, options=options):
        return True
    said = answers(session, attempt.id)
    is_open = path.is_open(bank, begun.drawn(attempt), said, step=given.item)
    if not is_open or has_ended(session, attempt):
        raise ClosedTurn(f"The step {given.item} takes no answer now.")
    return False


def check_is_spoken(bank: ScenarioBank, attempt: Attempt, *, step: str) -> None:
    """See that something may be said to a step. Raises `UnknownChoice`."""
    _, found = begun.step_of(bank, attempt, step=step)
    if not isinstance(found.task, Asking | Saying | Arranging):
        raise UnknownChoice(f"Nothing is said to the step {step}.")


def touchable(task: Task) -> tuple[str, ...]:
    """Give what one touch may answer a task with."""
    match task:
        case Listen():
            return (path.UNDERSTOOD,)
        case Asking(questions):
            return (*(question.id for question in questions), path.DONE)
        case Saying():
            return (path.CANNOT_SPEAK,)
        case Choosing(options):
            return options
        case Picking() | Arranging():
            return ()


def _first_points(session: Session, attempt: Attempt) -> int:
    """Give the points of an attempt when it ended: of pictures, as nobody had marked yet."""
    mine = select(Outcome.points).where(Outcome.attempt_id == attempt.id)
    return (session.scalar(mine.order_by(Outcome.seq).limit(1)) or 0) // 2


def _kept(lost: Sequence[Step], points: int) -> Mapping[str, int]:
    """Share points among steps, in their order: only their sum is known."""
    found: dict[str, int] = {}
    for step in lost:
        found[step.id] = min(step.points, max(0, points - sum(found.values())))
    return found


def _seen(session: Session, owner_hash: str, assessment: str) -> Counter[str]:
    """Count how often an owner met each scenario."""
    mine = (Attempt.owner_hash == owner_hash) & (Attempt.assessment == assessment)
    kept = session.scalars(select(Attempt.criteria).where(mine))
    return Counter(name for one in kept for name in one.get("scenarios", ()))


def _check_order(step: Step, options: Sequence[str]) -> None:
    if not options or not isinstance(step.task, Picking | Arranging):
        raise UnknownChoice(f"The step {step.id} is not answered so.")
    try:
        pictured.points(step, options)
    except (ImpossiblePick, ImpossibleOrder) as error:
        raise UnknownChoice(str(error)) from error


def _as_flow(response: Response, hearing: Hearing | None, *, now: datetime | None) -> path.Answer:
    kind = next(one for one in ("touch", "order", "done", "speech") if one == response.kind)
    options = tuple(response.options or ())
    if kind != "speech":
        return path.Answer(response.item, kind, option=response.option, options=options)
    if hearing is None:
        is_late = now is not None and now - response.received_at > PATIENCE
        return path.Answer(response.item, kind, "stopped" if is_late else "pending")
    state = _STATES.get(hearing.verdict, "stopped")
    found = frozenset(hearing.reasons) if state == "prepared" else frozenset()
    return path.Answer(response.item, kind, state, found=found, trouble=hearing.trouble)
