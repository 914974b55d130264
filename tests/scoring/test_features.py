"""Evidence as numbers: what leads, what is named, and what no outlier can change."""

import math

from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.choices import choice_of
from tests.scoring.evidence import heard, score
from voice_app.scoring.calibration import calibration
from voice_app.scoring.features import NAMES, features, sounds
from voice_app.scoring.match import match
from voice_app.scoring.sources import Heard, phrases

CHOICE = choice_of("fr", "le seau", "le balai", "la pelle")


def _features(one: Heard, candidate: str) -> dict[str, float]:
    matches = [match(CHOICE, one.text, one.language)]
    return dict(features(sounds(CHOICE, [one]), matches, candidate=candidate))


def test_the_likeliest_leads_and_is_named() -> None:
    one = heard("le seau", score("le seau", -0.2), score("le balai", -5.0))
    found = _features(one, "le seau")
    assert tuple(found) == NAMES
    assert found["lead"] == 3.0
    assert (found["named"], found["other_named"]) == (1.0, 0.0)
    assert found["likeness"] == 1.0


def test_what_the_engine_expects_unheard_counts_against_a_phrase() -> None:
    common = score("le seau", -2.0, prior=-1.0)
    rare = score("le balai", -2.1, prior=-6.0)
    assert sounds(CHOICE, [heard("", common, rare)]).best == "le balai"


def test_digits_stand_for_the_number_they_write() -> None:
    choice = choice_of("fr", "soixante-dix", "soixante")
    assert phrases(choice)["fr"] == ("soixante-dix", "70", "soixante", "60")
    assert (
        sounds(choice, [heard("70", score("70", -0.1), score("60", -4.0))]).best == "soixante-dix"
    )


def test_the_likeliest_of_all_forms_and_languages_counts() -> None:
    one = heard("", score("le seau", -4.0), score("le balai", -3.0))
    other = heard("", score("le seau", -0.5))
    assert sounds(CHOICE, [one, other]).best == "le seau"


@given(mean=st.floats(-60, 0), lowest=st.floats(-60, 0), seconds=st.floats(0, 60), text=st.text())
def test_numbers_are_finite_and_chances_lie_between_0_and_1(
    mean: float, lowest: float, seconds: float, text: str
) -> None:
    one = heard(text, score("le seau", mean, lowest=lowest), seconds=seconds)
    found = _features(one, "le seau")
    assert all(math.isfinite(each) for each in found.values())
    for language in ("fr", "es", "en", "ko"):
        for task in ("choose", "phrase"):
            assert 0 < calibration().model(language, task).probability(found) < 1
