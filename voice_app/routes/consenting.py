"""The holder's word on who sees a badge: a yes that is spoken and touched, or taken back."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast, get_args
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from voice_app import attempts, badges, consents
from voice_app.audio.store import BadUtteranceId, Stored
from voice_app.badges import UnknownBadgeError
from voice_app.consents import Silence, Spoken, Told, Touched, Yes
from voice_app.dialogues.sentences import sound_key
from voice_app.models import Attempt, Badge
from voice_app.routes.badge_files import UNKNOWN
from voice_app.routes.deps import Here, Owner, Service
from voice_app.routes.errors import StorageFailed
from voice_app.routes.turnstile import address_of, turned_away
from voice_app.routes.uploads import drain, fields, recording

router = APIRouter(prefix="/share/{code}")

PHRASE = "share.consent"
_LONGEST_TYPE = 80


@router.put("/recordings/{recording_id}")
async def keep(
    code: str, recording_id: UUID, request: Request, here: Here, owner: Owner
) -> Response:
    """Keep a spoken yes, so that the touch after it can name it.

    Nobody listens to it to refuse it. Without that touch it is swept away after a day.
    """
    try:
        badge = await run_in_threadpool(_owned, here, code, owner=owner)
    except UnknownBadgeError:
        return UNKNOWN.response()
    if wait := here.takes.wait_seconds(address_of(request)):
        await drain(request)
        return turned_away(wait, phrase="trouble.machine")
    data = await recording(request)
    if not data:
        said = {"error": "empty", "phrase": "trouble.empty"}
        return JSONResponse(said, HTTPStatus.UNPROCESSABLE_ENTITY)
    whose = attempts.hash_of(owner)
    stored = await run_in_threadpool(
        _kept, here, _name(badge, recording_id), data=data, owner=whose
    )
    told = {"id": str(recording_id), "sha256": stored.sha256, "bytes": stored.byte_size}
    return JSONResponse(told, HTTPStatus.CREATED)


@router.post("/consent")
async def consent(
    code: str, request: Request, here: Here, owner: Owner, lang: str = ""
) -> Response:
    """Show a badge to whoever has its link: the holder heard what that means, and said yes.

    The form tells whether that was heard (`played`), and which `recording` holds the yes, or
    why there is none (`untold`). A form without fields is a yes that was touched.
    """
    said = await fields(request)
    return await run_in_threadpool(_agreed, here, code, owner=owner, lang=lang, said=said)


@router.post("/hiding")
def hide(code: str, here: Here, owner: Owner, lang: str = "") -> Response:
    """Hide a badge again, at once."""
    owner_hash = attempts.hash_of(owner)
    try:
        with here.database.writing.begin() as session:
            badge = badges.hide(session, code, owner_hash=owner_hash, office=here.office)
    except UnknownBadgeError:
        return UNKNOWN.response()
    return _back(badge, lang)


def _agreed(
    here: Service, code: str, *, owner: str, lang: str, said: Mapping[str, str]
) -> Response:
    owner_hash = attempts.hash_of(owner)
    try:
        with here.database.writing.begin() as session:
            badge = badges.owned(session, code, owner_hash=owner_hash)
            attempt = session.get_one(Attempt, badge.attempt_id)
            heard = lang if lang in here.content.languages else attempt.help_language
            told = told_in(here, heard, phrase=PHRASE, was_played=said.get("played") == "yes")
            yes = _yes(here, session, badge, said=said)
            office = here.office
            badges.show(session, code, owner_hash=owner_hash, told=told, yes=yes, office=office)
    except UnknownBadgeError:
        return UNKNOWN.response()
    return _back(badge, lang)


def told_in(here: Service, language: str, *, phrase: str, was_played: bool) -> Told:
    """Say what was told, in words and by the digest of its sound, to be heard again years later."""
    key = sound_key(language, "phrases", phrase)
    sounds = [one.sha256 for one in here.manifest.entries if one.key == key]
    text = here.content.languages[language].phrases[phrase]
    return Told(phrase, text, language, sounds[0] if sounds else None, was_played)


def _yes(here: Service, session: Session, badge: Badge, *, said: Mapping[str, str]) -> Yes:
    """Read how the holder agreed. A recording that is not there is told as one that failed."""
    if "recording" not in said:
        why = said.get("untold")
        return Touched(cast("Silence", why)) if why in get_args(Silence) else Touched()
    spoken = _spoken(here, badge, said=said)
    if spoken is None or consents.is_used(session, spoken.recording):
        return Touched("failed")
    return spoken


def _spoken(here: Service, badge: Badge, *, said: Mapping[str, str]) -> Spoken | None:
    try:
        name = _name(badge, UUID(said["recording"]))
        stored = here.store.found(name, said.get("sha256", ""))
    except (ValueError, BadUtteranceId, OSError):
        return None
    return Spoken(name, stored.sha256, stored.byte_size, said.get("type", "")[:_LONGEST_TYPE])


def _name(badge: Badge, recording_id: UUID) -> str:
    """Name a recording after its badge: nobody can give another's voice for theirs."""
    return f"{badge.code}-{recording_id}"


def _owned(here: Service, code: str, *, owner: str) -> Badge:
    with here.database.reading.begin() as session:
        return badges.owned(session, code, owner_hash=attempts.hash_of(owner))


def _kept(here: Service, name: str, *, data: bytes, owner: str) -> Stored:
    try:
        return here.store.keep(name, data, owner=owner)
    except OSError as error:
        raise StorageFailed(f"The recording could not be stored: {error}.") from error


def _back(badge: Badge, lang: str) -> Response:
    asked: dict[str, Any] = {"lang": lang} if lang else {}
    address = f"/share/{badge.code}?{urlencode(asked)}".removesuffix("?")
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
