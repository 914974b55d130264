"""Templates in words.yaml → phrases; foils and safety as they reach a choice."""

from pathlib import Path

import pytest

from tests.content.fakes import ENGLISH, FRENCH, ITEMS, write_bank
from voice_app.dialogues.check import problems
from voice_app.dialogues.check_answers import accent_problems
from voice_app.dialogues.choices import choice, foils
from voice_app.dialogues.content import Word
from voice_app.dialogues.loader import ContentError, load_content
from voice_app.dialogues.problem import Problem

TEMPLATED = FRENCH.replace(
    "{name: balayer, accepted: [je balaye]}",
    '{name: balayer, accepted: ["[je] (balaye|passe {tool})"], foils: ["pala(bre|yer)"]}',
).replace("places: [[un, le premier]", 'lists: {tool: [le balai]}\nplaces: [[un, "[le] premier"]')


def test_templates_become_phrases_in_their_order(tmp_path: Path):
    french = load_content(write_bank(tmp_path, languages_fr_words_yaml=TEMPLATED)).languages["fr"]
    accepted = ("balayer", "je balaye", "je passe le balai", "balaye", "passe le balai")
    assert french.words["sweeping"] == Word("balayer", accepted, ("palabre", "palayer"))
    assert french.places[0] == ("un", "le premier", "premier")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            FRENCH.replace("[je balaye]", '["je (balaye"]'),
            'item "sweeping", field "accepted": the template "je (balaye" has at sign 11: ',
        ),
        (
            FRENCH.replace("[je balaye]", '["{tool}"]'),
            'item "sweeping", field "accepted": the template "{tool}" has at sign 1: ',
        ),
        (
            FRENCH.replace("[je balaye]", '[je balaye], foils: ["a|b"]'),
            'item "sweeping", field "foils": the template "a|b" has at sign 2: ',
        ),
        (
            FRENCH.replace("[deux]", '["deux]"]'),
            'field "places.2": the template "deux]" has at sign 5: ',
        ),
        (
            FRENCH.replace("[je balaye]", "[je balaye], foils: [je balaye]"),
            'item "sweeping", field "foils": "je balaye" is accepted and a foil.',
        ),
        (
            "lists: {tool: []}" + FRENCH,
            'field "lists',
        ),
    ],
)
def test_a_template_that_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, words: str, says: str
):
    with pytest.raises(ContentError) as caught:
        load_content(write_bank(tmp_path, languages_fr_words_yaml=words))
    assert str(caught.value).startswith("languages/fr/words.yaml, ")
    assert says in str(caught.value)


def test_a_choice_has_the_foils_of_all_options_in_both_languages(tmp_path: Path):
    french = FRENCH.replace("{name: repasser}", "{name: repasser, foils: [dépasser, repousser]}")
    english = ENGLISH.replace("{name: ironing}", "{name: ironing, foils: [earning]}")
    bank = write_bank(tmp_path, languages_fr_words_yaml=french, languages_en_words_yaml=english)
    content = load_content(bank)
    item = content.assessments["MC3"].items["broom"]
    order = [option.id for option in item.options]
    asked = choice(content, item, order=order, employer_language="fr", help_language="en")
    assert asked.foils == (("fr", "dépasser"), ("fr", "repousser"), ("en", "earning"))
    assert asked.profile == "normal"
    assert asked.candidates[1].scored == (
        ("fr", "laver le sol"),
        ("en", "washing the floor"),
        ("en", "two"),
    )


@pytest.mark.parametrize("foil", ["laver le sol", "lavez le sol", "deux", "balayez"])
def test_a_foil_that_answers_is_left_out_and_told(tmp_path: Path, foil: str):
    words = FRENCH.replace("accepted: [je balaye]", f"foils: [{foil}, ballet]")
    content = load_content(write_bank(tmp_path, languages_fr_words_yaml=words))
    item = content.assessments["MC3"].items["broom"]
    assert foils(content.languages["fr"], item) == ("ballet",)
    told = [one for one in problems(content, set(), lambda _: True) if one.field == "sweeping"]
    assert [(one.file, one.item, one.says) for one in told] == [
        (
            "languages/fr/words.yaml",
            "broom",
            f'"{foil}" names or sounds like an option, so it is no foil',
        )
    ]


def test_a_foil_that_an_accent_makes_of_the_answer_is_told(tmp_path: Path):
    words = FRENCH.replace("{name: le parapluie}", "{name: le poireau, foils: [le boireau]}")
    content = load_content(write_bank(tmp_path, languages_fr_words_yaml=words))
    says = '"le boireau" is what some accents make of "le poireau", so it is no foil'
    assert Problem("languages/fr/words.yaml", "umbrella", "foils", says) in list(
        accent_problems(content.languages["fr"])
    )


def test_safety_is_an_items_cost_profile(tmp_path: Path):
    items = ITEMS.replace("rivals: [bathroom]", "rivals: [bathroom]\n        safety: true")
    content = load_content(write_bank(tmp_path, items_mc3_items_yaml=items))
    by_id = content.assessments["MC3"].items
    assert [item.is_safety for item in by_id.values()] == [False, True]
    item = by_id["kitchen-first"]
    order = [option.id for option in item.options]
    asked = choice(content, item, order=order, employer_language="fr", help_language="fr")
    assert asked.profile == "safety"
