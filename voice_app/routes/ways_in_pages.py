"""The pages of the ways in: all that they show and say, and the cookie of a center's device."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from voice_app.people import kiosk
from voice_app.people.pins import CODE_LENGTH, KIOSK_TOOLS, PIN_LENGTH, TOOLS
from voice_app.routes import spoken
from voice_app.routes.cookies import Cookie
from voice_app.routes.deps import Here, Service
from voice_app.routes.screens_page import screens

router = APIRouter()

_DEVICE = Cookie("device", seconds=60 * 60 * 24 * 400)


@router.get("/card", response_class=HTMLResponse)
def show_card(here: Here) -> Response:
    """The page a card's QR opens. Its secret stands behind the `#`: it reaches no server log."""
    return _page(here, {"way": "card", "tools": TOOLS, "length": PIN_LENGTH})


@router.get("/link", response_class=HTMLResponse)
def show_link(here: Here) -> Response:
    """The page of a link that a center sent; only the touch of its button uses the link."""
    return _page(here, {"way": "link", "tools": (), "length": 0})


@router.get("/kiosk", response_class=HTMLResponse)
def show_kiosk(request: Request, here: Here) -> Response:
    """The page on a device of a center."""
    with here.database.reading.begin() as session:
        is_known = kiosk.known(session, device_secret(request, here)) is not None
    facts = {"way": "kiosk", "tools": KIOSK_TOOLS, "length": CODE_LENGTH, "is_known": is_known}
    return _page(here, facts)


def device_secret(request: Request, here: Service) -> str:
    """Give the secret of the device's cookie; empty when it is no center's."""
    return _DEVICE.read(request, origin=here.origin)


def remember_device(response: Response, secret: str, *, origin: str) -> None:
    """Make the browser a device of the center, for as long as browsers keep anything."""
    _DEVICE.give(response, secret, origin=origin)


def _page(here: Service, facts: Mapping[str, Any]) -> Response:
    words = {code: _words(here, code) for code in here.content.languages}
    return screens(here, "ways_in.html", facts={**facts, "words": words})


def _words(here: Service, code: str) -> dict[str, spoken.Sound]:
    """Give the spoken names of the pictures, as far as the content has them."""
    language = here.content.languages[code]
    return {
        tool: spoken.word(here.manifest, language, option=tool)
        for tool in KIOSK_TOOLS
        if tool in language.words
    }
