"""The staff's page over the machine: stop it, choose the policy, sign off what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal, cast

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from voice_app import attempts, oversight
from voice_app.models import Attempt, Referral, Stop
from voice_app.oversight import MAY_BE_AUTOMATIC, Policy, PolicyError, RulingError, Switch
from voice_app.routes.access import Fields, Who, form_token
from voice_app.routes.deps import Here, Service

router = APIRouter(prefix="/staff/oversight")

_WORDS = ("signed", "confirmed", "doubted")


@dataclass(frozen=True)
class Shown:
    """One attempt that waits: `why` is sign-off or sample."""

    attempt: str
    micro_competence: str
    language: str
    why: str
    since: str


@dataclass(frozen=True)
class OversightPage:
    """What is stopped, what the center chose, what waits for a person."""

    title: str
    token: str
    is_owner: bool
    can_decide: bool
    is_stopped: bool
    stops: tuple[Stop, ...]
    reasons: tuple[str, ...]
    policy: Policy
    may_be_automatic: tuple[str, ...]
    waiting: tuple[Shown, ...]
    contested: int
    static_version: str


@router.get("", response_class=HTMLResponse)
def show(request: Request, here: Here, who: Who) -> Response:
    """See what is stopped, the center's policy, and what waits."""
    with here.database.reading.begin() as session:
        stops = tuple(one for one in oversight.stops(session) if _concerns(one, who.center))
        waiting = oversight.waiting(session, center=who.center)
        page = OversightPage(
            title="People over the machine",
            token=form_token(request),
            is_owner=who.role == "owner",
            can_decide=who.role in ("assessor", "owner"),
            is_stopped=any(one.scope == "center" for one in stops),
            stops=stops,
            reasons=oversight.REASONS,
            policy=oversight.policy_of(session, who.center),
            may_be_automatic=MAY_BE_AUTOMATIC,
            waiting=tuple(_shown(session, one) for one in waiting if one.why != "contest"),
            contested=sum(one.why == "contest" for one in waiting),
            static_version=here.version,
        )
    return HTMLResponse(here.templates.get_template("desk/oversight.html").render(page=page))


@router.post("/stop")
def stop(here: Here, who: Who, sent: Fields) -> Response:
    """Stop the machine for this center: from now on a person decides on every spoken answer."""
    return _turned(here, center=who.center, author=who.name, sent=sent, is_stopped=True)


@router.post("/resume")
def resume(here: Here, who: Who, sent: Fields) -> Response:
    """Let the machine go on for this center."""
    return _turned(here, center=who.center, author=who.name, sent=sent, is_stopped=False)


@router.post("/policy")
def choose(here: Here, who: Who, sent: Fields) -> Response:
    """Set who passes candidates of this center, for attempts that begin from now on."""
    automatic = tuple(one for one in MAY_BE_AUTOMATIC if sent.get(one) == "machine")
    policy = Policy(automatic, _percent(sent.get("sample", "")))
    with here.database.writing.begin() as session:
        oversight.choose(session, who.center, policy=policy, author=who.name, at=here.clock())
    return _back()


@router.post("/word")
def say(here: Here, who: Who, sent: Fields) -> Response:
    """Sign off a pass, or say of one in the sample whether the machine was right."""
    word = sent.get("word", "")
    if word not in _WORDS:
        raise RulingError("Choose one of the buttons.")
    verdict = cast("Literal['signed', 'confirmed', 'doubted']", word)
    with here.database.writing.begin() as session:
        attempt = _attempt_of(session, sent, center=who.center)
        now = here.clock()
        oversight.rule(session, attempt, verdict=verdict, author=who.name, at=now)
        attempts.settle(session, here.bank(attempt), attempt=attempt, award=here.award, now=now)
    return _back()


def _turned(
    here: Service, *, center: str | None, author: str, sent: Mapping[str, str], is_stopped: bool
) -> Response:
    with here.database.writing.begin() as session:
        oversight.turn(
            session,
            Switch("center", center or ""),
            is_stopped=is_stopped,
            reason=sent.get("reason", ""),
            author=author,
            at=here.clock(),
        )
    return _back()


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


def _back() -> Response:
    return RedirectResponse("/staff/oversight", HTTPStatus.SEE_OTHER)
