"""What phones bring when the network is back: added once, the first of two answers holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import attempts, audit, begun, scenes
from voice_app.dialogues import pictured
from voice_app.dialogues.scenario import Arranging, Choosing, Listen, Picking, ScenarioBank, Step
from voice_app.juries import marks
from voice_app.juries.convening import FACE_TO_FACE, JuryError, seats_of
from voice_app.juries.marks import SeatMark
from voice_app.models import Attempt, Jury, JuryNote, JurySeat, Mark, Response
from voice_app.scoring.arranging import ImpossibleOrder
from voice_app.scoring.picking import ImpossiblePick

Kind = Literal["touch", "order", "done"]
CONSENT, REFUSAL, CONFLICT = "consent", "refusal", "conflict"
_SPEECH = "speech"


@dataclass(frozen=True)
class Answer:
    """What a candidate answered before the jury; `done`: they said it, and the jury heard it."""

    id: UUID
    step: str
    kind: Kind
    option: str | None = None
    options: tuple[str, ...] = ()
    plays_normal: int = 0
    plays_slow: int = 0


@dataclass(frozen=True)
class Told:
    """What one phone brings. `is_recorded` is what the candidate said about being recorded."""

    answers: tuple[Answer, ...] = ()
    marks: tuple[SeatMark, ...] = ()
    is_recorded: bool | None = None


@dataclass(frozen=True)
class Merged:
    """What became of it: `new` rows, and the steps of which another answer or mark holds."""

    new: int = 0
    conflicts: tuple[str, ...] = ()


@dataclass
class _Merging:
    """One phone's facts on their way into the rows of an attempt."""

    session: Session
    bank: ScenarioBank
    jury: Jury
    attempt: Attempt
    author: str
    now: datetime
    new: int = 0
    conflicts: list[str] = field(default_factory=list)

    def add(self, row: Response | Mark) -> None:
        self.session.add(row)
        self.session.flush()
        self.new += 1

    def note(self, item: str, detail: Mapping[str, Any]) -> None:
        """Tell the coordinator that something else holds; the same thing is told once."""
        self.conflicts.append(item)
        known = _notes(self.session, self.jury, kind=CONFLICT)
        if any(one.item == item and one.detail == dict(detail) for one in known):
            return
        _add_note(self, CONFLICT, item=item, detail=detail)


def merge(
    session: Session,
    bank: ScenarioBank,
    jury: Jury,
    *,
    told: Told,
    seats: Iterable[str],
    author: str,
    now: datetime,
) -> Merged:
    """Add what a phone brings; the same twice is once, and of two answers the first holds.

    `seats` are those whose marks this phone may bring. Raises `JuryError`, `OtherResponse`, and
    `UnknownChoice` or `NotMarked` for what is no answer, or no task, of this attempt.
    """
    attempt = session.get_one(Attempt, jury.attempt_id)
    here = _Merging(session, bank, jury, attempt, author, now)
    if told.is_recorded is not None:
        _consent(here, is_given=told.is_recorded)
    for answer in told.answers:
        _answer(here, answer)
    may = {one.id: one for one in seats_of(session, jury) if one.id in set(seats)}
    for mark in told.marks:
        _mark(here, mark, seats=may)
    if here.new or here.conflicts:
        _log(here, "jury.merged", after=f"{here.new} new, {len(here.conflicts)} conflicts")
    return Merged(here.new, tuple(here.conflicts))


def may_record(session: Session, jury: Jury) -> bool:
    """Tell whether the candidate allowed this jury to keep their voice."""
    return jury.mode == FACE_TO_FACE and bool(_notes(session, jury, kind=CONSENT))


def keep_take(
    session: Session,
    bank: ScenarioBank,
    jury: Jury,
    *,
    given: attempts.Given,
    take: attempts.Take,
) -> bool:
    """Add a recording made before the jury; False when this very one was added before.

    Raises `JuryError` without the candidate's consent, `UnknownChoice` or `OtherResponse`.
    """
    if not may_record(session, jury):
        raise JuryError("The candidate has not allowed a recording.")
    attempt = session.get_one(Attempt, jury.attempt_id)
    _, step = begun.step_of(bank, attempt, step=given.item)
    if not pictured.is_spoken(step.task):
        raise attempts.UnknownChoice(f"Nothing is said to the step {step.id}.")
    if attempts.was_given(session, attempt, given=given):
        attempts.check_same_take(session, given, take=take)
        return False
    session.add(attempts.response(attempt, given, kind=_SPEECH))
    session.flush()
    session.add(attempts.utterance(given, take))
    session.flush()
    return True


def _consent(here: _Merging, *, is_given: bool) -> None:
    if here.jury.mode != FACE_TO_FACE:
        raise JuryError("Nothing is recorded here.")
    known = _notes(here.session, here.jury, kind=CONSENT) + _notes(
        here.session, here.jury, kind=REFUSAL
    )
    kind = CONSENT if is_given else REFUSAL
    if any(one.kind == kind for one in known):
        return
    if known:
        here.note("", {"told": kind})
        return
    _add_note(here, kind, item="", detail={})
    here.jury.is_recorded = is_given


def _answer(here: _Merging, answer: Answer) -> None:
    if here.jury.mode != FACE_TO_FACE:
        raise JuryError("The candidate has answered already.")
    _, step = begun.step_of(here.bank, here.attempt, step=answer.step)
    _check(step, answer)
    known = here.session.scalars(
        select(Response)
        .where(Response.attempt_id == here.attempt.id, Response.item == answer.step)
        .where(Response.kind != _SPEECH)
        .order_by(Response.seq)
    ).first()
    if known is None:
        here.add(_response(here, answer))
    elif not _is_same(known, answer):
        told = answer.option or list(answer.options) or answer.kind
        here.note(answer.step, {"told": told, "id": str(answer.id)})


def _mark(here: _Merging, told: SeatMark, *, seats: Mapping[str, JurySeat]) -> None:
    seat = seats.get(told.seat)
    if seat is None:
        raise JuryError("This seat is marked on another phone.")
    if marks.is_too_close(here.session, seat, here.attempt):
        here.note(told.step, {"seat": seat.role, "told": "too close"})
        return
    row = marks.row(here.attempt, seat, told=told, now=here.now)
    known = marks.known(here.session, here.attempt, seat, step=told.step)
    if known is None:
        here.add(row)
    elif not marks.is_same(known, told):
        here.note(told.step, {"seat": seat.role, "told": dict(told.levels)})


def _check(step: Step, answer: Answer) -> None:
    """See that an answer is one to this task. Raises `UnknownChoice`."""
    match step.task:
        case Listen() | Choosing():
            is_one = answer.kind == "touch" and answer.option in scenes.touchable(step.task)
        case Picking() | Arranging():
            is_one = answer.kind == "order" and _is_possible(step, answer.options)
        case _:
            is_one = answer.kind == "done"
    if not is_one:
        raise attempts.UnknownChoice(f"The step {step.id} is not answered so.")


def _is_possible(step: Step, options: Sequence[str]) -> bool:
    try:
        pictured.points(step, options)
    except (ImpossiblePick, ImpossibleOrder):
        return False
    return True


def _response(here: _Merging, answer: Answer) -> Response:
    listens = attempts.Listens(answer.plays_normal, answer.plays_slow)
    given = attempts.Given(answer.id, answer.step, listens, here.now)
    options = answer.options if answer.kind == "order" else None
    attempts.was_given(
        here.session, here.attempt, given=given, option=answer.option, options=options
    )
    return attempts.response(
        here.attempt, given, kind=answer.kind, option=answer.option, options=options
    )


def _is_same(known: Response, answer: Answer) -> bool:
    same = (answer.kind, answer.option, answer.options)
    return (known.kind, known.option, tuple(known.options or ())) == same


def _notes(session: Session, jury: Jury, *, kind: str) -> list[JuryNote]:
    mine = select(JuryNote).where(JuryNote.jury_id == jury.id, JuryNote.kind == kind)
    return list(session.scalars(mine.order_by(JuryNote.seq)))


def _add_note(here: _Merging, kind: str, *, item: str, detail: Mapping[str, Any]) -> None:
    here.session.add(
        JuryNote(
            jury_id=here.jury.id,
            kind=kind,
            item=item,
            detail=dict(detail),
            author=here.author,
            at=here.now,
        )
    )
    here.session.flush()
    _log(here, f"jury.{kind}", after=item or None)


def _log(here: _Merging, action: str, *, after: str | None) -> None:
    audit.record(
        here.session,
        actor=here.author,
        action=action,
        subject=f"jury:{here.jury.id}",
        center=here.jury.center,
        after=after,
        at=here.now,
    )
