"""A member of staff's own ways in: password, app, recovery codes, passkeys, open sign-ins."""

import base64
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app import audit
from voice_app.access import signins
from voice_app.models import Account, SignIn
from voice_app.people import ceremonies, passkeys, passwords, second_steps
from voice_app.people.ceremonies import Lapsed
from voice_app.people.passwords import WeakPassword
from voice_app.routes.access import SignedIn
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import (
    go,
    page,
    reception,
)
from voice_app.routes.staff_joining import AppPage, CodesPage, in_groups, qr_of
from voice_app.routes.staff_signin import Sent
from voice_app.routes.staff_steps import forget_step, remember_step, step_of

router = APIRouter(prefix="/staff/security")

_HERE = "/staff/security"
_APP = f"{_HERE}/app"
_TITLE = "My ways in"


@dataclass(frozen=True)
class Key:
    """A passkey as its owner sees it."""

    id: str
    name: str
    made: str


@dataclass(frozen=True)
class Open:
    """A sign-in that has not ended."""

    id: str
    label: str
    since: str
    is_this: bool


@dataclass(frozen=True)
class SecurityPage:
    """All ways in of one person, and where they are in."""

    has_password: bool
    has_app: bool
    codes_left: int
    keys: tuple[Key, ...]
    opens: tuple[Open, ...]
    provider: str | None
    has_provider: bool


@router.get("")
def show(request: Request, here: Here, row: SignedIn) -> Response:
    """The page about one's own ways in."""
    return _show(request, here, row=row)


@router.post("/password")
def change_password(request: Request, here: Here, row: SignedIn, said: Sent) -> Response:
    """Take a new password; every other sign-in of this person ends."""
    account_id, now = row.account_id, here.clock()
    with here.database.reading.begin() as session:
        account = session.get_one(Account, account_id)
    known = (account.name, account.email, here.issuer.name)
    try:
        kept = passwords.hash_of(said.get("password", ""), known=known)
    except WeakPassword as error:
        return _show(request, here, row=row, trouble=str(error))
    with here.database.writing.begin() as session:
        account = session.get_one(Account, account_id)
        account.password_hash = kept
        _changed(here, session, row=row, what="password")
        signins.end_all(session, now=now, account_id=account_id, but=row.id_hash)
    return go(_HERE)


@router.post("/app")
def begin_app(request: Request, here: Here, row: SignedIn) -> Response:
    """Begin to use another app for codes; the old one holds until the new one is proven."""
    secret = second_steps.new_secret().encode()
    sealed = here.vault.seal(secret, owner=_waiting(row), about="totp")
    told = {"app": base64.b64encode(sealed).decode()}
    with here.database.writing.begin() as session:
        now = here.clock()
        step = ceremonies.begin(session, "totp-new", told=told, now=now, account_id=row.account_id)
    return remember_step(request, go(_APP), step)


@router.get("/app")
def show_app(request: Request, here: Here, row: SignedIn) -> Response:
    """The picture that the new app reads."""
    try:
        with here.database.reading.begin() as session:
            begun = _begun(session, request, row=row, now=here.clock())
    except Lapsed:
        return go(_HERE)
    return _app(request, here, row=row, begun=begun)


@router.post("/app/code")
def take_app(request: Request, here: Here, row: SignedIn, said: Sent) -> Response:
    """Take the new app's first code: from now on its codes hold."""
    now = here.clock()
    try:
        with here.database.writing.begin() as session:
            begun = _begun(session, request, row=row, now=now)
            secret = _secret(here, row=row, begun=begun)
            step = second_steps.step_of(secret, said.get("code", ""), now=now)
            if step is None:
                trouble = "This code does not fit. Look at the app and write its newest code."
                return _app(request, here, row=row, begun=begun, trouble=trouble)
            ceremonies.take(session, step_of(request), "totp-new", now=now)
            account = session.get_one(Account, row.account_id)
            second_steps.keep_secret(account, secret, seals=here.vault, step=step)
            _changed(here, session, row=row, what="app")
            signins.end_all(session, now=now, account_id=account.id, but=row.id_hash)
    except Lapsed:
        return go(_HERE)
    return forget_step(request, go(_HERE))


@router.post("/recovery-codes")
def renew_codes(request: Request, here: Here, row: SignedIn) -> Response:
    """Give ten new recovery codes, shown once; the old ones are void."""
    drawn = second_steps.draw_recovery_codes(row.account_id or "")
    with here.database.writing.begin() as session:
        account = session.get_one(Account, row.account_id)
        second_steps.keep_recovery_codes(session, account, drawn, now=here.clock())
        _changed(here, session, row=row, what="recovery-codes")
    content = CodesPage(drawn.codes)
    return page(request, "codes.html", title="Your recovery codes", content=content)


@router.post("/sign-ins/end")
def end(here: Here, row: SignedIn, said: Sent) -> Response:
    """End one's own sign-in on another device, or all but this."""
    with here.database.writing.begin() as session:
        open_here = signins.open_of(session, row.account_id or "", now=here.clock())
        others = {one.id_hash for one in open_here} - {row.id_hash}
        chosen = others if said.get("which") == "all" else others & {said.get("which", "")}
        for id_hash in chosen:
            signins.end(session, id_hash, now=here.clock())
    return go(_HERE)


def _show(request: Request, here: Service, *, row: SignIn, trouble: str | None = None) -> Response:
    provider = reception(request).provider
    with here.database.reading.begin() as session:
        account = session.get_one(Account, row.account_id)
        content = SecurityPage(
            has_password=account.password_hash is not None,
            has_app=account.totp_sealed is not None,
            codes_left=second_steps.recovery_codes_left(session, account),
            keys=tuple(
                Key(one.id, one.name, f"{one.made_at:%Y-%m-%d}")
                for one in passkeys.of(session, account)
            ),
            opens=tuple(
                Open(
                    one.id_hash,
                    one.label or "",
                    f"{one.begun_at:%Y-%m-%d %H:%M} UTC",
                    one.id_hash == row.id_hash,
                )
                for one in signins.open_of(session, account.id, now=here.clock())
            ),
            provider=provider.name if provider else None,
            has_provider=account.oidc_subject is not None,
        )
    return page(request, "security.html", title=_TITLE, content=content, trouble=trouble)


def _begun(session: Session, request: Request, *, row: SignIn, now: datetime) -> ceremonies.Begun:
    """Give what this person was asked; what somebody else was asked is none of theirs."""
    begun = ceremonies.look(session, step_of(request), "totp-new", now=now)
    if begun.account_id != row.account_id:
        raise Lapsed("Somebody else began this.")
    return begun


def _app(
    request: Request,
    here: Service,
    *,
    row: SignIn,
    begun: ceremonies.Begun,
    trouble: str | None = None,
) -> Response:
    secret = _secret(here, row=row, begun=begun)
    with here.database.reading.begin() as session:
        email = session.get_one(Account, row.account_id).email
    address = second_steps.address_for(secret, name=email, issuer=here.issuer.name)
    content = AppPage(qr_of(address), in_groups(secret), f"{_APP}/code")
    return page(request, "app.html", title="An app for codes", content=content, trouble=trouble)


def _secret(here: Service, *, row: SignIn, begun: ceremonies.Begun) -> str:
    sealed = base64.b64decode(str(begun.told["app"]))
    return here.vault.opened(sealed, owner=_waiting(row), about="totp").decode()


def _waiting(row: SignIn) -> str:
    return f"account:{row.account_id}"


def _changed(here: Service, session: Session, *, row: SignIn, what: str) -> None:
    name = f"account:{row.account_id}"
    audit.record(
        session,
        actor=name,
        action=f"{what}.changed",
        subject=name,
        center=row.center_id,
        at=here.clock(),
    )
