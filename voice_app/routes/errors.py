"""Expected errors to HTTP: a status, a code, and the phrase to speak."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from voice_app.attempts import ClosedTurn, OtherResponse, UnknownAttempt, UnknownChoice
from voice_app.errors import VoiceAppError
from voice_app.oversight import ContestedBefore

log = logging.getLogger(__name__)


class TooLarge(VoiceAppError):
    """The recording is larger than any honest answer."""


class StorageFailed(VoiceAppError):
    """The recording could not be written, so nothing was acknowledged."""


class NoticeFirst(VoiceAppError):
    """Nobody gives a voice before they heard what happens with it."""


class NotHeard(VoiceAppError):
    """Nobody says yes to a question that was not played to them."""


class NotSaid(VoiceAppError):
    """A yes is said aloud, or there is a reason why not."""


_ANSWERS: dict[type[VoiceAppError], tuple[int, str, str]] = {
    UnknownAttempt: (404, "unknown-attempt", "trouble.not-found"),
    UnknownChoice: (422, "unknown-choice", "trouble.not-found"),
    ClosedTurn: (409, "closed", "trouble.closed"),
    OtherResponse: (409, "other-response", "trouble.closed"),
    ContestedBefore: (409, "contested-before", "why.final"),
    NoticeFirst: (403, "notice-first", "trouble.not-found"),
    NotHeard: (409, "not-heard", "share.touch-instead"),
    NotSaid: (409, "not-said", "share.touch-instead"),
    TooLarge: (413, "too-large", "trouble.too-large"),
    StorageFailed: (503, "storage", "trouble.machine"),
}


def install(app: FastAPI) -> None:
    """Make the app answer expected errors in the person's own terms."""
    app.add_exception_handler(VoiceAppError, _expected)
    app.add_exception_handler(OperationalError, _refused)
    app.add_exception_handler(NoConnection, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def _expected(_request: Request, error: Exception) -> Response:
    known = [answer for kind, answer in _ANSWERS.items() if isinstance(error, kind)]
    status, code, phrase = known[0] if known else (500, "error", "trouble.machine")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s: %s", type(error).__name__, error)
    return _answer(status, code, phrase=phrase)


def _refused(_request: Request, error: Exception) -> Response:
    """The database is full, locked or busy: nothing was taken, the phone keeps its answer."""
    log.error("The database refused: %s", getattr(error, "orig", None))
    return _answer(503, "storage", phrase="trouble.machine")


def _invalid(_request: Request, _error: Exception) -> Response:
    return _answer(422, "invalid", phrase="trouble.machine")


def _http(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = "not-found" if status == HTTPStatus.NOT_FOUND else "error"
    return _answer(status, code, phrase="trouble.not-found")


def _answer(status: int, code: str, *, phrase: str) -> Response:
    return JSONResponse({"error": code, "phrase": phrase}, status_code=status)
