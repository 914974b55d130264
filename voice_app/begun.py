"""What an attempt at scenarios is about: what was drawn, and copied onto it, when it began."""

from collections.abc import Sequence
from typing import Any

from voice_app.attempts import UnknownChoice
from voice_app.dialogues import gone, pictured
from voice_app.dialogues.scenario import Scenario, ScenarioBank, Step
from voice_app.models import Attempt


def criteria(bank: ScenarioBank, drawn: Sequence[str]) -> dict[str, Any]:
    """Give what an attempt at these scenarios is marked by: points by step, levels by criterion."""
    steps = [step for name in drawn for step in bank.scenarios[name].steps]
    cited = dict.fromkeys(name for step in steps for name in step.criteria)
    return {
        "scenarios": list(drawn),
        "steps": {
            step.id: step.points + sum(bank.rubric[one].points for one in step.criteria)
            for step in steps
            if pictured.is_scored(step)
        },
        "learning_outcomes": {
            step.id: step.learning_outcome for step in steps if pictured.is_scored(step)
        },
        "rubric": {
            name: {
                "steps": [step.id for step in steps if name in step.criteria],
                "points": bank.rubric[name].points,
                "levels": [level.points for level in bank.rubric[name].levels],
            }
            for name in cited
        },
    }


def drawn(attempt: Attempt) -> tuple[str, ...]:
    """Give the ids of the scenarios of an attempt, in their order."""
    return tuple(attempt.criteria["scenarios"])


def whole(bank: ScenarioBank, attempt: Attempt) -> ScenarioBank:
    """Give what an attempt is about, with stand-ins for what the content has no more."""
    return gone.whole(bank, attempt.criteria)


def is_gone(bank: ScenarioBank, attempt: Attempt) -> bool:
    """Tell whether the content has tasks of an attempt no more: nobody can go on with it then."""
    return gone.has_lost_tasks(bank, attempt.criteria)


def steps(bank: ScenarioBank, attempt: Attempt) -> list[Step]:
    """Give the steps of an attempt that give points, in their order."""
    scenarios = whole(bank, attempt).scenarios
    every = (step for name in drawn(attempt) for step in scenarios[name].steps)
    return [step for step in every if step.id in attempt.criteria["steps"]]


def maximum(attempt: Attempt) -> int:
    """Give the most points an attempt can have, by what was copied when it began."""
    return sum(attempt.criteria["steps"].values())


def step_of(bank: ScenarioBank, attempt: Attempt, *, step: str) -> tuple[Scenario, Step]:
    """Give a step of an attempt with its scenario, rehearsal included; raises UnknownChoice."""
    scenarios = whole(bank, attempt).scenarios
    for scenario in (bank.rehearsal, *(scenarios[name] for name in drawn(attempt))):
        for one in scenario.steps:
            if one.id == step:
                return scenario, one
    raise UnknownChoice(f"There is no step {step}.")


def is_spoken(bank: ScenarioBank, attempt: Attempt) -> bool:
    """Tell whether people mark anything of an attempt."""
    return any(pictured.is_spoken(step.task) for step in steps(bank, attempt))
