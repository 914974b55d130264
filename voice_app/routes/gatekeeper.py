"""What no route should have to think of: where a form comes from, and how long a body is."""

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voice_app.access.policy import SAFE_METHODS
from voice_app.routes.errors import TooLarge

# Words are short; a badge's file is the longest that comes as JSON.
MOST_WORDS_BYTES = 4_000_000
# Longer than what a route reads and throws away, so that its browser shows the answer.
MOST_BYTES = 66_000_000
_WORDS = ("application/json", "application/x-www-form-urlencoded", "text/")


class Gatekeeper:
    """Refuses what another site's page sends, and bodies that nothing here takes.

    `origin` is the address people reach the service under. Browsers say in `Sec-Fetch-Site` how
    near the page is that sends something unsafe, and in `Origin` whose it is; a program that is
    no browser holds nobody's cookies and says nothing.
    """

    def __init__(self, app: ASGIApp, *, origin: str) -> None:
        self._app = app
        self._origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] not in SAFE_METHODS and self._is_foreign(headers):
            await _refused("foreign", HTTPStatus.FORBIDDEN)(scope, receive, send)
            return
        most = _most(headers)
        if _told_length(headers) > most:
            answer = _refused("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            await answer(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most), send)

    def _is_foreign(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site", "none")
        if site != "none":
            # Chosen by the browser alone; a proxy may have given the request another host.
            return site != "same-origin"
        origin = headers.get("origin")
        if origin is None or origin == self._origin:
            return False
        return urlsplit(origin).netloc != headers.get("host", "")


def _counted(receive: Receive, most: int) -> Receive:
    """Hand on what is received, and stop where it is more than was told or is taken."""
    size = 0

    async def counting() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise TooLarge(f"A body may have {most} bytes at most.")
        return message

    return counting


def _most(headers: Headers) -> int:
    kind = headers.get("content-type", "application/json").lower()
    return MOST_WORDS_BYTES if kind.startswith(_WORDS) else MOST_BYTES


def _told_length(headers: Headers) -> int:
    told = headers.get("content-length", "0")
    return int(told) if told.isascii() and told.isdigit() else 0


def _refused(error: str, status: HTTPStatus) -> JSONResponse:
    phrase = "trouble.too-large" if error == "too-large" else None
    return JSONResponse({"error": error, "phrase": phrase}, status_code=status)
