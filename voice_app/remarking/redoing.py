"""One attempt marked anew: by today's rubric, by today's rules, or by today's engine's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import attempts, begun, hearings, marking, oversight, scenes
from voice_app.dialogues import pictured
from voice_app.dialogues.content import Content
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.errors import VoiceAppError
from voice_app.marking import tasks
from voice_app.marking.records import APPEAL, JURY, RUBRIC, has_jury, marks_of
from voice_app.models import Attempt, Hearing, Mark, Response
from voice_app.remarking.values import What
from voice_app.scoring.arranging import ImpossibleOrder
from voice_app.scoring.calibration import CURRENT
from voice_app.scoring.picking import ImpossiblePick
from voice_app.vault import Vault, VaultError, closed

_COUNTED = (RUBRIC, APPEAL, JURY)


class CannotRemark(VoiceAppError):
    """What an attempt was about is not there any more, or a jury marked it."""


@dataclass(frozen=True)
class Desk:
    """What marking anew takes: the content of today, and the key to what was heard."""

    content: Content
    vault: Vault

    def bank(self, attempt: Attempt) -> marking.Bank:
        """Give what an attempt is about. Raises `CannotRemark`."""
        name = attempt.assessment
        bank = self.content.scenarios.get(name) or self.content.assessments.get(name)
        if bank is None:
            raise CannotRemark(f"There is no {name} any more.")
        return bank


def redo(session: Session, attempt: Attempt, *, desk: Desk, what: What, at: datetime) -> bool:
    """Add what follows from what is kept and from today's content; False where nothing does.

    Its outcome is to be settled anew after it. Raises `CannotRemark`.
    """
    bank = desk.bank(attempt)
    match what, bank:
        case "rubric", ScenarioBank():
            return _by_rubric(session, attempt, bank=bank, at=at)
        case "rules", ScenarioBank():
            return _by_rules(session, attempt, bank=bank, at=at)
        case "engine", _ if not isinstance(bank, ScenarioBank):
            return _by_engine(session, attempt, vault=desk.vault, at=at)
        case _:
            return False


def _by_rules(session: Session, attempt: Attempt, *, bank: ScenarioBank, at: datetime) -> bool:
    """Take today's points of the steps of pictures; their rules are read from the content."""
    today = _today(attempt, bank)
    try:
        scenes.picture_points(session, bank, attempt=attempt)
    except (ImpossiblePick, ImpossibleOrder) as error:
        raise CannotRemark("A picture that was chosen is not among the pictures now.") from error
    pictures = {step.id for step in begun.steps(bank, attempt) if not pictured.is_spoken(step.task)}
    _keep(attempt, {"steps": _mixed(attempt, today["steps"], only=pictures)}, at=at)
    return True


def _by_rubric(session: Session, attempt: Attempt, *, bank: ScenarioBank, at: datetime) -> bool:
    """Sum the levels given by today's points; what has other criteria now is marked anew."""
    old = attempt.criteria["rubric"]
    today = _today(attempt, bank)
    steps = tasks.spoken(attempt)
    if today["rubric"] == old:
        return False
    anew = {step for step in steps if not _is_same(old, today["rubric"], step)}
    if anew and has_jury(session, attempt.id):
        raise CannotRemark("A jury marked it by other criteria.")
    for mark in marks_of(session, attempt.id):
        if mark.is_counted and mark.why in _COUNTED and mark.reason is None and mark.item in steps:
            levels = None if mark.item in anew else _levels(mark, old, today["rubric"])
            _replace(session, mark, levels=levels, at=at)
    points = _mixed(attempt, today["steps"], only=set(steps))
    _keep(attempt, {"rubric": today["rubric"], "steps": points}, at=at)
    session.flush()
    return True


def _by_engine(session: Session, attempt: Attempt, *, vault: Vault, at: datetime) -> bool:
    """Decide again on what was heard: what is right now counts, and nothing else changes."""
    rows = session.scalars(
        select(Hearing)
        .join(Response, Response.id == Hearing.utterance_id)
        .where(Response.attempt_id == attempt.id, Hearing.seq == attempts.last_hearing())
        .order_by(Response.seq)
    )
    is_new = False
    for row in rows.all():
        evidence = _evidence(row, vault, owner=attempt.owner_hash)
        if row.verdict == "right" or evidence is None:
            continue
        now = hearings.replayed(_under_today(row), evidence)
        if now.verdict == "right":
            kept = closed(vault, evidence, owner=attempt.owner_hash, utterance_id=row.utterance_id)
            _hear(session, row, now, evidence=kept, at=at)
            is_new = True
    return is_new


def _today(attempt: Attempt, bank: ScenarioBank) -> dict[str, Any]:
    """Give what an attempt at the same scenarios is marked by now. Raises `CannotRemark`."""
    drawn = begun.drawn(attempt)
    if not set(drawn) <= bank.scenarios.keys():
        raise CannotRemark("One of its scenarios is not there any more.")
    found = begun.criteria(bank, drawn)
    if found["steps"].keys() != attempt.criteria["steps"].keys():
        raise CannotRemark("Its scenarios have other steps now.")
    return found


def _mixed(attempt: Attempt, today: Mapping[str, int], *, only: set[str]) -> dict[str, int]:
    old = attempt.criteria["steps"]
    return {step: today[step] if step in only else points for step, points in old.items()}


def _keep(attempt: Attempt, new: Mapping[str, Any], *, at: datetime) -> None:
    """Let an attempt be marked by new criteria; the ones of before stay beside them."""
    old = {name: attempt.criteria[name] for name in new}
    if old == dict(new):
        return
    earlier = [*attempt.criteria.get("earlier", ()), {**old, "until": at.isoformat()}]
    attempt.criteria = {**attempt.criteria, **new, "earlier": earlier}


def _is_same(old: Mapping[str, Any], new: Mapping[str, Any], step: str) -> bool:
    """Tell whether an answer has the same criteria, each of as many levels."""
    sizes = [
        {name: len(one["levels"]) for name, one in rubric.items() if step in one["steps"]}
        for rubric in (old, new)
    ]
    return sizes[0] == sizes[1]


def _levels(mark: Mark, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: new[name]["levels"][old[name]["levels"].index(points)]
        for name, points in mark.levels.items()
    }


def _replace(
    session: Session, mark: Mark, *, levels: Mapping[str, Any] | None, at: datetime
) -> None:
    """Take a mark back, and give the same level again by its points of today."""
    if levels == mark.levels:
        return
    session.add(_copy(mark, levels={}, comment={}, replaces=mark.seq, at=at))
    session.flush()
    if levels is not None:
        session.add(_copy(mark, levels=dict(levels), comment=mark.comment, at=mark.at))


def _copy(mark: Mark, **changes: Any) -> Mark:
    kept = ("attempt_id", "item", "why", "turn", "author", "is_counted", "listened_seconds")
    began_at = min(mark.began_at, changes["at"])
    return Mark(**{name: getattr(mark, name) for name in kept}, began_at=began_at, **changes)


def _evidence(row: Hearing, vault: Vault, *, owner: str) -> dict[str, Any] | None:
    """Give what was kept, to be decided on by today's coefficients; None where nothing was."""
    try:
        kept = hearings.evidence_of(row, vault, owner=owner)
    except VaultError:
        return None
    is_new = (row.decider, kept.get("calibration")) != (hearings.DECIDER, CURRENT)
    return {**kept, "calibration": CURRENT} if is_new and "engines" in kept else None


def _under_today(row: Hearing) -> Hearing:
    return Hearing(utterance_id=row.utterance_id, decider=hearings.DECIDER, engine=row.engine)


def _hear(
    session: Session,
    row: Hearing,
    now: hearings.Decided,
    *,
    evidence: Mapping[str, Any],
    at: datetime,
) -> None:
    names = select(Hearing.decider).where(Hearing.utterance_id == row.utterance_id)
    known: Sequence[str] = session.scalars(names).all()
    decider = hearings.DECIDER
    added = Hearing(
        utterance_id=row.utterance_id,
        decider=f"{decider}/{CURRENT}" if decider in known else decider,
        engine=now.engine,
        verdict=now.verdict,
        chosen=now.chosen,
        trouble=now.trouble,
        reasons=list(now.reasons),
        evidence=dict(evidence),
        content_version=row.content_version,
        heard_at=at,
    )
    session.add(added)
    session.flush()
    oversight.note(session, added, model_digest=None)
