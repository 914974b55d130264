"""The desk of a center: candidates, their cards, codes and links, and the center's devices."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from voice_app.access import signins
from voice_app.attempts import UnknownChoice
from voice_app.models import Candidate
from voice_app.people import candidates, cards, kiosk, links
from voice_app.people.card_paper import CardSheet, card_pdf
from voice_app.privacy import corrections
from voice_app.routes.access import Fields, NotTheirs, SignedIn, Who, goodbye
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import page
from voice_app.routes.ways_in_pages import remember_device

router = APIRouter(prefix="/staff")

_LIST = "/staff/candidates"


@dataclass(frozen=True)
class CandidateShown:
    """One line of the list: `picture` is that of the card, None where there is no card.

    `wishes` counts what they asked a person to look at, and nobody has.
    """

    id: str
    name: str
    language: str
    picture: str | None
    is_locked: bool
    made_at: datetime
    wishes: int


@dataclass(frozen=True)
class Choice:
    """One choice of a list: what is sent, and what is read."""

    value: str
    name: str


@dataclass(frozen=True)
class Desk:
    """The candidates of a center and its devices."""

    candidates: tuple[CandidateShown, ...]
    devices: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    longest_name: int
    wishes: int


@dataclass(frozen=True)
class Told:
    """What is told once: the pictures of a code, or a link to send."""

    name: str
    minutes: int
    pictures: tuple[Choice, ...]
    address: str | None
    message: str | None


@router.get("/candidates")
def show(request: Request, here: Here, who: Who) -> Response:
    """The list of a center's candidates, and the form that enrolls one."""
    with here.database.reading.begin() as session:
        known = candidates.of_center(session, who.center or "")
        wishes = corrections.count_open(session, [one.owner_hash for one in known])
        shown = tuple(
            _shown(session, here, one, wishes=wishes.get(one.owner_hash, 0)) for one in known
        )
        devices = kiosk.of_center(session, who.center or "")
    content = Desk(
        candidates=shown,
        devices=tuple(Choice(one.id, one.name) for one in devices),
        languages=tuple(Choice(code, one.own_name) for code, one in here.content.languages.items()),
        longest_name=candidates.LONGEST_NAME,
        wishes=sum(wishes.values()),
    )
    return page(request, "candidates.html", title="Candidates", content=content)


@router.post("/candidates")
def enroll(here: Here, who: Who, sent: Fields) -> Response:
    """Enroll a candidate and print their card: it stands in this answer and nowhere else."""
    if sent.get("language") not in here.content.languages:
        raise UnknownChoice("Choose one of the help languages.")

    def made(session: Session) -> Candidate:
        return candidates.enroll(
            session,
            center_id=who.center or "",
            help_language=sent["language"],
            call_name=sent.get("name", ""),
            by=who.name,
            at=here.clock(),
        )

    return _printed(here, found=made, by=who.name)


@router.post("/candidates/{candidate_id}/card")
def replace_card(candidate_id: str, here: Here, who: Who) -> Response:
    """Print a new card for a lost one, which is dead at once."""
    return _printed(here, found=lambda session: _one(session, candidate_id), by=who.name)


@router.post("/candidates/{candidate_id}/pictures")
def reset_pictures(candidate_id: str, here: Here, who: Who) -> Response:
    """Let the candidate have new pictures, which a device of the center tells them alone."""
    try:
        with here.database.writing.begin() as session:
            cards.reset(session, _one(session, candidate_id), by=who.name, at=here.clock())
    except cards.ClosedCard as error:
        raise NotTheirs("This candidate has no card yet.") from error
    return RedirectResponse(_LIST, HTTPStatus.SEE_OTHER)


@router.post("/candidates/{candidate_id}/code")
def give_code(candidate_id: str, request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Show, once, the four pictures that let a candidate in on one device."""
    code = kiosk.draw(here.hashing)
    device = sent.get("device", "")
    try:
        with here.database.writing.begin() as session:
            candidate = _one(session, candidate_id)
            kiosk.give(session, candidate, device, code=code, by=who.name, at=here.clock())
    except kiosk.UnknownDevice as error:
        raise NotTheirs("There is no such device here.") from error
    words = here.content.languages[candidate.help_language].words
    content = Told(
        name=_name(candidate),
        minutes=int(kiosk.LASTS.total_seconds() // 60),
        pictures=tuple(Choice(f"/pictures/{one}.svg", words[one].name) for one in code.pictures),
        address=None,
        message=None,
    )
    return page(request, "told.html", title="Show these four pictures", content=content)


@router.post("/candidates/{candidate_id}/link")
def make_link(candidate_id: str, request: Request, here: Here, who: Who) -> Response:
    """Show, once, a link that the center sends to the candidate's phone itself."""
    with here.database.writing.begin() as session:
        candidate = _one(session, candidate_id)
        secret = links.make(session, candidate, by=who.name, at=here.clock())
    address = f"{here.origin}/link#{candidate.help_language}.{secret}"
    content = Told(
        name=_name(candidate),
        minutes=int(links.LASTS.total_seconds() // 60),
        pictures=(),
        address=address,
        message=f"sms:?&{urlencode({'body': address}).replace('+', '%20')}",
    )
    return page(request, "told.html", title="Send this link", content=content)


@router.post("/devices")
def enlist_device(here: Here, who: Who, row: SignedIn, sent: Fields) -> Response:
    """Make this browser a device of the center. Who did it is signed out: candidates come now."""
    with here.database.writing.begin() as session:
        name = sent.get("name", "").strip() or "Device"
        _, secret = kiosk.enlist(
            session, center_id=who.center or "", name=name, by=who.name, at=here.clock()
        )
        signins.end(session, row.id_hash, now=here.clock())
    response = RedirectResponse("/kiosk", HTTPStatus.SEE_OTHER)
    goodbye(response, origin=here.origin)
    remember_device(response, secret, origin=here.origin)
    return response


@router.post("/devices/{device_id}/end")
def dismiss_device(device_id: str, here: Here, who: Who) -> Response:
    """Take a device out of service, with whoever is signed in on it."""
    try:
        with here.database.writing.begin() as session:
            kiosk.dismiss(session, device_id, center_id=who.center, by=who.name, at=here.clock())
    except kiosk.UnknownDevice as error:
        raise NotTheirs("There is no such device here.") from error
    return RedirectResponse(_LIST, HTTPStatus.SEE_OTHER)


def _one(session: Session, candidate_id: str) -> Candidate:
    """Give the candidate of a path, whose center the policy has compared already."""
    return session.get_one(Candidate, candidate_id)


def _printed(here: Service, *, found: Callable[[Session], Candidate], by: str) -> Response:
    drawn = cards.draw(here.hashing)
    with here.database.writing.begin() as session:
        candidate = found(session)
        card = cards.issue(session, candidate, drawn=drawn, by=by, at=here.clock())
    sheet = CardSheet(
        address=f"{here.origin}/card#{candidate.help_language}.{drawn.secret}",
        picture=card.picture,
        tools=drawn.pictures,
        printed_on=here.clock().date(),
    )
    language = here.content.languages[candidate.help_language]
    paper = card_pdf(sheet, language=language, pictures=here.pictures)
    disposition = {"Content-Disposition": 'attachment; filename="card.pdf"'}
    return Response(paper, media_type="application/pdf", headers=disposition)


def _shown(session: Session, here: Service, candidate: Candidate, *, wishes: int) -> CandidateShown:
    card = cards.card_of(session, candidate.id)
    return CandidateShown(
        id=candidate.id,
        name=_name(candidate),
        language=here.content.languages[candidate.help_language].own_name,
        picture=f"/pictures/{card.picture}.svg" if card else None,
        is_locked=card is not None and cards.is_locked(session, card),
        made_at=candidate.made_at,
        wishes=wishes,
    )


def _name(candidate: Candidate) -> str:
    return candidate.call_name or f"Candidate {candidate.id[:8]}"
