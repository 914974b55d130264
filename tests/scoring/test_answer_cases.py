"""Known cases where naive matching goes wrong, put as a choice among phrases of their language."""

import json
from pathlib import Path

import pytest

from tests.scoring.choices import choice_of
from voice_app.scoring.decide import Right, Unsure, Verdict, Wrong, decide, said
from voice_app.scoring.match import Candidate, Choice

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "answer_cases.jsonl")
    .read_text("utf-8")
    .splitlines()
]
# What authors would list as accepted besides the name itself.
ALSO_ACCEPTED = {
    "en18": ("the vacuum",),
    "en29": ("lock the door",),
    "en36": ("take out the trash",),
    "es05": ("el trapeador",),
}
# Free word order and changed person belong to restating, which no item of a choice asks for.
NOT_A_CHOICE = {"fr10", "es34"}


def _verdict(case: dict[str, str], *others: str) -> Verdict:
    right = Candidate(
        case["target"],
        tuple(
            (case["lang"], each) for each in (case["target"], *ALSO_ACCEPTED.get(case["id"], ()))
        ),
    )
    rest = choice_of(case["lang"], case["target"], *others).candidates[1:]
    choice = Choice("", case["lang"], case["lang"], (right, *rest), right.id)
    return decide(choice, [said(case["heard"], language=case["lang"])])


def _others(case: dict[str, str]) -> list[str]:
    return sorted(
        {each["target"] for each in CASES if each["lang"] == case["lang"]} - {case["target"]}
    )[:3]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_gets_a_tolerable_verdict(case: dict[str, str]) -> None:
    verdict = _verdict(case, *_others(case))
    if case["expect"] != "A":
        assert not isinstance(verdict, Right), verdict
    elif case["id"] in NOT_A_CHOICE or "H" in case["ok"]:
        assert not isinstance(verdict, Wrong), verdict
    else:
        assert isinstance(verdict, Right), verdict


@pytest.mark.parametrize(
    "case",
    [each for each in CASES if each["expect"] == "R" and each["cat"] != "meta"],
    ids=lambda case: case["id"],
)
def test_the_other_answer_is_found_where_it_is_an_option(case: dict[str, str]) -> None:
    verdict = _verdict(case, case["heard"])
    assert isinstance(verdict, Wrong), verdict
    assert verdict.chosen == case["heard"]


def test_not_knowing_is_never_put_down_as_another_option() -> None:
    (case,) = (each for each in CASES if each["cat"] == "meta")
    verdict = _verdict(case, *_others(case))
    assert isinstance(verdict, Unsure)
    assert "meta_dont_know" in verdict.reasons
