"""Trees that weigh claims: fitted by scikit-learn, and the same as arrays."""

import numpy as np
import pytest
from extractor.learn.weigh import Weighed, fit_trees
from extractor.normalise.among import NAMES

ROOM = np.random.default_rng(3)


def drawn(count: int) -> Weighed:
    """Claims that are right where their first number is positive, or the second one with the third."""
    rows = ROOM.normal(size=(count, len(NAMES))).astype(np.float32)
    return Weighed(rows=rows, right=tuple(bool(row[0] + row[1] * row[2] > 0) for row in rows))


def test_the_arrays_say_what_scikit_learn_says() -> None:
    fitted = fit_trees([drawn(400), drawn(300), Weighed(rows=np.zeros((0, len(NAMES)), dtype=np.float32), right=())])
    arrays, other = fitted.arrays(), drawn(200)
    found = arrays.probabilities(other.rows)
    assert found == pytest.approx(fitted.model.predict_proba(other.rows)[:, 1])
    assert np.mean((found > 0.5) == np.array(other.right)) > 0.7
    assert arrays.numbers == NAMES


def test_fitting_twice_gives_the_same() -> None:
    some = [drawn(300)]
    one, two = (fit_trees(some).arrays() for _ in range(2))
    assert (one.threshold == two.threshold).all()
    assert (one.value == two.value).all()
