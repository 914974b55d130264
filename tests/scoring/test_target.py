"""Texts put to targets: the same classes of answers in three languages, then what authors add."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_app.scoring.cases import heard_of, target_of
from voice_app.scoring.target import Slot, Target, understand

DATA = Path(__file__).parent / "data"
CASES = [
    json.loads(line)
    for name in ("answer_cases.jsonl", "text_cases.jsonl")
    for line in (DATA / name).read_text("utf-8").splitlines()
]
VERDICTS = {"accept": "A", "reject": "R", "person": "H"}
ORDER = Target("restate", "fr", ("passez l'aspirateur dans le salon",))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_gets_a_tolerable_verdict(case: dict[str, str]) -> None:
    understood = understand(target_of(case), heard_of(case))
    assert VERDICTS[understood.verdict] in case["ok"], understood
    assert understood.reasons
    assert 0.0 <= understood.likeness <= 1.0


def test_few_answers_are_left_to_a_person_beyond_those_that_must_be() -> None:
    verdicts = [understand(target_of(case), heard_of(case)).verdict for case in CASES]
    expected = sum(case["expect"] == "H" for case in CASES)
    assert verdicts.count("person") - expected <= 0.05 * len(CASES)


@pytest.mark.parametrize(
    ("task", "text", "verdict"),
    [
        ("restate", "la serpillière, pas l'éponge", "person"),
        ("name", "euh, une wassingue", "accept"),
        ("name", "je ne sais pas", "reject"),
        ("name", "je ne sais pas comment ça s'appelle", "reject"),
        ("name", "répétez", "person"),
        ("name", "on arrête", "person"),
        ("name", "Thanks for watching!", "person"),
        ("name", "la [unk]", "person"),
        ("name", "", "person"),
        ("name", "...", "person"),
        ("name", "I don't know", "person"),
    ],
)
def test_what_is_no_answer_is_known_before_any_likeness(task: str, text: str, verdict: str) -> None:
    target = target_of({"lang": "fr", "task": task, "target": "la serpillière"})
    assert understand(target, text).verdict == verdict


def test_an_unknown_word_may_be_the_one_that_turns_the_meaning() -> None:
    assert understand(ORDER, "passez [unk] l'aspirateur dans le salon").reasons == ("unknown_word",)


def test_a_foil_is_found_and_an_accepted_answer_comes_first() -> None:
    target = Target("name", "fr", ("le zgueg", "la truc"), foils=("le zgog", "la truc"))
    assert understand(target, "un zgog") == understand(target, "le zgog")
    assert understand(target, "le zgog").reasons == ("foil",)
    assert understand(target, "la truc").verdict == "accept"
    assert understand(target, "le zgag").verdict == "person"


def test_the_fillers_of_a_slot_are_synonyms_and_its_siblings_are_wrong() -> None:
    slots = (Slot("machine", ("l'aspirateur", "le zip"), ("le zap",)), Slot("place", ("le salon",)))
    target = Target("restate", "fr", ORDER.accepted, slots)
    assert understand(target, "passez le zip dans le salon").verdict == "accept"
    assert understand(target, "passez le zap dans le salon").verdict == "reject"
    assert understand(target, "aspirateur salon").verdict == "accept"
    assert understand(ORDER, "aspirateur salon").verdict == "person"
    assert understand(target, "aspirateur cuisine").verdict != "accept"


def test_order_matters_where_the_author_says_so() -> None:
    phrase = "lavez les verres et les assiettes"
    turned = "lavez les assiettes et les verres"
    free = Target("restate", "fr", (phrase,))
    assert understand(free, turned).verdict == "accept"
    strict = Target("restate", "fr", (phrase,), order_matters=True)
    assert understand(strict, turned).reasons == ("order",)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("the broom", "accept"),
        ("it's the broom", "accept"),
        ("a bucket", "reject"),
        ("the broom or the bucket", "person"),
        ("I don't know", "person"),
        ("elephant", "person"),
        ("", "person"),
    ],
)
def test_choosing_is_among_the_options(text: str, verdict: str) -> None:
    target = target_of(
        {"lang": "en", "target": "the broom", "options": ["the broom", "the bucket", "the mop"]}
    )
    assert target.task == "choose"
    assert understand(target, text).verdict == verdict


def test_a_language_without_tables_accepts_only_the_same_words() -> None:
    target = Target("restate", "de", ("das Fenster schließen",))
    assert understand(target, "Das Fenster schließen!").verdict == "accept"
    assert understand(target, "das Fenster nicht schließen").reasons == ("no_tables",)


@pytest.mark.parametrize(
    ("language", "target", "heard"),
    [
        ("fr", "appelez-moi avant de partir", "appelez-le avant de partir"),
        ("es", "llámeme antes de salir", "llámele antes de salir"),
        ("en", "call me before you leave", "call him before you leave"),
    ],
)
def test_calling_me_is_not_calling_somebody_else(language: str, target: str, heard: str) -> None:
    assert understand(Target("restate", language, (target,)), heard).verdict != "accept"


@given(
    text=st.text(max_size=40),
    language=st.sampled_from(("fr", "es", "en", "ko")),
    task=st.sampled_from(("choose", "name", "repeat", "restate")),
)
def test_any_text_at_all_is_judged(text: str, language: str, task: str) -> None:
    target = target_of({"lang": language, "task": task, "target": "la mesa", "foils": ["la misa"]})
    assert understand(target, text) == understand(target, text)
