"""Boosted trees as arrays: rows of numbers in, probabilities out. scikit-learn fits them (`learn/weigh.py`); a run only looks them up."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class BoostedTrees:
    """Binary gradient boosting (Friedman 2001). All nodes of all trees stand one behind the other.

    A node asks whether its `feature` is at most its `threshold` and goes on to `left` or `right`, both node numbers; at a leaf both are its own number,
    and its `value`, in log odds, counts. `roots` are the first nodes of the trees, `start` is the log odds before all trees. `numbers` names the columns
    of a row.
    """

    numbers: tuple[str, ...]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    roots: NDArray[np.int32]
    start: float
    depth: int

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The probability of each row, 0 to 1, for rows of shape (claims, features)."""
        places = np.tile(self.roots, (len(rows), 1))
        lines = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[lines, self.feature[places]] <= self.threshold[places]
            places = np.where(goes_left, self.left[places], self.right[places])
        scores: NDArray[np.float64] = self.start + self.value[places].sum(axis=1)
        return 1 / (1 + np.exp(-scores))


def logit(probability: float) -> float:
    """The logarithm of the odds, bounded to what a float can tell apart."""
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return log(bounded / (1 - bounded))
