"""Cookies of this service: out of reach of scripts and, over https, of neighboring names."""

from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response


@dataclass(frozen=True)
class Cookie:
    """One cookie, lasting `seconds`; None ends it with the browser."""

    name: str
    seconds: int | None = None

    def read(self, request: Request, *, origin: str) -> str:
        """Give what the browser brought; empty when it brought none."""
        return request.cookies.get(self._name(origin), "")

    def give(self, response: Response, value: str, *, origin: str) -> None:
        """Let the browser keep a value."""
        response.set_cookie(
            self._name(origin),
            value,
            max_age=self.seconds,
            path="/",
            httponly=True,
            samesite="lax",
            secure=_is_secure(origin),
        )

    def take(self, response: Response, *, origin: str) -> None:
        """Take the value away from the browser."""
        response.delete_cookie(
            self._name(origin), path="/", httponly=True, samesite="lax", secure=_is_secure(origin)
        )

    def _name(self, origin: str) -> str:
        # Browsers take a name with this beginning only over https, for this host and every path.
        return f"__Host-{self.name}" if _is_secure(origin) else self.name


def _is_secure(origin: str) -> bool:
    return origin.startswith("https:")
