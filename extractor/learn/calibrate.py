"""Claims that are known to be right or wrong in, what their probabilities are worth and the thresholds of the modes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from extractor.relate.models import Calibration, Mode
from extractor.trees import logit

_LOOSE = 1e6
PRECISION_WANTED = 0.8
"""Of ten claims shown in the precise mode eight are right, if any threshold gives that; own choice."""
AS_GOOD = 0.002
"""F1 below the best that counts as good as it; own choice: the F1 is flat over a wide range of thresholds, and a curator pays for wrong claims first."""
_FEWEST = 30
"""Claims above a threshold that its precision is believed for; own choice."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The probabilities of a claim's parts, and whether all of it is right."""

    parts: tuple[float, ...]
    right: bool


def fit_calibration(judged: Sequence[Judged]) -> Calibration:
    """Fit a logistic regression from the logits of the parts to whether the claim is right (Platt 1999)."""
    features = np.array([[logit(part) for part in one.parts] for one in judged])
    regression = LogisticRegression(C=_LOOSE, max_iter=500).fit(features, [one.right for one in judged])
    return Calibration(weights=tuple(float(w) for w in regression.coef_[0]), intercept=float(regression.intercept_[0]))


def choose_thresholds(outcomes: Sequence[tuple[float, bool]], *, gold: int) -> Mapping[Mode, float]:
    """Choose the least confidence of a claim that each mode shows.

    Parameters
    ----------
    outcomes
        Confidence of each claim, and whether it is right.
    gold
        How many claims there are to find.

    Returns
    -------
        `balanced` is the highest with an F1 as good as the best; `precise` the most claims at the wanted precision (without such a threshold, the more confident quarter);
        `complete` shows all.
    """
    ordered = sorted(outcomes, key=lambda outcome: -outcome[0])
    hits = np.cumsum([right for _, right in ordered])
    shown = np.arange(1, len(ordered) + 1)
    ends = [i for i in range(len(ordered)) if i + 1 == len(ordered) or ordered[i + 1][0] < ordered[i][0]]
    scores = {i: 2 * hits[i] / (shown[i] + gold) for i in ends}
    best = min(i for i in ends if scores[i] >= max(scores.values()) - AS_GOOD)
    good = [i for i in ends if i + 1 >= _FEWEST and hits[i] / shown[i] >= PRECISION_WANTED]
    precise = good[-1] if good else len(ordered) // 4
    return {"precise": round(ordered[precise][0], 3), "balanced": round(ordered[best][0], 3), "complete": 0.0}
