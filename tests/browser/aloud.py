"""What a candidate says at an employer's home, and saying it: sounds of the shipped voices."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.browser.at_home import STEPS, do, steps
from tests.browser.candidate import PATIENCE_MS, Candidate
from tests.browser.microphone import Microphone
from voice_app.audio.prompts import Manifest
from voice_app.dialogues.scenario import Asking, Saying, Step
from voice_app.settings import assets_folder

# What to do in a state of a screen: the step that is done aloud, and a name for the state.
Watch = Callable[[Step, str], None]
# What follows the employer's answer: another question can be asked, or the next screen is there.
_ANSWERED = 'body:not([data-screen="asking"]), [data-control="done"]:visible'


def sound(key: str) -> Path:
    """A shipped sound, at its normal pace where there are two."""
    folder = assets_folder()
    return folder / Manifest.load(folder).files(key)[0]


def answers(scenario: str) -> dict[str, str]:
    """By question of a scenario, which sentence the employer answers."""
    steps_of = (step for step in STEPS.values() if step.id.startswith(f"{scenario}."))
    asking = (step.task for step in steps_of if isinstance(step.task, Asking))
    return {one.id: str(one.answer) for task in asking for one in task.questions}


class Speaker:
    """Does the steps of an attempt, aloud where it is asked for; `says` gives takes of sounds."""

    def __init__(
        self,
        candidate: Candidate,
        microphone: Microphone,
        *,
        says: Callable[[Step], Sequence[Sequence[Path]]],
        watch: Watch = lambda _step, _name: None,
    ) -> None:
        self._candidate, self._microphone, self._says = candidate, microphone, says
        self._watch = watch
        # Of each step of asking: what the employer answered to each take for the first time.
        self.answered: dict[str, list[set[str]]] = {}
        self._requests: list[str] = []
        candidate.page.on("request", lambda one: self._requests.append(one.url))

    def go_through(self) -> list[Step]:
        """Do every step until the end is told; gives the steps that were done aloud."""
        aloud: list[Step] = []
        for seen in steps(self._candidate):
            match seen.step.task:
                case Asking():
                    self._ask_all(seen.step)
                    aloud.append(seen.step)
                case Saying():
                    self._say(seen.step)
                    aloud.append(seen.step)
                case _:
                    do(self._candidate, seen.step)
        return aloud

    def _ask_all(self, step: Step) -> None:
        """Ask take by take, until the employer has answered all."""
        told = self.answered.setdefault(step.id, [])
        for number, take in enumerate(self._says(step), 1):
            if self._candidate.screen("asking", "saying", "section") == "asking":
                told.append(self._ask(step, take, f"ask-{number}"))

    def _ask(self, step: Step, take: Iterable[Path], name: str) -> set[str]:
        """Ask something; gives which of the employer's answers are fetched to be played."""
        before, page = len(self._requests), self._candidate.page
        self._watch(step, name)
        self._record(step, take, name)
        page.wait_for_selector('[data-part="employer"].speaking', timeout=PATIENCE_MS)
        assert page.is_hidden('[data-part="sent"]')
        self._watch(step, f"{name}-answer")
        page.wait_for_selector(_ANSWERED, timeout=PATIENCE_MS)
        told = self._requests[before:]
        scenario = step.id.partition(".")[0]
        keys = answers(scenario).values()
        return {key for key in keys if any(f"/{scenario}.{key}." in one for one in told)}

    def _say(self, step: Step) -> None:
        """Say something, hear oneself, send it."""
        (take,) = self._says(step)
        self._watch(step, "say")
        self._record(step, take, "say")
        self._candidate.recorder("reviewing")
        self._watch(step, "say-review")
        self._candidate.press("answer")

    def _record(self, step: Step, take: Iterable[Path], name: str) -> None:
        self._candidate.press("speak")
        self._candidate.recorder("recording")
        self._watch(step, f"{name}-recording")
        for one in take:
            self._microphone.say(one)
        self._candidate.press("speak")
