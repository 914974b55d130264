"""The staff's page over the machine: stop it, choose the policy, see what waits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app import badges, oversight
from voice_app.access import Actor
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt, Stop
from voice_app.oversight import MAY_BE_AUTOMATIC, Policy, PolicyError, StopError, Switch, Waiting
from voice_app.routes import oversight_attempts, oversight_machine
from voice_app.routes.access import Fields, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.oversight_cases import address_of
from voice_app.routes.staff_frame import go, page

router = APIRouter()
_center = APIRouter(prefix="/staff/oversight")

_WHYS = {
    oversight.REVIEW: "the machine could not tell",
    "contest": "the candidate contests an answer",
    "sign-off": "waits for a sign-off",
    "sample": "control sample",
    "doubt": "somebody doubts the machine: a second person listens",
}


@dataclass(frozen=True)
class Shown:
    """One attempt that waits, and why, in words."""

    address: str
    micro_competence: str
    language: str
    whys: tuple[str, ...]
    since: str


@dataclass(frozen=True)
class Overview:
    """What is stopped, what the center chose, what waits for a person.

    `doubted` are, for the owner, the badges that two people say the machine gave wrongly.
    """

    is_owner: bool
    can_decide: bool
    is_stopped: bool
    stops: tuple[Stop, ...]
    reasons: tuple[str, ...]
    policy: Policy
    may_be_automatic: tuple[str, ...]
    waiting: tuple[Shown, ...]
    doubted: tuple[str, ...]


@_center.get("")
def show(request: Request, here: Here, who: Who) -> Response:
    """See what is stopped, the center's policy, and what waits."""
    return _page(request, here, who)


@_center.post("/stop")
def stop(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Stop the machine for this center: from now on a person decides on every spoken answer."""
    return _answered(request, here, who, act=_turn(here, who, sent=sent, is_stopped=True))


@_center.post("/resume")
def resume(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Let the machine go on for this center."""
    return _answered(request, here, who, act=_turn(here, who, sent=sent, is_stopped=False))


@_center.post("/policy")
def choose(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Set who passes candidates of this center, for attempts that begin from now on."""

    def act(session: Session) -> None:
        automatic = tuple(one for one in MAY_BE_AUTOMATIC if sent.get(one) == "machine")
        policy = Policy(automatic, _percent(sent.get("sample", "")))
        oversight.choose(session, who.center, policy=policy, author=who.name, at=here.clock())

    return _answered(request, here, who, act=act)


def _answered(
    request: Request, here: Service, who: Actor, *, act: Callable[[Session], None]
) -> Response:
    """Do what a form asks and show the page again; what cannot be done is said on it."""
    try:
        with here.database.writing.begin() as session:
            act(session)
    except (StopError, PolicyError) as error:
        return _page(request, here, who, trouble=error, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return go("/staff/oversight")


def _page(
    request: Request,
    here: Service,
    who: Actor,
    *,
    trouble: VoiceAppError | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    with here.database.reading.begin() as session:
        content = _overview(session, here, who)
    return page(
        request,
        "oversight.html",
        title="People over the machine",
        content=content,
        trouble=None if trouble is None else str(trouble),
        status=status,
    )


def _overview(session: Session, here: Service, who: Actor) -> Overview:
    stops = tuple(one for one in oversight.stops(session) if _concerns(one, who.center))
    waiting = oversight.everything(session, center=who.center)
    return Overview(
        is_owner=who.role == "owner",
        can_decide=who.role in ("assessor", "owner"),
        is_stopped=any(one.scope == "center" for one in stops),
        stops=stops,
        reasons=oversight.REASONS,
        policy=oversight.policy_of(session, who.center),
        may_be_automatic=MAY_BE_AUTOMATIC,
        waiting=tuple(map(_shown, waiting)),
        doubted=_doubted(session, here, who) if who.role == "owner" else (),
    )


def _turn(
    here: Service, who: Actor, *, sent: Mapping[str, str], is_stopped: bool
) -> Callable[[Session], None]:
    def act(session: Session) -> None:
        oversight.turn(
            session,
            Switch("center", who.center or ""),
            is_stopped=is_stopped,
            reason=sent.get("reason", ""),
            author=who.name,
            at=here.clock(),
        )

    return act


def _concerns(stop: Stop, center: str | None) -> bool:
    return stop.scope != "center" or stop.name == center


def _shown(waiting: Waiting) -> Shown:
    return Shown(
        address=address_of(waiting.attempt.id),
        micro_competence=waiting.attempt.assessment,
        language=waiting.attempt.employer_language,
        whys=tuple(_WHYS[one] for one in waiting.whys),
        since=waiting.since.strftime("%d %b %Y %H:%M"),
    )


def _doubted(session: Session, here: Service, who: Actor) -> tuple[str, ...]:
    found = (badges.of_attempt(session, one.id) for one in _twice_doubted(session, who))
    return tuple(
        badges.shown_code(badge.code)
        for badge in found
        if badge is not None
        and badges.folded(badge, badges.events_of(session, badge.code), now=here.clock()).is_good
    )


def _twice_doubted(session: Session, who: Actor) -> Sequence[Attempt]:
    return oversight.doubted(session, center=who.center)


def _percent(text: str) -> int:
    if not text.isdecimal() or not text.isascii():
        raise PolicyError("The control sample is 0 to 100 of a hundred.")
    return int(text[:4])


for part in (_center, oversight_attempts.router, oversight_machine.router):
    router.include_router(part)
