"""A task of a scenario as it is shown: what the employer says, what to do, what can be touched."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy.orm import Session

from voice_app import begun, outcomes, scenes
from voice_app.dialogues import pictured
from voice_app.dialogues import scenes as path
from voice_app.dialogues.content import Language
from voice_app.dialogues.scenario import (
    Arranging,
    Asking,
    Choosing,
    Fits,
    Picking,
    Question,
    Scenario,
    ScenarioBank,
    Step,
    Task,
)
from voice_app.models import Attempt
from voice_app.routes import spoken
from voice_app.routes.deps import Service

MOST_SECONDS = 120


def just_begun(here: Service, attempt: Attempt, bank: ScenarioBank) -> dict[str, Any]:
    """How an attempt stands that has just begun."""
    return _state(here, attempt, bank, said=(), turn=path.next_step(bank, begun.drawn(attempt), ()))


def state(
    here: Service, session: Session, attempt: Attempt, *, bank: ScenarioBank
) -> tuple[dict[str, Any], bool]:
    """How an attempt stands and what comes next; and whether it is due to be ended."""
    said = scenes.answers(session, attempt.id)
    turn = scenes.turn(session, bank, attempt=attempt, now=here.clock())
    is_due = isinstance(turn, path.Over) and not scenes.has_ended(session, attempt)
    return _state(here, attempt, bank, said=said, turn=turn), is_due


def end(here: Service, attempt_id: str) -> None:
    """End an attempt of which nothing more is waited for: no machine heard its last take."""
    with here.database.writing.begin() as session:
        attempt = session.get_one(Attempt, attempt_id)
        bank = here.any_bank(attempt)
        outcomes.settle(session, bank, attempt=attempt, award=here.award, now=here.clock())


def answered(
    here: Service, attempt: Attempt, scenario: Scenario, *, step: Step, asked: Collection[str]
) -> list[dict[str, Any]]:
    """What the employer answers to questions, in the order of the step."""
    if not isinstance(step.task, Asking):
        return []
    keys = [one.answer for one in step.task.questions if one.id in asked]
    return [_said(here, attempt, scenario, key=key) for key in keys if key is not None]


def rehearsal_phrase(
    bank: ScenarioBank, drawn: Sequence[str], said: Sequence[path.Answer], *, step: Step
) -> str | None:
    """What to say to an answer in pictures of the rehearsal: the one place where right is told."""
    is_tried = step in bank.rehearsal.steps and not pictured.is_spoken(step.task)
    if not is_tried or not pictures_of(step.task):
        return None
    last = next(one for one in reversed(said) if one.step == step.id)
    if pictured.is_right(step, last.chosen):
        return "rehearsal.right"
    is_again = path.is_open(bank, drawn, said, step=step.id)
    return path.OTHER if is_again else "rehearsal.heard"


def pictures_of(task: Task) -> tuple[str, ...]:
    """The pictures to touch, in the order of the content."""
    match task:
        case Choosing(options) | Picking(options):
            return options
        case Arranging(cards):
            return tuple(card.id for card in cards)
        case _:
            return ()


def _state(
    here: Service,
    attempt: Attempt,
    bank: ScenarioBank,
    *,
    said: Sequence[path.Answer],
    turn: path.Turn,
) -> dict[str, Any]:
    language = here.content.languages[attempt.help_language]
    parts = path.progress(bank, begun.drawn(attempt), said)
    return {
        "id": attempt.id,
        "kind": "scenario",
        "micro_competence": bank.micro_competence,
        "employer_language": attempt.employer_language,
        "help_language": attempt.help_language,
        "sections": [_section(here, language, part) for part in parts],
        "turn": _turn(here, attempt, turn=turn),
    }


def _section(here: Service, language: Language, part: path.Progress) -> dict[str, Any]:
    scenario = part.scenario
    return {
        "category": scenario.id,
        "name": spoken.phrase(here.manifest, language, key=scenario.section),
        "picture": spoken.picture_url(scenario.picture),
        "items": part.steps,
        "answered": part.answered,
    }


def _turn(here: Service, attempt: Attempt, *, turn: path.Turn) -> dict[str, Any]:
    match turn:
        case path.DoStep():
            return {"kind": "task", "task": _task(here, attempt, turn)}
        case path.WaitFor():
            return {"kind": "wait", "task": None}
        case path.Over():
            return {"kind": "finish", "task": None}


def _task(here: Service, attempt: Attempt, turn: path.DoStep) -> dict[str, Any]:
    scenario, step = turn.scenario, turn.step
    language = here.content.languages[attempt.help_language]
    plan = step.task.plan if isinstance(step.task, Arranging) else None
    return {
        "id": step.id,
        "scenario": scenario.id,
        "kind": type(step.task).__name__.lower(),
        "is_rehearsal": turn.is_rehearsal,
        "picture": step.picture and spoken.picture_url(step.picture),
        "says": [_said(here, attempt, scenario, key=key) for key in step.says],
        "help": spoken.helping(here.manifest, scenario, language=language, key=step.help),
        "options": options_of(here, attempt, step, language=language),
        "plan": plan and spoken.picture_url(plan),
        "kept": list(step.task.kept) if isinstance(step.task, Arranging) else [],
        "minutes": minutes_of(step.task),
        "questions": _questions(here, step.task, language=language, asked=turn.asked),
        "most_seconds": MOST_SECONDS,
        "again": turn.again,
    }


def _said(
    here: Service, attempt: Attempt, scenario: Scenario, *, key: str
) -> dict[str, list[str] | None]:
    language = attempt.employer_language
    return spoken.employer(here.manifest, scenario, language=language, key=key)


def options_of(
    here: Service, attempt: Attempt, step: Step, *, language: Language
) -> list[dict[str, Any]]:
    """The pictures in an order that tells nothing: the author's may be the right one."""
    names = path.shuffled(pictures_of(step.task), seed=f"{attempt.id}/{step.id}")
    cards = step.task.cards if isinstance(step.task, Arranging) else ()
    minutes = {card.id: card.minutes or None for card in cards}
    return [
        spoken.option(here.manifest, language, name=name) | {"minutes": minutes.get(name)}
        for name in names
    ]


def minutes_of(task: Task) -> int | None:
    """How long there is for everything, where that is said."""
    rules = task.rules if isinstance(task, Arranging) else ()
    return min((rule.minutes for rule in rules if isinstance(rule, Fits)), default=None)


def _questions(
    here: Service, task: Task, *, language: Language, asked: Collection[str]
) -> list[dict[str, Any]]:
    every: tuple[Question, ...] = task.questions if isinstance(task, Asking) else ()
    return [
        spoken.option(here.manifest, language, name=one.picture)
        | {"id": one.id, "is_answered": one.id in asked}
        for one in every
    ]
