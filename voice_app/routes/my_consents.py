"""What a person allows besides the test: asked one by one, said aloud, heard again, taken back."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from voice_app import attempts, consents, notices
from voice_app.consents import EXTRAS, Extra, Told
from voice_app.models import Consent
from voice_app.people import candidates
from voice_app.routes.access import sent
from voice_app.routes.consents_page import asking_page, consents_page, picture_of
from voice_app.routes.counted import counted
from voice_app.routes.deps import Here, Owner, Service
from voice_app.routes.errors import NotHeard, NoticeFirst, NotSaid
from voice_app.routes.public_pages import Speaker, answer, page_language, speaker
from voice_app.routes.spoken_yes import is_page, keep_spoken, page_at, told_in, yes_in
from voice_app.vault import KeyGone

router = APIRouter(prefix="/consents")

_COUNTED = [Depends(counted("words"))]
_HOLDERS = {"Vary": "Cookie, Accept-Language"}
# The largest number that a row can have.
_LAST_SEQ = 2**63 - 1
# Only what recorders of phones make is handed out again, under a name no browser runs.
_SOUNDS = ("audio/webm", "audio/mp4", "audio/ogg", "audio/wav", "audio/mpeg", "audio/aac")


@router.get("")
def show(request: Request, here: Here, owner: Owner) -> Response:
    """The page of everything a person said yes to, and can take back."""
    with here.database.reading.begin() as session:
        words = _words(session, owner)
        help_language = _help_language(session, owner)
    speaks = speaker(here, request, preferring=help_language)
    return _page(speaks, "consents.html", page=consents_page(speaks, words))


@router.get("/open")
def unanswered(here: Here, owner: Owner) -> dict[str, Any]:
    """Which questions this person has not answered yet, in the order they are asked."""
    with here.database.reading.begin() as session:
        said = {one.purpose for one in _words(session, owner)}
    return {"questions": [_question(one) for one in EXTRAS if one not in said]}


@router.get("/voices/{seq}")
def voice(seq: Annotated[int, Path(ge=1, le=_LAST_SEQ)], here: Here, owner: Owner) -> Response:
    """Hear one's own yes again."""
    with here.database.reading.begin() as session:
        word = session.get(Consent, seq)
    if word is None or not owner or word.owner_hash != attempts.hash_of(owner):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if word.recording is None or word.recording_sha256 is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        kept = here.store.found(word.recording, word.recording_sha256)
        data = here.store.read(kept.path.name, owner=word.owner_hash)
    except (OSError, KeyGone) as error:
        raise HTTPException(HTTPStatus.NOT_FOUND) from error
    kind = (word.media_type or "").partition(";")[0].strip().lower()
    return Response(data, media_type=kind if kind in _SOUNDS else "application/octet-stream")


@router.get("/{purpose}")
def ask(purpose: Extra, request: Request, here: Here, owner: Owner, lang: str = "") -> Response:
    """The page that asks one question, of whoever heard before what happens with a voice."""
    with here.database.reading.begin() as session:
        if not _has_met(session, owner):
            return page_at("/notice", lang=lang)
        help_language = _help_language(session, owner)
    speaks = speaker(here, request, preferring=help_language)
    return _page(speaks, "consent.html", page=asking_page(speaks, purpose))


@router.put("/{purpose}/recordings/{recording_id}", dependencies=_COUNTED)
async def keep(
    purpose: Extra, recording_id: UUID, request: Request, here: Here, owner: Owner
) -> Response:
    """Keep a spoken yes, so that the touch after it can name it."""
    await run_in_threadpool(_check_has_met, here, owner)
    whose = attempts.hash_of(owner)
    name = _name(purpose, recording_id, owner_hash=whose)
    return await keep_spoken(request, here, recording_id=recording_id, name=name, owner_hash=whose)


@router.post("/{purpose}", dependencies=_COUNTED)
async def agree(
    purpose: Extra, request: Request, here: Here, owner: Owner, lang: str = ""
) -> Response:
    """Say yes. The form tells what was heard, and which recording holds the yes, or why none."""
    said = await sent(request)
    await run_in_threadpool(_check_has_met, here, owner)
    try:
        await run_in_threadpool(_agree, here, purpose, owner=owner, lang=lang, said=said)
    except (NotHeard, NotSaid):
        if not is_page(request):
            raise
        return page_at(f"/consents/{purpose}", lang=lang)
    return page_at("/consents", lang=lang)


@router.post("/{purpose}/refusal", dependencies=_COUNTED)
async def refuse(
    purpose: Extra, request: Request, here: Here, owner: Owner, lang: str = ""
) -> Response:
    """Say no, or take a yes back: by one touch, at any time."""
    said = await sent(request)
    await run_in_threadpool(_refuse, here, purpose, owner=owner, lang=lang, said=said)
    return page_at("/consents", lang=lang)


def _has_met(session: Session, owner: str) -> bool:
    return bool(owner) and notices.has_met(session, attempts.hash_of(owner))


def _check_has_met(here: Service, owner: str) -> None:
    with here.database.reading.begin() as session:
        if not _has_met(session, owner):
            raise NoticeFirst("Hear first what happens with a voice.")


def _agree(
    here: Service, purpose: Extra, *, owner: str, lang: str, said: Mapping[str, str]
) -> None:
    about = consents.about_extra(purpose, owner_hash=attempts.hash_of(owner))
    with here.database.writing.begin() as session:
        if consents.holds(session, purpose, owner_hash=about.owner_hash):
            return
        told = _told(here, session, purpose, owner=owner, lang=lang, said=said)
        yes = yes_in(
            here,
            session,
            said,
            told=told,
            name_of=lambda one: _name(purpose, one, owner_hash=about.owner_hash),
        )
        consents.give(session, about, told=told, yes=yes, at=here.clock())


def _refuse(
    here: Service, purpose: Extra, *, owner: str, lang: str, said: Mapping[str, str]
) -> None:
    about = consents.about_extra(purpose, owner_hash=attempts.hash_of(owner))
    with here.database.writing.begin() as session:
        if not _has_met(session, owner):
            return
        if consents.holds(session, purpose, owner_hash=about.owner_hash):
            consents.withdraw(session, about, at=here.clock())
            return
        told = _told(here, session, purpose, owner=owner, lang=lang, said=said)
        consents.refuse(session, about, told=told, at=here.clock())


def _told(
    here: Service,
    session: Session,
    purpose: Extra,
    *,
    owner: str,
    lang: str,
    said: Mapping[str, str],
) -> Told:
    asked = lang or _help_language(session, owner)
    heard = page_language(here.content, asked=asked, accepted="")
    was_played = said.get("played") == "yes"
    return told_in(here, heard, phrase=f"consent.{purpose}", was_played=was_played)


def _name(purpose: Extra, recording_id: UUID, *, owner_hash: str) -> str:
    return f"{sha256(f'{purpose} {owner_hash}'.encode()).hexdigest()[:24]}-{recording_id}"


def _words(session: Session, owner: str) -> Sequence[Consent]:
    return consents.words_of(session, attempts.hash_of(owner)) if owner else ()


def _help_language(session: Session, owner: str) -> str | None:
    return candidates.help_language(session, attempts.hash_of(owner) if owner else "")


def _question(purpose: Extra) -> dict[str, str]:
    return {
        "purpose": purpose,
        "phrase": f"consent.{purpose}",
        "picture": picture_of(purpose),
    }


def _page(speaks: Speaker, template: str, *, page: object) -> Response:
    response = answer(speaks.here, template, page=page, language=speaks.language.code)
    response.headers.update(_HOLDERS)
    return response
