"""Staff come in: a password and a second step, and out again; or prove anew who they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app import audit
from voice_app.access import signins
from voice_app.models import Account, SignIn
from voice_app.people import accounts, ceremonies, passkeys, passwords, second_steps
from voice_app.people.ceremonies import Lapsed
from voice_app.routes.access import SignedIn, goodbye, sent
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import (
    SIGN_IN,
    entered,
    go,
    let_in,
    next_page,
    page,
    reception,
    try_address,
    try_gate,
)
from voice_app.routes.staff_steps import forget_step, remember_step, step_of

router = APIRouter(prefix="/staff")

Sent = Annotated[Mapping[str, str], Depends(sent)]

_WRONG = "The e-mail address or the password is not right."
_WRONG_CODE = "This code is not right, or was used already. Wait for the next one."
_STEP = "/staff/second-step"


@dataclass(frozen=True)
class SignInPage:
    """The ways in: `provider` is the name of an organization's service, if there is one."""

    next: str
    email: str
    provider: str | None


@dataclass(frozen=True)
class ProvePage:
    """What proves anew who is there: their passkey, or what they have of password and code."""

    next: str
    has_password: bool
    has_passkey: bool
    provider: str | None


@router.get("/sign-in")
def show(request: Request, next: str = "") -> Response:  # noqa: A002 - the query's name
    """The page with the ways in."""
    return _sign_in(request, next_page(next))


@router.post("/sign-in")
def check_password(request: Request, here: Here, said: Sent) -> Response:
    """Take the password; what is wrong with it is not told."""
    to, email = next_page(said.get("next", "")), said.get("email", "").strip().lower()
    try_address(request)
    try_gate(reception(request).gates.account, email)
    with here.database.reading.begin() as session:
        account = accounts.by_email(session, email)
    is_open = account is not None and account.locked_at is None
    kept = account.password_hash if account is not None and is_open else None
    is_right = passwords.is_right(said.get("password", ""), kept)
    now = here.clock()
    with here.database.writing.begin() as session:
        if not is_right or account is None:
            _refuse(session, account, here=here)
            return _sign_in(request, to, email=email, trouble=_WRONG)
        told = {"next": to}
        secret = ceremonies.begin(
            session, "second-factor", told=told, now=now, account_id=account.id
        )
    reception(request).gates.account.forget(email)
    return remember_step(request, go(_STEP), secret)


@router.get("/second-step")
def show_second_step(request: Request, here: Here) -> Response:
    """The page that asks for the code of the app, or a recovery code."""
    try:
        with here.database.reading.begin() as session:
            ceremonies.look(session, step_of(request), "second-factor", now=here.clock())
    except Lapsed:
        return go(SIGN_IN)
    return page(request, "second_step.html", title="One more step")


@router.post("/second-step")
def check_code(request: Request, here: Here, said: Sent) -> Response:
    """Take the code, once; then the person is in."""
    try_address(request)
    now = here.clock()
    try:
        account, shown = _second_step(request, here, code=said.get("code", ""))
        with here.database.writing.begin() as session:
            begun = ceremonies.look(session, step_of(request), "second-factor", now=now)
            account = session.get_one(Account, account.id)
            if not second_steps.take(session, account, shown, now=now):
                _refuse(session, account, here=here)
                return page(request, "second_step.html", title="One more step", trouble=_WRONG_CODE)
            ceremonies.take(session, step_of(request), "second-factor", now=now)
            secret = let_in(request, session, account, way="password")
    except Lapsed:
        return go(SIGN_IN)
    reception(request).gates.code.forget(account.id)
    return entered(request, secret, to=str(begun.told["next"]))


@router.post("/sign-out")
def leave(request: Request, here: Here, row: SignedIn) -> Response:
    """End this sign-in, on the server and in the browser."""
    with here.database.writing.begin() as session:
        signins.end(session, row.id_hash, now=here.clock())
    answer = go(SIGN_IN)
    goodbye(answer, origin=here.origin)
    return forget_step(request, answer)


@router.get("/prove")
def show_proof(
    request: Request,
    here: Here,
    row: SignedIn,
    next: str = "",  # noqa: A002 - the query's name
) -> Response:
    """The page that asks anew who is there, before something that cannot be undone."""
    return _prove(request, here, row, to=next_page(next))


@router.post("/prove")
def check_proof(request: Request, here: Here, row: SignedIn, said: Sent) -> Response:
    """Take password and code anew; what is done within five minutes needs no more."""
    to = next_page(said.get("next", ""))
    try_address(request)
    account_id = row.account_id or ""
    try_gate(reception(request).gates.code, account_id)
    with here.database.reading.begin() as session:
        account = session.get_one(Account, account_id)
    is_right = passwords.is_right(said.get("password", ""), account.password_hash)
    now = here.clock()
    shown = second_steps.look_at(account, said.get("code", ""), seals=here.vault, now=now)
    with here.database.writing.begin() as session:
        account = session.get_one(Account, account_id)
        if not is_right or not second_steps.take(session, account, shown, now=now):
            _refuse(session, account, here=here)
            trouble = "The password or the code is not right."
            return _prove(request, here, row, to=to, trouble=trouble)
        signins.refresh(session, row.id_hash, now=now)
    reception(request).gates.code.forget(account_id)
    return go(to)


def _sign_in(request: Request, to: str, *, email: str = "", trouble: str | None = None) -> Response:
    provider = reception(request).provider
    content = SignInPage(to, email[:254], provider.name if provider else None)
    return page(request, "sign_in.html", title="Sign in", content=content, trouble=trouble)


def _prove(
    request: Request, here: Service, row: SignIn, *, to: str, trouble: str | None = None
) -> Response:
    with here.database.reading.begin() as session:
        account = session.get_one(Account, row.account_id)
        has_passkey = bool(passkeys.of(session, account))
    provider = reception(request).provider if account.oidc_subject else None
    content = ProvePage(
        to,
        has_password=account.password_hash is not None,
        has_passkey=has_passkey,
        provider=provider.name if provider else None,
    )
    return page(request, "prove.html", title="Is it you?", content=content, trouble=trouble)


def _second_step(
    request: Request, here: Service, *, code: str
) -> tuple[Account, second_steps.Shown]:
    """Give whose second step it is, and what their code comes to. Raises `Lapsed`."""
    now = here.clock()
    with here.database.reading.begin() as session:
        begun = ceremonies.look(session, step_of(request), "second-factor", now=now)
        account = session.get_one(Account, begun.account_id)
    try_gate(reception(request).gates.code, account.id)
    if account.locked_at is not None:
        raise Lapsed("This account is locked.")
    return account, second_steps.look_at(account, code, seals=here.vault, now=now)


def _refuse(session: Session, account: Account | None, *, here: Service) -> None:
    """Note a try that failed; of an address that nobody has, only that there was one."""
    name = "nobody" if account is None else f"account:{account.id}"
    center = None if account is None else account.center_id
    audit.record(
        session,
        actor="stranger",
        action="sign-in.refused",
        subject=name,
        center=center,
        at=here.clock(),
    )
