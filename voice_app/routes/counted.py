"""Counts what a request asks for before it is served, and turns away who asks too much."""

from collections.abc import Awaitable, Callable

from fastapi import Request
from starlette.responses import Response

from voice_app import attempts
from voice_app.errors import VoiceAppError
from voice_app.routes.deps import Here, Owner
from voice_app.routes.rates import Kind, Limit, weight
from voice_app.routes.turnstile import address_of, turned_away
from voice_app.routes.uploads import MOST_RECORDING_BYTES, drain


class TooMany(VoiceAppError):
    """One phone, or all behind one address, asked more often than people do."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"Come again in {wait_seconds} seconds.")
        self.wait_seconds = wait_seconds


def counted(kind: Kind) -> Callable[[Request, Here, Owner], Awaitable[None]]:
    """Give the dependency of a route that counts what it asks for. Raises `TooMany`."""

    async def count(request: Request, here: Here, owner: Owner) -> None:
        limit: Limit = getattr(here.rates, kind)
        whose = attempts.hash_of(owner) if owner else ""
        times = weight(_told_bytes(request)) if kind == "takes" else 1
        wait = limit.wait_seconds(owner=whose, address=address_of(request), times=times)
        if wait:
            await drain(request)
            raise TooMany(wait)

    return count


def too_many(_request: Request, error: Exception) -> Response:
    """Give the answer: the phone keeps what it has, and comes again."""
    wait = error.wait_seconds if isinstance(error, TooMany) else 0
    return turned_away(wait, phrase="trouble.machine")


def _told_bytes(request: Request) -> int:
    told = request.headers.get("content-length", "")
    is_told = told.isascii() and told.isdigit()
    return min(int(told), MOST_RECORDING_BYTES) if is_told else MOST_RECORDING_BYTES
