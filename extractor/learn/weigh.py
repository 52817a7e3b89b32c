"""Claims that are known to be right or wrong in, the boosted trees that weigh claims among those of their article out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.tree import DecisionTreeRegressor

from extractor.normalise.among import NAMES
from extractor.trees import BoostedTrees

_SEED = 0
_DEPTH = 4
_TREES, _RATE = 300, 0.03
_LEAF, _SHARE, _FEATURES = 30, 0.5, 0.4
"""Claims in a leaf, share of the claims and of the features that a tree sees; chosen by cross-validation over the dev articles among few settings, which differ by 0.005 F1."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The claims of one article, described beside each other, and which of them are right."""

    rows: NDArray[np.float32]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class FittedTrees:
    """A fitted scikit-learn model of boosted trees."""

    model: GradientBoostingClassifier

    def arrays(self) -> BoostedTrees:
        """The same as a run reads it."""
        return _as_arrays(self.model)


def fit_trees(weighed: Sequence[Weighed]) -> FittedTrees:
    """Fit the trees to the claims of many articles."""
    rows = np.vstack([one.rows for one in weighed if len(one.right)])
    right = np.array([value for one in weighed for value in one.right])
    model = GradientBoostingClassifier(
        n_estimators=_TREES, learning_rate=_RATE, max_depth=_DEPTH, min_samples_leaf=_LEAF, subsample=_SHARE, max_features=_FEATURES, random_state=_SEED
    )
    return FittedTrees(model.fit(rows, right))


def _as_arrays(model: GradientBoostingClassifier) -> BoostedTrees:
    trees: list[DecisionTreeRegressor] = [tree for (tree,) in model.estimators_]
    counts = [tree.tree_.node_count for tree in trees]
    roots = np.cumsum([0, *counts[:-1]])
    own = np.arange(sum(counts))
    left, right = (
        np.concatenate([np.where(side < 0, side, side + root) for side, root in zip(sides, roots, strict=True)])
        for sides in ([t.tree_.children_left for t in trees], [t.tree_.children_right for t in trees])
    )
    leaf = left < 0
    feature = np.concatenate([tree.tree_.feature for tree in trees])
    prior = model.init_.class_prior_[1]
    return BoostedTrees(
        numbers=NAMES,
        feature=np.where(leaf, 0, feature).astype(np.int32),
        threshold=np.concatenate([tree.tree_.threshold for tree in trees]),
        left=np.where(leaf, own, left).astype(np.int32),
        right=np.where(leaf, own, right).astype(np.int32),
        value=model.learning_rate * np.concatenate([tree.tree_.value[:, 0, 0] for tree in trees]),
        roots=roots.astype(np.int32),
        start=float(np.log(prior / (1 - prior))),
        depth=_DEPTH,
    )
