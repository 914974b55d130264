"""A seat of a jury: the link that opens it, and a browser that holds its key."""

from contextlib import ExitStack
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from voice_app import audit, juries
from voice_app.access.signins import csrf_of
from voice_app.audio import waves
from voice_app.juries import ClosedSeat
from voice_app.models import Attempt, Jury, JurySeat, Utterance
from voice_app.models import Response as ResponseRow
from voice_app.routes import juries_kit, juries_phone
from voice_app.routes.access import TOKEN_HEADER, Fields, NoFormToken, NotTheirs
from voice_app.routes.cookies import Cookie
from voice_app.routes.deps import Here, Service
from voice_app.routes.juries_phone import Sent
from voice_app.routes.marking_sound import Take, kept, wave_of
from voice_app.routes.private_way import check_private
from voice_app.routes.staff_frame import go, page, try_address

router = APIRouter(prefix="/jury", dependencies=[Depends(check_private)])

LINK = "/jury"
KIT = "/jury/kit"
_KEY = Cookie("seat", seconds=int(juries.LASTS.total_seconds()))
_GONE = 410


@router.get("")
def show(request: Request) -> Response:
    """The page of a link to a seat, whose secret stands behind the `#`."""
    return page(request, "jury_link.html", title="A seat on a jury")


@router.post("/openings")
def open_seat(request: Request, here: Here, sent: Fields) -> Response:
    """Use a link up: this browser has the seat from now on."""
    try_address(request)
    try:
        with here.database.writing.begin() as session:
            key = juries.open_link(session, sent.get("secret", ""), at=here.clock())
    except ClosedSeat as error:
        return closed(request, error)
    return remember_seat(go(KIT), key, origin=here.origin)


@router.get("/worker.js")
def worker(here: Here) -> Response:
    """What keeps the kit of a seat on a phone, for the pages beside it."""
    return worker_file(here)


@router.get("/kit")
def show_kit(request: Request, here: Here) -> Response:
    """The page that marks, also without a network."""
    try:
        with here.database.reading.begin() as session:
            seat = _seat(session, request, here=here)
            jury = seat.jury_id
    except ClosedSeat as error:
        return closed(request, error)
    return kit_page(request, jury, base=LINK)


@router.get("/kit.json")
def give_kit(request: Request, here: Here) -> dict[str, Any]:
    """All that the page of a seat needs."""
    with here.database.reading.begin() as session:
        seat = _theirs(session, request, here=here)
        jury = session.get_one(Jury, seat.jury_id)
        return juries_kit.kit(here, session, jury, seat=seat, base=LINK)


@router.get("/sending")
def sending(request: Request, here: Here) -> dict[str, Any]:
    """Whether this seat may send, with the token that doing so needs."""
    with here.database.reading.begin() as session:
        seat = _theirs(session, request, here=here)
        jury = session.get_one(Jury, seat.jury_id)
        told = juries_phone.state(session, here, jury, seats={seat.id})
    return {"token": csrf_of(_key_of(request, here)), "state": told}


@router.get("/recordings/{utterance_id}")
def listen(utterance_id: UUID, request: Request, here: Here) -> Response:
    """Give one recording of the attempt to a seat; that it was sent is logged first."""
    with here.database.writing.begin() as session:
        seat = _theirs(session, request, here=here)
        take = _take(session, seat, str(utterance_id))
        if not kept(here, [take]):
            raise NotTheirs("This recording is not kept any more.")
        center = session.get_one(Jury, seat.jury_id).center
        name = f"seat:{seat.id}"
        audit.heard(session, str(utterance_id), by=name, center=center, at=here.clock())
    lent = ExitStack()
    data = waves.wav(wave_of(here, [take]).samples)
    return FileResponse(
        lent.enter_context(here.store.scratch.holding(data)),
        media_type="audio/wav",
        headers={"Cache-Control": "private, no-store"},
        background=BackgroundTask(lent.close),
    )


@router.post("/merge")
def merge(request: Request, here: Here, sent: Sent) -> Response:
    """Add what the phone of a seat brings: its own marks, and nobody else's."""
    with here.database.reading.begin() as session:
        seat = _theirs(session, request, here=here)
    if request.headers.get(TOKEN_HEADER, "") != csrf_of(_key_of(request, here)):
        raise NoFormToken("This page is too old. Load it again.")
    only = Sent(marks=sent.marks)
    author = f"seat:{seat.id}"
    return juries_phone.brought(here, seat.jury_id, sent=only, author=author, seats={seat.id})


def remember_seat(answer: Response, key: str, *, origin: str) -> Response:
    """Let a browser keep the key of a seat."""
    _KEY.give(answer, key, origin=origin)
    return answer


def kit_page(request: Request, jury_id: str, *, base: str) -> Response:
    """The page of a kit: the same for every seat, what it shows comes with `kit.json`."""
    # Beside the page, so that it may answer for it.
    worker = f"{base.removesuffix(f'/{jury_id}')}/worker.js"
    content = {"id": jury_id, "base": base, "worker": worker}
    return page(request, "jury_kit.html", title="Jury", content=content)


def worker_file(here: Service) -> Response:
    """The service worker, for the folder it is served from."""
    path = juries_kit.static_folder(here) / "staff/jury/worker.js"
    return FileResponse(path, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def closed(request: Request, error: ClosedSeat) -> Response:
    """Say that a seat is closed here."""
    return page(
        request, "message.html", title="This seat is closed", trouble=str(error), status=_GONE
    )


def _key_of(request: Request, here: Service) -> str:
    return _KEY.read(request, origin=here.origin)


def _seat(session: Session, request: Request, *, here: Service) -> JurySeat:
    return juries.seat_of(session, _key_of(request, here), at=here.clock())


def _theirs(session: Session, request: Request, *, here: Service) -> JurySeat:
    """Give the seat of this browser. Raises `NotTheirs`."""
    try:
        return _seat(session, request, here=here)
    except ClosedSeat as error:
        raise NotTheirs(str(error)) from error


def _take(session: Session, seat: JurySeat, utterance_id: str) -> Take:
    """Give a recording of the attempt a seat is about. Raises `NotTheirs`."""
    jury = session.get_one(Jury, seat.jury_id)
    found = session.execute(
        select(Utterance, Attempt)
        .join(ResponseRow, ResponseRow.id == Utterance.id)
        .join(Attempt, Attempt.id == ResponseRow.attempt_id)
        .where(Utterance.id == utterance_id, Attempt.id == jury.attempt_id)
    ).first()
    if found is None:
        raise NotTheirs("There is no such recording here.")
    return Take(found[0].path, found[1].owner_hash, utterance_id)
