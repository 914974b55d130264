"""What an assessor is shown of an attempt at scenarios that is looked at as a whole."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from voice_app import begun, scenes
from voice_app.audio.prompts import Manifest
from voice_app.dialogues import pictured
from voice_app.dialogues.content import Language
from voice_app.dialogues.scenario import Arranging, Choosing, Picking, Scenario, ScenarioBank, Step
from voice_app.models import Attempt
from voice_app.routes import spoken, tasks
from voice_app.routes.deps import Service
from voice_app.routes.oversight_shown import Answer, Choice

_SHOWN = "shown"


def answers(
    session: Session, here: Service, attempt: Attempt, *, bank: ScenarioBank
) -> Iterator[Answer]:
    """Give the answers in pictures, each with what was asked; speech waits to be marked."""
    given = scenes.last_answers(session, attempt)
    shown = [step for step in begun.steps(bank, attempt) if not pictured.is_spoken(step.task)]
    for number, step in enumerate(shown, 1):
        scenario, _ = begun.step_of(bank, attempt, step=step.id)
        choices = tuple(_choices(here, attempt, step, given=given.get(step.id, ())))
        yield _answer(here, attempt, (scenario, step), number=number, choices=choices)


def _answer(
    here: Service,
    attempt: Attempt,
    place: tuple[Scenario, Step],
    *,
    number: int,
    choices: tuple[Choice, ...],
) -> Answer:
    scenario, step = place
    employer = here.content.languages[attempt.employer_language]
    says = scenario.tellings[employer.code].says
    return Answer(
        item=step.id,
        number=number,
        prompt=" ".join(says[key] for key in step.says),
        sounds=tuple(_sounds(here.manifest, scenario, step, language=employer.code)),
        question=_help(here.manifest, scenario, step, language=employer),
        takes=(),
        choices=choices,
        is_spoken=False,
        is_contested=False,
        heard=_SHOWN,
        can_mark=False,
        is_for_another=False,
        mark=None,
    )


def _sounds(manifest: Manifest, scenario: Scenario, step: Step, *, language: str) -> Iterator[str]:
    for key in step.says:
        said = spoken.employer(manifest, scenario, language=language, key=key)
        yield from (said["normal"] or ())[:1]


def _help(manifest: Manifest, scenario: Scenario, step: Step, *, language: Language) -> str:
    told = spoken.helping(manifest, scenario, language=language, key=step.help)
    return told["text"] or ""


def _choices(
    here: Service, attempt: Attempt, step: Step, *, given: tuple[str, ...]
) -> Iterator[Choice]:
    """What was placed in its order; of other tasks everything that could be touched."""
    is_order = isinstance(step.task, Arranging)
    languages = here.content.languages
    for name in given if is_order else tasks.pictures_of(step.task):
        yield Choice(
            id=name,
            picture=spoken.picture_url(name),
            name=languages[attempt.employer_language].words[name].name,
            help_name=languages[attempt.help_language].words[name].name,
            is_expected=_is_right(step, name),
            is_chosen=False,
            was_touched=name in given,
        )


def _is_right(step: Step, name: str) -> bool:
    match step.task:
        case Choosing(right=right):
            return name == right
        case Picking(right=several):
            return name in several
        case _:
            return False
