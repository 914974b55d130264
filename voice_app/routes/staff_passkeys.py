"""Passkeys of staff: coming in by one, proving anew who is there, adding and removing them."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from starlette.responses import JSONResponse, Response

from voice_app.access import signins
from voice_app.models import Account, SignIn
from voice_app.people import ceremonies, passkeys
from voice_app.people.ceremonies import Lapsed
from voice_app.people.passkeys import BadPasskey
from voice_app.routes.access import SignedIn, welcome
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import (
    go,
    let_in,
    next_page,
    place,
    try_address,
)
from voice_app.routes.staff_signin import Sent
from voice_app.routes.staff_steps import forget_step, remember_step, step_of

router = APIRouter(prefix="/staff")

Answer = Annotated[dict[str, Any], Body()]


@router.post("/passkey/options")
def ask(request: Request, here: Here) -> Response:
    """What the browser asks a device, to prove who is there."""
    try_address(request)
    asked = passkeys.ask_to_prove(place(here))
    with here.database.writing.begin() as session:
        told = {"challenge": asked.challenge}
        step = ceremonies.begin(session, "passkey", told=told, now=here.clock())
    return remember_step(request, JSONResponse(asked.options), step)


@router.post("/passkey")
def come_in(
    request: Request,
    here: Here,
    answer: Answer,
    next: str = "",  # noqa: A002 - the query's name
) -> Response:
    """Take the device's answer: the person is in, or has proven anew that it is them."""
    try_address(request)
    to = next_page(next)
    try:
        with here.database.writing.begin() as session:
            begun = ceremonies.take(session, step_of(request), "passkey", now=here.clock())
    except Lapsed as error:
        return _trouble(error)
    try:
        with here.database.writing.begin() as session:
            challenge = str(begun.told["challenge"])
            account = passkeys.prove(session, place(here), challenge=challenge, answer=answer)
            secret = let_in(request, session, account, way="passkey")
    except BadPasskey as error:
        with here.database.writing.begin() as session:
            passkeys.refuse(session, answer, now=here.clock())
        return _trouble(error)
    said = JSONResponse({"next": to})
    welcome(said, secret, origin=here.origin)
    return forget_step(request, said)


@router.post("/security/passkeys/options")
def ask_for_new(request: Request, here: Here, row: SignedIn) -> Response:
    """What the browser asks a device, to make a passkey."""
    with here.database.writing.begin() as session:
        account = session.get_one(Account, row.account_id)
        asked = passkeys.ask_for_new(place(here), account, has=passkeys.of(session, account))
        told = {"challenge": asked.challenge}
        now = here.clock()
        step = ceremonies.begin(session, "passkey-new", told=told, now=now, account_id=account.id)
    return remember_step(request, JSONResponse(asked.options), step)


@router.post("/security/passkeys")
def add(request: Request, here: Here, row: SignedIn, answer: Answer, name: str = "") -> Response:
    """Keep the passkey that a device made."""
    try:
        _add(request, here, row=row, answer=answer, name=name)
    except (Lapsed, BadPasskey) as error:
        return _trouble(error)
    return forget_step(request, JSONResponse({"next": "/staff/security"}))


@router.post("/security/passkeys/removal")
def remove(here: Here, row: SignedIn, said: Sent) -> Response:
    """Forget a passkey, and end every other sign-in of this person."""
    with here.database.writing.begin() as session:
        account = session.get_one(Account, row.account_id)
        now = here.clock()
        passkeys.remove(session, account, said.get("passkey", ""), now=now)
        signins.end_all(session, now=now, account_id=account.id, but=row.id_hash)
    return go("/staff/security")


def _add(
    request: Request, here: Service, *, row: SignIn, answer: dict[str, Any], name: str
) -> None:
    now = here.clock()
    with here.database.writing.begin() as session:
        begun = ceremonies.take(session, step_of(request), "passkey-new", now=now)
        if begun.account_id != row.account_id:
            raise Lapsed("Somebody else began this. Begin again.")
        passkeys.add(
            session,
            place(here),
            account=session.get_one(Account, row.account_id),
            challenge=str(begun.told["challenge"]),
            answer=answer,
            name=name,
            now=now,
        )


def _trouble(error: Exception) -> Response:
    return JSONResponse({"error": "bad-passkey", "sentence": str(error)}, status_code=422)
