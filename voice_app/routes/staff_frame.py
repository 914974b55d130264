"""What the pages of staff share: their frame, their answers, what a page was asked to prove."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from voice_app import audit
from voice_app.access import rule_for, signins
from voice_app.access.rules import BY_ROUTE
from voice_app.errors import VoiceAppError
from voice_app.models import Account, SignIn
from voice_app.people.oidc_provider import Provider
from voice_app.people.passkeys import Place
from voice_app.routes import access
from voice_app.routes.access import form_token, secret_of, welcome
from voice_app.routes.deps import Service, service
from voice_app.routes.private_way import InTheClear, in_the_clear
from voice_app.routes.proof import place_of
from voice_app.routes.staff_steps import forget_step
from voice_app.routes.turnstile import Turnstile, retry_after
from voice_app.routes.turnstile import address_of as address_of_request

HOME = "/staff"
SIGN_IN = "/staff/sign-in"
PROVE = "/staff/prove"
_PAGES = (
    ("/staff", "Home"),
    ("/staff/candidates", "Candidates"),
    ("/staff/people", "Staff"),
    ("/staff/oversight", "Oversight"),
    ("/staff/marking", "Marking"),
    ("/staff/promises", "Promises"),
    ("/staff/juries", "Juries"),
    ("/staff/machine", "The machine"),
    ("/staff/security", "My ways in"),
)
ROLE_NAMES = {
    "assessor": "Assessor",
    "coordinator": "Coordinator",
    "owner": "Owner of the center",
    "operator": "Operator of the machine",
}
# What is sent from the page of one candidate, and not from the list.
_OF_ONE_CANDIDATE = frozenset({"export", "erasure", "badges", "corrections"})
# The marks by which browsers are told apart coarsely, the most telling first.
_BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


@dataclass(frozen=True)
class Gates:
    """How often one address may try, and how often anybody may try one account."""

    address: Turnstile = field(default_factory=lambda: Turnstile(30, seconds=60))
    account: Turnstile = field(default_factory=lambda: Turnstile(5, seconds=300))
    code: Turnstile = field(default_factory=lambda: Turnstile(5, seconds=1500))


@dataclass(frozen=True)
class Reception:
    """What coming in as staff takes besides the service: gates, an organization's service."""

    gates: Gates
    provider: Provider | None


@dataclass(frozen=True)
class Link:
    """A way to another page."""

    address: str
    words: str
    is_here: bool


@dataclass(frozen=True)
class StaffPage:
    """What every page of staff shows; `content` is the page's own."""

    title: str
    version: str
    who: str | None
    links: tuple[Link, ...]
    token: str
    trouble: str | None
    content: Any


class TooManyTries(VoiceAppError):
    """One address or account was tried too often; `wait_seconds` until the next."""

    def __init__(self, wait_seconds: int) -> None:
        minutes = -(-wait_seconds // 60)
        unit = "minute" if minutes == 1 else "minutes"
        super().__init__(f"There were too many tries. Wait {minutes} {unit}, then try again.")
        self.wait_seconds = wait_seconds


def open_reception(app: FastAPI, *, provider: Provider | None) -> None:
    """Make ready what the pages of staff need, and answer in their words who may not."""
    app.state.reception = Reception(Gates(), provider)
    for kind in (access.NotSignedIn, access.NotAllowed, access.NotFresh, access.NoFormToken):
        app.add_exception_handler(kind, _refused)
    app.add_exception_handler(access.NotTheirs, _refused)
    app.add_exception_handler(TooManyTries, _too_many)
    app.add_exception_handler(InTheClear, _in_the_clear)


def reception(request: Request) -> Reception:
    """What coming in as staff takes."""
    return cast("Reception", request.app.state.reception)


def place(here: Service) -> Place:
    """Where passkeys hold."""
    return Place(here.origin, here.issuer.name)


def page(
    request: Request,
    template: str,
    *,
    title: str,
    content: Any = None,
    trouble: str | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    """Answer with a page; one that tells of `trouble` is a refusal."""
    here = service(request)
    row: SignIn | None = request.state.signin
    shown = StaffPage(
        title=title,
        version=here.version,
        who=_who(here, row),
        links=_links(request),
        token=form_token(request) if row else "",
        trouble=trouble,
        content=content,
    )
    if trouble and status == HTTPStatus.OK:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    text = here.templates.get_template(f"staff/{template}").render(page=shown)
    # Links of these pages may hold secrets: no other page is told where somebody came from.
    headers = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Vary": "Cookie"}
    return HTMLResponse(text, status_code=status, headers=headers)


def go(address: str, **query: str) -> Response:
    """Send the browser on with a new request."""
    asked = {name: value for name, value in query.items() if value}
    to = f"{address}?{urlencode(asked)}" if asked else address
    return RedirectResponse(to, status_code=HTTPStatus.SEE_OTHER)


def next_page(told: str) -> str:
    """Where to go after signing in: a page of staff here, whatever was asked."""
    is_ours = told == HOME or told.startswith(f"{HOME}/")
    is_plain = told.isascii() and told.isprintable() and "\\" not in told and "//" not in told
    return told if is_ours and is_plain and ".." not in told else HOME


def let_in(
    request: Request, session: Any, account: Account, *, way: str, is_fresh: bool = True
) -> str:
    """Begin a sign-in; whatever sign-in the browser had ends. Gives the secret."""
    here = service(request)
    now = here.clock()
    if old := secret_of(request):
        signins.end(session, signins.digest(old), now=now)
    name = f"account:{account.id}"
    audit.record(
        session,
        actor=name,
        action=f"sign-in.{way}",
        subject=name,
        center=account.center_id,
        at=now,
    )
    label = _label(request.headers.get("user-agent", ""))
    return signins.begin(session, account, now=now, label=label, is_fresh=is_fresh)


def entered(request: Request, secret: str, *, to: str) -> Response:
    """Answer somebody who came in."""
    answer = go(next_page(to))
    welcome(answer, secret, origin=service(request).origin)
    forget_step(request, answer)
    return answer


def try_gate(gate: Turnstile, name: str) -> None:
    """Count one try. Raises `TooManyTries`."""
    if wait := gate.wait_seconds(name):
        raise TooManyTries(wait)


def try_address(request: Request) -> None:
    """Count one try of an address. Raises `TooManyTries`."""
    try_gate(reception(request).gates.address, address_of_request(request))


def _who(here: Service, row: SignIn | None) -> str | None:
    if row is None or row.account_id is None:
        return None
    with here.database.reading.begin() as session:
        account = session.get_one(Account, row.account_id)
    return f"{account.name}, {ROLE_NAMES[account.role]}"


def _links(request: Request) -> tuple[Link, ...]:
    if request.state.signin is None:
        return ()
    role, path = request.state.actor.role, request.url.path
    return tuple(
        Link(address, words, address == path)
        for address, words in _PAGES
        if rule_for(BY_ROUTE.get(f"GET {address}", ()), role)
    )


def _label(agent: str) -> str:
    """Say coarsely what somebody came with; more is not needed to know it again."""
    browser = next((one for one in _BROWSERS if one in agent), "Another browser")
    system = next((one for one in _SYSTEMS if one in agent), "another system")
    return f"{browser.replace('Edg', 'Edge')} on {system.replace('Macintosh', 'Mac')}"


def _refused(request: Request, error: Exception) -> Response:
    place = place_of(request.url.path) if isinstance(error, access.NotFresh) else None
    if place and _wants_html(request):
        return go("/me/proof", place=place, lang=request.query_params.get("lang", ""))
    if not _wants_page(request):
        return access.refused(request, error)
    is_safe = request.method == "GET"
    back = request.url.path if is_safe else _page_of(request.url.path)
    if isinstance(error, access.NotSignedIn):
        return go(SIGN_IN, next=back)
    if isinstance(error, access.NotFresh):
        return go(PROVE, next=back)
    status, _ = access.status_of(error)
    return page(request, "message.html", title="Not possible", trouble=str(error), status=status)


def _in_the_clear(request: Request, error: Exception) -> Response:
    if not _wants_page(request):
        return in_the_clear(request, error)
    status = HTTPStatus.FORBIDDEN
    title = "Not over this connection"
    return page(request, "in_the_clear.html", title=title, trouble=str(error), status=status)


def _page_of(path: str) -> str:
    """Give the page whose form was sent: the form's own address shows nothing."""
    parent, _, doing = path.rpartition("/")
    if parent.startswith("/staff/candidates/") and doing in _OF_ONE_CANDIDATE:
        return parent
    return next((one for one, _ in reversed(_PAGES) if path.startswith(f"{one}/")), HOME)


def _wants_page(request: Request) -> bool:
    is_staff = request.url.path == HOME or request.url.path.startswith(f"{HOME}/")
    return is_staff and _wants_html(request)


def _wants_html(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _too_many(request: Request, error: Exception) -> Response:
    wait = error.wait_seconds if isinstance(error, TooManyTries) else 0
    status = HTTPStatus.TOO_MANY_REQUESTS
    if not _wants_page(request):
        said = {"error": "too-many", "phrase": "trouble.not-found", "sentence": str(error)}
        return JSONResponse(said, status_code=status, headers=retry_after(wait))
    answer = page(request, "message.html", title="Wait a moment", trouble=str(error), status=status)
    answer.headers.update(retry_after(wait))
    return answer
