"""Who marks in a center: licenses, how answers are marked, and who must not mark whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app.access import Actor
from voice_app.errors import VoiceAppError
from voice_app.marking import conflicts, licensing, policies, training, trust
from voice_app.marking.tasks import Bank
from voice_app.models import Account, Candidate
from voice_app.routes.access import Fields, NotTheirs, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.marking_agreement import overview_of
from voice_app.routes.marking_settled import bank_of
from voice_app.routes.staff_frame import go, page

router = APIRouter(prefix="/staff/marking/people")

_PAGE = "/staff/marking/people"
_TROUBLES = (licensing.LicenseError, policies.MarkingPolicyError, conflicts.ConflictError)


@dataclass(frozen=True)
class Order:
    """What a form asks about one license; `applicant` is the candidate who wants it, or None."""

    session: Session
    account_id: str
    micro_competence: str
    bank: Bank
    applicant: str | None
    author: str
    at: datetime


@router.get("")
def show(request: Request, here: Here, who: Who) -> Response:
    """See who marks, how well they agree, and what keeps them from whom."""
    return _page(request, here, who)


@router.post("/licenses")
def permit(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Let somebody begin, appoint them, pause them, lift a pause, or end a license."""

    def act(session: Session) -> None:
        step = _STEPS.get(sent.get("step", ""))
        name = sent.get("micro_competence", "")
        if step is None or name not in licensing.MICRO_COMPETENCES:
            raise licensing.LicenseError("Choose a person, a micro-competence and a button.")
        applicant = _candidate(session, sent, who=who).id if sent.get("candidate") else None
        account = _account(session, sent, who=who)
        step(
            Order(session, account.id, name, bank_of(here, name), applicant, who.name, here.clock())
        )

    return _answered(request, here, who, act=act)


@router.post("/policy")
def choose(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Set how answers are marked that come from now on."""

    def act(session: Session) -> None:
        policy = policies.Policy(
            double_percent=_number(sent, "double_percent"),
            control_percent=_number(sent, "control_percent"),
            unsure_sample_percent=_number(sent, "unsure_sample_percent"),
            is_proposal_first=sent.get("is_proposal_first") == "yes",
            promise_days=_number(sent, "promise_days"),
        )
        policies.choose(session, who.center, policy=policy, author=who.name, at=here.clock())

    return _answered(request, here, who, act=act)


@router.post("/conflicts")
def keep_apart(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Note that somebody must not mark a candidate, or that they may again."""

    def act(session: Session) -> None:
        account_id = _account(session, sent, who=who).id
        owner_hash = _candidate(session, sent, who=who).owner_hash
        author, at, kind = who.name, here.clock(), sent.get("kind", "")
        if kind == "lift":
            conflicts.lift(session, account_id, owner_hash=owner_hash, author=author, at=at)
        else:
            conflicts.note(
                session, account_id, owner_hash=owner_hash, kind=kind, author=author, at=at
            )

    return _answered(request, here, who, act=act)


def _begin(order: Order) -> None:
    training.ship(order.session, order.bank, at=order.at)
    licensing.begin(
        order.session,
        order.account_id,
        order.micro_competence,
        candidate_id=order.applicant,
        author=order.author,
        at=order.at,
    )


def _appoint(order: Order, reason: str | None = None) -> None:
    trust.appoint(
        order.session,
        order.account_id,
        order.micro_competence,
        bank=order.bank,
        author=order.author,
        at=order.at,
        reason=reason,
    )


def _found(order: Order) -> None:
    training.ship(order.session, order.bank, at=order.at)
    _appoint(order, licensing.FOUNDING)


def _pause(order: Order) -> None:
    licensing.pause(
        order.session,
        order.account_id,
        order.micro_competence,
        reason="coordinator",
        author=order.author,
        at=order.at,
    )


def _lift(order: Order) -> None:
    licensing.lift(
        order.session, order.account_id, order.micro_competence, author=order.author, at=order.at
    )


def _end(order: Order) -> None:
    licensing.end(
        order.session, order.account_id, order.micro_competence, author=order.author, at=order.at
    )


_STEPS: Mapping[str, Callable[[Order], None]] = {
    "begin": _begin,
    "appoint": _appoint,
    "found": _found,
    "pause": _pause,
    "lift": _lift,
    "end": _end,
}


def _account(session: Session, sent: Mapping[str, str], *, who: Actor) -> Account:
    row = session.get(Account, sent.get("account", ""))
    if row is None or row.center_id != who.center:
        raise NotTheirs("There is no such person in this center.")
    return row


def _candidate(session: Session, sent: Mapping[str, str], *, who: Actor) -> Candidate:
    row = session.get(Candidate, sent.get("candidate", ""))
    if row is None or row.center_id != who.center:
        raise NotTheirs("There is no such candidate in this center.")
    return row


def _number(sent: Mapping[str, str], name: str) -> int:
    text = sent.get(name, "")
    if not text.isdecimal() or not text.isascii():
        raise policies.MarkingPolicyError("Write whole numbers.")
    return int(text[:4])


def _answered(
    request: Request, here: Service, who: Actor, *, act: Callable[[Session], None]
) -> Response:
    """Do what a form asks and show the page again; what cannot be done is said on it."""
    try:
        with here.database.writing.begin() as session:
            act(session)
    except _TROUBLES as error:
        return _page(request, here, who, trouble=error)
    return go(_PAGE)


def show_trouble(
    request: Request, here: Service, who: Actor, *, trouble: VoiceAppError
) -> Response:
    """Show the page with what cannot be done."""
    return _page(request, here, who, trouble=trouble)


def _page(
    request: Request, here: Service, who: Actor, *, trouble: VoiceAppError | None = None
) -> Response:
    with here.database.reading.begin() as session:
        content = overview_of(session, here, who)
    return page(
        request,
        "marking_people.html",
        title="Who marks, and how",
        content=content,
        trouble=None if trouble is None else str(trouble),
        status=HTTPStatus.OK if trouble is None else HTTPStatus.CONFLICT,
    )
