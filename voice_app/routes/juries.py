"""Juries of a center: convened at the desk, and what their phones bring to it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from voice_app import juries, outcomes
from voice_app.access import Actor
from voice_app.access.roles import DESK
from voice_app.attempts import UnknownChoice
from voice_app.juries import JuryError, Seated
from voice_app.models import Attempt, Candidate, Jury, JurySeat
from voice_app.routes import juries_kit, juries_phone
from voice_app.routes.access import Fields, NotTheirs, Who, form_token
from voice_app.routes.deps import Here, Service
from voice_app.routes.juries_pages import JURIES, NEW, OLD, jury_page, lines, link_shown, new_jury
from voice_app.routes.juries_phone import Sent
from voice_app.routes.juries_seat import KIT, LINK, kit_page, remember_seat, worker_file
from voice_app.routes.staff_frame import go, page
from voice_app.routes.uploads import recording

router = APIRouter(prefix=JURIES)


@router.get("")
def show(request: Request, here: Here, who: Who) -> Response:
    """The juries of a center, or those one sits on."""
    with here.database.reading.begin() as session:
        is_desk = who.role in DESK
        content = lines(session, who.center or "", account=who.account, is_desk=is_desk)
    return page(request, "juries.html", title="Juries", content=content)


@router.get("/worker.js")
def worker(here: Here) -> Response:
    """What keeps a kit on a phone, for the pages beside it."""
    return worker_file(here)


@router.get("/new")
def ask(
    request: Request, here: Here, who: Who, candidate: Annotated[str, Query(max_length=36)] = ""
) -> Response:
    """The form that convenes a jury for a candidate."""
    return _ask(request, here, who, sent={"candidate": candidate})


@router.post("")
def convene(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Convene a jury: over recordings, or in one room with a kit to take along."""
    try:
        with here.database.writing.begin() as session:
            jury = _convened(session, here, who, sent=sent)
            return go(f"{JURIES}/{jury.id}")
    except (JuryError, UnknownChoice) as error:
        return _ask(request, here, who, sent=sent, trouble=str(error))


@router.get("/{jury_id}")
def show_one(jury_id: str, request: Request, here: Here, who: Who) -> Response:
    """One jury: who sits, how far it is, what two phones told differently."""
    with here.database.reading.begin() as session:
        jury = session.get_one(Jury, jury_id)
        content = jury_page(session, here, jury, account=who.account)
    return page(request, "jury.html", title="A jury", content=content)


@router.post("/{jury_id}/links")
def link(jury_id: str, request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Make a link to one seat; it stands in this answer and nowhere else."""
    with here.database.writing.begin() as session:
        jury = session.get_one(Jury, jury_id)
        seat = _seat_of(session, jury, sent.get("seat", ""))
        secret = juries.link_for(session, seat, by=who.name, at=here.clock())
        shown = link_shown(here, seat, secret=secret, path=LINK)
        content = jury_page(session, here, jury, account=who.account, link=shown)
    return page(request, "jury.html", title="A jury", content=content)


@router.post("/{jury_id}/end")
def end(jury_id: str, here: Here, who: Who) -> Response:
    """Send a jury home: assessors mark the attempt as ever."""
    with here.database.writing.begin() as session:
        jury = session.get_one(Jury, jury_id)
        now = here.clock()
        juries.dissolve(session, jury, author=who.name, at=now)
        attempt = session.get_one(Attempt, jury.attempt_id)
        outcomes.settle(session, here.any_bank(attempt), attempt=attempt, award=here.award, now=now)
    return go(f"{JURIES}/{jury_id}")


@router.post("/{jury_id}/seat")
def take_seat(jury_id: str, here: Here, who: Who) -> Response:
    """Let a member of staff take the seat that is theirs, in this browser."""
    with here.database.writing.begin() as session:
        jury = session.get_one(Jury, jury_id)
        mine = [one for one in juries.seats_of(session, jury) if one.account_id == who.account]
        if not mine or not juries.standing(session, jury):
            raise NotTheirs("You have no seat on this jury.")
        key = juries.key_for(session, mine[0], by=who.name, at=here.clock())
    return remember_seat(go(KIT), key, origin=here.origin)


@router.get("/{jury_id}/kit")
def show_kit(jury_id: str, request: Request) -> Response:
    """The page that seats a jury in one room, also without a network."""
    return kit_page(request, jury_id, base=f"{JURIES}/{jury_id}")


@router.get("/{jury_id}/kit.json")
def give_kit(jury_id: str, here: Here) -> dict[str, Any]:
    """All that the kit of a jury needs."""
    with here.database.reading.begin() as session:
        jury = _face_to_face(session, jury_id)
        return juries_kit.kit(here, session, jury, seat=None, base=f"{JURIES}/{jury_id}")


@router.get("/{jury_id}/sending")
def sending(jury_id: str, request: Request, here: Here) -> dict[str, Any]:
    """How far a jury is, with the token that sending to it needs."""
    with here.database.reading.begin() as session:
        jury = session.get_one(Jury, jury_id)
        told = juries_phone.state(session, here, jury, seats=_all(session, jury))
    return {"token": form_token(request), "state": told}


@router.post("/{jury_id}/merge")
def merge(jury_id: str, here: Here, who: Who, sent: Sent) -> Response:
    """Add what the phone of a kit brings; the same again is once."""
    with here.database.reading.begin() as session:
        seats = _all(session, _face_to_face(session, jury_id))
    return juries_phone.brought(here, jury_id, sent=sent, author=who.name, seats=seats)


@router.put("/{jury_id}/recordings/{utterance_id}", status_code=HTTPStatus.CREATED)
async def record(
    jury_id: str,
    utterance_id: UUID,
    request: Request,
    here: Here,
    step: Annotated[str, Query(max_length=64)],
) -> Response:
    """Keep what the candidate said before a jury, where they allowed it."""
    data = await recording(request)
    sound = (request.headers.get("content-type", "")[:80], data)
    return await run_in_threadpool(
        juries_phone.recorded, here, jury_id, utterance_id=utterance_id, step=step, sound=sound
    )


def _all(session: Session, jury: Jury) -> set[str]:
    return {one.id for one in juries.seats_of(session, jury)}


def _face_to_face(session: Session, jury_id: str) -> Jury:
    """Give a jury that has a kit for all seats: at a distance each seat has its own."""
    jury = session.get_one(Jury, jury_id)
    if jury.mode != juries.FACE_TO_FACE:
        raise NotTheirs("This jury marks recordings, each seat on its own page.")
    return jury


def _seat_of(session: Session, jury: Jury, name: str) -> JurySeat:
    """Give the seat of a form, if it is of this jury. Raises `NotTheirs`."""
    found = next((one for one in juries.seats_of(session, jury) if one.id == name), None)
    if found is None or not juries.standing(session, jury):
        raise NotTheirs("There is no such seat here.")
    return found


def _convened(session: Session, here: Service, who: Actor, *, sent: Mapping[str, str]) -> Jury:
    candidate = _candidate(session, who, sent.get("candidate", ""))
    seats = tuple(
        Seated(role, sent.get(f"{role}_account") or None, sent.get(f"{role}_name", ""))
        for role in juries.ROLES
    )
    what, now = sent.get("what", ""), here.clock()
    if what.startswith(OLD):
        attempt = session.get(Attempt, what.removeprefix(OLD))
        if attempt is None or attempt.owner_hash != candidate.owner_hash:
            raise NotTheirs("There is no such attempt here.")
        center = candidate.center_id
        return juries.remote(session, attempt, seats=seats, center=center, author=who.name, at=now)
    return juries.face_to_face(
        session,
        here.content,
        candidate,
        assessment=what.removeprefix(NEW),
        employer_language=sent.get("language", ""),
        seats=seats,
        author=who.name,
        at=now,
    )


def _candidate(session: Session, who: Actor, name: str) -> Candidate:
    """Give a candidate of the center. Raises `NotTheirs`."""
    candidate = session.get(Candidate, name)
    if candidate is None or candidate.center_id != who.center:
        raise NotTheirs("There is no such candidate here.")
    return candidate


def _ask(
    request: Request,
    here: Service,
    who: Actor,
    *,
    sent: Mapping[str, str],
    trouble: str | None = None,
) -> Response:
    with here.database.reading.begin() as session:
        candidate = _candidate(session, who, sent.get("candidate", ""))
        content = new_jury(session, here, candidate, typed=sent)
    return page(request, "jury_new.html", title="A new jury", content=content, trouble=trouble)
