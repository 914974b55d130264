"""The ways in for candidates: by card, by link and at a kiosk, with nothing to read or type."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from voice_app.access import signins
from voice_app.access.signins import REMEMBERED, Life
from voice_app.errors import VoiceAppError
from voice_app.models import Candidate, Device
from voice_app.people import candidates, cards, kiosk, links
from voice_app.routes.access import SignedIn, Who, goodbye, secret_of, welcome
from voice_app.routes.deps import Here, Service, forget_owner
from voice_app.routes.proof import forget_onward, onward
from voice_app.routes.turnstile import address_of, turned_away
from voice_app.routes.ways_in_pages import device_secret

router = APIRouter()

_CLOSED = {
    cards.ClosedCard: "card.closed",
    links.ClosedLink: "link.closed",
    kiosk.ClosedCode: "kiosk.closed",
    kiosk.UnknownDevice: "kiosk.unknown",
}
_Secret = Annotated[str, Field(max_length=64)]
_Picture = Annotated[str, Field(max_length=32)]
_Pictures = Annotated[tuple[_Picture, ...], Field(max_length=8)]


class CardShown(BaseModel):
    """The secret of a card's QR, and the pictures that were touched."""

    secret: _Secret
    pictures: _Pictures


class LinkTouched(BaseModel):
    """The secret of a link that a center sent."""

    secret: _Secret


class CodeTouched(BaseModel):
    """The pictures that were touched at a kiosk."""

    pictures: _Pictures


@router.post("/card/signins", status_code=HTTPStatus.CREATED)
def come_by_card(shown: CardShown, request: Request, here: Here) -> Response:
    """Let in whoever has a card and touches its pictures.

    The work is the same for a card that opens nothing; every try is counted before it is
    looked at.
    """

    def candidate() -> Candidate:
        with here.database.writing.begin() as session:
            one = cards.begin_try(session, shown.secret, at=here.clock())
        is_right = here.hashing.is_same(shown.pictures, one.pin_hash)
        with here.database.writing.begin() as session:
            return cards.finish_try(session, one, is_right=is_right, at=here.clock())

    return _knock(here, request, opened=candidate)


@router.post("/link/signins", status_code=HTTPStatus.CREATED)
def come_by_link(touched: LinkTouched, request: Request, here: Here) -> Response:
    """Let in whoever touches the button of a link, once; looking at the page does not use it."""

    def candidate() -> Candidate:
        with here.database.writing.begin() as session:
            return links.use(session, touched.secret, at=here.clock())

    # Who reads a message may be another: what cannot be undone asks for the card.
    return _knock(here, request, opened=candidate, is_fresh=False)


@router.post("/kiosk/signins", status_code=HTTPStatus.CREATED)
def come_by_kiosk(touched: CodeTouched, request: Request, here: Here) -> Response:
    """Let in, on a device of a center, whoever touches the pictures they were shown; once."""
    with here.database.reading.begin() as session:
        device = kiosk.known(session, device_secret(request, here))

    def candidate() -> Candidate:
        if device is None:
            raise kiosk.UnknownDevice("This device belongs to no center.")
        with here.database.writing.begin() as session:
            one = kiosk.begin_try(session, device, at=here.clock())
        is_right = here.hashing.is_same(touched.pictures, one.code_hash)
        with here.database.writing.begin() as session:
            return kiosk.finish_try(session, one, is_right=is_right, at=here.clock())

    return _knock(here, request, opened=candidate, device=device)


@router.post("/signins/remembered")
def stay(here: Here, who: Who, row: SignedIn) -> Response:
    """Keep a candidate signed in on a phone they said is their own, for sixty days."""
    if who.device is not None or who.candidate is None:
        return JSONResponse({"error": "not-own"}, HTTPStatus.CONFLICT)
    with here.database.writing.begin() as session:
        candidate = session.get_one(Candidate, who.candidate)
        signins.end(session, row.id_hash, now=here.clock())
        secret = signins.begin(session, candidate, now=here.clock(), life=REMEMBERED)
        signins.date_proof(session, secret, row.fresh_at)
    return _in(here, {"is_remembered": True}, secret=secret, life=REMEMBERED)


@router.post("/signins/end")
def leave(request: Request, here: Here, who: Who) -> Response:
    """End a candidate's sign-in with one touch; a device of the center keeps nothing of them."""
    with here.database.writing.begin() as session:
        signins.end(session, signins.digest(secret_of(request)), now=here.clock())
    response = JSONResponse({"to": "/kiosk" if who.device else "/"})
    goodbye(response, origin=here.origin)
    if who.device:
        forget_owner(response, origin=here.origin)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@router.post("/kiosk/pictures")
def tell_pictures(here: Here, who: Who) -> Response:
    """Tell a candidate, once and on a device of the center, the new pictures of their card."""
    if who.candidate is None or who.device is None:
        return _refused(kiosk.UnknownDevice("New pictures are told at the center."))
    drawn = cards.draw(here.hashing)
    try:
        with here.database.writing.begin() as session:
            candidate = session.get_one(Candidate, who.candidate)
            cards.renew(session, candidate, drawn=drawn, at=here.clock())
    except cards.ClosedCard as error:
        return _refused(error)
    return JSONResponse({"pictures": drawn.pictures})


def _knock(
    here: Service,
    request: Request,
    *,
    opened: Callable[[], Candidate],
    device: Device | None = None,
    is_fresh: bool = True,
) -> Response:
    """Answer a knock at one of the doors: who it is comes in under a new secret."""
    if wait := here.knocks.wait_seconds(address_of(request)):
        return turned_away(wait, phrase="card.wait")
    try:
        candidate = opened()
    except (cards.OtherPictures, kiosk.OtherCode):
        said = {"error": "other-pictures", "phrase": "card.other-pictures"}
        return JSONResponse(said, HTTPStatus.UNAUTHORIZED)
    except tuple(_CLOSED) as error:
        return _refused(error)
    with here.database.writing.begin() as session:
        signins.end(session, signins.digest(secret_of(request)), now=here.clock())
        secret = signins.begin(
            session,
            candidate,
            now=here.clock(),
            device_id=device.id if device else None,
            is_fresh=is_fresh,
        )
        told = _told(session, candidate, is_kiosk=device is not None)
    place = onward(request, here)
    if place is None:
        return _in(here, told, secret=secret)
    response = _in(here, told | {"to": place}, secret=secret)
    forget_onward(response, origin=here.origin)
    return response


def _told(session: Session, candidate: Candidate, *, is_kiosk: bool) -> dict[str, Any]:
    """Say what the page goes on with: the open attempt, and which questions it still has."""
    attempt = candidates.open_attempt(session, candidate.owner_hash)
    return {
        "help": attempt.help_language if attempt else candidate.help_language,
        "attempt": attempt.id if attempt else None,
        "is_kiosk": is_kiosk,
        "has_new_pictures": is_kiosk and cards.awaits_pictures(session, candidate.id),
    }


def _in(here: Service, told: dict[str, Any], *, secret: str, life: Life | None = None) -> Response:
    told |= {"form_token": signins.csrf_of(secret)}
    response = JSONResponse(told, HTTPStatus.CREATED)
    welcome(response, secret, origin=here.origin, life=life)
    return response


def _refused(error: VoiceAppError) -> Response:
    said = {"error": "closed", "phrase": _CLOSED[type(error)]}
    return JSONResponse(said, HTTPStatus.UNAUTHORIZED)
