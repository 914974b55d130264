"""The situations of MC4: told fairly, not passed by touching, and found when said simply."""

from itertools import product
from pathlib import Path
from typing import TypedDict

import pytest
import yaml

from voice_app.dialogues.check_scenarios import points_of
from voice_app.dialogues.loader import load_content
from voice_app.dialogues.scenario import Choosing, Picking, Saying, Scenario, ScenarioBank
from voice_app.scoring.normalize import Words, core, find, words

PASS_PERCENT = 60
BANK = load_content().scenarios["MC4"]
DATA = Path(__file__).parents[1] / "data"

each_situation = pytest.mark.parametrize(
    "situation", BANK.scenarios.values(), ids=lambda one: one.id
)


class Said(TypedDict):
    """Something a candidate may say at a step, and the points that are in it."""

    scenario: str
    step: str
    language: str
    said: str
    found: list[str]


SAID: list[Said] = yaml.safe_load((DATA / "said_mc4.yaml").read_text(encoding="utf-8"))


def draws(bank: ScenarioBank) -> list[tuple[Scenario, ...]]:
    pools = [[bank.scenarios[one] for one in pool.scenarios] for pool in bank.pools]
    return list(product(*pools))


def wishes(situation: Scenario) -> set[str]:
    """Return the pictures of what is wished for: the points to say again."""
    task = situation.step(f"{situation.id}.restate").task
    assert isinstance(task, Saying)
    return {point.picture for point in task.points}


def plain(text: str, language: str) -> Words:
    return core(words(text, language), language)


def found_in(situation: Scenario, step: str, *, said: str, language: str) -> set[str]:
    task = situation.step(f"{situation.id}.{step}").task
    assert isinstance(task, Saying)
    cues = situation.tellings[language].cues
    heard = plain(said, language)
    return {
        point.id
        for point in task.points
        if any(find(plain(cue, language), heard) for cue in cues[point.id])
    }


def test_an_attempt_has_one_of_each_pool_and_six_situations_are_there():
    assert [pool.take for pool in BANK.pools] == [1, 1]
    assert len(BANK.scenarios) == 6


@pytest.mark.parametrize("drawn", draws(BANK), ids=lambda drawn: "+".join(one.id for one in drawn))
def test_pictures_alone_never_pass(drawn: tuple[Scenario, ...]):
    pictured = sum(step.points for one in drawn for step in one.steps)
    every = sum(points_of(BANK, one) for one in drawn)
    assert pictured * 100 < PASS_PERCENT * every


@each_situation
def test_what_is_to_be_picked_is_what_is_to_be_said_again(situation: Scenario):
    picked = [set(step.task.right) for step in situation.steps if isinstance(step.task, Picking)]
    assert set().union(*picked) == wishes(situation)
    assert sum(map(len, picked)) == len(wishes(situation))


@each_situation
def test_what_becomes_impossible_is_one_of_the_wishes(situation: Scenario):
    task = situation.step(f"{situation.id}.limit").task
    assert isinstance(task, Choosing)
    assert task.right in wishes(situation)


@each_situation
def test_each_wish_is_told_by_one_sentence(situation: Scenario):
    told = set(situation.step(f"{situation.id}.listen").says)
    task = situation.step(f"{situation.id}.restate").task
    assert isinstance(task, Saying)
    assert {point.id for point in task.points} <= told


def test_doors_letters_products_hours_fragile_things_and_pets_are_there():
    wished = set().union(*(wishes(one) for one in BANK.scenarios.values()))
    wanted = {"door-closed", "letters-desk", "leaf-bottle", "clock-ten", "vase-shelf", "dog-inside"}
    assert wanted <= wished


@pytest.mark.parametrize("one", SAID, ids=lambda one: f"{one['scenario']}-{one['language']}")
def test_what_is_said_simply_is_found(one: Said):
    situation = BANK.scenarios[one["scenario"]]
    found = found_in(situation, one["step"], said=one["said"], language=one["language"])
    assert found == set(one["found"])


@pytest.mark.parametrize("language", BANK.employer_languages)
def test_the_employer_repeating_himself_says_every_wish(language: str):
    for situation in BANK.scenarios.values():
        says = situation.tellings[language].says
        for wish in situation.step(f"{situation.id}.listen").says[1:-1]:
            assert wish in found_in(situation, "restate", said=says[wish], language=language)


@pytest.mark.parametrize("language", BANK.employer_languages)
@pytest.mark.parametrize(
    ("example", "scenario", "step", "found"),
    [
        ("ex-nothing", "needs-guests", "restate", set()),
        ("ex-needs-one", "needs-guests", "restate", {"kitchen"}),
        ("ex-needs-both", "needs-guests", "restate", {"kitchen", "tablecloth"}),
        ("ex-expectations-both", "needs-guests", "restate", {"eco", "air"}),
        ("ex-needs-limit-all", "needs-guests", "explain", {"blocked", "reason"}),
        ("ex-instructions-some", "instructions-hour", "restate", {"floor", "key"}),
        ("ex-instructions-all", "instructions-hour", "restate", {"floor", "eco", "ten", "key"}),
        ("ex-instructions-limit-all", "instructions-hour", "explain", {"blocked", "reason"}),
    ],
)
def test_an_example_of_the_rubric_shows_what_its_level_says(
    example: str, scenario: str, step: str, found: set[str], language: str
):
    said = BANK.spoken[example][language]
    assert found_in(BANK.scenarios[scenario], step, said=said, language=language) == found
