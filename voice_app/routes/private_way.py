"""Passwords and codes of staff travel where nobody on the way can read them, or not at all."""

from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import JSONResponse, Response

from voice_app.errors import VoiceAppError
from voice_app.routes.deps import service

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class InTheClear(VoiceAppError):
    """What staff would send here could be read by everybody on the same network."""


def check_private(request: Request) -> None:
    """Let through what comes by https or from this machine. Raises `InTheClear`.

    Behind a reverse proxy that ends https, the address people ask for says that it was https.
    """
    address, origin = request.url, urlsplit(service(request).origin)
    is_proxied = origin.scheme == "https" and address.netloc == origin.netloc
    if address.scheme == "https" or address.hostname in _THIS_MACHINE or is_proxied:
        return
    raise InTheClear(
        "Others on this network could read a password that is sent from here. Open this page "
        "under https://, or on the computer that runs the service."
    )


def in_the_clear(_request: Request, error: Exception) -> Response:
    """Give the answer for programs."""
    said = {"error": "in-the-clear", "phrase": None, "sentence": str(error)}
    return JSONResponse(said, status_code=403)
