"""What probabilities are worth: thresholds by hand, calibration on outcomes whose probability is known."""

import random
from math import exp, log

import pytest
from extractor.learn.calibrate import PRECISION_WANTED, Judged, choose_thresholds, fit_calibration
from extractor.relate.models import Calibration
from extractor.trees import logit

SIZE = 6000
BINS = 10


def error_of(scored: list[tuple[float, bool]]) -> float:
    """The expected calibration error over ten bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in scored:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return sum(abs(sum(c for c, _ in one) - sum(r for _, r in one)) for one in bins) / len(scored)


def drawn(truth: Calibration, *, seed: int) -> list[Judged]:
    """Claims of three parts that are right as often as a known calibration says."""
    draw = random.Random(seed)
    parts = [(draw.uniform(0.25, 0.999), draw.uniform(0.1, 0.999), draw.uniform(0.1, 0.999)) for _ in range(SIZE)]
    return [Judged(parts=one, right=draw.random() < truth.probability(one)) for one in parts]


@pytest.mark.parametrize("truth", [Calibration(weights=(0.8, 0.4, 0.2), intercept=-0.7), Calibration(weights=(0.3, 1.0, 0.0), intercept=0.5)])
def test_a_known_calibration_is_found_again(truth: Calibration) -> None:
    found = fit_calibration(drawn(truth, seed=1))
    assert found.weights == pytest.approx(truth.weights, abs=0.1)
    assert found.intercept == pytest.approx(truth.intercept, abs=0.15)
    fresh = drawn(truth, seed=2)
    assert error_of([(found.probability(one.parts), one.right) for one in fresh]) < 0.03
    assert error_of([(one.parts[0], one.right) for one in fresh]) > 0.1, "the first part alone is no such probability"


def test_by_hand_parts_that_say_nothing_give_the_share_that_is_right() -> None:
    found = fit_calibration([Judged(parts=(0.5, 0.5, 0.5), right=i % 4 != 0) for i in range(100)])
    assert found.intercept == pytest.approx(log(3), abs=1e-3)
    assert found.probability((0.5, 0.5, 0.5)) == pytest.approx(0.75, abs=1e-3)


def test_by_hand_one_part_of_two_values() -> None:
    """At odds of 1 one of two is right, at odds of e³ nine of ten: the weight is log(9) / 3."""
    sure = 1 / (1 + exp(-3.0))
    rows = [Judged(parts=(0.5,), right=i % 2 == 0) for i in range(100)] + [Judged(parts=(sure,), right=i % 10 != 0) for i in range(100)]
    found = fit_calibration(rows)
    assert logit(sure) == pytest.approx(3)
    assert found.weights == pytest.approx((log(9) / 3,), abs=1e-3)
    assert found.probability((sure,)) == pytest.approx(0.9, abs=1e-3)


def test_balanced_is_where_f1_is_highest() -> None:
    # of 4 to find: after 1 F1 = 2/5, after 2 4/6, after 3 4/7, after 4 6/8, after 5 6/9
    ranked = [(0.9, True), (0.8, True), (0.7, False), (0.6, True), (0.5, False)]
    assert choose_thresholds(ranked, gold=4)["balanced"] == 0.6
    # of 2 to find: 2/3, 4/4, 4/5, ...
    assert choose_thresholds(ranked, gold=2)["balanced"] == 0.8


def test_the_order_in_which_outcomes_are_given_is_nothing() -> None:
    ranked = [(0.9, True), (0.8, True), (0.7, False), (0.6, True), (0.5, False)]
    assert choose_thresholds(ranked[::-1], gold=4) == choose_thresholds(ranked, gold=4)


def test_precise_shows_the_most_claims_at_the_wanted_precision() -> None:
    # 40 right, 10 wrong, 10 right, 20 wrong: 50 of 60 are more than enough, 50 of 62 still are, 50 of 63 are not
    ranked = [(0.9 - i / 1000, i < 40 or 50 <= i < 60) for i in range(80)]
    assert PRECISION_WANTED == 0.8
    assert choose_thresholds(ranked, gold=100)["precise"] == pytest.approx(0.9 - 61 / 1000)


def test_precise_believes_no_precision_of_fewer_than_thirty_claims() -> None:
    # 29 right ones at 0.95, then wrong ones: 29 of 30 is believed, 29 of 29 is not yet; the last place at 0.8 is 29 of 36
    found = choose_thresholds([(0.95 - i / 1000, i < 29) for i in range(60)], gold=60)
    assert found["precise"] == pytest.approx(0.95 - 35 / 1000)


def test_without_such_a_precision_the_more_confident_quarter_is_precise() -> None:
    ranked = [(1 - i / 100, i % 2 == 0) for i in range(80)]
    assert choose_thresholds(ranked, gold=80)["precise"] == pytest.approx(1 - 20 / 100)


def test_complete_shows_all_and_thresholds_are_rounded() -> None:
    found = choose_thresholds([(0.123456, True), (0.1, False)], gold=1)
    assert found == {"precise": 0.123, "balanced": 0.123, "complete": 0.0}
