"""A coordinator answers who wants to become an assessor: an invitation, or a no."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app.access import Actor
from voice_app.marking import becoming, licensing
from voice_app.models import Candidate
from voice_app.people import accounts, invitations
from voice_app.people.accounts import BadField
from voice_app.routes import marking_people
from voice_app.routes.access import Fields, NotTheirs, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import go, page

router = APIRouter(prefix="/staff/marking/people/applications")

_PEOPLE = "/staff/marking/people"


@dataclass(frozen=True)
class Invited:
    """A link that is shown once: whom it is for, and what they will mark."""

    name: str
    wishes: str
    link: str


@router.post("")
def answer(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Invite a candidate as an assessor, or decline one wish."""
    try:
        with here.database.writing.begin() as session:
            candidate = _candidate(session, sent, who=who)
            if sent.get("answer") == "decline":
                _decline(session, here, candidate, sent=sent, who=who)
                return go(_PEOPLE)
            content = _invited(session, here, candidate, sent=sent, who=who)
    except (BadField, licensing.LicenseError) as error:
        return marking_people.show_trouble(request, here, who, trouble=error)
    return page(request, "training_link.html", title="Invited", content=content)


def _invited(
    session: Session, here: Service, candidate: Candidate, *, sent: Mapping[str, str], who: Actor
) -> Invited:
    wanted = becoming.wishes(session, candidate.id)
    told = sent.get("email", "").strip()
    email = accounts.plain_email(told) if told else None
    secret = becoming.invite(session, candidate, email=email, by=who.name, now=here.clock())
    link = invitations.address(here.origin, secret, kind="invite")
    return Invited(candidate.call_name or email or "this person", " and ".join(wanted), link)


def _decline(
    session: Session, here: Service, candidate: Candidate, *, sent: Mapping[str, str], who: Actor
) -> None:
    name = sent.get("micro_competence", "")
    becoming.decline(session, candidate.id, name, author=who.name, at=here.clock())


def _candidate(session: Session, sent: Mapping[str, str], *, who: Actor) -> Candidate:
    name = sent.get("candidate")
    if not name:
        raise licensing.LicenseError("Choose who is meant.")
    row = session.get(Candidate, name)
    if row is None or row.center_id != who.center:
        raise NotTheirs("There is no such candidate in this center.")
    return row
