"""`voice-app decide`: verdicts on recordings of a case file, and stored verdicts decided again."""

import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import click
from sqlalchemy import select

from voice_app import hearings
from voice_app.audio.ears import Ears
from voice_app.audio.speech import EngineError, Hears
from voice_app.commands.cases import Cases, Numbered, judged, open_cases
from voice_app.db import open_database
from voice_app.models import Attempt, Hearing, Response
from voice_app.scoring.cases import BadCase, target_of
from voice_app.scoring.costs import COSTS, Profile
from voice_app.scoring.decide import Echo, Right, Unsure, Verdict, Wrong, decide
from voice_app.scoring.match import Candidate, Choice
from voice_app.scoring.normalize import normalize
from voice_app.scoring.sources import phrases
from voice_app.scoring.target import Target
from voice_app.scoring.verify import asked, verify
from voice_app.settings import Settings
from voice_app.vault import Vault, VaultError

_LETTERS = {Right: "A", Wrong: "R", Unsure: "H", Echo: "H"}
_DIGITS = 4


@dataclass(frozen=True)
class Judge:
    """Hears the recordings of cases that lie in, or relative to, one folder."""

    ears: Hears
    folder: Path

    def __call__(self, line: dict[str, Any]) -> dict[str, Any]:
        """Return what is said of one line. Raises `BadCase`, and `SpeechError` for no sound."""
        started = time.perf_counter()
        target = target_of(line)
        choice = _choice(line, target)
        wanted = phrases(choice or asked(target))
        decides = partial(decide, choice) if choice else partial(verify, target)
        take = self.folder / _audio(line)
        heard = hearings.listened(self.ears, take, wanted, decide=decides)
        verdict = _verdict(hearings.verdict_on(heard, decides), heard.quality.trouble)
        engines = dict.fromkeys(each.engine for each in heard.evidences)
        return _printed(verdict) | {
            "seconds": round(time.perf_counter() - started, 3),
            "engine": "+".join(engines) or None,
        }


@click.command("decide")
@click.option("--cases", type=click.Path(path_type=Path, allow_dash=True), help="JSON lines.")
@click.option("--workers", type=click.IntRange(min=1), help="Engines; one for two cores.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--resume", is_flag=True, help="Keep what --out has, judge only the other ids.")
@click.option("--replay", metavar="ATTEMPT", help="Decide the stored answers of an attempt again.")
def decide_cases(
    *, cases: Path | None, workers: int | None, out: Path | None, resume: bool, replay: str | None
) -> None:
    """Judge recordings: a verdict A (right), R (wrong) or H (for a person) for each line of CASES.

    A line is {id, audio, language, task, target, options?}: with options the likeliest of them
    is found, without any the target itself is confirmed or not. Besides the verdict it gets p,
    the probability that the target was said, what was chosen, seconds, engine and reasons.
    """
    if (cases is None) == (replay is None):
        raise click.UsageError("Give either --cases or --replay.")
    if cases is not None:
        read = open_cases(cases, out=out, resume=resume)
        read.write(_judged(read, workers or _engines()))
    elif replay is not None:
        _print_replay(replay)


def _judged(cases: Cases, workers: int) -> Iterator[dict[str, Any]]:
    """Yield the lines in their order, each engine busy with one of them."""
    with ExitStack() as ends:
        free: SimpleQueue[Ears] = SimpleQueue()
        for _ in range(workers):
            ears = ends.enter_context(closing(Ears(Settings().models_folder)))
            with suppress(EngineError):  # said of each line that needs the engine
                ears.warm_up()
            free.put(ears)

        def judge(numbered: Numbered) -> dict[str, Any]:
            ears = free.get()
            try:
                return judged(numbered, Judge(ears, cases.folder))
            finally:
                free.put(ears)

        pool = ends.enter_context(ThreadPoolExecutor(workers))
        ends.callback(pool.shutdown, wait=True, cancel_futures=True)
        yield from pool.map(judge, cases.lines)


def _engines() -> int:
    """One for two cores, which it uses both."""
    return max(1, (os.cpu_count() or 1) // 2)


def _audio(line: dict[str, Any]) -> str:
    audio = line.get("audio")
    if not isinstance(audio, str) or not audio:
        raise BadCase("There is no path of a sound under «audio».")
    return audio


def _choice(line: dict[str, Any], target: Target) -> Choice | None:
    """Return what a line offers; None where it offers nothing beside the target."""
    language, right = target.language, target.accepted[0]
    options = {normalize(each, language): each for each in line.get("options") or ()}
    for each in target.accepted:
        options.pop(normalize(each, language), None)
    if not options:
        return None
    others = tuple(Candidate(each, ((language, each),)) for each in options.values())
    own = Candidate(right, tuple((language, each) for each in target.accepted))
    foils = tuple((language, each) for each in target.foils if each not in options.values())
    prompt = line.get("prompt") if isinstance(line.get("prompt"), str) else ""
    return Choice(
        prompt or "", language, language, (own, *others), right, foils, _profile(line, target)
    )


def _profile(line: dict[str, Any], target: Target) -> Profile:
    if target.is_safety:
        return "safety"
    named = line.get("profile", "normal")
    for profile in COSTS:
        if profile == named:
            return profile
    raise BadCase(f"The profile «{named}» is none of {', '.join(COSTS)}.")


def _verdict(verdict: Verdict, trouble: str | None) -> Verdict:
    if trouble and not isinstance(verdict, Right):
        return Unsure((trouble, *verdict.reasons), p=verdict.p)
    return verdict


def _printed(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": _LETTERS[type(verdict)],
        "p": None if verdict.p is None else round(verdict.p, _DIGITS),
        "chosen": None if isinstance(verdict, Echo) else verdict.chosen,
        "reasons": list(verdict.reasons),
    }


@dataclass(frozen=True)
class Replayed:
    """A stored verdict and the one that its evidence gives now."""

    item: str
    stored: str
    again: str | None
    problem: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def line(self) -> dict[str, Any]:
        """What is printed of it."""
        line: dict[str, Any] = {"item": self.item, "stored": self.stored, "again": self.again}
        if self.problem:
            return line | {"problem": self.problem}
        return line | {"same": self.stored == self.again, "reasons": list(self.reasons)}


def _print_replay(attempt: str) -> None:
    """Print each stored verdict beside the one decided now; ends with 1 where any differs."""
    found = list(replayed(attempt, Settings()))
    if not found:
        raise click.ClickException(f"No spoken answer of an attempt {attempt} was decided.")
    for each in found:
        click.echo(json.dumps(each.line, ensure_ascii=False))
    changed = sum(each.again is not None and each.again != each.stored for each in found)
    lost = sum(each.again is None for each in found)
    click.echo(f"{len(found)} verdicts, {changed} differ, {lost} cannot be replayed.", err=True)
    if changed or lost:
        raise click.exceptions.Exit(1)


def replayed(attempt: str, settings: Settings) -> Iterator[Replayed]:
    """Decide each stored answer of an attempt again, from what was kept of it alone."""
    database = open_database(settings.database_path)
    try:
        with database.reading() as session:
            rows = session.execute(
                select(Response.item, Hearing, Attempt.owner_hash)
                .join(Hearing, Hearing.utterance_id == Response.id)
                .join(Attempt, Attempt.id == Response.attempt_id)
                .where(Response.attempt_id == attempt)
                .order_by(Hearing.seq)
            ).all()
        vault = Vault(settings.vault_folder, settings.passphrase())
        for item, row, owner in rows:
            yield _replayed(item, row, vault=vault, owner=owner)
    finally:
        database.close()


def _replayed(item: str, row: Hearing, *, vault: Vault, owner: str) -> Replayed:
    try:
        again = hearings.replayed(row, hearings.evidence_of(row, vault, owner=owner))
    except (hearings.CannotReplay, VaultError) as problem:
        return Replayed(item, row.verdict, None, str(problem))
    return Replayed(item, row.verdict, again.verdict, reasons=again.reasons)
