"""The holder's word on who sees a badge: a yes that is spoken and touched, or taken back."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from voice_app import attempts, badges
from voice_app.badges import UnknownBadgeError
from voice_app.models import Attempt, Badge
from voice_app.routes.access import sent
from voice_app.routes.badge_files import UNKNOWN
from voice_app.routes.counted import counted
from voice_app.routes.deps import Here, Owner, Service
from voice_app.routes.errors import NotHeard, NotSaid
from voice_app.routes.spoken_yes import is_page, keep_spoken, page_at, told_in, yes_in

router = APIRouter(prefix="/share/{code}", dependencies=[Depends(counted("words"))])

PHRASE = "share.consent"


@router.put("/recordings/{recording_id}")
async def keep(
    code: str, recording_id: UUID, request: Request, here: Here, owner: Owner
) -> Response:
    """Keep a spoken yes, so that the touch after it can name it."""
    try:
        badge = await run_in_threadpool(_owned, here, code, owner=owner)
    except UnknownBadgeError:
        return UNKNOWN.response()
    return await keep_spoken(
        request,
        here,
        recording_id=recording_id,
        name=_name(badge, recording_id),
        owner_hash=attempts.hash_of(owner),
    )


@router.post("/consent")
async def consent(
    code: str, request: Request, here: Here, owner: Owner, lang: str = ""
) -> Response:
    """Show a badge to whoever has its link: the holder heard what that means, and said yes.

    The form tells that it was heard (`played`), and which `recording` holds the yes, or why
    there is none (`untold`).
    """
    said = await sent(request)
    try:
        badge = await run_in_threadpool(_agreed, here, code, owner=owner, lang=lang, said=said)
    except UnknownBadgeError:
        return UNKNOWN.response()
    except (NotHeard, NotSaid):
        if not is_page(request):
            raise
        return page_at(f"/share/{code}", lang=lang)
    return page_at(f"/share/{badge.code}", lang=lang)


@router.post("/hiding")
def hide(code: str, here: Here, owner: Owner, lang: str = "") -> Response:
    """Hide a badge again, at once."""
    owner_hash = attempts.hash_of(owner)
    try:
        with here.database.writing.begin() as session:
            badge = badges.hide(session, code, owner_hash=owner_hash, office=here.office)
    except UnknownBadgeError:
        return UNKNOWN.response()
    return page_at(f"/share/{badge.code}", lang=lang)


def _agreed(here: Service, code: str, *, owner: str, lang: str, said: Mapping[str, str]) -> Badge:
    owner_hash = attempts.hash_of(owner)
    with here.database.writing.begin() as session:
        badge = badges.owned(session, code, owner_hash=owner_hash)
        if badges.is_shown(badges.events_of(session, badge.code)):
            return badge
        attempt = session.get_one(Attempt, badge.attempt_id)
        heard = lang if lang in here.content.languages else attempt.help_language
        told = told_in(here, heard, phrase=PHRASE, was_played=said.get("played") == "yes")
        yes = yes_in(here, session, said, told=told, name_of=lambda one: _name(badge, one))
        return badges.show(
            session, code, owner_hash=owner_hash, told=told, yes=yes, office=here.office
        )


def _name(badge: Badge, recording_id: UUID) -> str:
    """Name a recording after its badge: nobody can give another's voice for theirs."""
    return f"{badge.code}-{recording_id}"


def _owned(here: Service, code: str, *, owner: str) -> Badge:
    with here.database.reading.begin() as session:
        return badges.owned(session, code, owner_hash=attempts.hash_of(owner))
