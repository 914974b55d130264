"""The public side of badges: their page for people, and the issuer's keys for programs."""

import logging
from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, RedirectResponse, Response

from voice_app import attempts
from voice_app.badges import Standing, events_of, is_shown
from voice_app.models import Attempt, Badge
from voice_app.routes import achievements, badge_files, consenting, sharing, verifying
from voice_app.routes.badge_page import Holding, badge_page
from voice_app.routes.deps import Here, Owner, Service
from voice_app.routes.public_pages import (
    HTML,
    NEGOTIATED,
    TOKENS,
    Speaker,
    answer,
    preferred,
    speaker,
)
from voice_app.scoring.badges.did import did_document

log = logging.getLogger(__name__)
router = APIRouter()
for part in (achievements, consenting, sharing, verifying):
    router.include_router(part.router)

_OPEN = {"Access-Control-Allow-Origin": "*"}


@router.get("/b/{code}")
def show(request: Request, code: str, here: Here, owner: Owner) -> Response:
    """The badge's page, or its credential or token for those who ask for one."""
    media_type = preferred(request.headers.get("accept", ""))
    if media_type in TOKENS:
        return _redirected(f"/b/{code}.jwt")
    if media_type != HTML:
        return _document(here, code, owner=owner, media_type=media_type)
    speaks = speaker(here, request)
    try:
        found = badge_files.seen_by(here, code, owner=owner)
        holding = _holding(speaks, found, owner=owner)
    except SQLAlchemyError as error:
        log.warning("A badge cannot be checked: %s", getattr(error, "orig", None))
        return _page(speaks, None, status=HTTPStatus.SERVICE_UNAVAILABLE)
    is_unknown = found.state == "unknown"
    status = HTTPStatus.NOT_FOUND if is_unknown else HTTPStatus.OK
    return _page(speaks, found, holding=holding, status=status)


@router.get("/.well-known/did.json")
def show_issuer(here: Here) -> JSONResponse:
    """The issuer's public keys, the retired ones among them."""
    document = did_document(here.issuer.did, here.keys.published)
    return JSONResponse(document, media_type="application/did+json", headers=_OPEN)


def _document(here: Service, code: str, *, owner: str, media_type: str) -> Response:
    found = badge_files.seen_by(here, code, owner=owner)
    if found.state == "hidden":
        return badge_files.HIDDEN.response()
    if found.badge is None:
        return badge_files.UNKNOWN.response()
    headers = _OPEN | {"X-Robots-Tag": "noindex"} | NEGOTIATED
    return Response(found.badge.credential, media_type=media_type, headers=headers)


def _redirected(address: str) -> Response:
    headers = _OPEN | NEGOTIATED
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER, headers=headers)


def _holding(speaks: Speaker, found: Standing, *, owner: str) -> Holding | None:
    """Tell the holder, and nobody else, who may see this badge."""
    if found.badge is None or not is_held(speaks.here, found.badge, owner=owner):
        return None
    with speaks.here.database.reading.begin() as session:
        is_open = is_shown(events_of(session, found.badge.code))
    said = speaks.said("share.shown" if is_open else "share.hidden")
    return Holding(said, f"/share/{found.badge.code}")


def is_held(here: Service, badge: Badge, *, owner: str) -> bool:
    """Tell whether the secret of a cookie owns the attempt that earned a badge."""
    with here.database.reading.begin() as session:
        attempt = session.get_one(Attempt, badge.attempt_id)
    return attempt.owner_hash == attempts.hash_of(owner)


def _page(
    speaks: Speaker, found: Standing | None, *, holding: Holding | None = None, status: HTTPStatus
) -> Response:
    page = badge_page(speaks, found, holding=holding)
    language = speaks.language.code
    return answer(speaks.here, "badge.html", page=page, status=status, language=language)
