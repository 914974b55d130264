"""A yes that is spoken and touched: what was told, the recording, and the form of the touch."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import cast, get_args
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from voice_app import consents
from voice_app.audio.store import BadUtteranceId, Stored
from voice_app.consents import Silence, Spoken, Told, Touched, Yes
from voice_app.dialogues.sentences import sound_key
from voice_app.routes.deps import Service
from voice_app.routes.errors import NotHeard, NotSaid, StorageFailed
from voice_app.routes.turnstile import address_of, turned_away
from voice_app.routes.uploads import drain, recording

# Names a recording after what it is a yes to: nobody gives another's voice for theirs.
NameOf = Callable[[UUID], str]

REASONS = frozenset(get_args(Silence)) - {"not-asked"}

_LONGEST_TYPE = 80


def told_in(here: Service, language: str, *, phrase: str, was_played: bool) -> Told:
    """Say what was told, in words and by the digest of its sound, to be heard again years later."""
    key = sound_key(language, "phrases", phrase)
    sounds = [one.sha256 for one in here.manifest.entries if one.key == key]
    text = here.content.languages[language].phrases[phrase]
    return Told(phrase, text, language, sounds[0] if sounds else None, was_played)


async def keep_spoken(
    request: Request, here: Service, *, recording_id: UUID, name: str, owner_hash: str
) -> Response:
    """Keep the recording of a yes, so that the touch after it can name it.

    Nobody listens to it to refuse it. Without that touch it is swept away after a day.
    """
    if wait := here.takes.wait_seconds(address_of(request)):
        await drain(request)
        return turned_away(wait, phrase="trouble.machine")
    data = await recording(request)
    if not data:
        said = {"error": "empty", "phrase": "trouble.empty"}
        return JSONResponse(said, HTTPStatus.UNPROCESSABLE_ENTITY)
    stored = await run_in_threadpool(_kept, here, name, data=data, owner=owner_hash)
    told = {"id": str(recording_id), "sha256": stored.sha256, "bytes": stored.byte_size}
    return JSONResponse(told, HTTPStatus.CREATED)


def yes_in(
    here: Service, session: Session, said: Mapping[str, str], *, told: Told, name_of: NameOf
) -> Yes:
    """Read how somebody agreed to what they were told: aloud, or by touch and why not aloud.

    Raises `NotHeard` where the question was not played to its end, though it has a sound, and
    `NotSaid` where there is neither a recording nor a reason.
    """
    if told.sound_sha256 is not None and not told.was_played:
        raise NotHeard("Hear the question first.")
    if "recording" in said:
        spoken = _spoken(here, said, name_of=name_of)
        if spoken is None or consents.is_used(session, spoken.recording):
            raise NotSaid("This yes is not here any more; say it again.")
        return spoken
    why = said.get("untold")
    if why not in REASONS:
        raise NotSaid("Say yes aloud, or touch that you cannot.")
    return Touched(cast("Silence", why))


def is_page(request: Request) -> bool:
    """Tell whether a browser asks for a page, as it does for forms without scripts."""
    return "text/html" in request.headers.get("accept", "")


def page_at(path: str, *, lang: str) -> Response:
    """Send a browser on to a page, in the language it was in."""
    address = f"{path}?{urlencode({'lang': lang})}" if lang else path
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)


def _spoken(here: Service, said: Mapping[str, str], *, name_of: NameOf) -> Spoken | None:
    try:
        name = name_of(UUID(said["recording"]))
        stored = here.store.found(name, said.get("sha256", ""))
    except (ValueError, BadUtteranceId, OSError):
        return None
    return Spoken(name, stored.sha256, stored.byte_size, said.get("type", "")[:_LONGEST_TYPE])


def _kept(here: Service, name: str, *, data: bytes, owner: str) -> Stored:
    try:
        return here.store.keep(name, data, owner=owner)
    except OSError as error:
        raise StorageFailed(f"The recording could not be stored: {error}.") from error
