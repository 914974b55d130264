"""Badges as files: credential, token, paper and pictures; status lists and keys for verifiers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from voice_app import attempts, badges
from voice_app.badges import Standing
from voice_app.badges.lists import UnknownListError
from voice_app.badges.sheets import sheet_of
from voice_app.models import Attempt, Badge
from voice_app.routes.deps import Here, Owner, Service
from voice_app.scoring.badges.baking import bake
from voice_app.scoring.badges.jwt import jwk, signed_jwt
from voice_app.scoring.badges.paper import Sheet, paper
from voice_app.scoring.badges.paper_wording import paper_wording
from voice_app.scoring.badges.picture import picture_png, picture_svg
from voice_app.scoring.badges.status_list import Purpose

router = APIRouter()

# What a shown badge says is public, so that a checker in any page may read it.
_OPEN = {"Access-Control-Allow-Origin": "*"}
_PRIVATE_INDEX = {"X-Robots-Tag": "noindex"}
_SOON_STALE = {"Cache-Control": "public, max-age=60"}
_CREDENTIAL = "application/vc+ld+json"


@dataclass(frozen=True)
class Refusal:
    """Why there is no file: a status, a code for programs, a phrase for people."""

    status: HTTPStatus
    error: str
    phrase: str

    def response(self) -> Response:
        """The answer that says so."""
        said = {"error": self.error, "phrase": self.phrase}
        return JSONResponse(said, status_code=self.status, headers=_OPEN | _PRIVATE_INDEX)


@dataclass(frozen=True)
class Kind:
    """A kind of drawn file: `variant` is what else decides how `draw` draws a sheet."""

    media_type: str
    variant: str
    draw: Callable[[Sheet, str], bytes]


UNKNOWN = Refusal(HTTPStatus.NOT_FOUND, "unknown-badge", "badge.unknown")
HIDDEN = Refusal(HTTPStatus.FORBIDDEN, "hidden-badge", "badge.hidden")


@router.get("/status/{number}/{purpose}")
def show_list(number: int, purpose: Purpose, here: Here) -> Response:
    """The signed list of the badges that are cancelled (revocation) or paused (suspension)."""
    try:
        with here.database.reading.begin() as session:
            text = here.lists.published(session, number, purpose=purpose)
    except UnknownListError:
        return Refusal(HTTPStatus.NOT_FOUND, "unknown-list", "trouble.not-found").response()
    return Response(text, media_type=_CREDENTIAL, headers=_OPEN | _SOON_STALE)


@router.get("/keys/{key_id}.json")
def show_key(key_id: str, here: Here) -> Response:
    """One public key that signs tokens, in use or retired, as a JWK."""
    known = here.keys.jwt.public_keys
    if key_id not in known:
        return Refusal(HTTPStatus.NOT_FOUND, "unknown-key", "trouble.not-found").response()
    found = jwk(known[key_id], key_address(here.origin, key_id))
    return JSONResponse(found, headers=_OPEN | _SOON_STALE)


@router.get("/b/{code}.json")
def show_document(code: str, here: Here, owner: Owner) -> Response:
    """The signed credential, byte for byte."""
    return _file(
        here,
        code,
        owner=owner,
        write=lambda _here, badge: badge.credential,
        media_type="application/json",
    )


@router.get("/b/{code}.jwt")
def show_token(code: str, here: Here, owner: Owner) -> Response:
    """The same credential as a token, made with the key in use."""
    return _file(here, code, owner=owner, write=token_of, media_type="text/plain")


@router.get("/b/{code}.pdf")
def show_paper(
    code: str, here: Here, owner: Owner, lang: str = "", size: Literal["A5", "A6"] = "A5"
) -> Response:
    """The badge on paper, in the language asked for and the employer's."""

    def draw(sheet: Sheet, language: str) -> bytes:
        return paper(sheet, size=size, languages=(language, sheet.employer_language))

    kind = Kind("application/pdf", size, draw)
    return _picture(here, code, owner=owner, kind=kind, lang=lang)


@router.get("/b/{code}.png")
def show_png(code: str, here: Here, owner: Owner, lang: str = "") -> Response:
    """A picture for a CV, with the credential inside."""

    def draw(sheet: Sheet, language: str) -> bytes:
        return bake(picture_png(sheet, language=language), sheet.credential or "")

    return _picture(here, code, owner=owner, kind=Kind("image/png", "", draw), lang=lang)


@router.get("/b/{code}.svg")
def show_svg(code: str, here: Here, owner: Owner, lang: str = "") -> Response:
    """The same picture as lines, with the credential inside."""

    def draw(sheet: Sheet, language: str) -> bytes:
        return bake(picture_svg(sheet, language=language).encode(), sheet.credential or "")

    return _picture(here, code, owner=owner, kind=Kind("image/svg+xml", "", draw), lang=lang)


def key_address(origin: str, key_id: str) -> str:
    """Give where one public key is published: the `kid` of tokens."""
    return f"{origin}/keys/{key_id}.json"


def token_of(here: Service, badge: Badge) -> str:
    """Give a badge as a token."""
    key = here.keys.jwt
    kid = key_address(here.origin, key.id)
    return signed_jwt(json.loads(badge.credential), key.private_key, kid=kid)


def seen_by(here: Service, code: str, *, owner: str) -> Standing:
    """Tell how a badge stands for whoever asks; its holder sees it even when it is hidden."""
    with here.database.reading.begin() as session:
        badge = badges.find(session, code)
        is_holder = badge is not None and (
            session.get_one(Attempt, badge.attempt_id).owner_hash == attempts.hash_of(owner)
        )
        return badges.standing(
            session, code, office=here.office, now=here.clock(), is_holder=is_holder
        )


def _file(
    here: Service,
    code: str,
    *,
    owner: str,
    write: Callable[[Service, Badge], str],
    media_type: str,
) -> Response:
    """Answer with a file that verifiers read: they see for themselves how it stands."""
    found = seen_by(here, code, owner=owner)
    if found.badge is None:
        return UNKNOWN.response()
    if found.state == "hidden":
        return HIDDEN.response()
    return _answer(write(here, found.badge), media_type)


def _picture(here: Service, code: str, *, owner: str, kind: Kind, lang: str) -> Response:
    """Answer with a file that people look at: only of a badge that is good.

    What is drawn is kept by all that stands on it, so that asking again costs nothing.
    """
    found = seen_by(here, code, owner=owner)
    if found.state in {"cancelled", "paused", "expired"}:
        return Refusal(HTTPStatus.GONE, "withdrawn-badge", f"badge.word.{found.state}").response()
    if found.badge is None:
        return UNKNOWN.response()
    if found.state == "hidden":
        return HIDDEN.response()
    sheet = sheet_of(found.badge, office=here.office, pictures=here.pictures)
    language = paper_wording(lang or sheet.employer_language).language
    asked = (kind.media_type, kind.variant, language, sheet)
    drawn = here.drawings.of(*asked, draw=lambda: kind.draw(sheet, language))
    return _answer(drawn, kind.media_type)


def _answer(content: str | bytes, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers=_OPEN | _PRIVATE_INDEX)
