"""Two forms of a bank of items: what one stands for in the other, and how one is drawn."""

from collections import Counter
from pathlib import Path

import pytest

from tests.content.fakes import ITEMS, PROMPTS, write_bank
from tests.content.test_check import objections
from voice_app.dialogues.content import Content
from voice_app.dialogues.flow import least_met
from voice_app.dialogues.loader import ContentError, load_content

TWIN = """    twins:
      - id: broom-again
        learning_outcome: LO6
        question: what-do
        options: [sweeping, mopping, kitchen, dusting]
        right: sweeping
"""
OTHER_TWIN = """    twins:
      - id: bathroom-first
        learning_outcome: LO7
        question: what-do
        options: [bathroom, kitchen, ironing, dusting]
        right: bathroom
        rivals: [kitchen]
"""
BOTH = ITEMS.replace("  - category: instruction\n", TWIN + "  - category: instruction\n").replace(
    "rehearsal:\n", OTHER_TWIN + "rehearsal:\n"
)
SAID = f"""{PROMPTS}
broom-again: Le balai est là.
bathroom-first: La salle de bains avant la cuisine.
"""
SHOWN = """
- id: shown
  learning_outcome: LO6
  category: material
  question: what-do
  options: [ironing, mopping, sweeping, dusting]
  right: ironing
  answer: {en: Ironing.}
"""
PAGES = """
pages:
  - {id: tools, picture: broom, title: {fr: Outils, en: Tools}, says: {fr: [Le balai.]}}
"""


@pytest.fixture(scope="module")
def shipped() -> Content:
    return load_content()


def test_a_bank_with_twins_has_two_forms(tmp_path: Path):
    files = {"items_mc3_items_yaml": BOTH, "items_mc3_prompts_fr_yaml": SAID}
    bank = load_content(write_bank(tmp_path, **files)).assessments["MC3"]
    assert bank.forms == (("broom", "kitchen-first"), ("broom-again", "bathroom-first"))
    assert [one.category for one in bank.twins] == ["material", "instruction"]
    found = objections(tmp_path, **files)
    assert [one for one in found if " should have " not in one] == []
    assert "items/mc3/items.yaml None twins: product should have 6 items and has 0" in found


def test_the_bank_of_an_attempt_has_the_items_of_one_form(tmp_path: Path):
    files = {"items_mc3_items_yaml": BOTH, "items_mc3_prompts_fr_yaml": SAID}
    bank = load_content(write_bank(tmp_path, **files)).assessments["MC3"]
    for form in bank.forms:
        asked = bank.asking(form)
        assert asked.forms == (form,)
        assert tuple(asked.items) == form
        assert asked.asking(form) == asked
    assert bank.asking(bank.forms[0]).sections == bank.sections
    assert bank.asking(bank.forms[1]).sections == bank.twins


def test_the_form_met_least_is_drawn_and_the_first_of_two(shipped: Content):
    bank = shipped.assessments["MC3"]
    first, second = map(list, bank.forms)
    assert least_met(bank, {}) == first
    assert least_met(bank, Counter(first)) == second
    assert least_met(bank, Counter(second)) == first
    assert least_met(bank, Counter([*first, *second])) == first
    assert least_met(bank, Counter(first[:1])) == second


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("learning_outcome: LO7\n        question: what-do\n        options: [bathroom",
         "learning_outcome: LO6\n        question: what-do\n        options: [bathroom",
         "it should be as kitchen-first"),
        ("        rivals: [kitchen]\n", "", "it should be as kitchen-first"),
        ("        rivals: [kitchen]\n", "        rivals: [kitchen]\n        safety: true\n",
         "it should be as kitchen-first"),
    ],
)  # fmt: skip
def test_a_twin_measures_what_its_item_measures(tmp_path: Path, was: str, becomes: str, says: str):
    assert BOTH.count(was) == 1
    files = {
        "items_mc3_items_yaml": BOTH.replace(was, becomes),
        "items_mc3_prompts_fr_yaml": SAID,
    }
    assert any("bathroom-first" in one and says in one for one in objections(tmp_path, **files))


def test_a_form_that_is_shorter_or_says_the_same_is_found(tmp_path: Path):
    short = ITEMS.replace("  - category: instruction\n", TWIN + "  - category: instruction\n")
    said = f"{PROMPTS}\nbroom-again: Le balai est là.\n"
    found = objections(tmp_path, items_mc3_items_yaml=short, items_mc3_prompts_fr_yaml=said)
    assert "items/mc3/items.yaml None twins: 1 twins cannot stand for 2 items" in found
    same = SAID.replace("Le balai est là.", "Prenez le balai.")
    found = objections(tmp_path, items_mc3_items_yaml=BOTH, items_mc3_prompts_fr_yaml=same)
    assert 'items/mc3/items.yaml broom-again twins: in "fr" broom has the same prompt' in found


def test_an_example_and_pages_of_a_bank_are_read_and_checked(tmp_path: Path):
    write_bank(tmp_path, items_mc3_prompts_fr_yaml=f"{PROMPTS}\nshown: Prenez le fer.\n")
    (tmp_path / "items/mc3/example.yaml").write_text(SHOWN)
    (tmp_path / "items/mc3/resources.yaml").write_text(PAGES)
    found = objections(tmp_path, items_mc3_prompts_fr_yaml=f"{PROMPTS}\nshown: Prenez le fer.\n")
    assert found == [
        'items/mc3/example.yaml shown answer: the language "fr" is missing',
        'items/mc3/resources.yaml tools picture: there is no picture for "broom"',
        'items/mc3/resources.yaml tools says: the language "en" is missing',
    ]


def test_a_page_has_a_picture_for_each_sentence_or_for_none(tmp_path: Path):
    write_bank(tmp_path)
    pages = PAGES.replace("picture: broom", "picture: broom, pictures: [sweeping, mopping]")
    (tmp_path / "items/mc3/resources.yaml").write_text(pages)
    with pytest.raises(ContentError, match=r"tools.*pictures.*a picture a sentence"):
        load_content(tmp_path)


def test_an_example_is_no_item_of_a_form(tmp_path: Path):
    write_bank(tmp_path)
    (tmp_path / "items/mc3/example.yaml").write_text(SHOWN.replace("id: shown", "id: broom"))
    with pytest.raises(ContentError, match="broom"):
        load_content(tmp_path)


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_no_twin_is_the_same_question_again(shipped: Content, language: str):
    bank = shipped.assessments["MC3"]
    prompts = shipped.languages[language].prompts
    assert len({prompts[item] for item in bank.items}) == len(bank.items)


def test_rivals_change_places_in_the_other_form(shipped: Content):
    bank = shipped.assessments["MC3"]
    pairs = [(bank.items[one], bank.items[other]) for one, other in zip(*bank.forms, strict=True)]
    rivals = [(one, twin) for one, twin in pairs if one.rivals]
    assert len(rivals) == 4
    for one, twin in rivals:
        assert twin.rivals == (one.right,)
        assert one.rivals == (twin.right,)


def test_most_twins_have_another_right_picture_or_other_pictures_beside_it(shipped: Content):
    bank = shipped.assessments["MC3"]
    pairs = [(bank.items[one], bank.items[other]) for one, other in zip(*bank.forms, strict=True)]
    same = [
        one.id
        for one, twin in pairs
        if one.right == twin.right and set(one.options) == set(twin.options)
    ]
    assert same == ["upstairs", "no-hot-water", "eco-products", "mail-closed"]
