"""How a center's assessors fare, for its coordinators: licenses, agreement, time, conflicts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.access import Actor
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import agreement, applying, conflicts, licensing, policies, reporting, trust
from voice_app.marking.agreement import Figures
from voice_app.marking.tasks import Bank
from voice_app.models import Account, Candidate, Conflict, License
from voice_app.routes.deps import Service
from voice_app.routes.marking_settled import bank_of

_STAFF = ("assessor", "owner")


@dataclass(frozen=True)
class Permit:
    """How far somebody is with a micro-competence; `near` of `done` of `wanted` on the way."""

    account: str
    name: str
    micro_competence: str
    state: str
    reason: str | None
    progress: str


@dataclass(frozen=True)
class Row:
    """How well somebody agrees with the others on one criterion; texts, ready to read."""

    name: str
    criterion: str
    n: int
    exact: str
    kappa: str
    ac1: str
    alpha: str


@dataclass(frozen=True)
class Pace:
    """How long somebody takes for an answer, and beyond its sound: seconds, the middle of `n`."""

    name: str
    n: int
    task: str
    overhead: str


@dataclass(frozen=True)
class Apart:
    """Somebody who must not mark a candidate, and why."""

    account: str
    name: str
    candidate: str
    candidate_name: str
    kind: str


@dataclass(frozen=True)
class Named:
    """Somebody to choose in a form."""

    id: str
    name: str


@dataclass(frozen=True)
class Applicant:
    """A candidate who wants to become an assessor."""

    id: str
    name: str
    micro_competence: str


@dataclass(frozen=True)
class Overview:
    """Everything on the page."""

    permits: tuple[Permit, ...]
    rows: tuple[Row, ...]
    paces: tuple[Pace, ...]
    apart: tuple[Apart, ...]
    applicants: tuple[Applicant, ...]
    assessors: tuple[Named, ...]
    candidates: tuple[Named, ...]
    micro_competences: tuple[str, ...]
    kinds: tuple[str, ...]
    policy: policies.Policy
    least: int


def overview_of(session: Session, here: Service, who: Actor) -> Overview:
    """Give what coordinators of a center see of its assessors."""
    assessors = _assessors(session, who.center)
    names = {one.id: one.name for one in assessors}
    candidates = _candidates(session, who.center)
    return Overview(
        permits=tuple(_permits(session, here, who.center, names=names)),
        rows=tuple(_rows(session, here, who.center, names=names)),
        paces=tuple(
            Pace(
                _name(one.author, names),
                one.n,
                f"{one.task_seconds:.1f}",
                f"{one.overhead_seconds:.1f}",
            )
            for one in reporting.paces(session, who.center)
        ),
        apart=tuple(_apart(session, names, candidates=candidates)),
        applicants=tuple(_applicants(session, who.center)),
        assessors=tuple(Named(one.id, one.name) for one in assessors),
        candidates=tuple(Named(one.id, _called(one)) for one in candidates),
        micro_competences=tuple(
            one
            for one in licensing.MICRO_COMPETENCES
            if one in here.content.scenarios or one in here.content.assessments
        ),
        kinds=("trainee", "relative", "enrolled"),
        policy=policies.policy_of(session, who.center),
        least=agreement.LEAST,
    )


def _assessors(session: Session, center: str | None) -> Sequence[Account]:
    mine = select(Account).where(Account.center_id == center, Account.role.in_(_STAFF))
    return session.scalars(mine.order_by(Account.name, Account.id)).all()


def _candidates(session: Session, center: str | None) -> Sequence[Candidate]:
    mine = select(Candidate).where(Candidate.center_id == center)
    return session.scalars(mine.order_by(Candidate.call_name, Candidate.id)).all()


def _permits(
    session: Session, here: Service, center: str | None, *, names: Mapping[str, str]
) -> Iterable[Permit]:
    for row in licensing.of_center(session, center):
        if row.account_id is not None and row.account_id in names:
            yield Permit(
                row.account_id,
                names[row.account_id],
                row.micro_competence,
                row.state,
                row.reason,
                _progress(session, here, row),
            )


def _progress(session: Session, here: Service, row: License) -> str:
    if row.account_id is None or row.state not in (licensing.EXERCISE, licensing.SHADOW):
        return ""
    bank = bank_of(here, row.micro_competence)
    found = trust.progress(session, row.account_id, row.micro_competence, bank=bank)
    is_over = found.done >= found.wanted and not found.tells_apart
    apart = "; the levels given do not follow the reference" if is_over else ""
    return f"{found.near} of {found.done} near, {found.wanted} wanted{apart}"


def _rows(
    session: Session, here: Service, center: str | None, *, names: Mapping[str, str]
) -> Iterable[Row]:
    banks: Iterable[Bank] = chain(
        here.content.scenarios.values(), here.content.assessments.values()
    )
    for bank in banks:
        for line in reporting.lines(session, center, bank=bank):
            words = f"{bank.micro_competence}: {_words(bank, line.criterion)}"
            yield _row(_name(line.author, names), words, line.figures)


def _words(bank: Bank, criterion: str) -> str:
    if not isinstance(bank, ScenarioBank):
        return "the right picture is heard, or not"
    known = bank.rubric.get(criterion)
    return criterion if known is None else known.says["en"]


def _name(author: str | None, names: Mapping[str, str]) -> str:
    """Give who it is; what is of nobody alone is of all, and some sit on a jury."""
    if author is None:
        return "All together"
    return names.get(author.removeprefix("account:"), "A seat of a jury")


def _row(name: str, criterion: str, figures: Figures) -> Row:
    kappa = _figure(figures.kappa)
    if figures.low is not None and figures.high is not None:
        kappa = f"{kappa} ({_figure(figures.low)} to {_figure(figures.high)})"
    return Row(
        name=name,
        criterion=criterion,
        n=figures.n,
        exact="" if figures.exact is None else f"{round(100 * figures.exact)} of 100",
        kappa=kappa,
        ac1=_figure(figures.ac1),
        alpha=_figure(figures.alpha),
    )


def _figure(number: float | None) -> str:
    return "none" if number is None else f"{number:.2f}"


def _apart(
    session: Session, names: Mapping[str, str], *, candidates: Sequence[Candidate]
) -> Iterable[Apart]:
    by_owner = {one.owner_hash: one for one in candidates}
    rows: Iterable[Conflict] = (
        row for account in names for row in conflicts.of_account(session, account)
    )
    for row in rows:
        if (found := by_owner.get(row.owner_hash)) is not None:
            yield Apart(row.account_id, names[row.account_id], found.id, _called(found), row.kind)


def _applicants(session: Session, center: str | None) -> Iterable[Applicant]:
    for one in applying.applicants(session, center):
        found = session.get(Candidate, one.candidate_id)
        if found is not None:
            yield Applicant(one.candidate_id, _called(found), one.micro_competence)


def _called(candidate: Candidate) -> str:
    return candidate.call_name or f"without a name ({candidate.id[:8]})"
