"""Coming in with an organization's own account."""

import hmac
from dataclasses import asdict
from importlib import import_module
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import select
from starlette.responses import RedirectResponse, Response

from voice_app import audit
from voice_app.models import Account, SignIn
from voice_app.people import ceremonies
from voice_app.people.ceremonies import Lapsed
from voice_app.people.oidc_provider import Provider, ProviderFailed
from voice_app.routes.access import SignedIn
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import (
    entered,
    forget_step,
    go,
    let_in,
    next_page,
    page,
    reception,
    remember_step,
    step_of,
    try_address,
)

router = APIRouter(prefix="/staff")

_TITLE = "Your organization's account"
_NOBODY = (
    "Nobody here has this account. Sign in another way first and add it under My ways in, "
    "or ask the owner of your center for an invitation."
)


@router.get("/organization")
def depart(
    request: Request,
    here: Here,
    next: str = "",  # noqa: A002 - the query's name
) -> Response:
    """Send the browser to the organization's service."""
    return _depart(request, here, told={"next": next_page(next)}, account_id=None)


@router.get("/security/organization")
def link(request: Request, here: Here, row: SignedIn) -> Response:
    """The same, to add the organization's account to one's ways in."""
    told = {"next": "/staff/security"}
    return _depart(request, here, told=told, account_id=row.account_id)


@router.get("/organization/back")
def arrive(request: Request, here: Here, code: str = "", state: str = "") -> Response:
    """Take what the organization's service says, once."""
    try_address(request)
    provider = reception(request).provider
    try:
        with here.database.writing.begin() as session:
            begun = ceremonies.take(session, step_of(request), "oidc", now=here.clock())
        subject = _subject(provider, begun.told["departure"], came=(code, state), here=here)
    except (Lapsed, ProviderFailed) as error:
        return forget_step(request, _message(request, str(error)))
    if begun.account_id is not None:
        return _linked(request, here, account_id=begun.account_id, subject=subject)
    return _entered(request, here, subject=subject, to=str(begun.told["next"]))


def _depart(
    request: Request, here: Service, *, told: dict[str, Any], account_id: str | None
) -> Response:
    try_address(request)
    provider = reception(request).provider
    if provider is None:
        return _message(request, "No organization's service is set up here.", status=404)
    oidc = import_module("voice_app.people.oidc")
    try:
        departure = oidc.depart(provider)
    except ProviderFailed as error:
        return _message(request, str(error), status=502)
    now = here.clock()
    with here.database.writing.begin() as session:
        told = told | {"departure": asdict(departure)}
        step = ceremonies.begin(session, "oidc", told=told, now=now, account_id=account_id)
    return remember_step(request, RedirectResponse(departure.address, 303), step)


def _subject(provider: Provider | None, told: Any, *, came: tuple[str, str], here: Service) -> str:
    """Ask who somebody is who came back with a code and a state. Raises `ProviderFailed`."""
    code, state = came
    is_ours = hmac.compare_digest(state.encode(), str(told["state"]).encode())
    if provider is None or not is_ours:
        raise ProviderFailed("This answer belongs to another try. Begin again.")
    # The extra `oidc` may not be installed: it is imported where a provider is set up.
    oidc = import_module("voice_app.people.oidc")
    departure = oidc.Departure.of(told)
    return str(oidc.arrive(provider, departure, code=code, now=here.clock()))


def _entered(request: Request, here: Service, *, subject: str, to: str) -> Response:
    with here.database.writing.begin() as session:
        account = session.scalar(select(Account).where(Account.oidc_subject == subject))
        if account is not None and account.locked_at is None:
            secret = let_in(request, session, account, way="organization")
            return entered(request, secret, to=to)
    return forget_step(request, _message(request, _NOBODY))


def _linked(request: Request, here: Service, *, account_id: str, subject: str) -> Response:
    row: SignIn | None = request.state.signin
    if row is None or row.account_id != account_id:
        return _message(request, "Somebody else began this. Begin again.")
    with here.database.writing.begin() as session:
        other = session.scalar(select(Account.id).where(Account.oidc_subject == subject))
        if other not in {None, account_id}:
            return _message(request, "Somebody else here has this account.")
        account = session.get_one(Account, account_id)
        account.oidc_subject = subject
        name = f"account:{account.id}"
        audit.record(
            session,
            actor=name,
            action="organization.linked",
            subject=name,
            center=account.center_id,
            at=here.clock(),
        )
    return forget_step(request, go("/staff/security"))


def _message(request: Request, sentence: str, *, status: int = 422) -> Response:
    return page(request, "message.html", title=_TITLE, trouble=sentence, status=status)
