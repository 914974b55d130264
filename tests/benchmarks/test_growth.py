import pytest

from benchmarks.load.growth import after_warm_up, slope


def test_growth_is_told_in_megabytes_a_minute():
    assert slope([100.0, 101.5, 103.0, 104.5]) == pytest.approx(1.5)


def test_what_stays_the_same_does_not_grow():
    assert slope([100.0, 100.0, 100.0]) == 0


def test_a_minute_with_two_processes_is_no_growth():
    assert slope([500.0, 500.0, 1000.0, 500.0, 500.0, 500.0, 500.0]) == 0


def test_the_first_third_is_warming_up():
    held = [float(minute) for minute in range(16)]  # the start, then 15 minutes
    assert after_warm_up(held) == held[5:]


@pytest.mark.parametrize("minutes", range(5))
def test_a_short_run_tells_nothing(minutes: int):
    assert not after_warm_up([1.0] * minutes)
