"""The data file of coefficients: versions stay, costs give thresholds."""

import pytest

from voice_app.scoring.calibration import CURRENT, NoCalibration, calibration
from voice_app.scoring.costs import COSTS
from voice_app.scoring.features import NAMES


def test_the_current_coefficients_are_for_three_languages_and_two_tasks() -> None:
    current = calibration()
    assert current.version == CURRENT
    for language in ("fr", "es", "en"):
        for task in ("choose", "phrase"):
            assert current.knows(language, task)
            assert set(current.model(language, task).weights) == set(NAMES)


def test_a_language_that_was_not_measured_has_those_of_all_together() -> None:
    current = calibration()
    assert not current.knows("ko", "choose")
    assert current.model("ko", "choose") == current.models["any/choose"]
    assert current.model("fr-CA", "choose") == current.models["fr/choose"]


def test_a_version_that_is_not_shipped_is_an_error() -> None:
    with pytest.raises(NoCalibration, match="of version nothing"):
        calibration("nothing")


def test_thresholds_follow_from_costs() -> None:
    assert COSTS["normal"].accept_from == pytest.approx(0.9)
    assert COSTS["normal"].reject_up_to == pytest.approx(0.05)
    assert COSTS["safety"].accept_from == pytest.approx(0.995)
    order = [COSTS[each].accept_from for each in ("practice", "normal", "safety")]
    assert order == sorted(order)
