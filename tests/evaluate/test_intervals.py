import numpy as np
import pytest
from extractor.evaluate.intervals import COVERAGE, Interval, draws, interval, paired
from extractor.evaluate.metrics import mean


def test_draws_take_as_many_articles_as_there_are_and_repeat_with_the_seed():
    times = draws(12, resamples=50, seed=3)
    assert times.shape == (50, 12)
    assert set(times.sum(axis=1)) == {12}
    assert (times == draws(12, resamples=50, seed=3)).all()
    assert (times != draws(12, resamples=50, seed=4)).any()
    assert draws(0, resamples=5).shape == (5, 0)


def test_equal_articles_leave_no_doubt():
    counts = np.asarray([(1, 2)] * 10, dtype=float)
    assert interval(counts, mean, times=draws(10)) == Interval(0.5, 0.5, 0.5)


def test_interval_by_hand():
    """Two articles, 0/1 and 1/1: a draw gives 0, 1/2 or 1 with chances 1/4, 1/2, 1/4, so 95 % reach from 0 to 1."""
    found = interval(np.asarray([(0, 1), (1, 1)], dtype=float), mean, times=draws(2))
    assert (found.value, found.low, found.high) == (0.5, 0, 1)


def test_interval_agrees_with_the_normal_approximation():
    """400 articles of one claim, 100 right: 0.25 give or take 1.96 times the root of 0.25 * 0.75 / 400."""
    counts = np.asarray([(no < 100, 1) for no in range(400)], dtype=float)
    found = interval(counts, mean, times=draws(400, resamples=4000))
    half = 1.96 * (0.25 * 0.75 / 400) ** 0.5
    assert (found.low, found.high) == pytest.approx((0.25 - half, 0.25 + half), abs=0.006)
    assert COVERAGE == 0.95


def test_not_available_has_no_ends():
    assert interval(np.zeros((3, 2)), mean, times=draws(3)) == Interval(None)
    assert interval(np.asarray([(1, 2)], dtype=float), mean, times=draws(1, resamples=0)) == Interval(0.5)


def test_the_same_run_twice_differs_by_nothing():
    counts = np.asarray([(1, 3), (2, 2), (0, 4)], dtype=float)
    gap = paired(counts, counts, mean, times=draws(3))
    assert gap.difference == Interval(0, 0, 0)
    assert gap.not_higher == 1


def test_paired_draws_see_a_small_steady_gain():
    """Articles differ much, but the second run is better by 1 of 10 in each: the interval of the difference is a point."""
    first = np.asarray([(no % 9, 10) for no in range(30)], dtype=float)
    gap = paired(first, first + (1, 0), mean, times=draws(30))
    assert gap.difference.value == pytest.approx(0.1)
    assert (gap.difference.low, gap.difference.high) == pytest.approx((0.1, 0.1))
    assert gap.not_higher == 0


def test_a_difference_to_nothing_is_not_available():
    gap = paired(np.zeros((2, 2)), np.ones((2, 2)), mean, times=draws(2))
    assert (gap.first, gap.second, gap.difference.value, gap.not_higher) == (None, 1, None, None)
