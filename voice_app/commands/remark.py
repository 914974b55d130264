"""`voice-app remark`: mark anew after a change of ours; says what would change before it does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from tqdm import tqdm

from voice_app import remarking
from voice_app.badges import award_for
from voice_app.commands import badge_desk
from voice_app.commands.badge_desk import open_desk
from voice_app.remarking import Change, Plan, What
from voice_app.vault import Vault

_INTERRUPTED = 130


@click.group()
def remark() -> None:
    """Mark anew after the rubric, the rules of pictures, or the engine changed."""


@remark.command("plan")
@click.option("--what", type=click.Choice(remarking.WHATS), required=True)
@click.option("--mc", "micro_competence", help="Only one micro-competence, such as MC1.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only attempts begun since.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the plan.")
def make_plan(
    *, what: What, micro_competence: str | None, since: datetime | None, out: Path | None
) -> None:
    """Say what marking anew would change; nothing is changed."""
    day = None if since is None else since.replace(tzinfo=UTC)
    with _open() as (desk, rules):
        plan = remarking.plan(
            desk.database,
            rules,
            what=what,
            micro_competence=micro_competence,
            since=day,
            at=_now(),
            progress=lambda names: tqdm(names, unit="attempt", disable=None),
        )
    _print(plan)
    if out is not None:
        remarking.write(plan, out)
        click.echo(f"plan {plan.digest[:16]} in {out}")


@remark.command("apply")
@click.argument("plan", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def carry_out(plan: Path) -> None:
    """Carry out a PLAN. Interrupted, the same command goes on where it stopped."""
    kept = remarking.read(plan)
    with _open() as (desk, rules):
        todo = remarking.left(desk.database, kept, desk=rules)
        try:
            done = remarking.apply(
                desk.database,
                kept,
                desk=rules,
                award=award_for(desk.office),
                clock=_now,
                progress=lambda changes: tqdm(changes, unit="attempt", disable=None),
            )
        except KeyboardInterrupt:
            still = remarking.left(desk.database, kept, desk=rules)
            done = len(todo) - len(still)
            click.echo(f"Stopped after {done}. The same command goes on from here.", err=True)
            raise SystemExit(_INTERRUPTED) from None
    click.echo(f"{done} attempts marked anew.")


@contextmanager
def _open() -> Iterator[tuple[badge_desk.Desk, remarking.Desk]]:
    with open_desk() as desk:
        vault = Vault(desk.settings.vault_folder, desk.settings.passphrase())
        yield desk, remarking.Desk(desk.office.content, vault)


def _print(plan: Plan) -> None:
    for one in plan.changes:
        click.echo(_line(one))
    click.echo(f"{plan.attempts} attempts looked at")
    for line in plan.summary():
        click.echo(line)


def _line(one: Change) -> str:
    told = [
        f"{one.attempt_id}  {one.micro_competence}  {one.languages}  {one.becomes}",
        f"{one.before.points}/{one.before.maximum} to {one.after.points}/{one.after.maximum}",
        f"{one.before.state} to {one.after.state}",
        f"{one.before.level} to {one.after.level}",
    ]
    if one.queued:
        told.append(f"{one.queued} answers to mark")
    return "  ".join([*told, one.note]).rstrip()


def _now() -> datetime:
    return datetime.now(UTC)
