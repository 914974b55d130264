"""A candidate who holds the top level asks with one tap to listen to others and to help."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from voice_app import attempts
from voice_app.marking import applying, becoming, licensing
from voice_app.routes.access import Fields
from voice_app.routes.deps import Here, Owner

router = APIRouter(prefix="/applications")


@router.get("")
def show(here: Here, owner: Owner) -> dict[str, Any]:
    """Tell by micro-competence whether one may ask, or has asked."""
    with here.database.reading.begin() as session:
        return {"offers": becoming.offers(session, attempts.hash_of(owner))}


@router.post("/{micro_competence}")
def ask(
    micro_competence: str, request: Request, here: Here, owner: Owner, sent: Fields
) -> Response:
    """Ask; once is enough. To who may not ask there is no such thing."""
    try:
        with here.database.writing.begin() as session:
            owner_hash = attempts.hash_of(owner)
            applying.apply(session, owner_hash, micro_competence, at=here.clock())
    except licensing.LicenseError:
        said = {"error": "not-found", "phrase": "trouble.not-found"}
        return JSONResponse(said, HTTPStatus.NOT_FOUND)
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/stack{_asked_in(sent.get('lang', ''))}", HTTPStatus.SEE_OTHER)
    return JSONResponse({"phrase": "assess.asked"}, HTTPStatus.CREATED)


def _asked_in(language: str) -> str:
    return f"?lang={language}" if language.isascii() and language.isalpha() else ""
