"""What every answer carries: the headers that keep its page shut."""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# For a year, browsers ask by https alone.
_ONLY_HTTPS = "max-age=31536000"
_LASTING = ("/audio/", "/pictures/")
_BROKEN = JSONResponse({"error": "error", "phrase": "trouble.machine"}, status_code=500)


class Guard:
    """Sets the security headers, on refusals and breakdowns too.

    `is_https`: people reach the service by https, whatever stands in front of it.
    """

    def __init__(self, app: ASGIApp, *, is_https: bool = False) -> None:
        self._app = app
        self._is_https = is_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                _add_headers(headers, path=scope["path"])
                if self._is_https or scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", _ONLY_HTTPS)
            await send(message)

        try:
            await self._app(scope, receive, send_guarded)
        except Exception:
            # Whatever broke is still logged by the server; its answer is guarded as any other.
            if not has_begun:
                await _BROKEN(scope, receive, send_guarded)
            raise


def _add_headers(headers: MutableHeaders, *, path: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", _cache(path, _LASTING))


def _cache(path: str, lasting: Iterable[str]) -> str:
    if any(path.startswith(folder) for folder in lasting):
        return "public, max-age=86400"
    return "no-cache" if path.startswith("/static/") else "no-store"
