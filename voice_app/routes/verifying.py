"""Checking a badge that somebody was given: by its code, by its file, or without a network."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from voice_app import badges
from voice_app.badges import Standing
from voice_app.errors import VoiceAppError
from voice_app.routes.badge_files import key_address
from voice_app.routes.badge_page import Sign, sentence
from voice_app.routes.deps import Here, Service
from voice_app.routes.public_pages import Frame, Said, Speaker, answer, preferred, speaker
from voice_app.routes.turnstile import address_of, retry_after
from voice_app.routes.uploads import EmptyUpload, drain, uploaded
from voice_app.scoring.badges.checking import Checked, NoBadgeError, OurKeys, TooLargeError, check
from voice_app.scoring.badges.jwt import jwk
from voice_app.scoring.badges.strangers import TooComplicatedError, issuer_id
from voice_app.scoring.badges.verifier import KnownIssuer, verifier_page

router = APIRouter()

_TROUBLES: dict[type[VoiceAppError], tuple[int, str]] = {
    EmptyUpload: (422, "verify.empty"),
    TooLargeError: (413, "verify.too-large"),
    NoBadgeError: (422, "verify.no-badge"),
    TooComplicatedError: (422, "verify.complicated"),
}
# Of another issuer's badge nothing more is known than that nobody changed it.
_SENTENCES = {"unknown": "badge.not-ours", "expired": "badge.intact"}
_SHOWN_ISSUER_LETTERS = 60
_SHOWN_TYPED_LETTERS = 40
_NEVER = frozenset("OIL01")


@dataclass(frozen=True)
class Told:
    """What is told of a file: a sign with its word, a sentence, and remarks on it."""

    sign: Sign
    word: Said
    sentence: Said
    remarks: tuple[Said, ...]
    name: str | None
    issuer: str | None
    address: str | None


@dataclass(frozen=True)
class VerifyPage:
    """The page with the box for a code and the box for a file; `told` after a file was sent."""

    frame: Frame
    title: Said
    code: Said
    file: Said
    check: Said
    again: Said
    more: Said
    offline: Said
    troubles: tuple[Said, ...]
    typed: str
    told: Told | None


@router.get("/verify")
def show(request: Request, here: Here, code: str | None = None) -> Response:
    """The two boxes; a typed code leads to the page of its badge, a misread one is asked again."""
    if not code or not code.strip():
        return _answer(speaker(here, request))
    plain = badges.plain_code(code.strip().rpartition("/b/")[2].partition("#")[0].partition("?")[0])
    if not badges.is_code(plain):
        speaks = speaker(here, request)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _answer(speaks, troubles=_look_again(speaks, plain), typed=code, status=status)
    asked = request.query_params.get("lang")
    address = f"/b/{plain}" + (f"?lang={quote(asked)}" if asked else "")
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)


@router.post("/verify")
async def verify(request: Request, here: Here) -> Response:
    """Tell what an uploaded file is, ours or another issuer's; nothing is fetched for it."""
    speaks = speaker(here, request)
    if wait := here.checks.wait_seconds(address_of(request)):
        await drain(request)
        busy = HTTPStatus.TOO_MANY_REQUESTS
        refusal = _trouble(request, speaks, status=busy, key="verify.too-many")
        refusal.headers.update(retry_after(wait))
        return refusal
    try:
        data = await uploaded(request)
        told = await run_in_threadpool(_told, speaks, data)
    except tuple(_TROUBLES) as error:
        status, key = _TROUBLES[type(error)]
        return _trouble(request, speaks, status=status, key=key)
    if preferred(request.headers.get("accept", "")) != "text/html":
        return JSONResponse({"state": told.sign, "name": told.name, "issuer": told.issuer})
    return _answer(speaks, told=told)


@router.get("/verify.html")
def download(here: Here) -> Response:
    """One file that checks badges without a server and without a network."""
    with here.database.reading.begin() as session:
        lists = badges.all_bits(session, origin=here.origin)
    text = verifier_page(
        known_issuer(here), lists, at=here.clock(), folder=here.pictures.parent / "static"
    )
    headers = {"Content-Disposition": 'attachment; filename="verify.html"'}
    return Response(text, media_type="text/html", headers=headers)


def known_issuer(here: Service) -> KnownIssuer:
    """Give ourselves as verify.html knows us."""
    tokens = here.keys.jwt.public_keys
    return KnownIssuer(
        did=here.issuer.did,
        name=here.issuer.name,
        origin=here.origin,
        keys=here.keys.badge.public_keys,
        jwks=[jwk(key, key_address(here.origin, name)) for name, key in tokens.items()],
    )


def _our_keys(here: Service) -> OurKeys:
    tokens = here.keys.jwt.public_keys
    return OurKeys(
        did=here.issuer.did,
        keys=here.keys.badge.public_keys,
        jwt_keys={key_address(here.origin, name): key for name, key in tokens.items()},
    )


def _told(speaks: Speaker, data: bytes) -> Told:
    here = speaks.here
    checked = check(data, ours=_our_keys(here), now=here.clock())
    if checked.verdict == "ours":
        return _told_of_ours(speaks, checked)
    told = _SENTENCES.get(checked.verdict, f"badge.{checked.verdict}")
    return Told(
        sign=checked.verdict,
        word=speaks.said(f"badge.word.{checked.verdict}"),
        sentence=speaks.said(told),
        remarks=tuple(map(speaks.said, _remarks(checked))),
        name=checked.name,
        issuer=_stranger(checked),
        address=None,
    )


def _stranger(checked: Checked) -> str | None:
    """Name another issuer by what its key proves too: anybody may write any name."""
    if checked.document is None:
        return None
    proven = issuer_id(checked.document)
    return f"{checked.issuer} ({proven[:_SHOWN_ISSUER_LETTERS]})"


def _told_of_ours(speaks: Speaker, checked: Checked) -> Told:
    """Ask our own rows how a badge stands that we signed; its page tells the rest."""
    found = _standing(speaks.here, checked.code or "")
    # Signed by us, and not among our rows: nothing can be said of it now.
    sign: Sign = "unchecked" if found is None or found.state == "unknown" else found.state
    is_open = sign not in {"hidden", "unchecked"}
    return Told(
        sign=sign,
        word=speaks.said(f"badge.word.{sign}"),
        sentence=sentence(speaks, sign, found.badge if found else None),
        remarks=(),
        name=checked.name if is_open else None,
        issuer=speaks.here.issuer.name,
        address=f"/b/{checked.code}" if is_open else None,
    )


def _standing(here: Service, code: str) -> Standing | None:
    try:
        with here.database.reading.begin() as session:
            return badges.standing(session, code, office=here.office, now=here.clock())
    except SQLAlchemyError:
        return None


def _remarks(checked: Checked) -> tuple[str, ...]:
    if checked.why is not None:
        return (f"verify.{checked.why}",)
    if checked.verdict == "unknown":
        return ()
    return ("verify.other", *(["verify.list-elsewhere"] if checked.has_list else []))


def _trouble(request: Request, speaks: Speaker, *, status: int, key: str) -> Response:
    if preferred(request.headers.get("accept", "")) != "text/html":
        return JSONResponse({"error": key, "phrase": key}, status_code=status)
    return _answer(speaks, troubles=(speaks.said(key),), status=status)


def _look_again(speaks: Speaker, plain: str) -> tuple[Said, ...]:
    """Say what is wrong with a code that can be none; nobody guesses what was meant."""
    keys = ["verify.look-again"]
    if set(plain) & _NEVER:
        keys.append("verify.no-such-sign")
    return tuple(map(speaks.said, keys))


def _answer(
    speaks: Speaker,
    *,
    told: Told | None = None,
    troubles: tuple[Said, ...] = (),
    typed: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    page = VerifyPage(
        frame=speaks.frame(),
        title=speaks.said("verify.title"),
        code=speaks.said("verify.code"),
        file=speaks.said("verify.file"),
        check=speaks.said("verify.check"),
        again=speaks.said("verify.again"),
        more=speaks.said("badge.more"),
        offline=speaks.said("verify.offline"),
        troubles=troubles,
        typed=typed[:_SHOWN_TYPED_LETTERS],
        told=told,
    )
    language = speaks.language.code
    return answer(speaks.here, "verify.html", page=page, status=status, language=language)
