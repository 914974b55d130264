"""The pages of staff about their center: where they begin, and who works there."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from voice_app.models import Account, Center
from voice_app.people import accounts, invitations
from voice_app.people.accounts import BadField, LastOwner
from voice_app.routes.access import Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import ROLE_NAMES, go, page
from voice_app.routes.staff_signin import Sent

router = APIRouter(prefix="/staff")

_PEOPLE = "/staff/people"
_INVITED = ("assessor", "coordinator", "owner")


@dataclass(frozen=True)
class HomePage:
    """Where somebody is in, and as what."""

    center: str | None
    role: str


@dataclass(frozen=True)
class Member:
    """One member of staff as the owner of a center sees them."""

    id: str
    name: str
    email: str
    role: str
    is_locked: bool
    has_ways_in: bool
    is_self: bool


@dataclass(frozen=True)
class PeoplePage:
    """The staff of a center; `link` after an invitation, and whom it is for."""

    members: tuple[Member, ...]
    roles: tuple[tuple[str, str], ...]
    link: str | None
    invited: str | None


@router.get("")
def show(request: Request, here: Here, who: Who) -> Response:
    """Where staff begin."""
    with here.database.reading.begin() as session:
        center = session.get(Center, who.center) if who.center else None
    content = HomePage(center.name if center else None, who.role)
    return page(request, "home.html", title=center.name if center else "Home", content=content)


@router.get("/people")
def show_people(request: Request, here: Here, who: Who) -> Response:
    """Who works at this center."""
    return _people(request, here, who=who)


@router.post("/people/invitations")
def invite(request: Request, here: Here, who: Who, said: Sent) -> Response:
    """Make a link for a new member of staff; it is shown once."""
    try:
        with here.database.writing.begin() as session:
            secret = invitations.invite(
                session,
                center_id=who.center,
                role=accounts.role_of(said.get("role", "")),
                email=accounts.plain_email(said.get("email", "")),
                by=who.name,
                now=here.clock(),
            )
    except BadField as error:
        return _people(request, here, who=who, trouble=str(error))
    link = invitations.address(here.origin, secret, kind="invite")
    return _people(request, here, who=who, link=link, invited=said.get("email"))


@router.post("/people/{account_id}/lock")
def lock(account_id: str, request: Request, here: Here, who: Who) -> Response:
    """Shut an account; what is open ends at once."""
    try:
        with here.database.writing.begin() as session:
            account = session.get_one(Account, account_id)
            accounts.lock(session, account, by=who.name, now=here.clock())
    except LastOwner as error:
        return _people(request, here, who=who, trouble=str(error))
    return go(_PEOPLE)


@router.post("/people/{account_id}/unlock")
def unlock(account_id: str, here: Here, who: Who) -> Response:
    """Open an account again."""
    with here.database.writing.begin() as session:
        account = session.get_one(Account, account_id)
        accounts.unlock(session, account, by=who.name, now=here.clock())
    return go(_PEOPLE)


@router.post("/people/{account_id}/reset")
def reset(account_id: str, request: Request, here: Here, who: Who) -> Response:
    """Take all ways in from an account, and give a link that sets them anew."""
    with here.database.writing.begin() as session:
        account = session.get_one(Account, account_id)
        secret = invitations.invite_back(session, account, by=who.name, now=here.clock())
    link = invitations.address(here.origin, secret, kind="invite")
    return _people(request, here, who=who, link=link, invited=account.email)


def _people(
    request: Request,
    here: Service,
    *,
    who: Who,
    link: str | None = None,
    invited: str | None = None,
    trouble: str | None = None,
) -> Response:
    with here.database.reading.begin() as session:
        members = tuple(
            _member(one, who=who.account) for one in accounts.of_center(session, who.center)
        )
    roles = tuple((role, ROLE_NAMES[role]) for role in _INVITED)
    content = PeoplePage(members, roles, link, invited)
    return page(request, "people.html", title="Staff", content=content, trouble=trouble)


def _member(account: Account, *, who: str | None) -> Member:
    return Member(
        id=account.id,
        name=account.name,
        email=account.email,
        role=ROLE_NAMES[account.role],
        is_locked=account.locked_at is not None,
        has_ways_in=account.password_hash is not None or account.oidc_subject is not None,
        is_self=account.id == who,
    )
