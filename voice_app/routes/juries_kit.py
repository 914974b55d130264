"""What a phone needs to seat a jury without a network: an attempt, its rubric, every file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import begun, juries
from voice_app.dialogues.scenario import (
    Arranging,
    Asking,
    Question,
    Saying,
    Scenario,
    ScenarioBank,
    Step,
    Task,
)
from voice_app.marking.giving import REASONS
from voice_app.models import Attempt, Jury, JurySeat, Utterance
from voice_app.models import Response as ResponseRow
from voice_app.routes import marking_shown, spoken
from voice_app.routes.deps import Service
from voice_app.routes.marking_desk import REASONS as REASONS_SHOWN
from voice_app.routes.marking_shown import Languages
from voice_app.routes.tasks import MOST_SECONDS, minutes_of, options_of

ROLE_NAMES: Mapping[str, str] = {
    "employer": "Employer",
    "peer": "Working peer",
    "trainer": "Trainer",
}
# What the candidate hears of the kit itself, in their help language.
_WORDS = (
    "jury.record",
    "jury.done",
    "control.yes",
    "control.no",
    "control.continue",
    "control.answer",
    "control.speak",
    "control.stop",
    "control.play",
    "control.slow",
    "control.help",
)
_SIGNS = (
    "ui-employer",
    "ui-help-person",
    "ui-microphone",
    "ui-stop",
    "ui-next",
    "ui-yes",
    "ui-no",
    "ui-tortoise",
    "ui-done",
)
# What the page of the kit takes from elsewhere; a test follows the imports and keeps it whole.
_SHARED = (
    "arranging.js",
    "badge/mc3.svg",
    "formats.js",
    "ids.js",
    "level.js",
    "meter.js",
    "recorder-states.js",
    "recorder.js",
    "staff/staff.css",
    "tasking.js",
)
_OWN = "staff/jury"


def kit(
    here: Service, session: Session, jury: Jury, *, seat: JurySeat | None, base: str
) -> dict[str, Any]:
    """Give a kit for all seats, or for one `seat`; `base` is the address it is sent back to."""
    attempt = session.get_one(Attempt, jury.attempt_id)
    bank = begun.whole(here.content.scenarios[attempt.assessment], attempt)
    language = here.content.languages[attempt.help_language]
    seats = juries.seats_of(session, jury) if seat is None else (seat,)
    told = {
        "id": jury.id,
        "mode": jury.mode,
        "seat": None if seat is None else seat.id,
        "seats": [_seat(one) for one in seats],
        "micro_competence": attempt.assessment,
        "candidate": marking_shown.code_of(jury.center, attempt.owner_hash),
        "employer_language": attempt.employer_language,
        "help_language": attempt.help_language,
        "words": {one: spoken.phrase(here.manifest, language, key=one) for one in _WORDS},
        "steps": [
            _step(here, session, attempt, scenario, step=step, bank=bank, base=base)
            for scenario, step in _steps(bank, attempt, is_remote=jury.mode == juries.REMOTE)
        ],
        "reasons": _reasons(is_remote=jury.mode == juries.REMOTE),
        "most_seconds": MOST_SECONDS,
    }
    return told | {"files": sorted(_files(here, told))}


def static_folder(here: Service) -> Path:
    """Where the page's scripts lie."""
    return here.pictures.parent / "static"


def _seat(seat: JurySeat) -> dict[str, str]:
    return {"id": seat.id, "role": seat.role, "words": ROLE_NAMES[seat.role]}


def _reasons(*, is_remote: bool) -> list[dict[str, str]]:
    """Why a seat cannot judge; in one room there is no recording to blame."""
    known = [asdict(one) for one in REASONS_SHOWN if one.code in REASONS]
    return known if is_remote else [one for one in known if one["code"] == "known-person"]


def _steps(
    bank: ScenarioBank, attempt: Attempt, *, is_remote: bool
) -> Iterable[tuple[Scenario, Step]]:
    for name in begun.drawn(attempt):
        scenario = bank.scenarios[name]
        for step in scenario.steps:
            if step.criteria or not is_remote:
                yield scenario, step


def _step(
    here: Service,
    session: Session,
    attempt: Attempt,
    scenario: Scenario,
    *,
    step: Step,
    bank: ScenarioBank,
    base: str,
) -> dict[str, Any]:
    language = here.content.languages[attempt.help_language]
    languages = Languages(attempt.employer_language, attempt.help_language)
    marked = [name for name in attempt.criteria["rubric"] if name in step.criteria]
    shown = marking_shown.rubric_shown(here, bank, marked, languages=languages)
    asked = marking_shown.step_shown(here, scenario, step, languages=languages)
    plan = step.task.plan if isinstance(step.task, Arranging) else None
    return {
        "id": step.id,
        "kind": type(step.task).__name__.lower(),
        "picture": spoken.picture_url(step.picture or scenario.picture),
        "says": [_said(here, attempt, scenario, key=key) for key in step.says],
        "help": spoken.helping(here.manifest, scenario, language=language, key=step.help),
        "lines": [asdict(one) for one in asked.says],
        "to_do": asked.help,
        "options": options_of(here, attempt, step, language=language),
        "plan": plan and spoken.picture_url(plan),
        "kept": list(step.task.kept) if isinstance(step.task, Arranging) else [],
        "minutes": minutes_of(step.task),
        "questions": _questions(here, attempt, scenario, task=step.task),
        "criteria": [
            asdict(one) | {"id": name, "offers": []}
            for name, one in zip(marked, shown.criteria, strict=True)
        ],
        "takes": _takes(session, attempt, step, base=base),
    }


def _said(here: Service, attempt: Attempt, scenario: Scenario, *, key: str) -> dict[str, Any]:
    """What the employer says, with its words: a juror may say it where no sound plays."""
    language = attempt.employer_language
    said = spoken.employer(here.manifest, scenario, language=language, key=key)
    return said | {"text": scenario.tellings[language].says[key]}


def _questions(
    here: Service, attempt: Attempt, scenario: Scenario, *, task: Task
) -> list[dict[str, Any]]:
    """What to listen for; where it is a question, what the employer answers."""
    match task:
        case Asking(questions=every) | Saying(points=every):
            return [_question(here, attempt, scenario, one) for one in every]
        case _:
            return []


def _question(
    here: Service, attempt: Attempt, scenario: Scenario, one: Question, /
) -> dict[str, Any]:
    english = here.content.languages[marking_shown.STAFF_LANGUAGE]
    answer = one.answer and _said(here, attempt, scenario, key=one.answer)
    word = spoken.option(here.manifest, english, name=one.picture)
    return {"id": one.id, "picture": word["picture"], "name": word["name"], "answer": answer}


def _takes(session: Session, attempt: Attempt, step: Step, *, base: str) -> list[str]:
    mine = select(Utterance.id).join(ResponseRow, ResponseRow.id == Utterance.id)
    of_step = (ResponseRow.attempt_id == attempt.id) & (ResponseRow.item == step.id)
    found = session.scalars(mine.where(of_step).order_by(ResponseRow.seq))
    return [f"{base}/recordings/{one}" for one in found]


def _files(here: Service, told: Mapping[str, Any]) -> set[str]:
    """Give the address of every sound, picture and script of a kit."""
    folder = static_folder(here)
    own = [one.relative_to(folder).as_posix() for one in (folder / _OWN).iterdir()]
    scripts = [f"/static/{one}" for one in (*own, *_SHARED)]
    signs = [spoken.picture_url(one) for one in _SIGNS]
    return {*_addresses(told), *scripts, *signs}


def _addresses(told: Any) -> Iterable[str]:
    if isinstance(told, Mapping):
        told = tuple(told.values())
    if isinstance(told, str):
        if told.startswith(("/audio/", "/pictures/")):
            yield told
    elif isinstance(told, Sequence):
        for one in told:
            yield from _addresses(one)
