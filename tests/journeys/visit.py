"""A phone at an employer's home: what the page asks of the service, task by task."""

import uuid
from itertools import permutations
from typing import Any

from tests.journeys.phone import Phone, hear_notice
from voice_app.dialogues.scenario import (
    Arranging,
    Asking,
    Choosing,
    Excludes,
    Listen,
    Picking,
    Saying,
    ScenarioBank,
    Step,
)
from voice_app.scoring.arranging import marked


class Visit(Phone):
    """Takes an attempt at scenarios from start to end."""

    def arrive(
        self, assessment: str, *, employer: str = "fr", help_language: str = "es"
    ) -> dict[str, Any]:
        hear_notice(self.client, help_language)
        wanted = {
            "assessment": assessment,
            "employer_language": employer,
            "help_language": help_language,
        }
        answer = self.client.post("/attempts", json=wanted)
        assert answer.status_code == 201, answer.text
        self.state = answer.json()
        return self.state

    @property
    def task(self) -> dict[str, Any]:
        return self.state["turn"]["task"]

    @property
    def bank(self) -> ScenarioBank:
        return self.content.scenarios[self.state["micro_competence"]]

    @property
    def step(self) -> Step:
        return self.steps()[self.task["id"]]

    def steps(self) -> dict[str, Step]:
        homes = (self.bank.rehearsal, *self.bank.scenarios.values())
        return {step.id: step for home in homes for step in home.steps}

    def choose(self, *, name: str | None = None, **answer: Any) -> dict[str, Any]:
        told = self.send_choice(name=name, **answer)
        assert told.status_code in (200, 201), told.text
        self.refresh()
        return told.json()

    def send_choice(self, *, name: str | None = None, **answer: Any) -> Any:
        body = {"attempt": self.state["id"], "item": self.task["id"], **answer}
        return self.client.put(f"/choices/{name or uuid.uuid4()}", json=body)

    def record(self, data: bytes) -> Any:
        return self.client.put(
            f"/utterances/{uuid.uuid4()}",
            params={"attempt": self.state["id"], "item": self.task["id"]},
            content=data,
            headers={"content-type": "audio/wav"},
        )

    def answer(self, *, is_right: bool = True) -> None:
        """Do the step by touch, as well as can be or as badly."""
        match self.step.task:
            case Listen():
                self.choose(option="understood")
            case Asking():
                left = [one["id"] for one in self.task["questions"] if not one["is_answered"]]
                self.choose(option=left[0] if is_right else "done")
            case Saying():
                self.choose(option="cannot-speak")
            case Choosing(options, right):
                wrong = next(one for one in options if one != right)
                self.choose(option=right if is_right else wrong)
            case Picking(options, several):
                wrong = [one for one in options if one not in several]
                self.choose(options=sorted(several) if is_right else wrong)
            case Arranging() as task:
                self.choose(options=best(task) if is_right else worst(task))

    def choose_wrong(self) -> dict[str, Any]:
        """Touch what is not right; the step is one of pictures."""
        match self.step.task:
            case Choosing(options, right):
                return self.choose(option=next(one for one in options if one != right))
            case Picking(options, several):
                return self.choose(options=[one for one in options if one not in several])
            case Arranging() as task:
                return self.choose(options=worst(task))
            case _:
                raise AssertionError(self.step.id)

    def go_through(self, *, is_right: bool = True, until: str | None = None) -> None:
        """Do step after step by touch, to the end or until a kind of task comes."""
        while self.state["turn"]["kind"] == "task":
            if until is not None and self.task["kind"] == until and not self.task["is_rehearsal"]:
                return
            self.answer(is_right=is_right or self.task["is_rehearsal"])


def best(task: Arranging) -> list[str]:
    """Some order that keeps every constraint."""
    rules = [rule for rule in task.rules if not isinstance(rule, Excludes)]
    named = (vars(rule).get(field) for rule in rules for field in ("card", "other"))
    cards = [card for card in dict.fromkeys(named) if card is not None]
    left = [card for card in cards if card not in task.kept]
    return next(list(order) for order in permutations(left) if not marked(task, order).broken)


def worst(task: Arranging) -> list[str]:
    """One card that is not wanted."""
    cards = [card.id for card in task.cards if card.id not in task.kept]
    return [min(cards, key=lambda card: marked(task, [card]).points)]
