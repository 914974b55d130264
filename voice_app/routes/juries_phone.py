"""What the phones of a jury ask for: the kit, how far the jury is, and where to leave answers."""

from collections.abc import Collection
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from voice_app import attempts, audit, juries, outcomes
from voice_app.audio.store import Stored
from voice_app.errors import VoiceAppError
from voice_app.juries import Answer, JuryError, SeatMark, Told
from voice_app.marking.tasks import NotMarked
from voice_app.models import Attempt, Jury, Utterance
from voice_app.models import Response as ResponseRow
from voice_app.routes.deps import Service
from voice_app.routes.errors import StorageFailed
from voice_app.routes.juries_kit import ROLE_NAMES

_Name = Annotated[str, Field(max_length=64)]


class AnswerSent(BaseModel):
    """An answer as a phone kept it."""

    id: UUID
    step: _Name
    kind: Literal["touch", "order", "done"]
    option: _Name | None = None
    options: list[_Name] = Field(default_factory=list, max_length=60)
    plays_normal: int = Field(default=0, ge=0, le=1000)
    plays_slow: int = Field(default=0, ge=0, le=1000)


class MarkSent(BaseModel):
    """A mark as a phone kept it."""

    seat: _Name
    step: _Name
    levels: dict[_Name, int] = Field(default_factory=dict, max_length=20)
    reason: _Name | None = None
    listened_seconds: float = Field(default=0, ge=0, le=100_000, allow_inf_nan=False)
    began_at: AwareDatetime | None = None
    at: AwareDatetime | None = None


class Sent(BaseModel):
    """All that one phone brings; the same may come again."""

    is_recorded: bool | None = None
    answers: list[AnswerSent] = Field(default_factory=list, max_length=200)
    marks: list[MarkSent] = Field(default_factory=list, max_length=200)

    def told(self) -> Told:
        """The same as values of the use case."""
        return Told(
            answers=tuple(
                Answer(**one.model_dump() | {"options": tuple(one.options)}) for one in self.answers
            ),
            marks=tuple(SeatMark(**one.model_dump()) for one in self.marks),
            is_recorded=self.is_recorded,
        )


def brought(
    here: Service, jury_id: str, *, sent: Sent, author: str, seats: Collection[str]
) -> Response:
    """Add what a phone brings and tell the outcome anew; what cannot be added is said."""
    try:
        with here.database.writing.begin() as session:
            jury = session.get_one(Jury, jury_id)
            merged = _merged(session, here, jury, sent=sent, author=author, seats=seats)
            told = {"new": merged.new, "conflicts": list(merged.conflicts)}
            return JSONResponse(told | {"state": state(session, here, jury, seats=seats)})
    except (JuryError, NotMarked) as error:
        return refused(error)


def recorded(
    here: Service, jury_id: str, *, utterance_id: UUID, step: str, sound: tuple[str, bytes]
) -> Response:
    """Keep a recording of the candidate, under the candidate's key; the same again is once."""
    _, data = sound
    listens = attempts.Listens(takes=1)
    given = attempts.Given(utterance_id, step, listens, here.clock())
    try:
        with here.database.reading.begin() as session:
            jury = session.get_one(Jury, jury_id)
            owner = session.get_one(Attempt, jury.attempt_id).owner_hash
            _check_recorded(session, jury)
            is_known = session.get(Utterance, str(utterance_id)) is not None
        stored = None if is_known else _stored(here, str(utterance_id), data, owner=owner)
        _keep(here, jury_id, given=given, stored=stored, sound=sound)
    except JuryError as error:
        return refused(error)
    told = {"id": str(utterance_id), "sha256": sha256(data).hexdigest(), "bytes": len(data)}
    return JSONResponse(told, status_code=HTTPStatus.OK if is_known else HTTPStatus.CREATED)


def state(session: Session, here: Service, jury: Jury, *, seats: Collection[str]) -> dict[str, Any]:
    """How far a jury is, as far as these seats may know: never another's marks."""
    attempt = session.get_one(Attempt, jury.attempt_id)
    standing = juries.standing_of(session, jury, bank=here.content.scenarios[attempt.assessment])
    return {
        "answered": standing.answered,
        "steps": standing.steps,
        "seats": [
            {"id": seat.id, "words": ROLE_NAMES[seat.role], "marked": marked, "of": standing.marks}
            for seat, marked in standing.seats
            if seat.id in seats
        ],
        "is_whole": standing.is_whole,
    }


def refused(error: VoiceAppError) -> Response:
    """Say to a phone why something was not taken; it keeps what it has."""
    told = {"error": "jury", "trouble": str(error)}
    return JSONResponse(told, status_code=HTTPStatus.CONFLICT)


def _merged(
    session: Session,
    here: Service,
    jury: Jury,
    *,
    sent: Sent,
    author: str,
    seats: Collection[str],
) -> juries.Merged:
    if not juries.standing(session, jury):
        raise JuryError("This jury was sent home.")
    _check_heard(session, jury, sent)
    attempt = session.get_one(Attempt, jury.attempt_id)
    bank = here.content.scenarios[attempt.assessment]
    now = here.clock()
    merged = juries.merge(
        session, bank, jury, told=sent.told(), seats=seats, author=author, now=now
    )
    outcomes.settle(session, bank, attempt=attempt, award=here.award, now=now)
    return merged


def _check_heard(session: Session, jury: Jury, sent: Sent) -> None:
    """Nobody marks at a distance what was never sent to them. Raises `JuryError`."""
    if jury.mode != juries.REMOTE:
        return
    for mark in sent.marks:
        of_step = (ResponseRow.attempt_id == jury.attempt_id) & (ResponseRow.item == mark.step)
        takes = session.scalars(
            select(Utterance.id).join(ResponseRow, ResponseRow.id == Utterance.id).where(of_step)
        ).all()
        if mark.reason is None and audit.unheard(session, takes, by=f"seat:{mark.seat}"):
            raise JuryError("Listen to each answer first.")


def _check_recorded(session: Session, jury: Jury) -> None:
    if not juries.may_record(session, jury):
        raise JuryError("The candidate has not allowed a recording.")


def _stored(here: Service, name: str, data: bytes, *, owner: str) -> Stored:
    try:
        return here.store.keep(name, data, owner=owner)
    except OSError as error:
        raise StorageFailed(f"The recording could not be stored: {error}.") from error


def _keep(
    here: Service,
    jury_id: str,
    *,
    given: attempts.Given,
    stored: Stored | None,
    sound: tuple[str, bytes],
) -> None:
    """Add the rows of a take; the file of one that is refused goes again."""
    media_type, data = sound
    path = "" if stored is None else stored.path.name
    take = attempts.Take(media_type[:80], sha256(data).hexdigest(), len(data), path)
    try:
        with here.database.writing.begin() as session:
            jury = session.get_one(Jury, jury_id)
            attempt = session.get_one(Attempt, jury.attempt_id)
            bank = here.content.scenarios[attempt.assessment]
            juries.keep_take(session, bank, jury, given=given, take=take)
    except VoiceAppError:
        if stored is not None:
            here.store.drop(path)
        raise
