"""A worked example of a test: what an employer says, and how somebody else answers."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from voice_app.attempts import UnknownChoice
from voice_app.dialogues.content import Language
from voice_app.dialogues.scenario import Arranging, ScenarioBank, Step
from voice_app.routes import spoken, tasks
from voice_app.routes.deps import Here, Service

router = APIRouter(prefix="/examples")


@dataclass(frozen=True)
class _Showing:
    """An example in the language of its employer, told in a help language."""

    here: Service
    bank: ScenarioBank
    employer: str
    language: Language

    def step(self, step: Step) -> dict[str, Any]:
        """One step as a task is shown, and what somebody answers there."""
        scenario = self.bank.example
        plan = step.task.plan if isinstance(step.task, Arranging) else None
        return {
            "task": {
                "id": step.id,
                "kind": type(step.task).__name__.lower(),
                "picture": step.picture and spoken.picture_url(step.picture),
                "plan": plan and spoken.picture_url(plan),
                "says": [self._said(key) for key in step.says],
                "help": spoken.helping(
                    self.here.manifest, scenario, language=self.language, key=step.help
                ),
                "options": [
                    spoken.option(self.here.manifest, self.language, name=name)
                    for name in tasks.pictures_of(step.task)
                ],
            },
            "shown": self._shown(step),
        }

    def _shown(self, step: Step) -> dict[str, Any] | None:
        if step.shown is None:
            return None
        say = step.shown.say
        return {"say": say and self._said(say), "options": list(step.shown.options)}

    def _said(self, key: str) -> dict[str, list[str] | None]:
        return spoken.employer(
            self.here.manifest, self.bank.example, language=self.employer, key=key
        )


@router.get("/{micro_competence}")
def show(micro_competence: str, employer: str, help: str, here: Here) -> dict[str, Any]:  # noqa: A002 - the name in the address
    """Every step of the example, in order. It is no test: what is right may be seen."""
    bank = here.content.scenarios.get(micro_competence)
    language = here.content.languages.get(help)
    if bank is None or language is None or employer not in bank.employer_languages:
        raise UnknownChoice(f"There is no example of {micro_competence} so spoken.")
    showing = _Showing(here, bank, employer, language)
    return {"steps": [showing.step(step) for step in bank.example.steps]}
