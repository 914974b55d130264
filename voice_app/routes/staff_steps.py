"""The cookie of what a page of staff was asked to prove: its own browser alone can prove it."""

from fastapi import Request
from starlette.responses import Response

from voice_app.routes.cookies import Cookie
from voice_app.routes.deps import service

_STEP = Cookie("step", seconds=600)


def step_of(request: Request) -> str:
    """Give the secret of what this browser is asked to prove."""
    return _STEP.read(request, origin=service(request).origin)


def remember_step(request: Request, answer: Response, secret: str) -> Response:
    """Let this browser, and no other, prove what it was asked."""
    _STEP.give(answer, secret, origin=service(request).origin)
    return answer


def forget_step(request: Request, answer: Response) -> Response:
    """It is proven, or given up."""
    _STEP.take(answer, origin=service(request).origin)
    return answer
