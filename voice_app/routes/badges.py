"""The public side of badges: their page, their document, and the issuer's keys."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from voice_app import badges
from voice_app.models import Badge
from voice_app.routes.badge_page import BadgePage, page_language, real_page, unknown_page
from voice_app.routes.deps import Here, Service
from voice_app.scoring.badges.credential import achievement
from voice_app.scoring.badges.did import did_document

router = APIRouter()

_HTML = "text/html"
_JSON = "application/json"
_DOCUMENTS = ("application/vc+ld+json", "application/vc", "application/ld+json", _JSON)
_PRIVATE_INDEX = {"X-Robots-Tag": "noindex"}
# What a badge says is public, so that a checker in any page may read it.
_OPEN = {"Access-Control-Allow-Origin": "*"}
_NEGOTIATED = {"Vary": "Accept, Accept-Language"}


@router.get("/b/{code}.json")
def show_document(code: str, here: Here) -> Response:
    """The signed credential, byte for byte."""
    return _document(_found(here, code), media_type=_JSON)


@router.get("/b/{code}")
def show(request: Request, code: str, here: Here, lang: str | None = None) -> Response:
    """The badge's page, or its credential for those who ask for JSON."""
    media_type = preferred(request.headers.get("accept", ""))
    badge = _found(here, code)
    if media_type != _HTML:
        return _document(badge, media_type=media_type)
    accepted = request.headers.get("accept-language", "")
    language = page_language(here.content, asked=lang, accepted=accepted)
    if badge is None or not _is_real(here, badge):
        return _html(here, unknown_page(here, language=language), status=HTTPStatus.NOT_FOUND)
    return _html(here, real_page(here, badge, language=language), status=HTTPStatus.OK)


@router.get("/achievements/{micro_competence}/{employer_language}")
def show_achievement(micro_competence: str, employer_language: str, here: Here) -> Response:
    """What a badge is given for and how: the definition that credentials point to."""
    try:
        definition = badges.definition_of(
            here.content,
            micro_competence=micro_competence,
            employer_language=employer_language,
            origin=here.origin,
        )
    except badges.UnknownAchievementError:
        return _not_ours()
    return JSONResponse(achievement(definition), headers=_OPEN)


@router.get("/.well-known/did.json")
def show_issuer(here: Here) -> JSONResponse:
    """The issuer's public keys, the retired ones among them."""
    document = did_document(here.issuer.did, here.key.public_keys)
    return JSONResponse(document, media_type="application/did+json", headers=_OPEN)


def preferred(accept: str) -> str:
    """Choose the media type of an answer from an Accept header; HTML unless JSON is asked for."""
    weights = {name: weight for name, weight in map(_weighed, accept.split(",")) if name}
    offers = (_HTML, *_DOCUMENTS)
    best = max(offers, key=lambda offer: (_weight_of(offer, weights), -offers.index(offer)))
    return best if _weight_of(best, weights) else _HTML


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return name, float(quality)
    except ValueError:
        return name, 0.0


def _weight_of(offer: str, weights: Mapping[str, float]) -> float:
    family = f"{offer.partition('/')[0]}/*"
    return next((weights[name] for name in (offer, family, "*/*") if name in weights), 0.0)


def _found(here: Service, code: str) -> Badge | None:
    with here.database.reading.begin() as session:
        return badges.find(session, code)


def _is_real(here: Service, badge: Badge) -> bool:
    return badges.is_real(badge, keys=here.key.public_keys, origin=here.origin)


def _document(badge: Badge | None, *, media_type: str) -> Response:
    if badge is None:
        return _not_ours()
    headers = _OPEN | _PRIVATE_INDEX | _NEGOTIATED
    return Response(badge.credential, media_type=media_type, headers=headers)


def _not_ours() -> Response:
    said = {"error": "unknown-badge", "phrase": "badge.unknown"}
    return JSONResponse(said, status_code=HTTPStatus.NOT_FOUND, headers=_OPEN)


def _html(here: Service, page: BadgePage, *, status: HTTPStatus) -> HTMLResponse:
    text = here.templates.get_template("badge.html").render(page=page)
    headers = _PRIVATE_INDEX | _NEGOTIATED | {"Content-Language": page.language}
    return HTMLResponse(text, status_code=status, headers=headers)
