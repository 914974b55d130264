"""The situations of MC1: not passed by touching, told once, and found when said simply."""

from itertools import product
from pathlib import Path
from typing import TypedDict

import pytest
import yaml

from voice_app.dialogues.check_scenarios import points_of
from voice_app.dialogues.loader import load_content
from voice_app.dialogues.scenario import (
    Asking,
    Choosing,
    Picking,
    Question,
    Saying,
    Scenario,
    Step,
)
from voice_app.scoring.finding import Said as Stretch
from voice_app.scoring.finding import found
from voice_app.scoring.picking import points
from voice_app.scoring.spotting import tokens

PASS_PERCENT = 60
QUESTIONS = {"introduction", "home", "terms", "products", "rooms", "priority"}
CONTENT = load_content()
BANK = CONTENT.scenarios["MC1"]
DATA = Path(__file__).parents[1] / "data"
DRAWS = list(product(*([BANK.scenarios[one] for one in pool.scenarios] for pool in BANK.pools)))

each_situation = pytest.mark.parametrize(
    "situation", BANK.scenarios.values(), ids=lambda one: one.id
)
each_draw = pytest.mark.parametrize(
    "drawn", DRAWS, ids=lambda drawn: "+".join(one.id for one in drawn)
)


class Said(TypedDict):
    """Something a candidate may say at a step, and the points that are in it."""

    scenario: str
    step: str
    language: str
    said: str
    found: list[str]


SAID: list[Said] = yaml.safe_load((DATA / "said_mc1.yaml").read_text(encoding="utf-8"))


def looked_for(step: Step) -> tuple[Question, ...]:
    match step.task:
        case Asking(asked) | Saying(asked):
            return asked
        case _:
            return ()


def found_in(situation: Scenario, step: str, *, said: str, language: str) -> set[str]:
    cues = situation.tellings[language].cues
    asked = looked_for(situation.step(f"{situation.id}.{step}"))
    stretch = Stretch(0.0, 10.0, said)
    return {one.id for one in found([stretch], {one.id: cues[one.id] for one in asked}, language)}


@each_draw
def test_pictures_alone_never_pass(drawn: tuple[Scenario, ...]):
    pictured = sum(step.points for one in drawn for step in one.steps)
    every = sum(points_of(BANK, one) for one in drawn)
    assert pictured * 100 < PASS_PERCENT * every
    assert every - pictured == 20


@each_draw
def test_an_attempt_gives_the_same_points_whatever_is_drawn(drawn: tuple[Scenario, ...]):
    assert sum(points_of(BANK, one) for one in drawn) == 42


@each_situation
def test_touching_everything_gives_nothing(situation: Scenario):
    for step in situation.steps:
        if isinstance(step.task, Picking):
            every = step.task.options
            assert points(step.task.right, every, options=every) == 0


@each_situation
def test_the_right_picture_is_not_always_in_one_place(situation: Scenario):
    places = [
        step.task.options.index(step.task.right)
        for step in situation.steps
        if isinstance(step.task, Choosing)
    ]
    assert not places or len(set(places)) > 1


def test_each_first_meeting_has_the_six_questions_with_an_answer_each():
    for name in BANK.pools[0].scenarios:
        asked = looked_for(BANK.scenarios[name].step(f"{name}.questions"))
        assert {one.id for one in asked} == QUESTIONS
        assert len({one.answer for one in asked} - {None}) == len(QUESTIONS)


@pytest.mark.parametrize("name", BANK.pools[1].scenarios)
def test_each_product_is_asked_by_what_it_does_and_by_its_surface(name: str):
    asked = [one for one in BANK.scenarios[name].steps if isinstance(one.task, Choosing)]
    for kind in ("detergent", "scouring", "disinfectant", "descaler"):
        assert {f"{name}.{kind}", f"{name}.{kind}-does"} <= {one.id for one in asked}


@pytest.mark.parametrize("name", BANK.pools[1].scenarios)
@pytest.mark.parametrize("kind", ["act-", "product-"])
def test_nobody_has_the_last_picture_for_free(name: str, kind: str):
    asked = [one.task for one in BANK.scenarios[name].steps if isinstance(one.task, Choosing)]
    rights = {one.right for one in asked if one.right.startswith(kind)}
    assert all(len(set(one.options) - rights) >= 1 for one in asked if one.right in rights)


def test_no_mix_is_right_without_bleach_and_each_form_has_another():
    picked = [
        step.task.right
        for one in BANK.scenarios.values()
        for step in one.steps
        if step.id.endswith(".never") and isinstance(step.task, Picking)
    ]
    assert len(picked) == len(set(picked)) == 2
    assert all("bottle-bleach" in right for right in picked)


@each_situation
@pytest.mark.parametrize("language", BANK.employer_languages)
def test_no_cue_is_lost_when_it_is_made_plain(situation: Scenario, language: str):
    for cues in situation.tellings[language].cues.values():
        assert all(tokens(cue, language) for cue in cues)


@pytest.mark.parametrize("name", BANK.pools[0].scenarios)
@pytest.mark.parametrize("language", BANK.employer_languages)
def test_saying_an_answer_of_the_employer_again_is_found(name: str, language: str):
    situation = BANK.scenarios[name]
    says = situation.tellings[language].says
    for one in looked_for(situation.step(f"{name}.questions")):
        assert one.answer is not None
        found = found_in(situation, "restate", said=says[one.answer], language=language)
        assert f"heard-{one.id}" in found


@pytest.mark.parametrize("language", BANK.employer_languages)
def test_the_employer_answers_no_question_by_saying_hello(language: str):
    for name in BANK.pools[0].scenarios:
        situation = BANK.scenarios[name]
        for key in ("hello", "need-help", "ask-me"):
            said = situation.tellings[language].says[key]
            assert found_in(situation, "questions", said=said, language=language) == set()


@pytest.mark.parametrize("one", SAID, ids=lambda one: f"{one['language']}: {one['said']}")
def test_what_is_said_simply_is_found(one: Said):
    situation = BANK.scenarios[one["scenario"]]
    found = found_in(situation, one["step"], said=one["said"], language=one["language"])
    assert found == set(one["found"])


@pytest.mark.parametrize("language", BANK.employer_languages)
@pytest.mark.parametrize(
    ("example", "scenario", "step", "least", "most"),
    [
        ("ex-three-questions", "meeting-flat", "questions", 2, 3),
        ("ex-five-questions", "meeting-flat", "questions", 4, 5),
        ("ex-six-questions", "meeting-flat", "questions", 6, 6),
        ("ex-restates-two", "meeting-flat", "restate", 1, 2),
        ("ex-restates-four", "meeting-flat", "restate", 3, 4),
        ("ex-restates-all", "meeting-flat", "restate", 5, 6),
        ("ex-one-change", "meeting-flat", "plan", 1, 1),
        ("ex-two-changes", "meeting-flat", "plan", 2, 2),
        ("ex-first", "meeting-flat", "plan", 1, 1),
        ("ex-advice-one", "products-kitchen", "advice", 1, 1),
        ("ex-advice-two", "products-kitchen", "advice", 2, 2),
        ("ex-equipment-one", "equipment-closet", "advice", 1, 1),
        ("ex-equipment-two", "equipment-closet", "advice", 2, 3),
        ("ex-care-one", "equipment-closet", "care", 1, 2),
        ("ex-care-three", "equipment-closet", "care", 3, 4),
    ],
)
def test_an_example_of_the_rubric_shows_what_its_level_says(
    example: str, scenario: str, step: str, least: int, most: int, language: str
):
    said = BANK.spoken[example][language]
    found = found_in(BANK.scenarios[scenario], step, said=said, language=language)
    assert least <= len(found) <= most
