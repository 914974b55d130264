"""Becoming staff by a link: name and password, the app for codes, ten codes for the drawer."""

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

import segno
from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app.errors import VoiceAppError
from voice_app.marking import becoming
from voice_app.models import Account, Center, Invitation
from voice_app.people import accounts, ceremonies, invitations, passwords, second_steps
from voice_app.people.accounts import BadField
from voice_app.people.ceremonies import Lapsed
from voice_app.people.invitations import DeadLink, Newcomer
from voice_app.people.passwords import WeakPassword
from voice_app.routes.access import welcome
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import (
    ROLE_NAMES,
    go,
    let_in,
    page,
    try_address,
)
from voice_app.routes.staff_signin import Sent
from voice_app.routes.staff_steps import forget_step, remember_step, step_of

router = APIRouter(prefix="/staff")

_GONE = 410
_JOIN = "/staff/join"
_WELCOME = "/staff/welcome"
# The secret of a new app waits under a key of nobody's until its first code was shown.
_WAITING = "joining"
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class JoinPage:
    """What a newcomer is asked; what is fixed by the invitation is only shown."""

    role: str
    center: str | None
    asks_center: bool
    asks_who: bool
    email: str | None
    name: str
    typed_center: str
    typed_email: str


@dataclass(frozen=True)
class AppPage:
    """What an app for codes reads: a picture, and the same in letters."""

    picture: str
    letters: str
    action: str


@dataclass(frozen=True)
class CodesPage:
    """Ten recovery codes, shown once."""

    codes: tuple[str, ...]


@router.get("/setup")
@router.get("/invite")
def show(request: Request) -> Response:
    """The page of a link, whose secret stands behind the `#` and reaches no log on the way."""
    return page(request, "link.html", title="Welcome")


@router.post("/invite")
def open_link(request: Request, here: Here, said: Sent) -> Response:
    """Take the secret of a link; that does not use the link yet."""
    try_address(request)
    now = here.clock()
    try:
        with here.database.writing.begin() as session:
            row = invitations.look(session, said.get("secret", ""), now=now)
            told = {"invitation": row.token_hash}
            step = ceremonies.begin(session, "invited", told=told, now=now)
    except DeadLink as error:
        return _dead(request, error)
    return remember_step(request, go(_WELCOME), step)


@router.get("/welcome")
def show_questions(request: Request, here: Here) -> Response:
    """The page that asks a newcomer's name and password."""
    try:
        with here.database.reading.begin() as session:
            content = _join_page(session, _invited(session, request, here=here))
    except (DeadLink, Lapsed) as error:
        return _dead(request, error)
    return page(request, "join.html", title="Welcome", content=content)


@router.post("/welcome")
def join(request: Request, here: Here, said: Sent) -> Response:
    """Take name and password; nothing is made before the second step is there."""
    try_address(request)
    try:
        with here.database.reading.begin() as session:
            row = _invited(session, request, here=here)
            content = _join_page(session, row, typed=said)
        who = _newcomer(here, content, said=dict(said))
        known = (who.name, who.email, who.center, here.issuer.name)
        password_hash = passwords.hash_of(said.get("password", ""), known=known)
    except (DeadLink, Lapsed) as error:
        return _dead(request, error)
    except (BadField, WeakPassword) as error:
        return page(request, "join.html", title="Welcome", content=content, trouble=str(error))
    told = {
        "invitation": row.token_hash,
        "account": row.account_id or str(uuid4()),
        "who": asdict(who),
        "password_hash": password_hash,
    }
    return _ask_for_app(request, here, told=told)


@router.get("/join")
def show_app(request: Request, here: Here) -> Response:
    """The picture that the app for codes reads."""
    try:
        with here.database.reading.begin() as session:
            begun = ceremonies.look(session, step_of(request), "joining", now=here.clock())
    except Lapsed as error:
        return _dead(request, error)
    return _app(request, here, begun.told)


@router.post("/join")
def finish(request: Request, here: Here, said: Sent) -> Response:
    """Take the app's first code: now there is an account, and its holder is in."""
    try_address(request)
    try:
        with here.database.reading.begin() as session:
            begun = ceremonies.look(session, step_of(request), "joining", now=here.clock())
        app = _opened(here, begun.told)
        step = second_steps.step_of(app, said.get("code", ""), now=here.clock())
        if step is None:
            trouble = "This code does not fit. Look at the app and write its newest code."
            return _app(request, here, begun.told, trouble=trouble)
        drawn = second_steps.draw_recovery_codes(begun.told["account"])
        secret = _joined(request, here, app=app, step=step, drawn=drawn)
    except (DeadLink, Lapsed, BadField) as error:
        return _dead(request, error)
    content = CodesPage(drawn.codes)
    answer = page(request, "codes.html", title="Your recovery codes", content=content)
    welcome(answer, secret, origin=here.origin)
    return forget_step(request, answer)


def qr_of(address: str) -> str:
    """Draw the picture that an app reads, for an `img`."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=3))


def in_groups(secret: str) -> str:
    """Write letters so that they can be copied by hand."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _invited(session: Session, request: Request, *, here: Service) -> Invitation:
    """Give the invitation of the link that this browser opened. Raises `DeadLink` or `Lapsed`."""
    now = here.clock()
    begun = ceremonies.look(session, step_of(request), "invited", now=now)
    return invitations.by_hash(session, str(begun.told["invitation"]), now=now)


def _join_page(
    session: Session, row: Invitation, *, typed: Mapping[str, str] = _NOTHING
) -> JoinPage:
    """Give the page of a link; what was typed before stands in it again, but for the password."""
    center = session.get(Center, row.center_id) if row.center_id else None
    back = session.get(Account, row.account_id) if row.account_id else None
    return JoinPage(
        role=ROLE_NAMES[row.role],
        center=center.name if center else None,
        asks_center=center is None and row.role != "operator",
        asks_who=back is None,
        email=row.email,
        name=back.name if back else typed.get("name", "")[:80],
        typed_center=typed.get("center", "")[:80],
        typed_email=typed.get("email", "")[:254],
    )


def _newcomer(here: Service, content: JoinPage, *, said: dict[str, str]) -> Newcomer:
    """Read what somebody says of themselves. Raises `BadField`."""
    name = content.name if not content.asks_who else accounts.plain_name(said.get("name", ""))
    center = said.get("center", "") if content.asks_center else ""
    return Newcomer(
        name=name,
        email=content.email or accounts.plain_email(said.get("email", "")),
        center=accounts.plain_name(center, of="its name") if content.asks_center else "",
        country=here.issuer.country,
    )


def _ask_for_app(request: Request, here: Service, *, told: dict[str, Any]) -> Response:
    secret = second_steps.new_secret().encode()
    sealed = base64.b64encode(here.vault.seal(secret, owner=_WAITING, about="totp")).decode()
    with here.database.writing.begin() as session:
        step = ceremonies.begin(session, "joining", told=told | {"app": sealed}, now=here.clock())
    return remember_step(request, go(_JOIN), step)


def _opened(here: Service, told: Any) -> str:
    sealed = base64.b64decode(told["app"])
    return here.vault.opened(sealed, owner=_WAITING, about="totp").decode()


def _app(request: Request, here: Service, told: Any, *, trouble: str | None = None) -> Response:
    secret = _opened(here, told)
    address = second_steps.address_for(secret, name=told["who"]["email"], issuer=here.issuer.name)
    content = AppPage(qr_of(address), in_groups(secret), _JOIN)
    return page(request, "app.html", title="An app for codes", content=content, trouble=trouble)


def _joined(
    request: Request, here: Service, *, app: str, step: int, drawn: second_steps.Drawn
) -> str:
    """Make the account with its ways in; gives the secret of its first sign-in.

    Raises `DeadLink`, `Lapsed` or `BadField`.
    """
    now = here.clock()
    with here.database.writing.begin() as session:
        begun = ceremonies.take(session, step_of(request), "joining", now=now)
        account = _accepted(session, here, told=begun.told)
        second_steps.keep_secret(account, app, seals=here.vault, step=step)
        second_steps.keep_recovery_codes(session, account, drawn, now=now)
        return let_in(request, session, account, way="joined")


def _accepted(session: Session, here: Service, *, told: Any) -> Account:
    """Use the invitation up, and give its account the password."""
    now = here.clock()
    row = invitations.by_hash(session, told["invitation"], now=now)
    who = Newcomer(**told["who"])
    account = invitations.accept(session, row, who=who, account_id=told["account"], now=now)
    account.password_hash = told["password_hash"]
    becoming.arrive(session, row, account, content=here.content, at=now)
    return account


def _dead(request: Request, error: VoiceAppError) -> Response:
    return page(
        request, "message.html", title="This link is over", trouble=str(error), status=_GONE
    )
