import random

import pytest
from extractor.evaluate.calibration import (
    BINS,
    average_precision,
    calibration_counts,
    confident_precision,
    curve,
    expected_error,
    mean_square,
    outcomes,
    reliability,
)
from sklearn.metrics import average_precision_score, brier_score_loss


@pytest.fixture(scope="module")
def four(claim, scored):
    """Two right (0.9, 0.6) and two wrong (0.9, 0.2) predictions; three gold claims."""
    gold = [claim("BDNF"), claim("mTOR"), claim("TrkB")]
    predicted = [claim("BDNF", confidence=0.9), claim("mTOR", confidence=0.6), claim("IL6", confidence=0.9), claim("GluA1", confidence=0.2)]
    return scored(gold, predicted)


def test_brier_by_hand(four):
    assert mean_square(calibration_counts(four)) == pytest.approx((0.1**2 + 0.4**2 + 0.9**2 + 0.2**2) / 4)


def test_expected_error_by_hand(four):
    """Bin 0.9: two with confidence 0.9, one right, gap 0.4. Bin 0.6: gap 0.4. Bin 0.2: gap 0.2."""
    assert expected_error(calibration_counts(four)) == pytest.approx((2 * 0.4 + 0.4 + 0.2) / 4)


def test_reliability_by_hand(four):
    bins = reliability([four])
    assert len(bins) == BINS
    assert [(one.low, one.predictions) for one in bins if one.predictions] == [(0.2, 1), (0.6, 1), (0.9, 2)]
    assert (bins[9].confidence, bins[9].precision) == (pytest.approx(0.9), 0.5)
    assert bins[0].confidence is None
    assert bins[0].precision is None


def test_certainty_of_one_is_in_the_last_bin(claim, scored):
    assert reliability([scored([claim()], [claim(confidence=1.0)])])[-1].predictions == 1


def test_curve_by_hand(four):
    """Ties share a point: at 0.9 one of two right, at 0.6 two of three, at 0.2 two of four; recall over three gold claims."""
    assert [(one.threshold, one.precision, one.recall) for one in curve([four])] == [
        (0.9, 1 / 2, 1 / 3),
        (0.6, pytest.approx(2 / 3), pytest.approx(2 / 3)),
        (0.2, 2 / 4, pytest.approx(2 / 3)),
    ]
    assert average_precision(curve([four])) == pytest.approx(1 / 2 * 1 / 3 + 2 / 3 * 1 / 3)


def test_precision_of_the_confident_part_by_hand(claim, scored):
    """Eleven predictions over two articles, from 0.95 down; those at 0.95, 0.85 and 0.45 are wrong, so are the last two."""
    levels = [0.95, 0.85, 0.75, 0.65, 0.55, 0.45, 0.35, 0.25, 0.15, 0.1, 0.05]
    wrong = {0.95, 0.85, 0.45, 0.1, 0.05}
    halves = [[level for no, level in enumerate(levels) if no % 2 == odd] for odd in (0, 1)]
    gold = [[claim(f"M{level}") for level in half if level not in wrong] for half in halves]
    both = [scored(right, [claim(f"M{level}", confidence=level) for level in half]) for right, half in zip(gold, halves, strict=True)]
    assert confident_precision(both, parts=1) == 6 / 11
    assert confident_precision(both, parts=2) == 3 / 6
    assert confident_precision(both, parts=10) == 0  # two of eleven
    assert confident_precision(both, parts=4) == 1 / 3
    assert confident_precision(both[::-1], parts=4) == 1 / 3


def test_equal_confidence_is_not_divided(four, claim, scored):
    """The most confident tenth of four is one, but two have 0.9 and one of them is right."""
    assert confident_precision([four], parts=10) == 1 / 2
    region = scored([claim("BDNF", "CA1")], [claim("BDNF", confidence=0.5)])
    assert (confident_precision([region], parts=2), confident_precision([region], parts=2, level="lenient")) == (0, 1)


def test_agreement_with_scikit_learn(claim, scored):
    """Every gold claim is predicted, so that scikit-learn, which knows no missed claims, has the same recall."""
    generator = random.Random(11)
    right = [claim(f"R{n}", confidence=round(generator.uniform(0.3, 1), 2)) for n in range(60)]
    wrong = [claim(f"W{n}", confidence=round(generator.uniform(0, 0.8), 2)) for n in range(60)]
    one = scored(right, [*right, *wrong])
    confidences, truth = zip(*outcomes(one), strict=True)
    assert mean_square(calibration_counts(one)) == pytest.approx(brier_score_loss(truth, confidences))
    assert average_precision(curve([one])) == pytest.approx(average_precision_score(truth, confidences))


def test_no_predictions_are_not_available(claim, scored):
    empty = scored([claim()], [])
    assert mean_square(calibration_counts(empty)) is None
    assert expected_error(calibration_counts(empty)) is None
    assert average_precision(curve([empty])) is None
    assert confident_precision([empty], parts=2) is None
    assert len(reliability([])) == BINS
