"""A worked example of a test: what an employer says, and how somebody else answers."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from voice_app.attempts import UnknownChoice
from voice_app.dialogues.content import Assessment, Language, ShownItem
from voice_app.dialogues.scenario import Arranging, ScenarioBank, Step
from voice_app.dialogues.sentences import sound_key
from voice_app.routes import spoken, tasks
from voice_app.routes.deps import Here, Service

router = APIRouter(prefix="/examples")


@dataclass(frozen=True)
class _Items:
    """An example of items: each is answered aloud, then by touch."""

    here: Service
    bank: Assessment
    employer: str
    language: Language

    def steps(self) -> list[dict[str, Any]]:
        """Every item as a task is shown, and what somebody answers there."""
        return [self._step(one) for one in self.bank.example]

    def _step(self, shown: ShownItem) -> dict[str, Any]:
        manifest, item = self.here.manifest, shown.item
        order = tuple(option.id for option in item.options)
        told = spoken.item(
            manifest, item, order=order, employer=self.employer, language=self.language
        )
        return {
            "task": {
                "id": item.id,
                "kind": "choosing",
                "picture": None,
                "plan": None,
                "says": [told["prompt"] | {"text": None}],
                "help": told["question"],
                "options": told["options"],
            },
            "shown": {"say": self._answer(item.id), "options": [item.right]},
        }

    def _answer(self, item: str) -> dict[str, list[str] | None]:
        name = f"{self.bank.micro_competence.lower()}.{item}"
        files = self.here.manifest.files(sound_key(self.employer, "examples", name))
        return {"normal": [spoken.audio_url(one) for one in files], "text": None}


@dataclass(frozen=True)
class _Scenes:
    """An example in the language of its employer, told in a help language."""

    here: Service
    bank: ScenarioBank
    employer: str
    language: Language

    def steps(self) -> list[dict[str, Any]]:
        """Every step as a task is shown, and what somebody answers there."""
        return [self._step(one) for one in self.bank.example.steps]

    def _step(self, step: Step) -> dict[str, Any]:
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
    content = here.content
    bank = content.scenarios.get(micro_competence) or content.assessments.get(micro_competence)
    language = content.languages.get(help)
    if bank is None or language is None or employer not in bank.employer_languages:
        raise UnknownChoice(f"There is no example of {micro_competence} so spoken.")
    match bank:
        case Assessment():
            return {"steps": _Items(here, bank, employer, language).steps()}
        case ScenarioBank():
            return {"steps": _Scenes(here, bank, employer, language).steps()}
