"""Files → content, and what is said when a file is broken."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.fakes import ENGLISH, FILES, FRAMEWORK, FRENCH, ITEMS, PROMPTS, write_bank
from voice_app.dialogues.content import Word
from voice_app.dialogues.loader import ContentError, load_content


def broken(folder: Path, **replaced: str) -> str:
    with pytest.raises(ContentError) as caught:
        load_content(write_bank(folder, **replaced))
    return str(caught.value)


def test_the_bank_is_read_whole(tmp_path: Path):
    content = load_content(write_bank(tmp_path))
    assessment = content.assessments["MC3"]
    assert [section.category for section in assessment.sections] == ["material", "instruction"]
    assert assessment.items["kitchen-first"].rivals == ("bathroom",)
    assert assessment.items["kitchen-first"].category == "instruction"
    assert assessment.rehearsal.id == "rain"
    assert set(content.languages) == {"en", "fr"}
    assert content.languages["fr"].prompts["rain"] == "Il pleut."
    assert content.languages["en"].prompts == {}
    assert content.languages["fr"].examples[1].expect == "echo"
    assert content.micro_competences["MC3"].learning_outcomes == ("LO6", "LO7")


def test_a_name_is_always_accepted_and_no_stays_a_word(tmp_path: Path):
    words = load_content(write_bank(tmp_path)).languages["en"].words
    assert words["dusting"] == Word("dusting", ("dusting", "no dust", "no"))


def test_the_version_changes_with_what_is_asked_or_accepted_only(tmp_path: Path):
    def version(**replaced: str) -> str:
        return load_content(write_bank(tmp_path, **replaced)).assessments["MC3"].version

    assert version() == version()
    assert len(version()) == 12
    assert version() != version(items_mc3_prompts_fr_yaml=PROMPTS + "\n")
    assert version() != version(languages_en_words_yaml=ENGLISH + "\n")
    assert version() == version(languages_en_phrases_yaml="own_name: En\nphrases: {a: b}")


@pytest.mark.parametrize(
    "defect",
    [
        (
            "items_mc3_items_yaml",
            ITEMS.replace("right: sweeping", "right: sweping"),
            (
                'items/mc3/items.yaml, item "broom", field "right": '
                '"sweping" is not among the options.'
            ),
        ),
        (
            "items_mc3_items_yaml",
            ITEMS.replace("        right: sweeping\n", ""),
            'items/mc3/items.yaml, item "broom", field "right": is missing.',
        ),
        (
            "items_mc3_items_yaml",
            ITEMS.replace("rivals: [bathroom]", "rival: [bathroom]"),
            'items/mc3/items.yaml, item "kitchen-first", field "rival": is not known here.',
        ),
        (
            "items_mc3_items_yaml",
            ITEMS.replace("rivals: [bathroom]", "rivals: [kitchen]"),
            (
                'items/mc3/items.yaml, item "kitchen-first", field "rivals": '
                '"kitchen" is not one of the other options.'
            ),
        ),
        (
            "items_mc3_items_yaml",
            ITEMS.replace("id: kitchen-first", "id: broom"),
            'items/mc3/items.yaml, item "broom", field "id": the same id is given twice.',
        ),
        (
            "items_mc3_items_yaml",
            ITEMS.replace("options: [sweeping, mopping", "options: [sweeping, sweeping"),
            'items/mc3/items.yaml, item "broom", field "options": the same option is given twice.',
        ),
        (
            "items_mc3_items_yaml",
            ITEMS.replace("learning_outcome: LO6", "learning_outcome: LO8"),
            (
                'items/mc3/items.yaml, item "broom", field "learning_outcome": '
                "LO8 is not a learning outcome of MC3 in framework/any.yaml."
            ),
        ),
        (
            "items_mc3_items_yaml",
            ITEMS.replace("[fr]", "[fr, de]"),
            "items/mc3/prompts.de.yaml: the file cannot be read (No such file or directory).",
        ),
        (
            "items_mc3_prompts_fr_yaml",
            PROMPTS.replace("rain:", "rian:"),
            (
                'items/mc3/prompts.fr.yaml, item "rain": '
                "the prompt of this item of items/mc3/items.yaml is missing."
            ),
        ),
        (
            "items_mc3_prompts_fr_yaml",
            PROMPTS + "snow: Il neige.",
            'items/mc3/prompts.fr.yaml, item "snow": this is not an item of items/mc3/items.yaml.',
        ),
        (
            "items_mc3_prompts_fr_yaml",
            "broom: 'Prenez\n",
            "items/mc3/prompts.fr.yaml: this is not YAML: line 2: found unexpected end of stream.",
        ),
        (
            "items_mc3_prompts_fr_yaml",
            PROMPTS + "broom: Le balai.",
            'items/mc3/prompts.fr.yaml: this is not YAML: line 5: the key "broom" is given twice.',
        ),
        (
            "items_mc3_examples_fr_yaml",
            "- {item: broom, heard: un, expect: maybe}",
            (
                'items/mc3/examples.fr.yaml, item "broom", field "expect": '
                "Input should be 'right', 'unsure', 'wrong' or 'echo'."
            ),
        ),
        (
            "items_mc3_examples_fr_yaml",
            "- {item: mop, heard: un, expect: right}",
            'items/mc3/examples.fr.yaml, item "mop": this is not an item of items/mc3/items.yaml.',
        ),
        (
            "items_mc3_examples_fr_yaml",
            "- {item: broom, heard: un, expect: right, chosen: bed}",
            (
                'items/mc3/examples.fr.yaml, item "broom", field "chosen": '
                '"bed" is not an option of this item of items/mc3/items.yaml.'
            ),
        ),
        (
            "languages_fr_words_yaml",
            FRENCH.replace("  umbrella: {name: le parapluie}\n", ""),
            (
                'languages/fr/words.yaml, item "rain", field "words": '
                'the word for the option "umbrella" of items/mc3/items.yaml is missing.'
            ),
        ),
        (
            "languages_fr_words_yaml",
            FRENCH.replace("{name: repasser}", "{name: }"),
            'languages/fr/words.yaml, item "ironing", field "words.name": is empty.',
        ),
        (
            "languages_fr_words_yaml",
            FRENCH.replace("what-do:", "what:"),
            (
                'languages/fr/words.yaml, item "broom", field "questions": '
                'the question "what-do" of items/mc3/items.yaml is missing.'
            ),
        ),
        (
            "languages_fr_phrases_yaml",
            "phrases: {}",
            'languages/fr/phrases.yaml, field "own_name": is missing.',
        ),
        (
            "framework_any_yaml",
            FRAMEWORK.replace("[LO6, LO7]", "[LO6]"),
            (
                'framework/any.yaml, item "LO7", field "micro_competence": '
                "MC3 does not list it among its learning outcomes."
            ),
        ),
        (
            "framework_any_yaml",
            FRAMEWORK.replace("[LO6, LO7]", "[LO6, LO7, LO8]"),
            (
                'framework/any.yaml, item "MC3", field "learning_outcomes": '
                "LO8 is not a learning outcome of this file."
            ),
        ),
    ],
)
def test_a_defect_is_named_by_file_item_and_field(tmp_path: Path, defect: tuple[str, str, str]):
    name, text, says = defect
    assert broken(tmp_path, **{name: text}) == says


def test_an_employer_language_needs_its_own_words(tmp_path: Path):
    (tmp_path / "items/mc3").mkdir(parents=True)
    (tmp_path / "items/mc3/prompts.de.yaml").write_text(PROMPTS, "utf-8")
    assert broken(tmp_path, items_mc3_items_yaml=ITEMS.replace("[fr]", "[de]")) == (
        'items/mc3/items.yaml, field "employer_languages": '
        'there is no folder "languages/de" with its words.'
    )


def test_an_empty_folder_is_named_too(tmp_path: Path):
    with pytest.raises(ContentError, match="framework: there should be one YAML file here"):
        load_content(tmp_path)


def _paths(node: object, path: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    if isinstance(node, dict):
        below = [each for key, value in node.items() for each in _paths(value, (*path, key))]
    elif isinstance(node, list):
        below = [each for at, value in enumerate(node) for each in _paths(value, (*path, at))]
    else:
        below = []
    return [path, *below] if path else below


# A loaded machine is no defect of the code.
UNHURRIED = settings(deadline=None)


@st.composite
def corruptions(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw a file and its text after an accident: a part lost, doubled, or of another kind."""
    name = draw(st.sampled_from(sorted(FILES)))
    how = draw(st.sampled_from(["delete", "retype", "duplicate", "truncate", "noise"]))
    text = FILES[name].encode()
    if how in ("truncate", "noise"):
        cut = draw(st.integers(0, len(text)))
        noise = draw(st.binary(min_size=1, max_size=4)) if how == "noise" else b""
        return name, text[:cut] + noise + (text[cut:] if noise else b"")
    document = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 strings, lists and mappings only
    path = draw(st.sampled_from(_paths(document)))
    _corrupt(
        document, path, how=how, other=draw(st.sampled_from(["", "7", [], {}, ["x"], {"x": "y"}]))
    )
    return name, yaml.safe_dump(document, allow_unicode=True).encode()


def _corrupt(document: object, path: tuple[int | str, ...], *, how: str, other: object):
    for step in path[:-1]:
        document = document[step]
    last = path[-1]
    if how == "delete":
        del document[last]
    elif how == "duplicate" and isinstance(document, list):
        document.insert(last, document[last])
    else:
        document[last] = other


@UNHURRIED
@given(corruptions())
def test_a_corrupted_file_loads_or_is_named(corruption: tuple[str, bytes]):
    name, text = corruption
    with TemporaryDirectory() as folder:
        bank = write_bank(Path(folder))
        (bank / name).write_bytes(text)
        says = _complaint(bank)
    assert says is None or name in says


def _complaint(folder: Path) -> str | None:
    try:
        load_content(folder)
    except ContentError as error:
        return str(error)
    return None
