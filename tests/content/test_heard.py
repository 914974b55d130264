"""What is kept of the rendered names, and what is made of it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.content.fakes import FRENCH, write_bank
from voice_app.dialogues.confusables import Judged, confusables, hearing_problems, judged
from voice_app.dialogues.content import Content
from voice_app.dialogues.files import ContentError
from voice_app.dialogues.heard import HEARD_NAME, Kept, Spoken, load_kept, spoken_names
from voice_app.dialogues.loader import load_content
from voice_app.scoring.decide import Heard, Score

NAMES = {"sweeping": "balayer", "mopping": "laver le sol", "ironing": "repasser"}
SOUNDS = {(f"fr/words/{option}", name): f"sound of {name}" for option, name in NAMES.items()}
LIKELY, UNLIKELY = -0.2, -9.0


@pytest.fixture
def content(tmp_path: Path) -> Content:
    words = FRENCH.replace("{name: repasser}", "{name: repasser, foils: [dépasser]}")
    return load_content(write_bank(tmp_path, languages_fr_words_yaml=words))


def names_of(content: Content) -> list[Spoken]:
    return [one for one in spoken_names(content, SOUNDS) if one.item == "broom"]


def heard(one: Spoken, *, text: str, means: Mapping[str, float]) -> Heard:
    """Build evidence with a mean by phrase; what is not given is unlikely."""
    scores = tuple(score(phrase, means.get(phrase, UNLIKELY)) for phrase in one.phrases)
    return Heard("ear:1", one.language, text, 0.9, None, scores)


def score(phrase: str, mean: float) -> Score:
    """Build a score of five tokens that are all as likely."""
    return Score(phrase, 5 * mean, mean=mean, lowest=mean, prior=mean)


def all_heard(content: Content, **means: Mapping[str, float]) -> tuple[list[Spoken], Kept]:
    """Return the names, each heard as itself but for the `means` given by option."""
    names, kept = names_of(content), Kept({})
    for one in names:
        given = means.get(one.option, {NAMES[one.option]: LIKELY})
        evidence = heard(one, text=max(given, key=given.get), means=given)
        kept = kept.with_heard(one, [evidence], engines="ear:1")
    return names, kept


def says(names: list[Spoken], kept: Kept) -> list[tuple[str | None, str | None, str]]:
    found = hearing_problems(names, kept, judged(names, kept))
    return [(one.item, one.field, one.says) for one in found]


def test_only_names_with_a_sound_of_the_same_text_are_to_be_heard(content: Content):
    names = list(spoken_names(content, SOUNDS | {("fr/words/dusting", "other"): "x"}))
    assert {(one.item, one.option) for one in names} == {
        ("broom", "sweeping"),
        ("broom", "mopping"),
        ("broom", "ironing"),
        ("kitchen-first", "ironing"),
        ("rain", "mopping"),
        ("rain", "ironing"),
    }
    assert names[0].phrases[-1] == "dépasser"


def test_names_that_are_heard_as_themselves_are_in_order(content: Content):
    names, kept = all_heard(content)
    assert says(names, kept) == []


def test_a_name_that_sounds_like_another_is_a_problem(content: Content):
    names, kept = all_heard(content, mopping={"balayer": LIKELY})
    assert says(names, kept) == [
        ("broom", "fr", 'the name of "mopping" is taken for "sweeping"'),
    ]


@pytest.mark.parametrize(
    ("place", "other", "problem"),
    [
        (0, "repasser", 'the name of "sweeping" is not heard as it, and ranks after "ironing"'),
        (1, "balayer", 'the name of "mopping" is not heard as it, and ranks after "sweeping"'),
    ],
)
def test_a_name_that_ranks_second_is_a_problem(
    content: Content, place: int, other: str, problem: str
):
    names, kept = all_heard(content)
    one = names[place]
    means = dict.fromkeys(NAMES.values(), -3.5) | {other: -3.0}
    badly = heard(one, text="xxxx", means=means)
    assert says(names, kept.with_heard(one, [badly], engines="ear:1")) == [
        ("broom", "fr", problem),
    ]


def test_a_name_that_is_unsure_and_ranks_first_is_no_problem(content: Content):
    names, kept = all_heard(content)
    one = names[0]
    badly = heard(one, text="xxxx", means={"repasser": -3.5, "balayer": -3.0})
    assert says(names, kept.with_heard(one, [badly], engines="ear:1")) == []


def test_a_name_whose_sound_is_unusable_is_a_problem(content: Content):
    names, kept = all_heard(content)
    assert says(names, kept.with_heard(names[0], [], engines="ear:1")) == [
        ("broom", "fr", 'the name of "sweeping" is not heard as it'),
    ]


def test_what_is_unheard_or_changed_since_is_a_problem_with_the_command(content: Content):
    names, kept = all_heard(content)
    changed = Spoken(**{**vars(names[0]), "phrases": (*names[0].phrases, "ballet")})
    assert says([changed, *names[1:]], kept) == [
        (
            None,
            None,
            "1 of 3 names are unheard, or changed since: voice-app content check --listen",
        )
    ]
    assert len(kept.only([changed, *names[1:]]).entries) == 2


def test_a_bank_without_sounds_has_nothing_to_hear(content: Content):
    assert list(spoken_names(content, {})) == []
    assert says([], Kept({})) == []


def test_what_is_kept_is_read_back(content: Content, tmp_path: Path):
    names, kept = all_heard(content)
    (tmp_path / HEARD_NAME).write_text(kept.text(), "utf-8")
    again = load_kept(tmp_path)
    assert again == kept
    assert again.text() == kept.text()
    assert again.of(names[0]) == kept.of(names[0])
    ((first,),) = again.of(names[0])
    assert first.scores[0] == score("balayer", LIKELY)
    assert load_kept(tmp_path / "items") == Kept({})


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"version": 2}', "7", Kept({"a": {"engines": 7, "heard": []}}).text()],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str):
    (tmp_path / HEARD_NAME).write_text(text, "utf-8")
    with pytest.raises(ContentError, match=r"^heard\.json: this is not a file of what was heard"):
        load_kept(tmp_path)


def judged_as(content: Content, **means: Mapping[str, float]) -> list[Judged]:
    names, kept = all_heard(content, **means)
    return judged(names, kept)


def test_what_the_machine_hardly_tells_apart_is_listed(content: Content):
    mopping = {"laver le sol": -1.0, "balayer": -1.4}
    (found,) = confusables(content, judged_as(content, mopping=mopping), "fr")
    assert (found.item, found.a, found.b) == ("broom", "balayer", "laver le sol")
    assert 0 < found.lead < 1
    assert found.is_close_for_the_machine
    assert found.sounds < 0.75 > found.letters


def test_a_foil_that_the_machine_prefers_to_the_name_is_listed(content: Content):
    ironing = {"repasser": -1.0, "dépasser": -0.9}
    (found,) = confusables(content, judged_as(content, ironing=ironing), "fr")
    assert (found.a, found.b, found.guard) == ("repasser", "dépasser", "foil")
    assert found.lead < 0


def test_what_looks_or_sounds_alike_is_listed_even_if_nobody_listened(tmp_path: Path):
    words = FRENCH.replace("{name: repasser}", '{name: repasser, accepted: [balayes, "12"]}')
    content = load_content(write_bank(tmp_path, languages_fr_words_yaml=words))
    (found,) = confusables(content, [], "fr")
    assert (found.a, found.b, found.lead, found.guard) == ("balayer", "balayes", None, "the margin")


def test_what_was_kept_of_other_numbers_is_to_be_heard_again(content: Content, tmp_path: Path):
    _, kept = all_heard(content)
    (tmp_path / HEARD_NAME).write_text(kept.text().replace('"mean"', '"median"'), "utf-8")
    assert load_kept(tmp_path) == Kept({})
