"""Boosted trees as arrays, against trees small enough to follow by hand."""

from math import exp

import numpy as np
import pytest
from extractor.trees import BoostedTrees, logit

STUMPS = BoostedTrees(
    numbers=("size", "age"), feature=np.array([0, 0, 0, 1, 0, 0], dtype=np.int32), threshold=np.array([1.5, 0, 0, 10, 0, 0]),
    left=np.array([1, 1, 2, 4, 4, 5], dtype=np.int32), right=np.array([2, 1, 2, 5, 4, 5], dtype=np.int32),
    value=np.array([0, -1, 2, 0, 0.5, -0.25]), roots=np.array([0, 3], dtype=np.int32), start=0.25, depth=2,
)  # fmt: skip
"""Two trees of one question each; they are asked twice, and stay at their leaf."""


@pytest.mark.parametrize(("row", "score"), [((1.5, 10), -1 + 0.5), ((1.6, 10), 2 + 0.5), ((1.5, 11), -1 - 0.25), ((9, 99), 2 - 0.25)])
def test_a_row_goes_down_every_tree(row: tuple[float, float], score: float) -> None:
    (found,) = STUMPS.probabilities(np.array([row], dtype=np.float32))
    assert found == pytest.approx(1 / (1 + exp(-0.25 - score)))


def test_rows_do_not_touch_each_other() -> None:
    rows = np.array([[1, 1], [2, 20], [1, 20]], dtype=np.float32)
    assert STUMPS.probabilities(rows).tolist() == [STUMPS.probabilities(row[None, :])[0] for row in rows]
    assert STUMPS.probabilities(rows[:0]).shape == (0,)


def test_the_odds_are_bounded() -> None:
    assert logit(0.5) == 0
    assert logit(0.8) == pytest.approx(1.3863, abs=1e-4)
    assert (logit(1), logit(0)) == (pytest.approx(9.2102, abs=1e-4), pytest.approx(-9.2102, abs=1e-4))
