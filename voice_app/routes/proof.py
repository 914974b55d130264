"""A candidate shows anew that it is them, before their data leave or go: the way there and back."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from voice_app.models import Candidate
from voice_app.routes.access import Who
from voice_app.routes.cookies import Cookie
from voice_app.routes.deps import Here, Service
from voice_app.routes.my_data_page import Card, MePage, Way
from voice_app.routes.public_pages import Speaker, answer, speaker

router = APIRouter(prefix="/me")

_ONWARD = Cookie("onward", seconds=600)
# Where somebody goes on who has shown that it is them: these pages and no others.
PLACES: Mapping[str, str] = {
    "file": "/me/file",
    "voice": "/me/voice",
    "everything": "/me/everything",
}


@router.get("/proof")
def ask(request: Request, here: Here, who: Who, place: str = "") -> Response:
    """The page that leads to the pictures of the card; nobody else than candidates needs it."""
    if who.candidate is None or who.is_fresh:
        return RedirectResponse(PLACES.get(place, "/me"), 303)
    with here.database.reading.begin() as session:
        language = session.get_one(Candidate, who.candidate).help_language
    speaks = speaker(here, request, preferring=language)
    shown = _page(speaks, is_kiosk=who.device is not None)
    response = answer(here, "me.html", page=shown, language=speaks.language.code)
    response.headers["Vary"] = "Cookie, Accept-Language"
    _remember(response, place, origin=here.origin)
    return response


def place_of(path: str) -> str | None:
    """Give the name of the place whose form was sent; None for any other path."""
    return next((name for name, address in PLACES.items() if address == path), None)


def onward(request: Request, here: Service) -> str | None:
    """Give where somebody goes on who was asked to show that it is them."""
    return PLACES.get(_ONWARD.read(request, origin=here.origin))


def forget_onward(response: Response, *, origin: str) -> None:
    """They are on their way."""
    _ONWARD.take(response, origin=origin)


def _page(speaks: Speaker, *, is_kiosk: bool) -> MePage:
    how = "me.prove-kiosk" if is_kiosk else "me.prove-card"
    cards = (Card(_picture("ui-padlock"), (speaks.said("me.prove"), speaks.said(how))),)
    said = speaks.said("control.enter" if is_kiosk else "control.card")
    go = Way("go", _picture("ui-card"), said, "/kiosk" if is_kiosk else "/card")
    query = urlencode({"lang": speaks.language.code})
    back = Way("back", _picture("ui-next"), speaks.said("control.back"), f"/me?{query}")
    hear = speaks.said("badge.hear")
    return MePage(speaks.frame(), speaks.said("me.prove"), hear, cards, (go, back))


def _remember(response: Response, place: str, *, origin: str) -> None:
    if place in PLACES:
        _ONWARD.give(response, place, origin=origin)


def _picture(name: str) -> str:
    return f"/pictures/{name}.svg"
