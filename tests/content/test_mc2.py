"""The plans of MC2: several right orders, each rule felt, everything said that is asked for."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from voice_app.dialogues.check_scenarios import scenario_problems
from voice_app.dialogues.loader import SHIPPED, load_content
from voice_app.dialogues.pictured import reasons
from voice_app.dialogues.scenario import Arranging, Choosing, Listen, Picking, Scenario
from voice_app.dialogues.scenario_loader import SHARED_HELP, every_scenario
from voice_app.scoring.arranging import marked
from voice_app.scoring.normalize import Words, core, words
from voice_app.scoring.ordering import order as said_order

CONTENT = load_content()
BANK = CONTENT.scenarios["MC2"]
SCENARIOS = every_scenario(BANK)
PICTURES = frozenset(
    json.loads((Path(__file__).parents[2] / "web/pictures/pictures.json").read_text("utf-8"))
)
PLANS = {
    step.id: step.task
    for scenario in SCENARIOS
    for step in scenario.steps
    if isinstance(step.task, Arranging)
}
BLAMING = re.compile(
    r"\b(wrong|mistake|fail\w*|error|faux|fausse|erreur|échec|incorrect\w*|fallo|equivocad\w)\b",
    re.IGNORECASE,
)
# A note in the file: the orders with all points, one a line, then the step that they belong to.
NOTE = re.compile(r"((?:  #   [a-z, -]+\n)+)  - id: (\S+)\n")

THEN = {"fr": "et puis", "es": "y luego", "en": "and then"}

each_plan = pytest.mark.parametrize("step_id", PLANS)
each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)


def noted() -> dict[str, list[tuple[str, ...]]]:
    """Return the orders that the files note, by step."""
    files = sorted((SHIPPED / "scenarios" / "mc2").glob("*.yaml"))
    notes = (note for file in files for note in NOTE.findall(file.read_text(encoding="utf-8")))
    return {
        step: [tuple(line.strip(" #").split(", ")) for line in lines.splitlines()]
        for lines, step in notes
    }


ORDERS = noted()


def neighbors(task: Arranging, order: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield an order with one card left out, one more put in, or two exchanged."""
    for at in range(len(order)):
        yield order[:at] + order[at + 1 :]
    for card in {one.id for one in task.cards} - {*task.kept, *order}:
        for at in range(len(order) + 1):
            yield (*order[:at], card, *order[at:])
    for one, other in combinations(range(len(order)), 2):
        swapped = list(order)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        yield tuple(swapped)


@each_plan
def test_the_orders_noted_have_all_points_and_are_more_than_one(step_id: str):
    orders = set(ORDERS[step_id])
    assert len(orders) >= 2
    for order in orders:
        told = marked(PLANS[step_id], order)
        assert (told.points, told.broken) == (told.maximum, ())


@each_plan
def test_each_rule_is_felt_one_change_away_from_a_right_order(step_id: str):
    task = PLANS[step_id]
    near = [marked(task, one) for order in ORDERS[step_id] for one in neighbors(task, order)]
    assert {rule.id for rule in task.rules} == {name for told in near for name in told.broken}


@each_plan
def test_one_change_away_from_a_right_order_some_points_are_kept(step_id: str):
    task = PLANS[step_id]
    for order in ORDERS[step_id]:
        told = [marked(task, one) for one in neighbors(task, order)]
        assert all(one.points > 0 for one in told)


@each_scenario
@pytest.mark.parametrize("language", BANK.employer_languages)
def test_everything_told_is_used(scenario: Scenario, language: str):
    telling = scenario.tellings[language]
    said = {key for step in scenario.steps for key in step.says}
    rules = {
        rule.id
        for step in scenario.steps
        if isinstance(step.task, Arranging)
        for rule in step.task.rules
    }
    helped = {step.help for step in scenario.steps if not step.help.startswith(SHARED_HELP)}
    assert telling.says.keys() == said
    whys = {step.why for step in scenario.steps if step.why is not None}
    assert telling.help.keys() == rules | helped | whys


@pytest.mark.parametrize("scenario", BANK.scenarios.values(), ids=lambda one: one.id)
def test_every_picture_has_its_reason_said_at_the_end(scenario: Scenario):
    for step in scenario.steps:
        match step.task:
            case Choosing(options, right):
                for option in options:
                    told = ((step.why,), ()) if option == right else ((), (step.why,))
                    assert reasons(step, (option,)) == told
            case Picking(options, several):
                assert reasons(step, tuple(several)) == ((step.why,), ())
                assert reasons(step, options) == reasons(step, ()) == ((), (step.why,))
            case _:
                assert step.why is None


def test_a_picture_without_a_reason_is_objected_to():
    home = BANK.scenarios["space-flat"]
    steps = tuple(replace(step, why=None) for step in home.steps)
    bank = replace(BANK, scenarios={**BANK.scenarios, home.id: replace(home, steps=steps)})
    found = list(scenario_problems(CONTENT, bank, PICTURES))
    shown = {step.id for step in home.steps if isinstance(step.task, Choosing | Picking)}
    assert {(one.item, one.field) for one in found} == {(step, "why") for step in shown}


@each_scenario
def test_what_is_to_be_decided_is_said_in_its_own_step(scenario: Scenario):
    assert [step.id for step in scenario.steps if not step.says] == []


@each_scenario
@pytest.mark.parametrize("language", BANK.employer_languages)
def test_no_sentence_blames(scenario: Scenario, language: str):
    assert [
        text for text in scenario.tellings[language].help.values() if BLAMING.search(text)
    ] == []


@each_plan
@pytest.mark.parametrize("language", BANK.employer_languages)
def test_no_two_cards_of_a_plan_are_said_the_same(step_id: str, language: str):
    names = CONTENT.languages[language].words
    owners: dict[Words, str] = {}
    for card in PLANS[step_id].cards:
        for form in names[card.id].accepted:
            plain = core(words(form, language), language)
            assert owners.setdefault(plain, card.id) == card.id


@each_plan
@pytest.mark.parametrize("language", BANK.employer_languages)
def test_an_order_said_aloud_by_the_names_is_found(step_id: str, language: str):
    names = CONTENT.languages[language].words
    cues = {card.id: names[card.id].accepted for card in PLANS[step_id].cards}
    for order in ORDERS[step_id]:
        aloud = f" {THEN[language]} ".join(names[card].name for card in order)
        assert said_order(aloud, cues, language) == order


def test_nothing_is_scored_by_ear():
    assert BANK.rubric == {}


def test_what_comes_first_is_listened_to():
    assert all(isinstance(one.steps[0].task, Listen) for one in SCENARIOS)
