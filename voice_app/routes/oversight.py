"""The staff's page over the machine: stop it, choose the policy, sign off what waits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import get_args

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app import attempts, oversight
from voice_app.access import Actor
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt, Referral, Stop
from voice_app.oversight import (
    MAY_BE_AUTOMATIC,
    Policy,
    PolicyError,
    RulingError,
    StopError,
    Switch,
    Word,
)
from voice_app.routes.access import Fields, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.staff_frame import go, page

router = APIRouter(prefix="/staff/oversight")


@dataclass(frozen=True)
class Shown:
    """One attempt that waits: `why` is sign-off or sample."""

    attempt: str
    micro_competence: str
    language: str
    why: str
    since: str


@dataclass(frozen=True)
class Overview:
    """What is stopped, what the center chose, what waits for a person."""

    is_owner: bool
    can_decide: bool
    is_stopped: bool
    stops: tuple[Stop, ...]
    reasons: tuple[str, ...]
    policy: Policy
    may_be_automatic: tuple[str, ...]
    waiting: tuple[Shown, ...]
    contested: int


@router.get("")
def show(request: Request, here: Here, who: Who) -> Response:
    """See what is stopped, the center's policy, and what waits."""
    return _page(request, here, who)


@router.post("/stop")
def stop(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Stop the machine for this center: from now on a person decides on every spoken answer."""
    return _answered(request, here, who, act=_turn(here, who, sent=sent, is_stopped=True))


@router.post("/resume")
def resume(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Let the machine go on for this center."""
    return _answered(request, here, who, act=_turn(here, who, sent=sent, is_stopped=False))


@router.post("/policy")
def choose(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Set who passes candidates of this center, for attempts that begin from now on."""

    def act(session: Session) -> None:
        automatic = tuple(one for one in MAY_BE_AUTOMATIC if sent.get(one) == "machine")
        policy = Policy(automatic, _percent(sent.get("sample", "")))
        oversight.choose(session, who.center, policy=policy, author=who.name, at=here.clock())

    return _answered(request, here, who, act=act)


@router.post("/word")
def say(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Sign off a pass, or say of one in the sample whether the machine was right."""

    def act(session: Session) -> None:
        attempt, now = _attempt_of(session, sent, center=who.center), here.clock()
        oversight.rule(session, attempt, verdict=_word(sent), author=who.name, at=now)
        attempts.settle(session, here.bank(attempt), attempt=attempt, award=here.award, now=now)

    return _answered(request, here, who, act=act)


def _answered(
    request: Request, here: Service, who: Actor, *, act: Callable[[Session], None]
) -> Response:
    """Do what a form asks and show the page again; what cannot be done is said on it."""
    try:
        with here.database.writing.begin() as session:
            act(session)
    except RulingError as error:
        return _page(request, here, who, trouble=error, status=HTTPStatus.CONFLICT)
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
        content = _overview(session, who)
    return page(
        request,
        "oversight.html",
        title="People over the machine",
        content=content,
        trouble=None if trouble is None else str(trouble),
        status=status,
    )


def _overview(session: Session, who: Actor) -> Overview:
    stops = tuple(one for one in oversight.stops(session) if _concerns(one, who.center))
    waiting = oversight.waiting(session, center=who.center)
    return Overview(
        is_owner=who.role == "owner",
        can_decide=who.role in ("assessor", "owner"),
        is_stopped=any(one.scope == "center" for one in stops),
        stops=stops,
        reasons=oversight.REASONS,
        policy=oversight.policy_of(session, who.center),
        may_be_automatic=MAY_BE_AUTOMATIC,
        waiting=tuple(_shown(session, one) for one in waiting if one.why != "contest"),
        contested=sum(one.why == "contest" for one in waiting),
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


def _word(sent: Mapping[str, str]) -> Word:
    word: Word | None = next((one for one in get_args(Word) if one == sent.get("word")), None)
    if word is None:
        raise RulingError("Choose one of the buttons.")
    return word


def _attempt_of(session: Session, sent: Mapping[str, str], *, center: str | None) -> Attempt:
    attempt = session.get(Attempt, sent.get("attempt", ""))
    if attempt is None or attempt.criteria.get("center") != center:
        raise attempts.UnknownAttempt("There is no such attempt in this center.")
    return attempt


def _concerns(stop: Stop, center: str | None) -> bool:
    return stop.scope != "center" or stop.name == center


def _shown(session: Session, referral: Referral) -> Shown:
    attempt = session.get_one(Attempt, referral.attempt_id)
    return Shown(
        attempt=attempt.id,
        micro_competence=attempt.assessment,
        language=attempt.employer_language,
        why=referral.why,
        since=referral.at.strftime("%d %b %Y %H:%M"),
    )


def _percent(text: str) -> int:
    if not text.isdecimal() or not text.isascii():
        raise PolicyError("The control sample is 0 to 100 of a hundred.")
    return int(text[:4])
