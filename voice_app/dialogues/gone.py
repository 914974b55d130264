"""What stands in for a scenario, a step or a criterion that the content has no more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from voice_app.dialogues.scenario import (
    Criterion,
    Level,
    Listen,
    Saying,
    Scenario,
    ScenarioBank,
    Step,
    Telling,
)

_NO_WORDS = Telling({}, {}, {})
# What can be said of a task of which nothing else is known.
_SPOKE, _TOUCHED = "why.spoke", "why.touched"


def whole(bank: ScenarioBank, kept: Mapping[str, Any]) -> ScenarioBank:
    """Give a bank in which all that an attempt is about is there.

    `kept` are the criteria copied when it began. Of what is gone only this is known: which
    points it gives, and by which criteria people mark it.
    """
    if not is_missing(bank, kept):
        return bank
    stand_ins = _StandIns(bank, kept)
    return replace(
        bank,
        scenarios={**bank.scenarios, **{one.id: one for one in stand_ins.scenarios()}},
        rubric={**{one.id: one for one in stand_ins.criteria()}, **bank.rubric},
    )


def is_missing(bank: ScenarioBank, kept: Mapping[str, Any]) -> bool:
    """Tell whether the content lacks anything that an attempt is about."""
    return has_lost_tasks(bank, kept) or not kept["rubric"].keys() <= bank.rubric.keys()


def has_lost_tasks(bank: ScenarioBank, kept: Mapping[str, Any]) -> bool:
    """Tell whether nobody can go on: a task is gone, or something stands in for it."""
    drawn = [bank.scenarios.get(name) for name in kept["scenarios"]]
    there = {step.id for one in drawn if one for step in one.steps if not stands_in(step)}
    return None in drawn or not kept["steps"].keys() <= there


def stands_in(step: Step) -> bool:
    """Tell whether a step stands in for one of which the content has nothing more."""
    return step.help in (_SPOKE, _TOUCHED)


class _StandIns:
    """What is made of the criteria that were copied onto an attempt."""

    def __init__(self, bank: ScenarioBank, kept: Mapping[str, Any]) -> None:
        self._bank, self._kept = bank, kept

    def scenarios(self) -> Iterator[Scenario]:
        """Give each scenario with the steps that are gone."""
        for name in self._kept["scenarios"]:
            here = self._bank.scenarios.get(name)
            known = {step.id for step in here.steps} if here else set()
            mine = (one for one in self._kept["steps"] if one.startswith(f"{name}."))
            lost = tuple(self._step(one) for one in mine if one not in known)
            if here is not None:
                yield replace(here, steps=(*here.steps, *lost))
            else:
                words = dict.fromkeys(self._bank.employer_languages, _NO_WORDS)
                yield Scenario(name, lost, words, self._bank.rehearsal.picture)

    def criteria(self) -> Iterator[Criterion]:
        """Give each criterion that is gone; its levels have points for words."""
        for name, one in self._kept["rubric"].items():
            if name not in self._bank.rubric:
                yield Criterion(name, self._default, _said(name), _levels(one["levels"]))

    def _step(self, name: str) -> Step:
        told = [one for one, each in self._kept["rubric"].items() if name in each["steps"]]
        known = [
            self._bank.rubric[one].learning_outcome for one in told if one in self._bank.rubric
        ]
        copied = self._kept.get("learning_outcomes", {}).get(name)
        outcome = copied or (known[0] if known else self._default)
        if told:
            return Step(name, outcome, Saying(()), help=_SPOKE, criteria=tuple(told))
        points = self._kept["steps"][name]
        return Step(name, outcome, Listen(), help=_TOUCHED, points=points)

    @property
    def _default(self) -> str:
        return self._bank.rehearsal.steps[0].learning_outcome


def _levels(points: Sequence[int]) -> tuple[Level, ...]:
    return tuple(Level(one, _said(f"{one} of {points[-1]}")) for one in points)


def _said(text: str) -> Mapping[str, str]:
    return {"en": text}
