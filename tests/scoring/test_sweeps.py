"""A part of the sweeps of benchmarks/text: never accepted, never rejected, never changed."""

import json
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.text.spelled_numbers import in_words
from benchmarks.text.sweeps import Check, metamorphic, operator_sweep
from voice_app.scoring.cases import heard_of, target_of
from voice_app.scoring.normalize import normalize

EVERY = 23
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "text_cases.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def _failures(checks: list[Check]) -> list[str]:
    return [failure for check in checks if (failure := check.failure())]


def test_no_operator_is_overlooked() -> None:
    checks = list(islice(operator_sweep(), 0, None, EVERY))
    assert {check.kind for check in checks} >= {"negator", "idiom", "opposite", "number", "time"}
    assert _failures(checks) == []


def test_what_means_the_same_is_judged_the_same() -> None:
    pairs = [(target_of(case), heard_of(case)) for case in CASES[::7]]
    assert _failures(list(metamorphic(pairs))) == []


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_numbers_in_words_are_read_as_digits(language: str) -> None:
    read = [normalize(f"x {in_words(number, language)}", language) for number in range(2, 100)]
    assert read == [f"x {number}" for number in range(2, 100)]
