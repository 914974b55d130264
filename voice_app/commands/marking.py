"""`voice-app marking`: policy, licenses, conflicts, controls, and how well assessors agree."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import marking as room
from voice_app.commands.badge_desk import open_desk
from voice_app.dialogues.loader import load_content
from voice_app.errors import VoiceAppError
from voice_app.marking import conflicts, controls, licensing, reporting, training, trust
from voice_app.marking.agreement import LEAST, Figures
from voice_app.marking.tasks import Bank
from voice_app.models import Account, Attempt, Candidate
from voice_app.people import accounts
from voice_app.settings import Settings

_AUTHOR = "command"
_CENTER = click.option("--center", required=True, help="The center's id.")
_MICRO_COMPETENCE = click.argument(
    "micro_competence", type=click.Choice(licensing.MICRO_COMPETENCES)
)
_ACCOUNT = click.argument("account")
_SHARE = click.IntRange(0, 100)


class NotStaff(VoiceAppError):
    """No such member of the staff, candidate or attempt."""


@click.group()
def marking() -> None:
    """Marking by people."""


@marking.command("policy")
@_CENTER
@click.option("--double", "double_percent", type=_SHARE, help="Marked by two, in a hundred.")
@click.option("--controls", "control_percent", type=_SHARE, help="Controls, in a hundred.")
@click.option("--sample", "unsure_sample_percent", type=_SHARE, help="Unsure that change nothing.")
@click.option("--proposal-first/--listening-first", "is_proposal_first", default=None)
@click.option("--promise", "promise_days", type=int, help="Working days.")
def policy(center: str, **changes: int | bool | None) -> None:
    """Show how a center has answers marked, or change it."""
    told: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
    with _writing() as session:
        now = room.policy_of(session, center)
        if told:
            now = replace(now, **told)
            room.choose(session, center, policy=now, author=_AUTHOR, at=_now())
    first = "the proposal" if now.is_proposal_first else "listening"
    click.echo(
        f"two markers: {now.double_percent} %; controls: {now.control_percent} %; "
        f"unsure heard: {now.unsure_sample_percent} %; first comes {first}; "
        f"promise: {now.promise_days} working days"
    )


@marking.command("waiting")
@_CENTER
def waiting(center: str) -> None:
    """Say how much waits for marks."""
    with _writing() as session:
        counts = room.waiting(session, center)
    for (micro_competence, why), count in sorted(counts.by_kind.items()):
        click.echo(f"{micro_competence}  {why}  {count}")
    click.echo(f"for a coordinator  {counts.puzzling}")


@marking.command("licenses")
@_CENTER
def licenses(center: str) -> None:
    """List who may mark what, and who is on the way."""
    with _writing() as session:
        for row in licensing.of_center(session, center):
            name = f"{row.account_id}  {row.micro_competence}"
            click.echo(f"{name}  {row.state}  {row.reason or ''}".rstrip())


@marking.command("license")
@_ACCOUNT
@_MICRO_COMPETENCE
@click.argument("step", type=click.Choice(["begin", "appoint", "found", "lift", "end"]))
def license_(account: str, micro_competence: str, step: str) -> None:
    """Take an ACCOUNT (id or address) one step on; `found` is without an exercise."""
    with _writing() as session:
        one = _account(session, account).id
        _step(session, one, micro_competence, step=step)
        row = licensing.since(session, one, micro_competence)
    click.echo(f"{micro_competence}: {row.state if row is not None else 'nothing'}")


@marking.command("conflict")
@_ACCOUNT
@click.argument("candidate_id")
@click.argument("kind", type=click.Choice([*get_args(conflicts.Kind), "none"]))
def conflict(account: str, candidate_id: str, kind: str) -> None:
    """Note why an ACCOUNT must not mark a candidate; `none` lifts it."""
    with _writing() as session:
        candidate = session.get(Candidate, candidate_id)
        if candidate is None:
            raise NotStaff(f"There is no candidate {candidate_id}.")
        one, owner = _account(session, account).id, candidate.owner_hash
        if kind == "none":
            conflicts.lift(session, one, owner_hash=owner, author=_AUTHOR, at=_now())
        else:
            conflicts.note(session, one, owner_hash=owner, kind=kind, author=_AUTHOR, at=_now())
    click.echo("lifted" if kind == "none" else "noted")


@marking.command("controls")
def ship() -> None:
    """Make the examples of the rubrics controls, where they are not yet."""
    with _writing() as session:
        added = sum(training.ship(session, bank, at=_now()) for bank in _banks())
    click.echo(f"{added} new controls")


@marking.command("control")
@click.argument("attempt_id")
@click.argument("item")
@click.option("--retire", is_flag=True, help="Use it no more.")
def control(attempt_id: str, item: str, *, retire: bool) -> None:
    """Make an answer that two people marked alike a known one, for ITEM (a step) of an attempt."""
    with _writing() as session:
        attempt = session.get(Attempt, attempt_id)
        if attempt is None:
            raise NotStaff(f"There is no attempt {attempt_id}.")
        known = controls.reference(session, attempt_id=attempt_id, item=item)
        if not retire:
            controls.make(session, attempt, item=item, author=_AUTHOR, at=_now())
        elif known is None or known.is_over:
            raise controls.ControlError("This answer is no known one.")
        else:
            controls.retire(session, known, author=_AUTHOR, at=_now())
    click.echo("used no more" if retire else "known from now on")


@marking.command("agreement")
@_CENTER
def agreement(center: str) -> None:
    """Say how well the assessors of a center agree, by criterion, and how long they take."""
    with _writing() as session:
        for bank in _banks():
            for line in reporting.lines(session, center, bank=bank):
                who = line.author or "all together"
                about = f"{bank.micro_competence}  {line.criterion}  {who}"
                click.echo(f"{about}  {_figures(line.figures)}")
        for pace in reporting.paces(session, center):
            times = f"{pace.task_seconds:.1f} s, {pace.overhead_seconds:.1f} s beyond the sound"
            click.echo(f"{pace.author}  {times}, n {pace.n}")


def _step(session: Session, account_id: str, micro_competence: str, *, step: str) -> None:
    now = _now()
    match step:
        case "begin":
            licensing.begin(session, account_id, micro_competence, author=_AUTHOR, at=now)
        case "lift":
            licensing.lift(session, account_id, micro_competence, author=_AUTHOR, at=now)
        case "end":
            licensing.end(session, account_id, micro_competence, author=_AUTHOR, at=now)
        case _:
            trust.appoint(
                session,
                account_id,
                micro_competence,
                bank=_bank(micro_competence),
                author=_AUTHOR,
                at=now,
                reason=licensing.FOUNDING if step == "found" else None,
            )


def _figures(figures: Figures) -> str:
    if figures.n < LEAST:
        return f"not enough marks yet, n {figures.n}"
    named = {
        "exact": figures.exact,
        "kappa": figures.kappa,
        "from": figures.low,
        "to": figures.high,
        "AC1": figures.ac1,
        "alpha": figures.alpha,
    }
    told = (f"{name} {value:.2f}" for name, value in named.items() if value is not None)
    return f"n {figures.n}  {'  '.join(told)}"


def _account(session: Session, told: str) -> Account:
    plain = accounts.plain_email(told) if "@" in told else ""
    found = session.scalar(select(Account).where(Account.id == told))
    found = found or accounts.by_email(session, plain)
    if found is None:
        raise NotStaff(f"There is no account {told}.")
    return found


def _banks() -> list[Bank]:
    content = load_content(Settings().content_folder)
    return [*content.scenarios.values(), *content.assessments.values()]


def _bank(micro_competence: str) -> Bank:
    content = load_content(Settings().content_folder)
    found = content.scenarios.get(micro_competence)
    return content.assessments[micro_competence] if found is None else found


@contextmanager
def _writing() -> Iterator[Session]:
    with open_desk() as desk, desk.database.writing.begin() as session:
        yield session


def _now() -> datetime:
    return datetime.now(UTC)
