"""Instances in, fitted models out: one logistic regression a task over features that are there or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from extractor.learn.dataset import Instance
from extractor.relate.models import LinearModel, Task

STRENGTH: Mapping[Task, float] = {
    "claim": 0.02, "region": 0.1, "species": 0.1, "agent": 0.1, "form": 0.3, "agent_type": 0.3, "attribution": 0.1, "certainty": 0.1,
}  # fmt: skip
"""Inverse strength of the regularisation; chosen by cross-validation over the dev articles among 0.015 to 0.3."""
_LEAST_SEEN = 3
"""Features seen in fewer instances are left out: they cannot be learned and name single documents."""
_SEED = 0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted scikit-learn model with the vectorizer that belongs to it."""

    vectorizer: DictVectorizer
    regression: LogisticRegression

    def features(self) -> NDArray[np.str_]:
        """The names of the features, in the order of the regression's coefficients."""
        return np.array(self.vectorizer.get_feature_names_out(), dtype=np.str_)

    def linear(self) -> LinearModel:
        """The model as a table of weights."""
        classes = [str(name) for name in self.regression.classes_]
        weights, intercept = self.regression.coef_, self.regression.intercept_
        if len(classes) == 2:
            weights, intercept = np.vstack([np.zeros_like(weights[0]), weights[0]]), np.array([0.0, intercept[0]])
        table = {str(name): tuple(float(w) for w in weights[:, i]) for i, name in enumerate(self.features())}
        return LinearModel(classes=tuple(classes), weights=table, intercept=tuple(float(b) for b in intercept))


def fit(task: Task, instances: Sequence[Instance], *, weights: Sequence[float] | None = None, strength: float | None = None) -> Fitted:
    """Fit the model of one task.

    Parameters
    ----------
    task
        Which.
    instances
        What to learn from, of at least two classes.
    weights
        One for each instance; None weighs all the same.
    strength
        Inverse strength of the regularisation; None takes that of the task.
    """
    seen = Counter(feature for instance in instances for feature in set(instance.features))
    rows = [{feature: 1 for feature in instance.features if seen[feature] >= _LEAST_SEEN} for instance in instances]
    vectorizer = DictVectorizer(dtype=np.float64)
    matrix = vectorizer.fit_transform(rows)
    regression = LogisticRegression(C=strength or STRENGTH[task], max_iter=500, random_state=_SEED)
    regression.fit(matrix, [instance.label for instance in instances], sample_weight=weights)
    return Fitted(vectorizer=vectorizer, regression=regression)
