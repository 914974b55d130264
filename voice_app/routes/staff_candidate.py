"""What the desk does for one candidate: answer, hand over, delete, and see to their badges."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from voice_app import audit, badges, news, privacy
from voice_app.access import Actor
from voice_app.badges import WithdrawalError
from voice_app.models import Attempt, Badge, Candidate, Correction
from voice_app.people import cards
from voice_app.people.candidates import named
from voice_app.privacy.corrections import answer, open_corrections
from voice_app.routes.access import Fields, NotTheirs, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.my_data_page import summary_sounds
from voice_app.routes.public_pages import Speaker
from voice_app.routes.staff_frame import go, page
from voice_app.vault import Scope

router = APIRouter(prefix="/staff/candidates/{candidate_id}")

_LIST = "/staff/candidates"
FILE_NAME = "mycred4home-candidate-data.zip"
_NOT_ASKED = "Only the candidate's own wish counts: tick that they asked for it."
_STATES = {
    "real": "good",
    "expired": "over",
    "paused": "paused",
    "cancelled": "cancelled for good",
    "hidden": "good",
    "unknown": "not one of ours",
}


@dataclass(frozen=True)
class BadgeShown:
    """One badge of a candidate: how it stands, and what may still be done about it."""

    code: str
    name: str
    language: str
    state: str
    since: str
    reason: str | None
    is_paused: bool
    is_cancelled: bool


@dataclass(frozen=True)
class Wish:
    """Somebody asked for a person to look; `number` names the wish."""

    number: int
    since: str


@dataclass(frozen=True)
class CandidatePage:
    """One candidate as the desk sees them: nothing of what they said or how they did.

    `news` are the tests about which there is something that they have not heard, since when.
    """

    id: str
    name: str
    language: str
    since: str
    picture: str | None
    wishes: tuple[Wish, ...]
    news: tuple[tuple[str, str], ...]
    badges: tuple[BadgeShown, ...]
    reasons: tuple[str, ...]
    is_owner: bool


@router.get("")
def show(candidate_id: str, request: Request, here: Here, who: Who) -> Response:
    """The page of one candidate."""
    return _show(request, here, candidate_id, who=who)


@router.post("/corrections")
def answer_correction(candidate_id: str, here: Here, who: Who, sent: Fields) -> Response:
    """Note that somebody looked at what the candidate says is wrong; the candidate hears so."""
    with here.database.writing.begin() as session:
        candidate = session.get_one(Candidate, candidate_id)
        wish = _wish(session, candidate, sent.get("wish", ""))
        at = here.clock()
        answer(session, wish.seq, author=who.name, by=who.name, center=who.center, at=at)
    return go(f"{_LIST}/{candidate_id}")


@router.post("/export")
def export(candidate_id: str, request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Give everything about a candidate in one file, for them, because they asked for it."""
    if sent.get("asked") != "yes":
        return _show(request, here, candidate_id, who=who, trouble=_NOT_ASKED)
    with here.database.reading.begin() as session:
        candidate = session.get_one(Candidate, candidate_id)
    lent = ExitStack()
    target = lent.enter_context(here.store.scratch.folder()) / "data.zip"
    _pack(here, candidate, target)
    with here.database.writing.begin() as session:
        _log(session, candidate, action="exported", who=who, here=here)
    return FileResponse(
        target,
        media_type="application/zip",
        filename=FILE_NAME,
        background=BackgroundTask(lent.close),
    )


@router.post("/erasure")
def erase(candidate_id: str, request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Delete a candidate's voice, or everything, because they asked for it."""
    if sent.get("asked") != "yes" or sent.get("scope") not in {"voice", "everything"}:
        return _show(request, here, candidate_id, who=who, trouble=_NOT_ASKED)
    scope: Scope = "everything" if sent["scope"] == "everything" else "voice"
    cancels = scope == "everything" and sent.get("badges") == "cancelled"
    with here.database.writing.begin() as session:
        candidate = session.get_one(Candidate, candidate_id)
        _log(session, candidate, action=f"erasure.{scope}", who=who, here=here)
        wish = privacy.erase(
            session,
            candidate.owner_hash,
            scope=scope,
            badges="cancelled" if cancels else "kept",
            asked_by=who.name,
            at=here.clock(),
        )
    privacy.carry_out(here.keeping, wish.id)
    return go(_LIST if scope == "everything" else f"{_LIST}/{candidate_id}")


@router.post("/badges")
def see_to_badge(
    candidate_id: str, request: Request, here: Here, who: Who, sent: Fields
) -> Response:
    """Pause a badge, let it be good again, or cancel it for good: an owner decides, and why."""
    try:
        with here.database.writing.begin() as session:
            audit.acting(session, who.name)
            candidate = session.get_one(Candidate, candidate_id)
            badge = _badge(session, candidate, sent.get("badge", ""))
            _decide(session, here, badge.code, sent=sent, by=who.name)
    except WithdrawalError as error:
        return _show(request, here, candidate_id, who=who, trouble=str(error))
    return go(f"{_LIST}/{candidate_id}")


def _decide(session: Session, here: Service, code: str, *, sent: Fields, by: str) -> None:
    """Do what a form says. Raises `WithdrawalError`."""
    office, reason = here.office, sent.get("reason", "")
    match sent.get("does"):
        case "resumed":
            badges.resume(session, code, author=by, office=office)
        case "suspended" | "revoked" as kind:
            badges.withdraw(session, code, kind=kind, reason=reason, author=by, office=office)
        case _:
            raise WithdrawalError("Say what is to be done about the badge.")


def _wish(session: Session, candidate: Candidate, number: str) -> Correction:
    """Give the wish of a form, if it is this candidate's. Raises `NotTheirs`."""
    waiting = open_corrections(session, candidate.owner_hash)
    found = next((one for one in waiting if str(one.seq) == number), None)
    if found is None:
        raise NotTheirs("There is no such wish here.")
    return found


def _badge(session: Session, candidate: Candidate, code: str) -> Badge:
    """Give the badge of a form, if it is this candidate's. Raises `NotTheirs`."""
    found = next((one for one in _badges(session, candidate) if one.code == code), None)
    if found is None:
        raise NotTheirs("There is no such badge here.")
    return found


def _badges(session: Session, candidate: Candidate) -> Sequence[Badge]:
    mine = select(Attempt.id).where(Attempt.owner_hash == candidate.owner_hash)
    found = select(Badge).where(Badge.attempt_id.in_(mine)).order_by(Badge.issued_at)
    return session.scalars(found).all()


def _pack(here: Service, candidate: Candidate, target: Path) -> None:
    """Write everything about a candidate; what is inside is told in their language."""
    whose = candidate.owner_hash
    with here.database.reading.begin() as session:
        stored = sum(1 for one in privacy.recordings(session, whose) if here.store.kept(one))
        holdings = privacy.holdings(session, whose, stored=stored)
    speaks = Speaker(here, here.content.languages[candidate.help_language])
    sounds = (here.sounds / path for path in summary_sounds(speaks, holdings))
    summary = b"".join(sound.read_bytes() for sound in sounds if sound.exists())
    privacy.export(here.keeping, whose, target, summary=summary)


def _log(session: Session, candidate: Candidate, *, action: str, who: Actor, here: Service) -> None:
    audit.record(
        session,
        actor=who.name,
        action=action,
        subject=named(candidate),
        center=who.center,
        at=here.clock(),
    )


def _show(
    request: Request, here: Service, candidate_id: str, *, who: Actor, trouble: str | None = None
) -> Response:
    with here.database.reading.begin() as session:
        candidate = session.get_one(Candidate, candidate_id)
        content = _page(session, here, candidate, who=who)
    return page(request, "candidate.html", title=content.name, content=content, trouble=trouble)


def _page(session: Session, here: Service, candidate: Candidate, *, who: Actor) -> CandidatePage:
    card = cards.card_of(session, candidate.id)
    waiting = open_corrections(session, candidate.owner_hash)
    return CandidatePage(
        id=candidate.id,
        name=candidate.call_name or f"Candidate {candidate.id[:8]}",
        language=here.content.languages[candidate.help_language].own_name,
        since=f"{candidate.made_at:%d %b %Y}",
        picture=f"/pictures/{card.picture}.svg" if card else None,
        wishes=tuple(Wish(one.seq, f"{one.at:%d %b %Y}") for one in waiting),
        news=tuple(
            (session.get_one(Attempt, one.attempt_id).assessment, f"{one.at:%d %b %Y}")
            for one in news.unheard(session, candidate.owner_hash)
        ),
        badges=tuple(_shown(session, here, one) for one in _badges(session, candidate)),
        reasons=badges.REASONS,
        is_owner=who.role == "owner",
    )


def _shown(session: Session, here: Service, badge: Badge) -> BadgeShown:
    events = badges.events_of(session, badge.code)
    standing = badges.folded(badge, events, now=here.clock())
    return BadgeShown(
        code=badge.code,
        name=badge.micro_competence,
        language=here.content.languages[badge.employer_language].own_name,
        state=_STATES[standing.state],
        since=f"{standing.since:%d %b %Y}" if standing.since else "",
        reason=standing.reason,
        is_paused=standing.state == "paused",
        is_cancelled=standing.state == "cancelled",
    )
