"""The content as it is shipped: whole, drawn, spoken, and deciding as its examples say."""

from collections import Counter

import pytest

from voice_app.audio.prompts import Manifest
from voice_app.commands.content import rendered_names
from voice_app.dialogues.check import neighbors, problems
from voice_app.dialogues.choices import foils
from voice_app.dialogues.confusables import hearing_problems, judged
from voice_app.dialogues.content import Content
from voice_app.dialogues.heard import load_kept
from voice_app.dialogues.loader import SHIPPED, load_content
from voice_app.dialogues.sentences import sentences
from voice_app.settings import assets_folder, web_folder


@pytest.fixture(scope="module")
def shipped() -> Content:
    return load_content()


def test_nothing_is_objected_to(shipped: Content):
    pictures = {path.stem for path in (web_folder() / "pictures").glob("*.svg")}
    assert problems(shipped, pictures, lambda _: True) == []


def test_every_sentence_has_a_sound(shipped: Content):
    manifest = Manifest.load(assets_folder())
    assert [one.key for one in sentences(shipped) if not manifest.has(one.key)] == []


def test_every_rendered_name_is_heard_and_told_from_the_others(shipped: Content):
    names = rendered_names(shipped, assets_folder())
    kept = load_kept(SHIPPED)
    assert len(names) == (2 * 36 + 1) * 4 * 3
    assert list(hearing_problems(names, kept, judged(names, kept))) == []


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_every_item_has_foils(shipped: Content, language: str):
    for item in shipped.assessments["MC3"].items.values():
        assert foils(shipped.languages[language], item)


def test_there_are_two_forms_of_36_items_in_three_employer_and_three_help_languages(
    shipped: Content,
):
    assessment = shipped.assessments["MC3"]
    assert [len(form) for form in assessment.forms] == [36, 36]
    assert len(assessment.items) == 72
    assert set(assessment.employer_languages) == {"fr", "es", "en"}
    assert set(shipped.languages) == {"fr", "es", "en"}
    for form in assessment.forms:
        outcomes = Counter(assessment.items[item].learning_outcome for item in form)
        assert outcomes == {"LO6": 21, "LO7": 15}


def test_the_framework_is_whole(shipped: Content):
    four = ["MC1", "MC2", "MC3", "MC4"]
    assert list(shipped.micro_competences) == [*four, "FULL"]
    assert list(shipped.micro_competences["FULL"].parts) == four
    assert sorted(shipped.learning_outcomes) == [f"LO{number}" for number in range(1, 10)]


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_every_file_has_examples_of_every_verdict(shipped: Content, language: str):
    verdicts = {example.expect for example in shipped.languages[language].examples}
    assert verdicts == {"right", "unsure", "wrong", "echo"}


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_every_item_has_an_example(shipped: Content, language: str):
    items = {example.item for example in shipped.languages[language].examples}
    assert set(shipped.assessments["MC3"].items) - items == set()


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_no_two_options_of_an_item_are_called_the_same(shipped: Content, language: str):
    options_of_one_item = ("the margin", "places")
    same = [one for one in neighbors(shipped, language) if one.how_near == 1]
    assert [one for one in same if one.guard in options_of_one_item] == []
