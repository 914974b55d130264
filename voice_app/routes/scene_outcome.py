"""How an attempt at scenarios ended: by learning outcome, with reasons and what people say."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from voice_app import badges, begun, marking, outcomes, scenes
from voice_app.dialogues import pictured
from voice_app.dialogues.content import Language
from voice_app.dialogues.scenario import Scenario, ScenarioBank, Step
from voice_app.models import Attempt
from voice_app.routes import comments, spoken
from voice_app.routes.deps import Service
from voice_app.scoring import feedback


def told(
    here: Service, session: Session, attempt: Attempt, *, bank: ScenarioBank
) -> dict[str, Any]:
    """What is said at the end; `pending` before it."""
    language = here.content.languages[attempt.help_language]
    if not scenes.has_ended(session, attempt):
        return _nothing() | {"say": _phrases(here, language, feedback.PENDING.say)}
    outcome = outcomes.found_at_home(session, bank, attempt=attempt)
    shown = feedback.shown(outcomes.standings_at_home(session, bank, attempt=attempt))
    badge = badges.of_attempt(session, attempt.id)
    parts = _Parts(here, language, bank, attempt, scenes.last_answers(session, attempt))
    return (
        _nothing()
        | spoken.standing(outcome)
        | {
            "badge": badge and spoken.badge(badge),
            "say": _phrases(here, language, [*feedback.at_home(outcome), *_left(session, attempt)]),
            "good": parts.good(shown),
            "by_learning_outcome": parts.told(shown),
            "comments": comments.told(here, session, attempt),
        }
    )


def _left(session: Session, attempt: Attempt) -> list[str]:
    return ["result.left-out"] if marking.left_out(session, attempt.id) else []


def _nothing() -> dict[str, Any]:
    return {
        "state": "pending",
        "badge": None,
        "reviews": 0,
        "level": None,
        "say": [],
        "good": [],
        "practice": [],
        "by_learning_outcome": [],
        "comments": [],
    }


def _phrases(here: Service, language: Language, keys: tuple[str, ...] | list[str]) -> list[Any]:
    return [spoken.phrase(here.manifest, language, key=key) for key in keys]


class _Parts:
    """What is said about each learning outcome, and the reasons of each order."""

    def __init__(
        self,
        here: Service,
        language: Language,
        bank: ScenarioBank,
        attempt: Attempt,
        given: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._here, self._language, self._given = here, language, given
        self._steps = list(_every_step(bank, attempt))

    def good(self, shown: Mapping[str, feedback.Shown]) -> list[dict[str, Any]]:
        """The learning outcomes that were shown well."""
        names = [name for name, how in shown.items() if how == "good"]
        return [{"learning_outcome": self._phrase(f"result.good.{name}")} for name in names]

    def told(self, shown: Mapping[str, feedback.Shown]) -> list[dict[str, Any]]:
        """What was good and what to practice, with the reasons, learning outcome by outcome."""
        return [{"id": name, "say": self._said(name, how)} for name, how in shown.items()]

    def _said(self, name: str, how: feedback.Shown) -> list[spoken.Sound]:
        kept, broken = self._reasons(name)
        opening = [] if how == "open" else [self._phrase(f"result.{how}.{name}")]
        good = [self._phrase("result.order-good"), *kept] if kept else []
        practice = [self._phrase("result.order-practice"), *broken] if broken else []
        return [*opening, *good, *practice]

    def _reasons(self, name: str) -> tuple[list[spoken.Sound], list[spoken.Sound]]:
        kept, broken = [], []
        for scenario, step in self._steps:
            if step.learning_outcome != name:
                continue
            good, other = pictured.reasons(step, self._given.get(step.id, ()))
            kept += [self._reason(scenario, rule) for rule in good]
            broken += [self._reason(scenario, rule) for rule in other]
        return kept, broken

    def _reason(self, scenario: Scenario, rule: str) -> spoken.Sound:
        return spoken.helping(self._here.manifest, scenario, language=self._language, key=rule)

    def _phrase(self, key: str) -> spoken.Sound:
        return spoken.phrase(self._here.manifest, self._language, key=key)


def _every_step(bank: ScenarioBank, attempt: Attempt) -> Iterator[tuple[Scenario, Step]]:
    for name in begun.drawn(attempt):
        for step in bank.scenarios[name].steps:
            yield bank.scenarios[name], step
