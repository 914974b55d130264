"""A candidate at an employer's home: does every step that comes, by touch, as the rules want it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations

from tests.browser.candidate import CONTENT, PATIENCE_MS, Candidate
from tests.browser.microphone import Microphone
from voice_app.dialogues.scenario import Arranging, Choosing, Listen, Picking, Step
from voice_app.dialogues.scenario_loader import every_scenario
from voice_app.scoring.arranging import marked
from voice_app.scoring.orders import Includes

STEPS = {
    step.id: step
    for bank in CONTENT.scenarios.values()
    for scenario in every_scenario(bank)
    for step in scenario.steps
}
# Asked by the page, which asks again where a connection was closed meanwhile.
_STEP = """() => fetch(`/attempts/${JSON.parse(localStorage.getItem('voice.attempt')).attempt}`)
  .then((answer) => answer.json()).then(({ turn }) => turn.task.id)"""
SCREENS = ("listen", "pictures", "arranging", "asking", "saying")


@dataclass(frozen=True)
class Seen:
    """A step that is on the screen, ready for an answer."""

    step: Step
    screen: str


def right_order(task: Arranging) -> tuple[str, ...]:
    """Search an order that keeps every rule; the cards that stay are not in it."""
    free = [card.id for card in task.cards if card.id not in task.kept]
    asked = {rule.card for rule in task.rules if isinstance(rule, Includes)}
    wanted = [card for card in free if card in asked]
    others = [card for card in free if card not in asked]
    ways = (
        way
        for more in range(len(others) + 1)
        for extra in combinations(others, more)
        for way in permutations((*wanted, *extra))
    )
    return next(way for way in ways if marked(task, way).points == marked(task, way).maximum)


def come_in(candidate: Candidate, link: str) -> None:
    """From the center's link to the first page, on a phone of one's own."""
    candidate.page.goto(link)
    candidate.press("start")
    candidate.screen("enter")
    candidate.press("enter")
    candidate.screen("phone")
    candidate.press("mine")
    candidate.page.wait_for_url(f"{candidate.service.origin}/")


def to_the_doors(candidate: Candidate, code: str, *, employer: str, help_language: str) -> None:
    """From the start to the three doors of a micro-competence."""
    candidate.page.goto(candidate.service.origin)
    candidate.press("start")
    candidate.choose_language(help_language)
    candidate.screen("employer")
    candidate.choose_language(employer)
    candidate.screen("assessment")
    candidate.page.click(f'[data-assessment="{code}"]')
    candidate.press("continue")
    candidate.screen("doors")


def begin_by_touch(candidate: Candidate) -> None:
    """From the doors to the first task, without a microphone."""
    to_the_microphone(candidate)
    candidate.press("touch")
    candidate.refuse_extras()


def begin_by_voice(candidate: Candidate, microphone: Microphone) -> None:
    """From the doors to the first task, with a microphone that was tried."""
    to_the_microphone(candidate)
    candidate.try_the_microphone(microphone)
    candidate.refuse_extras()


def to_the_microphone(candidate: Candidate) -> None:
    """From the doors to the choice between voice and touch."""
    candidate.press("begin")
    candidate.screen("explain")
    candidate.press("continue")
    candidate.pass_the_notice()
    candidate.screen("microphone")


def steps(candidate: Candidate) -> Iterator[Seen]:
    """Every step as it comes, until the end is told; who asks for the next has done this one."""
    while (screen := candidate.screen(*SCREENS, "section", "outcome")) != "outcome":
        if screen == "section":
            candidate.press("continue")
            candidate.page.wait_for_selector('body:not([data-screen="section"])')
            continue
        step = STEPS[str(candidate.page.evaluate(_STEP))]
        wait_until_asked(candidate, screen)
        yield Seen(step, screen)
        wait_until_taken(candidate, screen)


def wait_until_asked(candidate: Candidate, screen: str) -> None:
    """Wait until the employer has spoken."""
    shown = {
        "listen": '[data-control="continue"]',
        "pictures": '[data-part="options"]',
        "arranging": '[data-part="table"]',
        "asking": '[data-control="done"]',
        "saying": ':is([data-control="speak"], [data-control="without-voice"])',
    }
    candidate.page.wait_for_selector(f"{shown[screen]}:visible", timeout=PATIENCE_MS)


def wait_until_taken(candidate: Candidate, screen: str) -> None:
    """Wait until the answer is gone from the screen."""
    candidate.page.wait_for_function(
        """screen => document.body.dataset.screen !== screen
             || document.querySelector('[data-part="sent"]').hidden""",
        arg=screen,
        timeout=PATIENCE_MS,
    )


def do(candidate: Candidate, step: Step) -> None:
    """Answer a step of pictures by touch, as its rules want it."""
    match step.task:
        case Listen():
            candidate.press("continue")
            return
        case Choosing(_, right):
            touch(candidate, right)
        case Picking(_, right):
            touch(candidate, *right)
        case Arranging() as task:
            touch(candidate, *right_order(task))
        case task:
            raise AssertionError(task)
    candidate.press("answer")


def touch(candidate: Candidate, *options: str) -> None:
    for option in options:
        candidate.page.click(f'[data-option="{option}"]')
