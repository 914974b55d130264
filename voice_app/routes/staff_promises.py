"""What candidates of a center were promised, what is due first; and appeals about pictures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app import appeals, marking, outcomes
from voice_app.access import Actor
from voice_app.appeals import REASONS, AppealError
from voice_app.marking import conflicts
from voice_app.marking.nobody import unmarkable
from voice_app.marking.promises import Promise, due_first, promises
from voice_app.models import Attempt, Referral
from voice_app.routes import oversight_scenes
from voice_app.routes.access import Fields, NotTheirs, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.marking_shown import code_of
from voice_app.routes.marking_sound import kept, said_to, wave_of
from voice_app.routes.marking_sound import sent as sent_as_one
from voice_app.routes.oversight_shown import Answer
from voice_app.routes.staff_frame import go, page

router = APIRouter(prefix="/staff/promises")

_PAGE = "/staff/promises"
_FIELD = "points:"
_MOST = 100


@dataclass(frozen=True)
class Due:
    """An attempt that waits for marks, in words."""

    micro_competence: str
    answers: int
    since: str
    due: str
    is_overdue: bool


@dataclass(frozen=True)
class PromisesPage:
    """What is promised, and the appeals that a coordinator looks at.

    `dues` are what is due first; `more` is how many there are besides. `unmarkable` is by
    micro-competence how many answers nobody here may mark, `late` are outcomes that rest on
    marks of somebody close to the candidate: the micro-competence, who it is by the number that
    assessors see, and since when.
    """

    days: int
    dues: tuple[Due, ...]
    more: int
    unmarkable: tuple[tuple[str, int], ...]
    late: tuple[tuple[str, str, str], ...]
    appeals: tuple[tuple[str, str], ...]
    may_decide: bool


@dataclass(frozen=True)
class Given:
    """One answer in pictures: the `least` points are those of the rules.

    `sound` is the address of what was said to it before it was confirmed, None where nothing is
    kept.
    """

    answer: Answer
    sound: str | None
    field: str
    least: int
    most: int


@dataclass(frozen=True)
class AppealPage:
    """An attempt without a name, whose candidate does not agree with its outcome."""

    address: str
    micro_competence: str
    language: str
    help_language: str
    answers: tuple[Given, ...]
    reasons: tuple[str, ...]


@router.get("")
def show(request: Request, here: Here, who: Who) -> Response:
    """What is due first, and what a coordinator looks at."""
    now = here.clock()
    with here.database.reading.begin() as session:
        found = sorted(
            (*promises(session, who.center), *appeals.promises(session, who.center)),
            key=due_first,
        )
        content = PromisesPage(
            days=marking.policy_of(session, who.center).promise_days,
            dues=tuple(_due(one, now=now) for one in found[:_MOST]),
            more=max(0, len(found) - _MOST),
            unmarkable=tuple(unmarkable(session, who.center).items()),
            late=tuple(_late(one, who) for one in conflicts.late(session, who.center)),
            appeals=tuple(
                (f"{_PAGE}/{row.seq}", _day(row.at)) for row in appeals.waiting(session, who.center)
            ),
            may_decide=who.role in ("coordinator", "owner"),
        )
    return page(request, "promises.html", title="What was promised", content=content)


@router.get("/{appeal_seq}")
def look(appeal_seq: int, request: Request, here: Here, who: Who) -> Response:
    """What was answered, and the points that the rules gave."""
    return _page(appeal_seq, request, here, who=who)


@router.get("/{appeal_seq}/sounds/{step}")
def listen(appeal_seq: int, step: str, here: Here, who: Who) -> Response:
    """Give what was said to a step before it was confirmed by touch; logged first."""
    with here.database.reading.begin() as session:
        attempt = _attempt(session, appeal_seq, who=who)
        bank = here.content.scenarios[attempt.assessment]
        is_shown = step in appeals.by_rule(session, attempt, bank=bank)
        takes = kept(here, said_to(session, attempt, item=step)) if is_shown else ()
    if not takes:
        raise NotTheirs("Nothing was said to this task, or it is not kept any more.")
    return sent_as_one(here, takes, wave=wave_of(here, takes), who=who)


@router.post("/{appeal_seq}")
def answer(appeal_seq: int, request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Leave the points as they are or give more, with a reason; the candidate hears of it."""
    try:
        with here.database.writing.begin() as session:
            attempt = _attempt(session, appeal_seq, who=who)
            _decide(session, here, attempt, who=who, sent=sent)
    except AppealError as error:
        return _page(appeal_seq, request, here, who=who, trouble=error)
    return go(_PAGE)


def _decide(
    session: Session, here: Service, attempt: Attempt, *, who: Actor, sent: Mapping[str, str]
) -> None:
    owner, phone = attempt.owner_hash, who.owner_hash
    if conflicts.is_barred(session, who.name, owner_hash=owner, phone=phone):
        raise AppealError("You know this candidate, or these are your own: somebody else decides.")
    bank, now = here.content.scenarios[attempt.assessment], here.clock()
    appeals.decide(
        session,
        attempt,
        bank=bank,
        points=dict(_points(sent)),
        reason=sent.get("reason", ""),
        author=who.name,
        at=now,
    )
    outcomes.settle(session, bank, attempt=attempt, award=here.award, now=now)


def _points(sent: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for name, text in sent.items():
        if name.startswith(_FIELD):
            if not text.isdecimal() or not text.isascii():
                raise AppealError("Write whole numbers.")
            yield name.removeprefix(_FIELD), int(text[:4])


def _page(
    seq: int, request: Request, here: Service, *, who: Actor, trouble: AppealError | None = None
) -> Response:
    with here.database.reading.begin() as session:
        attempt = _attempt(session, seq, who=who)
        languages = here.content.languages
        content = AppealPage(
            address=f"{_PAGE}/{seq}",
            micro_competence=attempt.assessment,
            language=languages[attempt.employer_language].code,
            help_language=languages[attempt.help_language].code,
            answers=tuple(_given(session, here, attempt, address=f"{_PAGE}/{seq}")),
            reasons=REASONS,
        )
    return page(
        request,
        "appeal.html",
        title=f"A candidate does not agree, {content.micro_competence}",
        content=content,
        trouble=None if trouble is None else str(trouble),
        status=HTTPStatus.OK if trouble is None else HTTPStatus.CONFLICT,
    )


def _given(session: Session, here: Service, attempt: Attempt, *, address: str) -> Iterator[Given]:
    bank = here.content.scenarios[attempt.assessment]
    points = appeals.by_rule(session, attempt, bank=bank)
    for one in oversight_scenes.answers(session, here, attempt, bank=bank):
        most = attempt.criteria["steps"][one.item]
        is_said = kept(here, said_to(session, attempt, item=one.item))
        sound = f"{address}/sounds/{one.item}" if is_said else None
        yield Given(one, sound, f"{_FIELD}{one.item}", least=points[one.item], most=most)


def _attempt(session: Session, seq: int, *, who: Actor) -> Attempt:
    row = session.get(Referral, seq)
    found = {one.seq for one in appeals.waiting(session, who.center)}
    if row is None or row.seq not in found:
        raise NotTheirs("This appeal has its answer, or it is of another center.")
    return session.get_one(Attempt, row.attempt_id)


def _due(one: Promise, *, now: datetime) -> Due:
    return Due(
        one.micro_competence, one.answers, _day(one.since), _day(one.due), one.is_overdue(now)
    )


def _late(one: conflicts.Late, who: Actor) -> tuple[str, str, str]:
    code = code_of(who.center or "", one.owner_hash)
    return one.micro_competence, code, _day(one.marked_at)


def _day(moment: datetime) -> str:
    return moment.strftime("%d %b %Y")
