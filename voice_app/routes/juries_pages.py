"""What the desk's pages about juries show: the list, the form that convenes one, one jury."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import juries, outcomes
from voice_app.juries.convening import LONGEST_NAME
from voice_app.models import Account, Attempt, Candidate, Jury, JurySeat, Outcome
from voice_app.routes.deps import Service
from voice_app.routes.juries_kit import ROLE_NAMES
from voice_app.routes.marking_shown import code_of
from voice_app.routes.staff_joining import qr_of

JURIES = "/staff/juries"
NEW = "new:"
OLD = "attempt:"
_MODES = {juries.REMOTE: "at a distance", juries.FACE_TO_FACE: "face to face"}
_STATES = {"passed": "passed", "not_yet": "not yet", "to_review": "waits for marks"}
_SIT = ("assessor", "coordinator", "owner")


@dataclass(frozen=True)
class JuryLine:
    """One jury in the list; whoever only sits on it learns nothing of the candidate.

    `address` is its page, None for those; `seat` is where one takes one's own seat.
    """

    words: str
    since: str
    state: str
    address: str | None
    seat: str | None


@dataclass(frozen=True)
class Choice:
    """One choice of a list: what is sent, and what is read."""

    value: str
    words: str


@dataclass(frozen=True)
class NewJury:
    """What is asked of whoever convenes a jury; `typed` is what they said so far."""

    candidate: str
    name: str
    whats: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    staff: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    longest_name: int = LONGEST_NAME
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SeatLine:
    """One seat: who sits, and how much they have marked."""

    id: str
    words: str
    name: str
    marked: int
    is_mine: bool
    is_account: bool


@dataclass(frozen=True)
class LinkShown:
    """A link that is shown once, with the square a phone reads."""

    words: str
    name: str
    address: str
    days: int
    picture: str


@dataclass(frozen=True)
class JuryPage:
    """One jury: how far it is, and what two phones told differently."""

    address: str
    micro_competence: str
    candidate: str
    mode: str
    is_face_to_face: bool
    is_over: bool
    recorded: str
    answered: int
    steps: int
    marks: int
    seats: tuple[SeatLine, ...]
    conflicts: tuple[str, ...]
    outcome: str
    link: LinkShown | None


def lines(
    session: Session, center: str, *, account: str | None, is_desk: bool
) -> tuple[JuryLine, ...]:
    """Give the juries of a center, the newest first; to an assessor those they sit on."""
    found = ((one, _sits(session, one, account)) for one in juries.of_center(session, center))
    return tuple(
        _line(session, one, sits=sits, is_desk=is_desk) for one, sits in found if sits or is_desk
    )


def new_jury(
    session: Session, here: Service, candidate: Candidate, *, typed: Mapping[str, str]
) -> NewJury:
    """Give the form that convenes a jury for a candidate."""
    banks = [one for one in here.content.scenarios.values() if one.rubric]
    fresh = (
        Choice(f"{NEW}{one.micro_competence}", f"{one.micro_competence}, face to face, a new test")
        for one in banks
    )
    staff = session.scalars(
        select(Account)
        .where(Account.center_id == candidate.center_id, Account.role.in_(_SIT))
        .where(Account.locked_at.is_(None))
        .order_by(Account.name)
    )
    languages = dict.fromkeys(code for one in banks for code in one.employer_languages)
    return NewJury(
        candidate=candidate.id,
        name=candidate.call_name or f"Candidate {candidate.id[:8]}",
        whats=(*fresh, *_finished(session, candidate)),
        languages=tuple(Choice(one, here.content.languages[one].own_name) for one in languages),
        staff=tuple(Choice(one.id, one.name) for one in staff),
        roles=tuple(Choice(role, ROLE_NAMES[role]) for role in juries.ROLES),
        typed=typed,
    )


def jury_page(
    session: Session,
    here: Service,
    jury: Jury,
    *,
    account: str | None,
    link: LinkShown | None = None,
) -> JuryPage:
    """Give the page of a jury, for one who may be on it themselves."""
    attempt = session.get_one(Attempt, jury.attempt_id)
    standing = juries.standing_of(session, jury, bank=here.content.scenarios[attempt.assessment])
    last = outcomes.latest(session, attempt.id)
    return JuryPage(
        address=f"{JURIES}/{jury.id}",
        micro_competence=attempt.assessment,
        candidate=_name_of(session, attempt, center=jury.center),
        mode=_MODES[jury.mode],
        is_face_to_face=jury.mode == juries.FACE_TO_FACE,
        is_over=not juries.standing(session, jury),
        recorded="recorded" if jury.is_recorded else "not recorded",
        answered=standing.answered,
        steps=standing.steps,
        marks=standing.marks,
        seats=tuple(_seat(seat, marked, account=account) for seat, marked in standing.seats),
        conflicts=tuple(
            _conflict(one.item, one.detail) for one in juries.conflicts_of(session, jury)
        ),
        outcome=_STATES[last.state] if last else "",
        link=link,
    )


def link_shown(here: Service, seat: JurySeat, *, secret: str, path: str) -> LinkShown:
    """Give a link as it is shown; its secret stands behind the `#`, which no log sees."""
    address = f"{here.origin}{path}#{secret}"
    days = juries.LASTS.days
    return LinkShown(ROLE_NAMES[seat.role], seat.name, address, days, qr_of(address))


def _sits(session: Session, jury: Jury, account: str | None) -> bool:
    seats = juries.seats_of(session, jury)
    return account is not None and any(one.account_id == account for one in seats)


def _line(session: Session, jury: Jury, *, sits: bool, is_desk: bool) -> JuryLine:
    attempt = session.get_one(Attempt, jury.attempt_id)
    last = outcomes.latest(session, attempt.id)
    is_over = not juries.standing(session, jury)
    state = "sent home" if is_over else _STATES[last.state] if last else "has not begun"
    name = f", {_name_of(session, attempt, center=jury.center)}" if is_desk else ""
    address = f"{JURIES}/{jury.id}"
    return JuryLine(
        words=f"{attempt.assessment}, {_MODES[jury.mode]}{name}",
        since=f"{jury.at:%d %b %Y}",
        state=state,
        address=address if is_desk else None,
        seat=f"{address}/seat" if sits and not is_over else None,
    )


def _finished(session: Session, candidate: Candidate) -> tuple[Choice, ...]:
    """Give the attempts of a candidate that wait for people's marks."""
    mine = select(Attempt).where(Attempt.owner_hash == candidate.owner_hash)
    rows = session.scalars(mine.order_by(Attempt.started_at.desc()).limit(50)).all()
    return tuple(
        Choice(f"{OLD}{one.id}", f"{one.assessment}, its recordings of {one.started_at:%d %b %Y}")
        for one in rows
        if one.criteria.get("rubric") and _is_open(outcomes.latest(session, one.id))
        if juries.jury_of(session, one.id) is None
    )


def _is_open(last: Outcome | None) -> bool:
    return last is not None and last.state != "passed"


def _name_of(session: Session, attempt: Attempt, *, center: str) -> str:
    whose = select(Candidate).where(Candidate.owner_hash == attempt.owner_hash)
    candidate = session.scalar(whose)
    if candidate is None or not candidate.call_name:
        return f"candidate {code_of(center, attempt.owner_hash)}"
    return candidate.call_name


def _seat(seat: JurySeat, marked: int, *, account: str | None) -> SeatLine:
    return SeatLine(
        id=seat.id,
        words=ROLE_NAMES[seat.role],
        name=seat.name,
        marked=marked,
        is_mine=seat.account_id is not None and seat.account_id == account,
        is_account=seat.account_id is not None,
    )


def _conflict(item: str, detail: Mapping[str, object]) -> str:
    if not item:
        return "One phone told that the candidate may be recorded, another that they may not."
    if detail.get("told") == "too close":
        return (
            f"{item}: the {ROLE_NAMES[str(detail['seat'])].lower()} is too close to the candidate."
        )
    if seat := detail.get("seat"):
        return f"{item}: two phones told different marks of the {ROLE_NAMES[str(seat)].lower()}."
    return f"{item}: another phone told another answer of the candidate."
