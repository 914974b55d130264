"""The operator's page: how the machine is, and the switch of each engine; nobody's answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app import oversight
from voice_app.access import Actor
from voice_app.audio.speech import is_named
from voice_app.models import Stop
from voice_app.oversight import Scope, StopError, Switch
from voice_app.routes import health
from voice_app.routes.access import Fields, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import go, page

router = APIRouter(prefix="/staff/machine")

_ADDRESS = "/staff/machine"


@dataclass(frozen=True)
class Part:
    """What can be stopped: everything (`name` empty) or an engine, and who hears which language.

    `stop` is the row by which it is stopped now, None while it goes on.
    """

    scope: Scope
    name: str
    languages: tuple[str, ...]
    stop: Stop | None


@dataclass(frozen=True)
class Machine:
    """How the machine is: `told` is what /readyz tells to programs."""

    told: Mapping[str, Any]
    parts: tuple[Part, ...]
    reasons: tuple[str, ...]


@router.get("")
def show(request: Request, here: Here) -> Response:
    """How engines and processes are, what waits, and what is stopped."""
    return _page(request, here)


@router.post("/stop")
def stop(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Stop an engine, or everything: from now on a person decides on what it would have."""
    return _turned(request, here, who, sent=sent, is_stopped=True)


@router.post("/resume")
def resume(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Let an engine, or everything, go on."""
    return _turned(request, here, who, sent=sent, is_stopped=False)


def _turned(
    request: Request, here: Service, who: Actor, *, sent: Mapping[str, str], is_stopped: bool
) -> Response:
    try:
        with here.database.writing.begin() as session:
            oversight.turn(
                session,
                _switch(session, here, sent),
                is_stopped=is_stopped,
                reason=sent.get("reason", ""),
                author=who.name,
                at=here.clock(),
            )
    except StopError as error:
        return _page(request, here, trouble=str(error))
    return go(_ADDRESS)


def _switch(session: Session, here: Service, sent: Mapping[str, str]) -> Switch:
    """Give the switch of a part that is shown. Raises `StopError` for another."""
    asked = sent.get("scope", ""), sent.get("name", "")
    known = _parts(session, health.standing(here)["engines"])
    part = next((one for one in known if (one.scope, one.name) == asked), None)
    if part is None:
        raise StopError("There is no such engine here.")
    return Switch(part.scope, part.name)


def _page(request: Request, here: Service, *, trouble: str | None = None) -> Response:
    told = health.standing(here)
    with here.database.reading.begin() as session:
        parts = tuple(_parts(session, told["engines"]))
    return page(
        request,
        "oversight_machine.html",
        title="The machine",
        content=Machine(told, parts, oversight.REASONS),
        trouble=trouble,
        status=HTTPStatus.OK if trouble is None else HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _parts(session: Session, engines: Mapping[str, Any]) -> Iterable[Part]:
    """Give everything, each installed engine, and what is stopped by another name."""
    held = {(one.scope, one.name): one for one in oversight.stops(session)}
    yield Part("all", "", tuple(engines), held.get(("all", "")))
    heard = _languages(engines)
    kinds = {name for scope, name in held if scope == "engine"} - heard.keys()
    for name in [*heard, *sorted(kinds)]:
        told = heard.get(name) or _of_kind(heard, name)
        yield Part("engine", name, told, held.get(("engine", name)))


def _languages(engines: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Give the languages that each installed engine hears."""
    names = (name for one in engines.values() for name in (one["engine"] or "").split("+") if name)
    return {
        name: tuple(
            code for code, one in engines.items() if name in (one["engine"] or "").split("+")
        )
        for name in dict.fromkeys(names)
    }


def _of_kind(heard: Mapping[str, tuple[str, ...]], kind: str) -> tuple[str, ...]:
    found = (codes for name, codes in heard.items() if is_named(name, [kind]))
    return tuple(dict.fromkeys(code for codes in found for code in codes))
