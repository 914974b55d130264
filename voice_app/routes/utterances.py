"""Spoken answers: safe on disk before the phone is told so, heard outside the request."""

import asyncio
import time
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from voice_app import attempts, scenes
from voice_app.audio.store import Stored
from voice_app.errors import VoiceAppError
from voice_app.jobs import Busy
from voice_app.models import Attempt, Hearing, Utterance
from voice_app.models import Response as ResponseRow
from voice_app.routes import scene_news
from voice_app.routes.attempts import AGAIN, rehearsal_phrase
from voice_app.routes.counted import counted
from voice_app.routes.deps import Here, Owner, Service, service
from voice_app.routes.errors import StorageFailed
from voice_app.routes.uploads import recording

router = APIRouter(prefix="/utterances")

_LONGEST_WAIT_SECONDS = 5.0
_POLL_SECONDS = 0.1


class Spoken(BaseModel):
    """What an utterance answers, how often its prompt was heard, how many takes were made."""

    attempt: str
    item: str
    plays_normal: int = Field(default=0, ge=0, le=1000)
    plays_slow: int = Field(default=0, ge=0, le=1000)
    takes: int = Field(default=1, ge=0, le=1000)


@router.put("/{utterance_id}", status_code=201, dependencies=[Depends(counted("takes"))])
async def keep(
    utterance_id: UUID,
    spoken: Annotated[Spoken, Query()],
    request: Request,
    response: Response,
    here: Here,
    owner: Owner,
) -> dict[str, Any]:
    """Keep a recording: 201 only once its bytes and its row are safe; the same again is 200."""
    data = await recording(request)
    media_type = request.headers.get("content-type", "")[:80]
    take, is_new = await run_in_threadpool(
        _keep, here, owner, spoken=spoken, utterance_id=utterance_id, sound=(media_type, data)
    )
    here.listener.wake()
    response.status_code = 201 if is_new else 200
    return {
        "id": str(utterance_id),
        "sha256": take.sha256,
        "bytes": take.byte_size,
        "replayed": not is_new,
    }


def busy(request: Request, _error: Exception) -> Response:
    """Too many answers wait: nothing was taken, the phone keeps its take and tries again."""
    service(request).listener.meters.refused()
    return JSONResponse(
        {"error": "busy", "phrase": "trouble.machine"},
        status_code=503,
        headers={"Retry-After": str(Busy.retry_after_seconds)},
    )


@router.get("/{utterance_id}")
async def show(
    utterance_id: UUID,
    here: Here,
    owner: Owner,
    wait: Annotated[float, Query(ge=0, le=_LONGEST_WAIT_SECONDS)] = 0,
) -> dict[str, Any]:
    """Whether it has been heard yet, waiting up to `wait` seconds. Never whether it was right."""
    until = time.monotonic() + wait
    while True:
        told = await run_in_threadpool(_told, here, owner, utterance_id=utterance_id)
        if told["state"] != "waiting" or time.monotonic() >= until:
            return told
        await asyncio.sleep(_POLL_SECONDS)


def _keep(
    here: Service, owner: str, *, spoken: Spoken, utterance_id: UUID, sound: tuple[str, bytes]
) -> tuple[attempts.Take, bool]:
    """Keep what is taken and nothing else: what nobody asked for never reaches the disk."""
    media_type, data = sound
    listens = attempts.Listens(spoken.plays_normal, spoken.plays_slow, spoken.takes)
    given = attempts.Given(utterance_id, spoken.item, listens, here.clock())
    with here.database.reading.begin() as session:
        attempt = attempts.owned(session, spoken.attempt, owner=owner)
        if _is_known(here, session, attempt, given=given):
            return _earlier(session, utterance_id, data=data), False
    try:
        stored = here.store.keep(str(utterance_id), data, owner=attempt.owner_hash)
    except OSError as error:
        raise StorageFailed(f"The recording could not be stored: {error}.") from error
    take = attempts.Take(media_type, stored.sha256, stored.byte_size, stored.path.name)
    try:
        return take, _added(here, owner, spoken=spoken, given=given, take=take)
    except VoiceAppError:
        _drop(here, stored)
        raise


def _is_known(here: Service, session: Session, attempt: Attempt, *, given: attempts.Given) -> bool:
    """Tell whether it was taken before; raises what `attempts.speak` and `scenes.speak` do."""
    home = here.home(attempt)
    if home is not None:
        scenes.check_is_spoken(home, attempt, step=given.item)
        return scenes.is_known(session, home, attempt=attempt, given=given)
    bank = here.bank(attempt)
    attempts.item_of(bank, given.item)
    return attempts.is_known(session, bank, attempt=attempt, given=given)


def _earlier(session: Session, utterance_id: UUID, *, data: bytes) -> attempts.Take:
    """Give the take that came before under this id. Raises `OtherResponse` for another one."""
    row = session.get_one(Utterance, str(utterance_id))
    if row.sha256 != sha256(data).hexdigest():
        raise attempts.OtherResponse("Another recording was sent under the same id.")
    return attempts.Take(row.media_type, row.sha256, row.byte_size, row.path)


def _added(
    here: Service, owner: str, *, spoken: Spoken, given: attempts.Given, take: attempts.Take
) -> bool:
    with here.database.writing.begin() as session:
        attempt = attempts.owned(session, spoken.attempt, owner=owner)
        home = here.home(attempt)
        if home is not None:
            is_new = scenes.speak(session, home, attempt=attempt, given=given, take=take)
        else:
            bank = here.bank(attempt)
            is_new = attempts.speak(session, bank, attempt=attempt, given=given, take=take)
        if is_new:
            here.listener.add(session, str(given.id))
            _check_it_is_there(here, take)
        return is_new


def _check_it_is_there(here: Service, take: attempts.Take) -> None:
    """See that no refusal of the same sound under the same id took the file away meanwhile."""
    if not here.store.has(take.path):
        raise StorageFailed("The recording is gone. It will be sent again.")


def _drop(here: Service, stored: Stored) -> None:
    """Remove a file that was refused; while nobody writes, so that no row comes to name it."""
    with here.database.writing.begin() as session:
        named = select(Utterance.id).where(Utterance.path == stored.path.name)
        if session.scalar(named) is None:
            here.store.drop(stored.path.name)


def _told(here: Service, owner: str, *, utterance_id: UUID) -> dict[str, Any]:
    with here.database.reading.begin() as session:
        response = session.scalar(select(ResponseRow).where(ResponseRow.id == str(utterance_id)))
        if response is None:
            raise attempts.UnknownAttempt("There is no such utterance on this device.")
        attempt = attempts.owned(session, response.attempt_id, owner=owner)
        hearing = session.scalar(
            select(Hearing)
            .where(Hearing.utterance_id == str(utterance_id))
            .order_by(Hearing.seq.desc())
            .limit(1)
        )
        home = here.home(attempt)
        if home is not None:
            news = scene_news.Take(here, attempt, home, response, hearing)
            return news.told(scenes.answers(session, attempt.id, until=response.seq))
        bank = here.bank(attempt)
        is_rehearsal = response.item == bank.rehearsal.id
        said = attempts.responses(session, attempt.id, bank=bank) if is_rehearsal else []
    if hearing is None:
        return {"state": "waiting", "phrase": None}
    if repeat := _repeat(hearing):
        known = here.content.languages[attempt.help_language].phrases
        return {"state": "repeat", "phrase": repeat if repeat in known else "trouble.machine"}
    return {"state": "heard", "phrase": rehearsal_phrase(bank, said) if is_rehearsal else None}


def _repeat(hearing: Hearing) -> str | None:
    """What to say before the question is put again; None when the answer was taken."""
    if hearing.verdict == "echo":
        return AGAIN["echo"]
    return f"trouble.{hearing.trouble}" if hearing.verdict == "unusable" else None
