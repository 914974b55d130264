"""One answer on an assessor's screen: whose turn it is, and all that its page shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from voice_app.access import Actor
from voice_app.dialogues import gone
from voice_app.dialogues.scenario import Scenario, ScenarioBank, Step
from voice_app.marking import controls, exemplary, giving, policies, queue
from voice_app.marking.records import KNOWN_PERSON
from voice_app.marking.tasks import NotMarked
from voice_app.models import Attempt, Unmarked
from voice_app.routes import marking_shown as shown
from voice_app.routes.access import NotTheirs
from voice_app.routes.deps import Service
from voice_app.routes.marking_shown import Asked, Languages, Marked, OfferShown, Said

# By the names that `giving.REASONS` has.
_WHY_NOT = {
    "no-sound": "Nobody can be heard",
    "noise": "Too much noise",
    "other-language": "It is in another language",
    "two-voices": "More than one person speaks",
    "technical": "The recording is broken or cut",
    KNOWN_PERSON: "I know this person",
}
KEYS = (
    ("Space, K", "play or pause"),
    ("J, L", "three seconds back, or on"),
    (", .", "slower, faster"),
    ("B", "begin a loop, close it, end it"),
    ("S", "leave silence out"),
    ("1 to 9", "choose a level, and go on to the next"),
    ("C", "write a comment"),
    ("N", "cannot judge"),
    ("U", "take back my last mark"),
    ("Enter", "send; Ctrl and Enter while writing"),
    ("?", "this list"),
)
_GONE = "The content has this task no more."
_BY_EAR = f"{_GONE} Mark what you hear by the criteria."


@dataclass(frozen=True)
class Reason:
    """Why an answer cannot be judged, in words."""

    code: str
    words: str


REASONS = tuple(Reason(code, _WHY_NOT[code]) for code in giving.REASONS)


@dataclass(frozen=True)
class Task:
    """One answer to mark, as its page shows it.

    `takes` is how often it was said, `has_sound` whether anything of it can still be heard.
    """

    seq: int
    address: str
    micro_competence: str
    candidate: str
    language: str
    language_name: str
    help_language: str
    help_language_name: str
    asked: Asked
    marked: Marked
    takes: int
    has_sound: bool
    is_proposal_first: bool
    shared: tuple[OfferShown, ...]
    question: str = "Which one do you hear?"
    reasons: tuple[Reason, ...] = REASONS
    keys: tuple[tuple[str, str], ...] = KEYS


@dataclass(frozen=True)
class Answer:
    """What a task is about: its step of a scenario, or None where it is an item of a bank.

    `criteria` are those it is marked by; `attempt` is None for an example of the content.
    """

    attempt: Attempt | None
    languages: Languages
    scenario: Scenario | None
    step: Step | None
    criteria: tuple[str, ...]


def held(session: Session, here: Service, task_seq: int, *, who: Actor) -> Unmarked:
    """Give the answer that somebody has on the screen. Raises `TakenTask`."""
    return queue.task_of(
        session,
        task_seq,
        author=who.name,
        now=here.clock(),
        is_coordinator=who.role == "owner",
        phone=who.owner_hash,
    )


def task_shown(session: Session, here: Service, task: Unmarked, *, takes: tuple[int, int]) -> Task:
    """Give the page of a task; `takes` is how many there were, and how many are kept."""
    answer = answer_of(session, here, task)
    languages, names = answer.languages, here.content.languages
    return Task(
        seq=task.seq,
        address=f"/staff/marking/{task.seq}",
        micro_competence=task.micro_competence,
        candidate=_code(task, answer),
        language=languages.employer,
        language_name=names[languages.employer].own_name,
        help_language=languages.help,
        help_language_name=names[languages.help].own_name,
        asked=_asked(here, task, answer),
        marked=_marked(here, task, answer),
        takes=takes[0],
        has_sound=takes[1] > 0,
        is_proposal_first=policies.policy_of(session, task.center).is_proposal_first,
        shared=tuple(_shared(session, task, answer)),
    )


def answer_of(session: Session, here: Service, task: Unmarked) -> Answer:
    """Give what a task is about. Raises `NotTheirs` where the content has it no more."""
    attempt = session.get(Attempt, task.attempt_id) if task.attempt_id else None
    bank = _bank(here, task, attempt)
    if bank is None:
        return _of_item(attempt)
    try:
        criteria = giving.criteria_of(session, task, bank=bank)
    except NotMarked as gone:
        raise NotTheirs(_GONE) from gone
    return _of_step(here, task, attempt, bank=bank, criteria=criteria)


def _bank(here: Service, task: Unmarked, attempt: Attempt | None) -> ScenarioBank | None:
    return here.home(attempt) if attempt else here.content.scenarios.get(task.micro_competence)


def _of_item(attempt: Attempt | None) -> Answer:
    if attempt is None:
        raise NotTheirs(_GONE)
    return Answer(attempt, _languages(attempt), None, None, ())


def _of_step(
    here: Service,
    task: Unmarked,
    attempt: Attempt | None,
    *,
    bank: ScenarioBank,
    criteria: tuple[str, ...],
) -> Answer:
    """An example of the content looks like any other answer, to the step it answers."""
    wanted = task.item if attempt is not None else _answered(bank, task)
    found = next((pair for pair in _steps(bank) if pair[1].id == wanted), None)
    if not criteria or found is None:
        raise NotTheirs(_GONE)
    scenario, step = found
    if attempt is not None:
        return Answer(attempt, _languages(attempt), scenario, step, criteria)
    said_in = controls.example_of(task.item).language
    others = sorted(here.content.languages.keys() - {said_in})
    languages = Languages(said_in, others[task.seq % len(others)])
    return Answer(None, languages, scenario, step, criteria)


def _answered(bank: ScenarioBank, task: Unmarked) -> str | None:
    worth = bank.references.get(controls.example_of(task.item).key)
    return worth.step if worth else None


def _languages(attempt: Attempt) -> Languages:
    return Languages(attempt.employer_language, attempt.help_language)


def _steps(bank: ScenarioBank) -> Iterable[tuple[Scenario, Step]]:
    return ((one, step) for one in bank.scenarios.values() for step in one.steps)


def _code(task: Unmarked, answer: Answer) -> str:
    owner = f"task {task.seq}" if answer.attempt is None else answer.attempt.owner_hash
    return shown.code_of(task.center, owner)


def _shared(session: Session, task: Unmarked, answer: Answer) -> Iterable[OfferShown]:
    """Give what the center offers to say, in the language of the candidate."""
    fitting = exemplary.shared(
        session,
        task.center,
        micro_competence=task.micro_competence,
        criteria=answer.criteria or (exemplary.AMONG_PICTURES,),
        language=answer.languages.help,
    )
    for one in fitting:
        yield OfferShown(f"{shown.SHARED}:{one.seq}", Said(one.text, None))


def _asked(here: Service, task: Unmarked, answer: Answer) -> Asked:
    if answer.step is not None and gone.stands_in(answer.step):
        return Asked(None, (), (), _BY_EAR, ())
    if answer.scenario is not None and answer.step is not None:
        return shown.step_shown(here, answer.scenario, answer.step, languages=answer.languages)
    item = here.content.assessments[task.micro_competence].items[task.item]
    return shown.item_shown(here, item, languages=answer.languages)


def _marked(here: Service, task: Unmarked, answer: Answer) -> Marked:
    bank = _bank(here, task, answer.attempt)
    if bank is not None:
        return shown.rubric_shown(here, bank, answer.criteria, languages=answer.languages)
    if answer.attempt is None:
        return Marked()
    item = here.content.assessments[task.micro_competence].items[task.item]
    return shown.choices_shown(here, item, answer.attempt)
