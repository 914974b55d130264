"""The pages of the ways in: all that they show and say, and the cookie of a center's device."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from voice_app.dialogues.sentences import OWN_NAME, sound_key
from voice_app.people import kiosk
from voice_app.people.pins import CODE_LENGTH, KIOSK_TOOLS, PIN_LENGTH, TOOLS
from voice_app.routes import spoken
from voice_app.routes.deps import Here, Service

router = APIRouter()

_DEVICE = "device"
_DEVICE_SECONDS = 60 * 60 * 24 * 400


@dataclass(frozen=True)
class WayInPage:
    """What the template needs; `data_json` is safe inside a script data block."""

    data_json: str
    static_version: str


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
    return request.cookies.get(_device_cookie(here.origin), "")


def remember_device(response: Response, secret: str, *, origin: str) -> None:
    """Make the browser a device of the center, for as long as browsers keep anything."""
    response.set_cookie(
        _device_cookie(origin),
        secret,
        max_age=_DEVICE_SECONDS,
        path="/",
        httponly=True,
        samesite="lax",
        secure=origin.startswith("https:"),
    )


def _device_cookie(origin: str) -> str:
    return f"__Host-{_DEVICE}" if origin.startswith("https:") else _DEVICE


def _page(here: Service, facts: Mapping[str, Any]) -> Response:
    data = {
        **facts,
        "help_languages": _help_languages(here),
        "words": {code: _words(here, code) for code in here.content.languages},
    }
    page = WayInPage(
        data_json=json.dumps(data, ensure_ascii=True).replace("<", "\\u003c"),
        static_version=here.version,
    )
    return HTMLResponse(here.templates.get_template("ways_in.html").render(page=page))


def _help_languages(here: Service) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "own_name": language.own_name,
            "audio": spoken.sound(
                here.manifest, sound_key(code, "phrases", OWN_NAME), text=language.own_name
            )["audio"],
        }
        for code, language in here.content.languages.items()
    ]


def _words(here: Service, code: str) -> dict[str, spoken.Sound]:
    """Give the spoken names of the pictures, as far as the content has them."""
    language = here.content.languages[code]
    return {
        tool: spoken.word(here.manifest, language, option=tool)
        for tool in KIOSK_TOOLS
        if tool in language.words
    }
