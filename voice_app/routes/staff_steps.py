"""The cookie of what a page of staff was asked to prove: its own browser alone can prove it."""

from fastapi import Request
from starlette.responses import Response

from voice_app.routes.deps import service

_STEP_COOKIE = "step"
_STEP_SECONDS = 600


def step_of(request: Request) -> str:
    """Give the secret of what this browser is asked to prove."""
    return request.cookies.get(_step_cookie(request), "")


def remember_step(request: Request, answer: Response, secret: str) -> Response:
    """Let this browser, and no other, prove what it was asked."""
    answer.set_cookie(
        _step_cookie(request),
        secret,
        max_age=_STEP_SECONDS,
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_secure(request),
    )
    return answer


def forget_step(request: Request, answer: Response) -> Response:
    """It is proven, or given up."""
    answer.delete_cookie(
        _step_cookie(request), path="/", httponly=True, samesite="lax", secure=_is_secure(request)
    )
    return answer


def _step_cookie(request: Request) -> str:
    return f"__Host-{_STEP_COOKIE}" if _is_secure(request) else _STEP_COOKIE


def _is_secure(request: Request) -> bool:
    return service(request).origin.startswith("https:")
