"""Where an assessor hears what the machine left to a person, and decides."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from http import HTTPStatus
from typing import get_args

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from voice_app import attempts, audit, outcomes, oversight
from voice_app.access import Actor, Subject
from voice_app.audio.store import BadUtteranceId
from voice_app.errors import VoiceAppError
from voice_app.marking import conflicts, deciding
from voice_app.models import Attempt, Utterance
from voice_app.models import Response as ResponseRow
from voice_app.oversight import Heard, RulingError, Word
from voice_app.routes.access import Fields, NotTheirs, Who, may_touch
from voice_app.routes.deps import Here, Service
from voice_app.routes.oversight_cases import Chosen, address_of, case_of, markable, unheard
from voice_app.routes.staff_frame import go, page
from voice_app.vault import VaultError

router = APIRouter(prefix="/staff/oversight")

_OVERVIEW = "/staff/oversight"
_SOUND = re.compile(r"(audio|video)/(webm|mp4|ogg|mpeg|wav|x-wav|aac|x-m4a)")
_ANY_BYTES = "application/octet-stream"


@router.get("/attempts/{waiting_id}")
def show(
    waiting_id: str, request: Request, here: Here, who: Who, item: str = "", heard: str = ""
) -> Response:
    """What waits of one attempt; what is expected is told of an item once something was heard."""
    return _page(waiting_id, request, here, who=who, chosen=Chosen(item, heard))


@router.get("/attempts/{waiting_id}/recordings/{utterance_id}")
def listen(waiting_id: str, utterance_id: str, request: Request, here: Here, who: Who) -> Response:
    """Give one recording of an attempt that waits; that it was heard is logged first."""
    with here.database.reading.begin() as session:
        attempt = _of_center(session, waiting_id, request, who=who)
        if not oversight.is_waiting(session, attempt):
            raise NotTheirs("Nothing of this attempt waits for a person any more.")
        utterance = _utterance(session, here, attempt, utterance_id=utterance_id)
    lent = ExitStack()
    try:
        path = lent.enter_context(here.store.opened(utterance.path, owner=attempt.owner_hash))
    except (OSError, BadUtteranceId, VaultError) as gone:
        raise NotTheirs("This recording is not kept any more.") from gone
    with here.database.writing.begin() as session:
        audit.heard(session, utterance.id, by=who.name, center=who.center, at=here.clock())
    return FileResponse(
        path,
        media_type=_media_type(utterance.media_type),
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
        background=BackgroundTask(lent.close),
    )


@router.post("/attempts/{waiting_id}/items/{item}")
def mark(
    waiting_id: str, item: str, request: Request, here: Here, who: Who, sent: Fields
) -> Response:
    """Say of one answer that it is right, or not, or that one cannot tell."""

    def act(session: Session) -> None:
        attempt = _waiting(session, waiting_id, request, who=who)
        if item not in markable(session, here, attempt):
            raise RulingError("Nobody needs to decide on this answer any more.")
        verdict = _heard(sent.get("verdict", ""))
        if verdict != oversight.CANNOT_TELL and unheard(
            session, here, attempt, author=who.name, item=item
        ):
            raise RulingError("Listen to the answer first.")
        now, bank = here.clock(), here.bank(attempt)
        deciding.decide(
            session, attempt, bank=bank, item=item, verdict=verdict, author=who.name, at=now
        )
        outcomes.settle(session, bank, attempt=attempt, award=here.award, now=now)

    return _answered(waiting_id, request, here, who=who, act=act)


@router.post("/word")
def say(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Sign off a pass, or say of one that is looked at whether the machine was right."""
    name = sent.get("attempt", "")

    def act(session: Session) -> None:
        attempt = _waiting(session, name, request, who=who)
        if unheard(session, here, attempt, author=who.name):
            raise RulingError("Listen to all spoken answers first.")
        now, word = here.clock(), _word(sent.get("word"))
        oversight.rule(session, attempt, verdict=word, author=who.name, at=now)
        outcomes.settle(session, here.any_bank(attempt), attempt=attempt, award=here.award, now=now)

    return _answered(name, request, here, who=who, act=act)


def _answered(
    name: str, request: Request, here: Service, *, who: Actor, act: Callable[[Session], None]
) -> Response:
    """Do what a form asks and show what still waits; what cannot be done is said there."""
    try:
        with here.database.writing.begin() as session:
            act(session)
            is_open = oversight.is_waiting(session, session.get_one(Attempt, name))
    except RulingError as error:
        return _page(name, request, here, who=who, trouble=error)
    return go(address_of(name) if is_open else _OVERVIEW)


def _page(
    name: str,
    request: Request,
    here: Service,
    *,
    who: Actor,
    chosen: Chosen | None = None,
    trouble: VoiceAppError | None = None,
) -> Response:
    with here.database.reading.begin() as session:
        attempt = _of_center(session, name, request, who=who)
        content = case_of(session, here, attempt, author=who.name, chosen=chosen or Chosen())
    return page(
        request,
        "oversight_attempt.html",
        title=f"Answers to hear, {content.micro_competence}",
        content=content,
        trouble=None if trouble is None else str(trouble),
        status=HTTPStatus.OK if trouble is None else HTTPStatus.CONFLICT,
    )


def _of_center(session: Session, name: str, request: Request, *, who: Actor) -> Attempt:
    attempt = session.get(Attempt, name)
    center = None if attempt is None else attempt.criteria.get("center")
    if attempt is None or not may_touch(who, request, Subject(center=center)):
        raise attempts.UnknownAttempt("There is no such attempt in this center.")
    return attempt


def _waiting(session: Session, name: str, request: Request, *, who: Actor) -> Attempt:
    """Give an attempt of the center that waits for a person: others are nobody's to hear."""
    attempt = _of_center(session, name, request, who=who)
    if not oversight.is_waiting(session, attempt):
        raise RulingError("Nothing of this attempt waits for a person any more.")
    owner, phone = attempt.owner_hash, who.owner_hash
    if conflicts.is_barred(session, who.name, owner_hash=owner, phone=phone):
        raise RulingError("You know this candidate, or these are your own: somebody else decides.")
    return attempt


def _utterance(
    session: Session, here: Service, attempt: Attempt, *, utterance_id: str
) -> Utterance:
    items = [] if here.home(attempt) is not None else list(here.bank(attempt).items)
    found = session.scalar(
        select(Utterance)
        .join(ResponseRow, ResponseRow.id == Utterance.id)
        .where(
            Utterance.id == utterance_id,
            ResponseRow.attempt_id == attempt.id,
            ResponseRow.item.in_(items),
        )
    )
    if found is None:
        raise NotTheirs("There is no such recording in this attempt.")
    return found


def _media_type(told: str) -> str:
    """What a phone said that it recorded, where that is sound: it is a stranger's word."""
    kind = told.partition(";")[0].strip().lower()
    return kind if _SOUND.fullmatch(kind) else _ANY_BYTES


def _heard(told: str) -> Heard:
    known: tuple[Heard, ...] = ("right", "wrong", "cannot-tell")
    verdict = next((one for one in known if one == told), None)
    if verdict is None:
        raise RulingError("Choose one of the buttons.")
    return verdict


def _word(told: str | None) -> Word:
    word: Word | None = next((one for one in get_args(Word) if one == told), None)
    if word is None:
        raise RulingError("Choose one of the buttons.")
    return word
