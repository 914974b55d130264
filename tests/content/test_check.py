"""What the check of the content objects to, one defect at a time."""

from pathlib import Path

import pytest

from tests.content.fakes import ENGLISH, EXAMPLES, FRAMEWORK, FRENCH, ITEMS, PROMPTS, write_bank
from voice_app.dialogues.check import neighbors, problems
from voice_app.dialogues.check_answers import runs
from voice_app.dialogues.loader import load_content

PICTURES = frozenset(
    {"sweeping", "mopping", "ironing", "dusting", "kitchen", "bathroom", "umbrella"}
)


def objections(folder: Path, **replaced: str) -> list[str]:
    """Return what is said of the small bank, which is too small on purpose."""
    content = load_content(write_bank(folder, **replaced))
    found = problems(content, PICTURES, lambda _: True)
    return [
        f"{one.file} {one.item} {one.field}: {one.says}" for one in found if one.field != "sections"
    ]


def test_the_small_bank_is_in_order_but_small(tmp_path: Path):
    assert objections(tmp_path) == []
    found = problems(load_content(tmp_path), PICTURES, lambda _: True)
    assert [one.says for one in found] == [
        "product should have 6 items and has 0",
        "material should have 6 items and has 1",
        "context should have 9 items and has 0",
        "instruction should have 5 items and has 1",
        "home_context should have 5 items and has 0",
        "need should have 5 items and has 0",
    ]


def test_a_missing_picture_and_a_missing_sound_are_found(tmp_path: Path):
    content = load_content(write_bank(tmp_path))
    found = problems(content, PICTURES - {"umbrella"}, lambda key: key != "fr/prompts/rain")
    assert 'there is no picture for "umbrella"' in [one.says for one in found]
    assert [one.field for one in found if one.file == "audio_assets"] == ["fr/prompts/rain"]


@pytest.mark.parametrize(
    ("replaced", "says"),
    [
        (
            {"languages_en_phrases_yaml": "own_name: English\nphrases: {thanks: Thanks.}"},
            (
                "languages/en/phrases.yaml None next.item: "
                "other languages have this phrase, this one has not"
            ),
        ),
        (
            {"framework_any_yaml": FRAMEWORK.replace("{en: Words, fr: Mots}", "{fr: Mots}")},
            'framework LO6 names: the language "en" is missing',
        ),
        (
            {"items_mc3_items_yaml": ITEMS.replace("category: material", "category: need")},
            "items/mc3/items.yaml broom learning_outcome: LO6 does not fit the category need",
        ),
        (
            {"items_mc3_items_yaml": ITEMS.replace("mopping, ironing, dusting]", "mopping]", 1)},
            "items/mc3/items.yaml broom options: there should be 4 different options",
        ),
        (
            {
                "items_mc3_prompts_fr_yaml": PROMPTS.replace(
                    "La cuisine", "Là et là et là la cuisine"
                )
            },
            "items/mc3/prompts.fr.yaml kitchen-first None: 12 words are more than 8",
        ),
        (
            {"items_mc3_prompts_fr_yaml": PROMPTS.replace("la salle de bains", "le salon")},
            (
                "items/mc3/prompts.fr.yaml kitchen-first None: "
                'it should name "bathroom" by an accepted form, as the item has rivals'
            ),
        ),
        (
            {"items_mc3_prompts_fr_yaml": PROMPTS.replace("Prenez le balai", "Il faut balayer")},
            (
                "items/mc3/prompts.fr.yaml broom None: "
                'saying back "balayer." would be right, listened to in "fr"'
            ),
        ),
        (
            {"languages_en_words_yaml": ENGLISH.replace("{name: sweeping}", "{name: balai}")},
            (
                "items/mc3/prompts.fr.yaml broom None: "
                'saying back "balai." would be right, listened to in "en"'
            ),
        ),
        (
            {"languages_fr_words_yaml": FRENCH.replace("[je balaye]", "[repasser]")},
            (
                "languages/fr/words.yaml broom accepted: "
                '"repasser" is accepted for "ironing" and for "sweeping"'
            ),
        ),
        (
            {"languages_fr_words_yaml": FRENCH.replace("[je balaye]", "[le deux]")},
            (
                "languages/fr/words.yaml broom accepted: "
                '"le deux" is accepted for "sweeping" and for "place 2"'
            ),
        ),
        (
            {"items_mc3_examples_fr_yaml": EXAMPLES.replace("heard: balayer", "heard: repasser")},
            (
                "items/mc3/examples.fr.yaml broom heard: "
                '"repasser" should be right sweeping and is wrong ironing'
            ),
        ),
    ],
)
def test_a_defect_is_found(tmp_path: Path, replaced: dict[str, str], says: str):
    assert says in objections(tmp_path, **replaced)


def test_a_place_is_an_answer_even_where_the_prompt_has_the_word(tmp_path: Path):
    prompts = PROMPTS.replace("Prenez le balai", "Prenez un balai")
    assert objections(tmp_path, items_mc3_prompts_fr_yaml=prompts) == []


def test_runs_are_all_that_can_be_said_back_of_a_prompt():
    assert runs("a b c") == ["a b c", "a b", "b c", "a", "b", "c"]


def test_neighbors_are_listed_with_what_guards_them(tmp_path: Path):
    words = FRENCH.replace("repasser", "balayez").replace("la cuisine", "cuisines")
    content = load_content(write_bank(tmp_path, languages_fr_words_yaml=words))
    found = {(one.a, one.b): (one.item, one.guard) for one in neighbors(content, "fr")}
    assert found == {
        ("balayer", "balayez"): ("broom", "the margin"),
        ("cuisine", "cuisines"): ("kitchen-first", "rival"),
    }
