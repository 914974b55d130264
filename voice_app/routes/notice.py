"""The spoken notice: heard before the first attempt, and again whenever somebody wants to."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse

from voice_app import attempts, notices
from voice_app.attempts import UnknownChoice
from voice_app.notices import Edition
from voice_app.routes import spoken
from voice_app.routes.access import token_for
from voice_app.routes.counted import counted
from voice_app.routes.deps import Here, Owner, Service, new_secret, remember_owner
from voice_app.routes.errors import NoticeFirst
from voice_app.routes.public_pages import Frame, Said, answer, speaker

router = APIRouter(prefix="/notice")


class Heard(BaseModel):
    """Which wording was heard, and whether the page played it to its end."""

    version: str
    was_played: bool = False


@dataclass(frozen=True)
class Told:
    """One sentence of the notice with its picture."""

    picture: str
    said: Said


@dataclass(frozen=True)
class NoticePage:
    """The notice as a page: to hear again, and for the person who helps to read."""

    frame: Frame
    title: Said
    cards: tuple[Told, ...]
    issuer: str
    email: str | None
    consents: Said
    kept: Said
    start: Said
    hear: Said


@router.get("")
def show(request: Request, here: Here) -> Response:
    """The page of the notice; nothing to sign, nothing to agree to."""
    speaks = speaker(here, request)
    cards = tuple(
        Told(spoken.picture_url(line.picture), speaks.said(line.phrase))
        for line in _edition(here, speaks.language.code).lines
    )
    page = NoticePage(
        frame=speaks.frame(),
        title=speaks.said("notice.title"),
        cards=cards,
        issuer=here.issuer.name,
        email=here.issuer.email,
        consents=speaks.said("consent.title"),
        kept=speaks.said("me.title"),
        start=speaks.said("control.start"),
        hear=speaks.said("control.play"),
    )
    return answer(here, "notice.html", page=page, language=speaks.language.code)


@router.get("/{language}")
def cards(language: str, here: Here, owner: Owner) -> dict[str, Any]:
    """The notice in one language, and whether this phone or candidate heard it before."""
    told = _edition(here, language)
    with here.database.reading.begin() as session:
        is_heard = bool(owner) and notices.is_heard(
            session, told.digest, owner_hash=attempts.hash_of(owner)
        )
    return {
        "version": told.digest,
        "is_heard": is_heard or not told.lines,
        "cards": [
            {
                "picture": spoken.picture_url(line.picture),
                "text": line.text,
                "audio": line.sound and spoken.audio_url(line.sound),
            }
            for line in told.lines
        ],
    }


@router.post("/{language}/heard", status_code=201, dependencies=[Depends(counted("words"))])
def heard(
    language: str, said: Heard, request: Request, here: Here, owner: Owner, response: Response
) -> Any:  # a JSONResponse where the wording is another by now
    """Keep that the notice was heard; what was heard is named by its digest."""
    told = _edition(here, language)
    if said.version != told.digest:
        return JSONResponse({"error": "changed", "phrase": "trouble.machine"}, status_code=409)
    secret = owner or new_secret()
    with here.database.writing.begin() as session:
        notices.hear(
            session,
            told,
            owner_hash=attempts.hash_of(secret),
            was_played=said.was_played,
            at=here.clock(),
        )
    remember_owner(response, secret, origin=here.origin)
    return {"version": told.digest, "form_token": token_for(request, secret)}


def check_is_told(here: Service, session: Session, language: str, *, owner: str) -> None:
    """See that somebody heard the notice as it is told now. Raises `NoticeFirst`."""
    told = _edition(here, language)
    if told.lines and not notices.is_heard(
        session, told.digest, owner_hash=attempts.hash_of(owner)
    ):
        raise NoticeFirst("Hear first what happens with a voice.")


def _edition(here: Service, language: str) -> Edition:
    found = here.content.languages.get(language)
    if found is None:
        raise UnknownChoice(f"There is no help language {language}.")
    return notices.edition(found, here.manifest, basis=here.legal_basis)
