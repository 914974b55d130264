"""Coming in with an organization's own account."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import asdict
from http import HTTPStatus
from importlib import import_module
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from voice_app import audit
from voice_app.access import signins
from voice_app.errors import VoiceAppError
from voice_app.models import Account, SignIn
from voice_app.people import ceremonies
from voice_app.people.ceremonies import Begun, Lapsed
from voice_app.people.oidc_provider import Provider, ProviderFailed
from voice_app.routes.access import SignedIn
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import (
    entered,
    go,
    let_in,
    next_page,
    page,
    reception,
    try_address,
)
from voice_app.routes.staff_steps import forget_step, remember_step, step_of

router = APIRouter(prefix="/staff")

_TITLE = "Your organization's account"
_NOBODY = (
    "Nobody here has this account. Sign in another way first and add it under My ways in, "
    "or ask the owner of your center for an invitation."
)


class NoProvider(VoiceAppError):
    """No organization's service is set up here."""


@router.get("/organization")
def depart(
    request: Request,
    here: Here,
    next: str = "",  # noqa: A002 - the query's name
) -> Response:
    """Send the browser to the organization's service."""
    return _sent_there(request, here, told={"does": "enter", "next": next_page(next)})


@router.get("/prove/organization")
def prove(
    request: Request,
    here: Here,
    row: SignedIn,
    next: str = "",  # noqa: A002 - the query's name
) -> Response:
    """The same, to prove anew who is there: the service has to ask."""
    told = {"does": "prove", "next": next_page(next)}
    return _sent_there(request, here, told=told, account_id=row.account_id)


@router.post("/security/organization")
def link(request: Request, here: Here, row: SignedIn) -> Response:
    """The same, to add the organization's account to one's ways in.

    A form may not lead a browser to another site: the page that answers has a way to it.
    """
    try:
        address, step = _begun(request, here, told={"does": "link"}, account_id=row.account_id)
    except (NoProvider, ProviderFailed) as error:
        return _message(request, str(error), status=_status_of(error))
    return remember_step(request, page(request, "onward.html", title=_TITLE, content=address), step)


@router.get("/organization/back")
def arrive(request: Request, here: Here, code: str = "", state: str = "") -> Response:
    """Take what the organization's service says, once."""
    try_address(request)
    provider = reception(request).provider
    try:
        with here.database.writing.begin() as session:
            begun = ceremonies.take(session, step_of(request), "oidc", now=here.clock())
        arrival = _arrival(provider, begun.told["departure"], came=(code, state), here=here)
        return _DOES[str(begun.told["does"])](request, here, begun, arrival)
    except (Lapsed, ProviderFailed) as error:
        return forget_step(request, _message(request, str(error)))


def _sent_there(
    request: Request, here: Service, *, told: dict[str, Any], account_id: str | None = None
) -> Response:
    try:
        address, step = _begun(request, here, told=told, account_id=account_id)
    except (NoProvider, ProviderFailed) as error:
        return _message(request, str(error), status=_status_of(error))
    return remember_step(request, RedirectResponse(address, 303), step)


def _begun(
    request: Request, here: Service, *, told: dict[str, Any], account_id: str | None
) -> tuple[str, str]:
    """Give where the browser goes, and what it must come back with.

    Raises `NoProvider` or `ProviderFailed`.
    """
    try_address(request)
    provider = reception(request).provider
    if provider is None:
        raise NoProvider("No organization's service is set up here.")
    departure = _oidc().depart(provider, is_anew=told["does"] != "enter")
    with here.database.writing.begin() as session:
        told = told | {"departure": asdict(departure)}
        now = here.clock()
        step = ceremonies.begin(session, "oidc", told=told, now=now, account_id=account_id)
    return departure.address, step


def _arrival(provider: Provider | None, told: Any, *, came: tuple[str, str], here: Service) -> Any:
    """Ask who somebody is who came back with a code and a state. Raises `ProviderFailed`."""
    code, state = came
    is_ours = hmac.compare_digest(state.encode(), str(told["state"]).encode())
    if provider is None or not is_ours:
        raise ProviderFailed("This answer belongs to another try. Begin again.")
    oidc = _oidc()
    return oidc.arrive(provider, oidc.Departure.of(told), code=code, now=here.clock())


def _entered(request: Request, here: Service, begun: Begun, arrival: Any) -> Response:
    """Let in whose account it is; what needs a fresh proof is asked for as the service tells."""
    with here.database.writing.begin() as session:
        account = session.scalar(select(Account).where(Account.oidc_subject == arrival.subject))
        if account is not None and account.locked_at is None:
            is_fresh = bool(arrival.is_fresh)
            secret = let_in(request, session, account, way="organization", is_fresh=is_fresh)
            return entered(request, secret, to=str(begun.told["next"]))
    return forget_step(request, _message(request, _NOBODY))


def _proven(request: Request, here: Service, begun: Begun, arrival: Any) -> Response:
    row = _same(request, begun)
    _check_fresh(arrival)
    with here.database.writing.begin() as session:
        account = session.get_one(Account, row.account_id)
        if account.oidc_subject != arrival.subject:
            raise ProviderFailed("This is another person's account.")
        signins.refresh(session, row.id_hash, now=here.clock())
    return forget_step(request, go(next_page(str(begun.told["next"]))))


def _linked(request: Request, here: Service, begun: Begun, arrival: Any) -> Response:
    row = _same(request, begun)
    _check_fresh(arrival)
    with here.database.writing.begin() as session:
        other = session.scalar(select(Account.id).where(Account.oidc_subject == arrival.subject))
        if other not in {None, row.account_id}:
            raise ProviderFailed("Somebody else here has this account.")
        account = session.get_one(Account, row.account_id)
        account.oidc_subject = arrival.subject
        _log_linked(session, account, here=here)
    return forget_step(request, go("/staff/security"))


_DOES: Mapping[str, Callable[[Request, Service, Begun, Any], Response]] = {
    "enter": _entered,
    "prove": _proven,
    "link": _linked,
}


def _same(request: Request, begun: Begun) -> SignIn:
    """Give the sign-in of whoever began. Raises `Lapsed` for somebody else."""
    row: SignIn | None = request.state.signin
    if row is None or row.account_id is None or row.account_id != begun.account_id:
        raise Lapsed("Somebody else began this. Begin again.")
    return row


def _check_fresh(arrival: Any) -> None:
    if not arrival.is_fresh:
        raise ProviderFailed("Your organization's service did not ask you anew who you are.")


def _log_linked(session: Session, account: Account, *, here: Service) -> None:
    name = f"account:{account.id}"
    audit.record(
        session,
        actor=name,
        action="organization.linked",
        subject=name,
        center=account.center_id,
        at=here.clock(),
    )


def _oidc() -> Any:
    # The extra `oidc` may not be installed: it is imported where a provider is set up.
    return import_module("voice_app.people.oidc")


def _status_of(error: Exception) -> int:
    return HTTPStatus.NOT_FOUND if isinstance(error, NoProvider) else HTTPStatus.BAD_GATEWAY


def _message(request: Request, sentence: str, *, status: int = 422) -> Response:
    return page(request, "message.html", title=_TITLE, trouble=sentence, status=status)
