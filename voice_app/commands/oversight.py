"""`voice-app oversight`: stop the machine, set policies, decide what waits, list its verdicts."""

import json
from datetime import UTC, datetime
from typing import Any, cast, get_args

import click
from sqlalchemy.orm import Session
from tqdm import tqdm

from voice_app import attempts, outcomes
from voice_app import oversight as over
from voice_app.badges import award_for
from voice_app.commands.badge_desk import open_desk
from voice_app.dialogues.content import Assessment
from voice_app.errors import VoiceAppError
from voice_app.models import Account, Attempt, Inference
from voice_app.oversight import (
    CANNOT_TELL,
    MAY_BE_AUTOMATIC,
    REASONS,
    Event,
    Heard,
    Policy,
    Scope,
    Switch,
    Word,
)
from voice_app.people import accounts

_AUTHOR = "command"
_VERDICTS = ("right", "wrong", CANNOT_TELL, *get_args(Word))
_DECIDERS = frozenset({"assessor", "owner"})
_SCOPE = click.argument("scope", type=click.Choice(get_args(Scope)))
_NAME = click.argument("name", default="")
_REASON = click.option("--reason", required=True, type=click.Choice(REASONS))
_CENTER = click.option("--center", help="The center's id; without it, phones without a center.")


@click.group()
def oversight() -> None:
    """People over the machine."""


@oversight.command("status")
def status() -> None:
    """Say what is stopped."""
    with open_desk() as desk, desk.database.reading.begin() as session:
        stops = over.stops(session)
    for stop in stops:
        since = _moment(stop.at)
        click.echo(
            f"stopped  {stop.scope} {stop.name}  since {since}  {stop.reason}  {stop.author}"
        )
    if not stops:
        click.echo("Nothing is stopped.")


@oversight.command("stop")
@_SCOPE
@_NAME
@_REASON
def stop(scope: Scope, name: str, reason: str) -> None:
    """Stop the machine: for all, for a center by its id, or for an engine by its name."""
    _turn(Switch(scope, name), is_stopped=True, reason=reason)


@oversight.command("resume")
@_SCOPE
@_NAME
@_REASON
def resume(scope: Scope, name: str, reason: str) -> None:
    """Let the machine go on where it was stopped."""
    _turn(Switch(scope, name), is_stopped=False, reason=reason)


@oversight.command("policy")
@_CENTER
@click.option("--automatic", multiple=True, type=click.Choice(MAY_BE_AUTOMATIC))
@click.option("--sample", type=click.IntRange(0, 100), help="Heard afterwards, of a hundred.")
@click.option("--sign-off", is_flag=True, help="A person signs off every pass.")
def policy(
    *, center: str | None, automatic: tuple[str, ...], sample: int | None, sign_off: bool
) -> None:
    """Show the policy of a center, or set it with --automatic or --sign-off, and --sample."""
    with open_desk() as desk, desk.database.writing.begin() as session:
        now = over.policy_of(session, center)
        chosen = Policy(
            () if sign_off else automatic or now.automatic,
            now.sample_percent if sample is None else sample,
        )
        if chosen != now:
            over.choose(session, center, policy=chosen, author=_AUTHOR, at=_now())
    passed = ", ".join(chosen.automatic) or "nothing"
    click.echo(f"passes without a sign-off: {passed}; heard afterwards: {chosen.sample_percent} %")


@oversight.command("waiting")
@_CENTER
def waiting(center: str | None) -> None:
    """List what waits for a person of a center."""
    with open_desk() as desk, desk.database.reading.begin() as session:
        for outcome in over.to_review(session, center=center):
            click.echo(f"{_moment(outcome.decided_at)}  {over.REVIEW}  {outcome.attempt_id}")
        for one in over.waiting(session, center=center):
            click.echo(f"{_moment(one.at)}  {one.why}  {one.attempt_id}  {one.item}".rstrip())


@oversight.command("decide")
@click.argument("attempt_id")
@click.argument("verdict", type=click.Choice(_VERDICTS))
@click.option("--item", default=over.WHOLE, help="The item; without it, the whole attempt.")
@click.option("--author", required=True, help="The account of who decides: its id or address.")
def decide(*, attempt_id: str, verdict: str, item: str, author: str) -> None:
    """Enter what a person decided on an item (right, wrong) or an ATTEMPT (signed, ...)."""
    with open_desk() as desk, desk.database.writing.begin() as session:
        attempt = session.get(Attempt, attempt_id)
        if attempt is None:
            raise attempts.UnknownAttempt(f"There is no attempt {attempt_id}.")
        content = desk.office.content
        home = content.scenarios.get(attempt.assessment)
        bank = home or content.assessments[attempt.assessment]
        items = attempts.bank_of(bank, attempt).items if isinstance(bank, Assessment) else ()
        if item != over.WHOLE and item not in items:
            raise attempts.UnknownChoice(f"There is no item {item}.")
        now = _now()
        over.rule(
            session,
            attempt,
            item=item,
            verdict=cast("Heard | Word", verdict),
            author=_decider(session, author, attempt=attempt),
            at=now,
        )
        award = award_for(desk.office)
        outcomes.settle(session, bank, attempt=attempt, award=award, now=now)
        outcome = outcomes.latest(session, attempt_id)
    click.echo(outcome.state if outcome is not None else "not finished")


@oversight.command("inferences")
@click.option("--attempt", "attempt_id", help="Only those of one attempt.")
@click.option("--check", "is_checking", is_flag=True, help="Compare with the evidence kept.")
def inferences(attempt_id: str | None, *, is_checking: bool) -> None:
    """List every verdict of the machine as JSON lines, with what a person changed later."""
    with open_desk() as desk, desk.database.reading.begin() as session:
        bent = []
        events = over.events(session, attempt_id=attempt_id)
        for event in tqdm(events, unit="event", disable=None):
            click.echo(json.dumps(_written(event)))
            if is_checking and over.is_bent(session, event.inference):
                bent.append(event.inference.seq)
    if bent:
        raise EvidenceChanged(f"The evidence of event {bent[0]} is not what was decided on.")


class NotADecider(VoiceAppError):
    """The person named does not decide on attempts of this center."""


class EvidenceChanged(VoiceAppError):
    """What a verdict rests on was changed after it."""


def _decider(session: Session, told: str, *, attempt: Attempt) -> str:
    """Name the account of an assessor or owner of the attempt's center. Raises `NotADecider`.

    Attempts of phones without a center have no assessors: the assessors of any center may.
    """
    plain = accounts.plain_email(told) if "@" in told else ""
    account = session.get(Account, told) or accounts.by_email(session, plain)
    center = attempt.criteria.get("center")
    if account is None or account.locked_at is not None:
        raise NotADecider(f"There is no account {told}, or it is locked.")
    if account.role not in _DECIDERS or center not in (None, account.center_id):
        raise NotADecider("An assessor or the owner of the attempt's own center decides.")
    return f"account:{account.id}"


def _written(event: Event) -> dict[str, Any]:
    columns = [column.name for column in Inference.__table__.columns]
    told: dict[str, Any] = {name: getattr(event.inference, name) for name in columns}
    change = event.change
    return told | {
        "at": event.inference.at.isoformat(),
        "change": change and {"verdict": change.verdict, "author": change.author},
    }


def _turn(switch: Switch, *, is_stopped: bool, reason: str) -> None:
    with open_desk() as desk, desk.database.writing.begin() as session:
        is_new = over.turn(
            session, switch, is_stopped=is_stopped, reason=reason, author=_AUTHOR, at=_now()
        )
    state = "stopped" if is_stopped else "going on"
    about = f"{switch.scope} {switch.name}".strip()
    click.echo(f"{about}: {state}{'' if is_new else ' already'}")


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%SZ")


def _now() -> datetime:
    return datetime.now(UTC)
