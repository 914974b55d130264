import math
from pathlib import Path
from statistics import NormalDist

import pytest

from benchmarks.measures.baselines import (
    JUDGES,
    Judged,
    best_threshold,
    choice,
    exact,
    likeness,
    ratio,
    verify,
    weighted_ratio,
)
from benchmarks.measures.curves import (
    brier,
    calibration_error,
    det,
    equal_error,
    fewest_errors,
    reliability,
)
from benchmarks.measures.plots import plot_det, plot_reliability
from benchmarks.measures.shares import share


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 300, 0.0, 0.01264),
        (10, 100, 0.05523, 0.17437),
        (1, 10, 0.01788, 0.40415),
        (5, 5, 0.56552, 1.0),
    ],
)
def test_wilson_intervals_are_those_of_the_tables(part: int, whole: int, low: float, high: float):
    found = share(part, whole)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
    assert found.value == part / whole


def test_a_share_of_nothing_may_be_anything():
    found = share(0, 0)
    assert (found.low, found.high, str(found)) == (0.0, 1.0, "-")
    assert math.isnan(found.value)


def test_a_share_is_written_with_its_interval():
    assert str(share(10, 100)) == "10/100 = 10.0 % [5.5, 17.4]"


def test_scores_that_do_not_mix_have_no_equal_error():
    found = equal_error([0.8, 0.9], [0.1, 0.2])
    assert found.value == 0.0
    assert 0.2 < found.threshold <= 0.8


@pytest.mark.parametrize(
    ("right", "wrong", "value"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], 0.5),
        ([0, 5, 6, 7], [1, 2, 3, 6], 0.25),
        ([0.1, 0.2], [0.8, 0.9], 1.0),
        ([5, 5, 5], [5, 5], 0.5),
        ([0, 1, 1, 1, 1, 1, 1, 1, 1, 1], [0] * 9 + [1], 0.1),
    ],
)
def test_the_equal_error_lies_where_both_errors_meet(right, wrong, value: float):
    assert equal_error(right, wrong).value == pytest.approx(value)


def test_the_equal_error_of_two_normal_scores_is_the_textbooks():
    ranks = [(place + 0.5) / 2000 for place in range(2000)]
    wrong = [NormalDist(0, 1).inv_cdf(rank) for rank in ranks]
    right = [NormalDist(2, 1).inv_cdf(rank) for rank in ranks]
    assert equal_error(right, wrong).value == pytest.approx(NormalDist().cdf(-1), abs=1e-3)


def test_errors_go_from_all_wrong_accepts_to_all_wrong_rejects():
    curve = det([1, 2, 3], [0, 1, 2])
    assert (curve.accepts[0], curve.rejects[0]) == (1.0, 0.0)
    assert (curve.accepts[-1], curve.rejects[-1]) == (0.0, 1.0)
    assert list(curve.accepts) == sorted(curve.accepts, reverse=True)
    assert list(curve.rejects) == sorted(curve.rejects)


def test_without_scores_of_a_side_there_is_no_trade():
    with pytest.raises(ValueError, match="right and of wrong"):
        det([1.0], [])


def test_the_best_threshold_makes_the_fewest_errors():
    assert fewest_errors([0.3, 0.7, 0.8, 0.9], [0.1, 0.4, 0.5]) == 0.7


def test_honest_chances_have_no_calibration_error():
    chances = [0.25] * 4 + [0.75] * 4
    truths = [True, False, False, False, True, True, True, False]
    assert calibration_error(chances, truths) == 0.0
    assert brier(chances, truths) == pytest.approx(0.1875)


def test_boasting_is_measured_as_far_as_it_goes():
    assert calibration_error([0.95] * 10, [True] * 5 + [False] * 5) == pytest.approx(0.45)
    assert brier([1.0, 0.0], [True, False]) == 0.0
    assert brier([1.0, 0.0], [False, True]) == 1.0


def test_bins_count_every_decision_and_leave_out_empty_ones():
    bins = reliability([0.0, 0.04, 0.55, 1.0], [False, False, True, True])
    assert [(each.count, each.right) for each in bins] == [(2, 0.0), (1, 1.0), (1, 1.0)]


def test_equal_spelling_forgives_case_and_signs_and_nothing_else():
    assert exact("Le  salon!", "le salon") == 100
    assert exact("salon", "le salon") == 0
    assert exact("il est pres", "il est près") == 0
    assert exact("l'eau", "leau") == 100


def test_likeness_ignores_case_and_signs():
    assert ratio("Wash the floor.", "wash the floor") == 100
    assert weighted_ratio("do not wash hands", "wash hands") >= 85


@pytest.mark.parametrize("name", JUDGES)
@pytest.mark.parametrize("silence", ["", " ", "...", "?!"])
def test_silence_is_like_nothing(name: str, silence: str):
    assert likeness(JUDGES[name], silence, silence) == 0
    assert choice(JUDGES[name], silence, ["the room", "the broom"]) is None


def test_a_choice_is_the_option_most_like_what_was_heard():
    assert choice(ratio, "The brooms", ["the room", "the broom", "a mop", "a map"]) == "the broom"
    assert choice(exact, "The brooms", ["the room", "the broom"]) is None
    assert choice(ratio, "anything", []) is None


def test_the_order_of_options_chooses_none_of_two_that_are_as_like():
    assert choice(ratio, "the", ["the b", "the a"]) == "the a"
    assert choice(ratio, "the", ["the a", "the b"]) == "the a"


def test_a_judge_has_its_best_threshold():
    judged = [
        Judged("the broom", "the broom", is_right=True),
        Judged("the brooms", "the broom", is_right=True),
        Judged("the room", "the broom", is_right=False),
        Judged("a mop", "the broom", is_right=False),
    ]
    threshold = best_threshold(ratio, judged)
    assert ratio("the room", "the broom") < threshold <= ratio("the brooms", "the broom")


def test_a_threshold_of_one_part_is_tried_on_the_other():
    dev = [
        Judged("the brooms", "the broom", is_right=True),
        Judged("a mop", "the broom", is_right=False),
    ]
    report = [*dev, Judged("the room", "the broom", is_right=False)]
    report += [Judged("zoom", "the broom", is_right=True)]
    found = verify(exact, dev=dev, report=report)
    assert (found.threshold, found.equal_error) == (100, 0.5)
    assert (found.wrong_accepts.part, found.wrong_rejects.part) == (0, 2)
    found = verify(ratio, dev=dev, report=report)
    assert (found.wrong_accepts.part, found.wrong_rejects.part) == (0, 1)
    assert 0 < found.equal_error <= 0.5


def test_plots_are_files_that_are_the_same_for_the_same_numbers(tmp_path: Path):
    curves = {"ours": det([2, 3, 4, 1], [0, 1, 2, 0]), "ratio": det([1, 2, 3, 0], [0, 1, 2, 2])}
    judged = {"en": ([0.1, 0.4, 0.9, 0.95], [False, True, True, True])}
    for folder in ("a", "b"):
        plot_det(curves, tmp_path / folder / "det.svg", title="English")
        plot_reliability(judged, tmp_path / folder / "reliability.svg", title="Chances")
    for name in ("det.svg", "reliability.svg"):
        first, again = ((tmp_path / folder / name).read_text() for folder in ("a", "b"))
        assert first == again
        assert "<svg" in first
    assert "wrong accepts, %" in (tmp_path / "a" / "det.svg").read_text()
