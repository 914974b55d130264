"""Files of scenarios → banks, what is said when one is broken, and what the check objects to."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.scenario_files import FILES, TELLING, write_scenarios
from voice_app.dialogues.check import problems
from voice_app.dialogues.check_scenarios import points_of
from voice_app.dialogues.coverage import coverage_page
from voice_app.dialogues.loader import ContentError, load_content
from voice_app.dialogues.scenario import (
    Arranging,
    Asking,
    Before,
    Choosing,
    Fits,
    Listen,
    NotDuring,
    Picking,
    Saying,
)
from voice_app.dialogues.sentences import sentences

PICTURES = frozenset(
    {"sweeping", "mopping", "ironing", "dusting", "kitchen", "bathroom", "umbrella"}
)


def broken(folder: Path, **replaced: str) -> str:
    with pytest.raises(ContentError) as caught:
        load_content(write_scenarios(folder, **replaced))
    return str(caught.value)


def objections(folder: Path, **replaced: str) -> list[str]:
    content = load_content(write_scenarios(folder, **replaced))
    found = problems(content, PICTURES, lambda _: True)
    return [
        f"{one.file} {one.item} {one.field}: {one.says}"
        for one in found
        if one.file.startswith(("scenarios", "framework"))
    ]


def test_a_bank_is_read_whole(tmp_path: Path):
    bank = load_content(write_scenarios(tmp_path)).scenarios["MC1"]
    flat = bank.scenarios["flat"]
    kinds = [type(step.task) for step in flat.steps]
    assert kinds == [Listen, Asking, Saying, Choosing, Picking, Arranging]
    arranging = flat.step("flat.order").task
    assert isinstance(arranging, Arranging)
    assert arranging.rules[2] == Before("ask", 2, "dusting", "mopping")
    assert arranging.rules[5] == Fits("ask", 1, 60)
    assert arranging.rules[7] == NotDuring("ask", 1, "mopping", 0, 10)
    assert flat.tellings["fr"].cues["home"] == (
        "quel petit logement",
        "quel grand logement",
        "un petit logement",
        "un grand logement",
    )
    assert bank.rubric["says-again"].points == 3
    assert points_of(bank, flat) == 1 + 2 + 9 + 2 + 3
    assert bank.example.steps[0].shown is not None
    assert len(bank.version) == 12


def test_a_changed_file_changes_the_version(tmp_path: Path):
    one = load_content(write_scenarios(tmp_path / "one")).scenarios["MC1"].version
    changed = TELLING.replace("Un balai", "Deux balais")
    two = load_content(write_scenarios(tmp_path / "two", scenarios_mc1_flat_fr_yaml=changed))
    assert two.scenarios["MC1"].version != one


def test_a_draft_is_left_alone(tmp_path: Path):
    write_scenarios(tmp_path)
    (tmp_path / "scenarios/mc1").rename(tmp_path / "scenarios/_mc1")
    assert load_content(tmp_path).scenarios == {}


def test_every_sentence_has_a_key_of_its_own(tmp_path: Path):
    found = list(sentences(load_content(write_scenarios(tmp_path))))
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys))
    assert {
        "fr/scenes/flat.two-rooms",
        "en/tasks/trial.try",
        "fr/examples/mc1.all-asked",
        "en/offers/mc1.asks.good",
        "fr/resources/mc1.questions.0",
        "fr/resources/mc1.questions.1",
    } <= set(keys)


def test_who_answers_in_an_example_has_another_voice_than_the_employer(tmp_path: Path):
    found = {one.key: one.voice for one in sentences(load_content(write_scenarios(tmp_path)))}
    assert found["fr/scenes/flat.hello"] == 0
    assert found["fr/scenes/shown.answer"] == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("scenarios/mc1/flat.yaml", "kind: listen", "kind: sing", "kind"),
        ("scenarios/mc1/flat.yaml", "right: kitchen", "right: garden", "not among the options"),
        ("scenarios/mc1/flat.yaml", "card: mopping}", "card: ironing}", "not among the cards"),
        ("scenarios/mc1/flat.yaml", "id: flat.wet", "id: wet.flat", "begin with flat."),
        (
            "scenarios/mc1/flat.yaml",
            "help: ask\n    points: 2",
            "help: wet\n    points: 2",
            '"wet"',
        ),
        (
            "scenarios/mc1/flat.yaml",
            "help: ask\n    points: 2",
            "help: ask\n    why: wet\n    points: 2",
            '"wet" is missing',
        ),
        ("scenarios/mc1/flat.yaml", "says: [hello]", "says: [bye]", '"bye" is missing'),
        ("scenarios/mc1/flat.yaml", "answer: two-rooms", "answer: six", '"six" is missing'),
        ("scenarios/mc1/flat.yaml", "criteria: [asks]", "criteria: [sings]", "not in rubric"),
        (
            "scenarios/mc1/flat.yaml",
            "dusting], right: kitchen",
            "garden], right: kitchen",
            '"garden"',
        ),
        ("scenarios/mc1/flat.yaml", "id: flat\n", "id: loft\n", "name of the file"),
        ("scenarios/mc1/flat.fr.yaml", "{small}", "{large}", "no list"),
        ("scenarios/mc1/bank.yaml", "take: 1", "take: 3", "more than there are"),
        ("scenarios/mc1/bank.yaml", "MC1", "MC9", "MC9 is not in"),
        ("scenarios/mc1/rubric.yaml", "points: 2", "points: 0", "rise from level to level"),
        ("scenarios/mc1/rubric.yaml", "example: all-asked", "example: none", "is not in this file"),
        ("framework_lines.yaml", "id: LO1.S2", "id: LO1.S1", "given twice"),
    ],
)
def test_a_defect_is_named_by_file(name: str, old: str, new: str, says: str, tmp_path: Path):
    text = FILES[name]
    assert old in text
    told = broken(tmp_path, **{name.replace("/", "_").replace(".", "_"): text.replace(old, new)})
    assert says in told
    folder = name.rpartition("/")[0]
    assert folder in told


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_corrupted_file_is_read_or_refused_by_name(data: st.DataObject):
    name = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    at = data.draw(st.integers(0, len(text)))
    bad = (
        text[:at] + data.draw(st.sampled_from(["\x00", "{", "]]", "\n: :\n", "\t- x"])) + text[at:]
    )
    key = name.replace("/", "_").replace(".", "_")
    # Not every sign breaks a file; what breaks one is nothing but this error.
    with TemporaryDirectory() as folder, suppress(ContentError):
        load_content(write_scenarios(Path(folder), **{key: bad}))


def test_the_small_bank_is_in_order(tmp_path: Path):
    assert objections(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            "scenarios/mc1/house.yaml",
            "points: 1\n    task: {kind: choosing",
            "points: 4\n    task: {kind: choosing",
            "they give different points: flat 17, house 20",
        ),
        ("scenarios/mc1/bank.yaml", "[flat, house]", "[flat]", "would be the first again"),
        ("scenarios/mc1/flat.yaml", "points: 9", "points: 8", "there should be 9 and not 8"),
        ("scenarios/mc1/flat.yaml", "points: 2\n", "points: 3\n", "there should be 2 and not 3"),
        ("scenarios/mc1/flat.yaml", "criteria: [asks]", "criteria: []", "nobody could mark"),
        ("scenarios/mc1/flat.yaml", "dusting], right: kitchen", "], right: kitchen", "4 at least"),
        ("scenarios/mc1/flat.yaml", "help: task.listen", "help: task.sing", "phrase is missing"),
        ("languages/fr/phrases.yaml", "LO1: W", "LO9: W", 'section.LO1 is missing in "fr"'),
        ("scenarios/mc1/flat.yaml", "plan: kitchen", "plan: attic", 'no picture for "attic"'),
        ("scenarios/mc1/flat.yaml", "skills: [LO1.K1]", "skills: [LO1.K9]", "is no line"),
        ("scenarios/mc1/flat.yaml", "learning_outcome: LO1", "learning_outcome: LO6", "LO6 is no"),
        ("scenarios/mc1/flat.fr.yaml", "  rooms: [deux pièces]\n", "", "no phrase to find it by"),
        ("scenarios/mc1/flat.fr.yaml", "  rooms:", "  others: [x]\n  rooms:", "nothing asks"),
        ("scenarios/mc1/flat.fr.yaml", "Deux pièces", "Il y a 2 pièces", "write them as words"),
        (
            "scenarios/mc1/flat.fr.yaml",
            "Posez vos questions.",
            "Posez toutes vos questions sur la maison et le travail demandé.",
            "11 words are more than 10",
        ),
        ("scenarios/mc1/rubric.yaml", "levels: {asks: 2}", "levels: {asks: 1}", "no level of 1"),
        ("scenarios/mc1/rubric.yaml", "levels: {asks: 2}", "levels: {asks: 0}", "of another level"),
        ("scenarios/mc1/rubric.yaml", "levels: {asks: 2}", "levels: {}", "level just these"),
        ("scenarios/mc1/rubric.yaml", "step: flat.questions", "step: flat.none", "by nothing"),
        ("scenarios/mc1/rubric.yaml", "all-asked: {step", "none: {step", "under the same key"),
        ("scenarios/mc1/rubric.yaml", ", en: Says again.}", "}", 'language "en" is missing'),
        ("scenarios/mc1/rubric.yaml", ", en: Very good.", "", 'language "en" is missing'),
        ("scenarios/mc1/resources.yaml", ", en: [Ask six questions.]", "", '"en" is missing'),
        ("scenarios/mc1/shown.yaml", "    shown: {say: answer}\n", "", "does not show"),
        ("framework_lines.yaml", ", why_not: {en: A phone sees no mop.}", "", "no criterion cites"),
        (
            "framework_lines.yaml",
            "says: {en: Knows.}}",
            "says: {en: Knows.}}\n  - {id: LO1.K2, kind: knowledge, says: {en: Tells.}}",
            "LO1.K2 None: no step and no criterion cites it",
        ),
    ],
)
def test_the_check_objects(name: str, old: str, new: str, says: str, tmp_path: Path):
    text = FILES[name]
    assert old in text
    key = name.replace("/", "_").replace(".", "_")
    found = objections(tmp_path, **{key: text.replace(old, new)})
    assert any(says in one for one in found), found


def test_the_page_of_what_is_asked_names_scenarios_and_reasons(tmp_path: Path):
    page = "\n".join(coverage_page(load_content(write_scenarios(tmp_path))))
    assert "| LO1.S1 | Asks. | flat, house |" in page
    assert "not here: A phone sees no mop." in page
    assert "| meeting | 1 | flat | 6 | 17 |" in page
