"""What the phone is told of a take: what the employer answers, and which order was heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voice_app import begun, hearings
from voice_app.dialogues import scenes as path
from voice_app.dialogues.scenario import Arranging, ScenarioBank, Step
from voice_app.models import Attempt, Hearing, Response
from voice_app.routes import tasks
from voice_app.routes.deps import Service
from voice_app.vault import VaultError


@dataclass(frozen=True)
class Take:
    """One take of an attempt, and what was heard in it; None while nobody has."""

    here: Service
    attempt: Attempt
    bank: ScenarioBank
    response: Response
    hearing: Hearing | None

    def told(self, said: Sequence[path.Answer]) -> dict[str, Any]:
        """The news: never whether it was right. `said` are the answers until this one."""
        if self.hearing is None:
            return self._news("waiting")
        scenario, step = begun.step_of(self.bank, self.attempt, step=self.response.item)
        phrase = self._phrase(step, said)
        if self.hearing.verdict == "unusable":
            return self._news("repeat", phrase=phrase)
        found = self.hearing.reasons if self.hearing.verdict == "prepared" else ()
        answers = tasks.answered(self.here, self.attempt, scenario, step=step, asked=found)
        return self._news("heard", phrase=phrase, answers=answers, order=self._order(step))

    def _phrase(self, step: Step, said: Sequence[path.Answer]) -> str | None:
        phrase = path.trouble(step, said)
        known = self.here.content.languages[self.attempt.help_language].phrases
        return phrase if phrase is None or phrase in known else "trouble.machine"

    def _order(self, step: Step) -> list[str] | None:
        """The cards in the order heard: a proposal, which the candidate confirms by touch."""
        if not isinstance(step.task, Arranging) or self.hearing is None:
            return None
        owner, vault = self.attempt.owner_hash, self.here.vault
        try:
            heard = hearings.evidence_of(self.hearing, vault, owner=owner).get("order", ())
        except VaultError:
            return []
        cards = {card.id for card in step.task.cards} - set(step.task.kept)
        return [card for card in dict.fromkeys(heard) if card in cards]

    @staticmethod
    def _news(
        state: str,
        *,
        phrase: str | None = None,
        answers: Sequence[dict[str, Any]] = (),
        order: list[str] | None = None,
    ) -> dict[str, Any]:
        return {"state": state, "phrase": phrase, "answers": list(answers), "order": order}
