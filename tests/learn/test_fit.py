"""Fitting on instances made by hand."""

import numpy as np
import pytest
from extractor.learn.dataset import Instance
from extractor.learn.fit import STRENGTH, fit
from extractor.relate.models import TASKS


def instances(*rows: tuple[str, str], times: int = 5) -> list[Instance]:
    """`("a b", "yes")`: an instance with these features."""
    return [Instance(features=tuple(words.split()), label=label) for words, label in rows for _ in range(times)]


SIMPLE = instances(("up both", "yes"), ("down both", "no"))


def test_what_tells_the_classes_apart_gets_the_weight() -> None:
    model = fit("region", SIMPLE).linear()
    assert model.classes == ("no", "yes")
    assert model.weights["up"][1] > 0.1 > abs(model.weights["both"][1])
    assert model.weights["down"][1] == pytest.approx(-model.weights["up"][1], abs=1e-4)
    assert model.probabilities(["up"])["yes"] > 0.5 > model.probabilities(["down"])["yes"]


def test_features_seen_in_fewer_than_three_instances_are_left_out() -> None:
    rows = [*SIMPLE, *instances(("twice up", "yes"), times=2), *instances(("thrice up", "yes"), times=3)]
    assert set(fit("region", rows).linear().weights) == {"up", "down", "both", "thrice"}


def test_a_feature_named_twice_in_an_instance_is_seen_once() -> None:
    assert "often" not in fit("region", [*SIMPLE, *instances(("often often up", "yes"), times=2)]).linear().weights


@pytest.mark.parametrize("classes", [2, 3])
def test_the_table_of_weights_gives_the_probabilities_of_the_regression(classes: int) -> None:
    rows = instances(("a b", "one"), ("b c", "two"), ("a c d", "three"), ("d", "one"))
    rows = rows if classes == 3 else [one for one in rows if one.label != "three"]
    fitted = fit("claim", rows)
    linear = fitted.linear()
    matrix = fitted.vectorizer.transform([dict.fromkeys(one.features, 1) for one in rows])
    expected = fitted.regression.predict_proba(matrix)
    assert linear.classes == tuple(fitted.regression.classes_)
    assert np.array([list(linear.probabilities(one.features).values()) for one in rows]) == pytest.approx(expected)


def test_fitting_twice_gives_the_same_to_the_last_bit() -> None:
    rows = instances(("a b", "one"), ("b c", "two"), ("a c d", "three"), ("d", "one"))
    assert fit("claim", rows).linear() == fit("claim", rows).linear()


def test_the_features_are_in_the_order_of_the_coefficients() -> None:
    fitted = fit("region", SIMPLE)
    assert list(fitted.features()) == ["both", "down", "up"]
    assert fitted.regression.coef_.shape == (1, 3)


def test_instances_that_weigh_more_count_more() -> None:
    rows = instances(("both", "yes"), ("both", "no"))
    even = fit("region", rows).linear().probabilities(["both"])
    heavy = fit("region", rows, weights=[3.0] * 5 + [1.0] * 5).linear().probabilities(["both"])
    assert even["yes"] == pytest.approx(0.5, abs=1e-3)
    assert heavy["yes"] == pytest.approx(0.75, abs=1e-3), "three of four, by weight"


def test_less_regularisation_makes_weights_larger() -> None:
    weak, strong = (fit("region", SIMPLE, strength=strength).linear().weights["up"][1] for strength in (10.0, 0.01))
    assert weak > strong > 0
    plain = fit("region", SIMPLE).linear()
    assert plain == fit("region", SIMPLE, strength=STRENGTH["region"]).linear()


def test_every_task_has_its_strength() -> None:
    assert set(STRENGTH) == set(TASKS)


def test_one_class_alone_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="at least 2 classes"):
        fit("region", instances(("up", "yes")))
