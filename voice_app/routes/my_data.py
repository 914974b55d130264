"""What is kept about whoever asks: hear it, take it along, delete the voice, delete everything."""

from collections.abc import Mapping
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, RedirectResponse, Response

from voice_app import attempts, audit, privacy
from voice_app.access import Actor
from voice_app.people import candidates
from voice_app.privacy import Badges, Holdings
from voice_app.privacy.corrections import is_looked_at
from voice_app.routes import my_data_page as pages
from voice_app.routes import news
from voice_app.routes.access import Who, goodbye, sent
from voice_app.routes.deps import Here, Owner, Service, forget_owner
from voice_app.routes.public_pages import Speaker, answer, speaker
from voice_app.routes.turnstile import address_of, turned_away
from voice_app.vault import Scope

router = APIRouter(prefix="/me")

FILE_NAME = "mycred4home-my-data.zip"
_HOLDERS = {"Vary": "Cookie, Accept-Language"}


@router.get("")
def show(request: Request, here: Here, owner: Owner, wrong: bool = False) -> Response:  # noqa: FBT001, FBT002
    """The page with the four things a person can do; what is new comes first."""
    speaks = _speaker(here, request, owner)
    with here.database.reading.begin() as session:
        is_answered = bool(owner) and is_looked_at(session, attempts.hash_of(owner))
    fresh = [(one["key"], one["assessment"]) for one in news.waiting(here, owner)]
    return _page(
        speaks, pages.choices(speaks, has_asked=wrong, is_answered=is_answered, news=fresh)
    )


@router.get("/kept")
def hear(request: Request, here: Here, owner: Owner) -> Response:
    """What is kept, in spoken sentences with numbers."""
    speaks = _speaker(here, request, owner)
    return _page(speaks, pages.kept(speaks, _holdings(here, owner)))


@router.post("/correction")
def correct(here: Here, owner: Owner, lang: str = "") -> Response:
    """Say that something is wrong: a person looks at it."""
    whose = attempts.hash_of(owner)
    with here.database.writing.begin() as session:
        if owner and privacy.is_known(session, whose):
            privacy.ask_correction(session, whose, at=here.clock())
    return _back("/me", lang=lang, wrong="true")


@router.get("/file")
def explain_file(request: Request, here: Here, owner: Owner) -> Response:
    """Say what is in the file, before it is taken."""
    speaks = _speaker(here, request, owner)
    return _page(speaks, pages.taking(speaks, _holdings(here, owner)))


@router.post("/file")
async def take(request: Request, here: Here, owner: Owner, who: Who) -> Response:
    """Give everything that is kept in one file. Nothing of it stays here, but that it was taken."""
    if wait := here.takes.wait_seconds(address_of(request)):
        return turned_away(wait, phrase="trouble.machine")
    speaks = await run_in_threadpool(_speaker, here, request, owner)
    return await run_in_threadpool(_file, here, owner, who=who, speaks=speaks)


@router.get("/voice")
def explain_voice(request: Request, here: Here, owner: Owner) -> Response:
    """Say what deleting the voice means, before it is done."""
    return _page(speaks := _speaker(here, request, owner), pages.deleting_voice(speaks))


@router.post("/voice")
def delete_voice(request: Request, here: Here, owner: Owner, who: Who) -> Response:
    """Delete the voice; marks and badges stay."""
    speaks = _speaker(here, request, owner)
    _erase(here, owner, scope="voice", badges="kept", asked_by=_name(who.candidate))
    return _page(speaks, pages.done(speaks, "me.voice-done"))


@router.get("/everything")
def explain_everything(request: Request, here: Here, owner: Owner) -> Response:
    """Say what deleting everything means, and ask what becomes of badges."""
    speaks = _speaker(here, request, owner)
    return _page(speaks, pages.deleting_all(speaks, _holdings(here, owner)))


@router.post("/everything")
async def delete_everything(request: Request, here: Here, owner: Owner, who: Who) -> Response:
    """Delete all that is about a person; the form says whether their badges stay good."""
    said = await sent(request)
    speaks = await run_in_threadpool(_speaker, here, request, owner)
    badges: Badges = "cancelled" if said.get("badges") == "cancelled" else "kept"
    asked_by = _name(who.candidate)
    await run_in_threadpool(
        _erase, here, owner, scope="everything", badges=badges, asked_by=asked_by
    )
    response = _page(speaks, pages.done(speaks, "me.all-done"))
    if who.candidate is None:
        forget_owner(response, origin=here.origin)
    else:
        # What the phone itself owns is somebody's still, and only its secret can delete it.
        goodbye(response, origin=here.origin)
    # What the phone itself keeps: takes that were not sent yet, the place in the attempt.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _erase(here: Service, owner: str, *, scope: Scope, badges: Badges, asked_by: str) -> None:
    whose = attempts.hash_of(owner)
    with here.database.writing.begin() as session:
        if not owner or not privacy.is_known(session, whose):
            return
        wish = privacy.erase(
            session, whose, scope=scope, badges=badges, asked_by=asked_by, at=here.clock()
        )
    privacy.carry_out(here.keeping, wish.id)


def _file(here: Service, owner: str, *, who: Actor, speaks: Speaker) -> Response:
    holdings = _holdings(here, owner)
    if holdings.is_empty:
        return _page(speaks, pages.taking(speaks, holdings))
    lent = ExitStack()
    target = lent.enter_context(here.store.scratch.folder()) / "my-data.zip"
    sounds = (here.sounds / path for path in pages.summary_sounds(speaks, holdings))
    summary = b"".join(sound.read_bytes() for sound in sounds if sound.exists())
    privacy.export(here.keeping, attempts.hash_of(owner), target, summary=summary)
    _note_taking(here, attempts.hash_of(owner), who=who)
    return FileResponse(
        target,
        media_type="application/zip",
        filename=FILE_NAME,
        background=BackgroundTask(lent.close),
    )


def _note_taking(here: Service, whose: str, *, who: Actor) -> None:
    """Write down that somebody took all along: the candidate, or a phone by its first attempt."""
    with here.database.writing.begin() as session:
        begun = next(iter(privacy.attempts_of(session, whose)), None)
        phone = "phone" if begun is None else f"attempt:{begun}"
        audit.record(
            session,
            actor=_name(who.candidate),
            action="exported",
            subject=phone if who.candidate is None else _name(who.candidate),
            center=who.center,
            at=here.clock(),
        )


def _holdings(here: Service, owner: str) -> Holdings:
    whose = attempts.hash_of(owner) if owner else ""
    with here.database.reading.begin() as session:
        stored = sum(map(here.store.has, privacy.takes(session, whose)))
        return privacy.holdings(session, whose, stored=stored)


def _speaker(here: Service, request: Request, owner: str) -> Speaker:
    with here.database.reading.begin() as session:
        whose = attempts.hash_of(owner) if owner else ""
        preferring = candidates.help_language(session, whose)
    return speaker(here, request, preferring=preferring)


def _name(candidate: str | None) -> str:
    return f"candidate:{candidate}" if candidate else "holder"


def _page(speaks: Speaker, page: pages.MePage) -> Response:
    response = answer(speaks.here, "me.html", page=page, language=speaks.language.code)
    response.headers.update(_HOLDERS)
    return response


def _back(address: str, **query: str) -> Response:
    asked: Mapping[str, Any] = {name: value for name, value in query.items() if value}
    return RedirectResponse(f"{address}?{urlencode(asked)}", HTTPStatus.SEE_OTHER)
