"""The models as tables of weights, reckoned by hand."""

from math import exp, log

import pytest
from extractor.relate.models import NO_CLAIM, SLOT_TASKS, TASKS, Calibration, ClaimModels, LinearModel, logit

TWO = LinearModel(classes=("no", "yes"), weights={"a": (0.0, log(3)), "b": (0.0, log(2))}, intercept=(0.0, 0.0))
THREE = LinearModel(classes=("up", "down", NO_CLAIM), weights={"a": (1.0, -1.0, 0.25), "b": (0.0, 0.5, 0.5)}, intercept=(0.0, 0.0, -1.0))


@pytest.mark.parametrize(
    ("features", "yes"),
    [([], 1 / 2), (["a"], 3 / 4), (["b"], 2 / 3), (["a", "b"], 6 / 7), (["a", "a", "a"], 3 / 4), (["unseen"], 1 / 2), (["unseen", "b"], 2 / 3)],
)
def test_two_classes_by_hand(features: list[str], yes: float) -> None:
    assert TWO.probabilities(features) == pytest.approx({"no": 1 - yes, "yes": yes})


def test_three_classes_by_hand() -> None:
    scores = {"up": exp(1.0), "down": exp(-1.0 + 0.5), NO_CLAIM: exp(-1.0 + 0.25 + 0.5)}
    assert THREE.probabilities(["a", "b"]) == pytest.approx({name: score / sum(scores.values()) for name, score in scores.items()})


def test_a_part_counts_as_if_its_features_were_given() -> None:
    for model in (TWO, THREE):
        part = model.part(["a", "unseen", "a"])
        assert part.features == {"a", "unseen"}
        assert model.probabilities(["b"], part=part) == pytest.approx(model.probabilities(["a", "b"]))
        assert model.probabilities(["a", "b"], part=part) == pytest.approx(model.probabilities(["a", "b"]))


def test_the_order_of_features_does_not_show() -> None:
    weights = {str(i): (0.0, 0.1 * (-3.7) ** (i % 23)) for i in range(200)}
    model = LinearModel(classes=("no", "yes"), weights=weights, intercept=(0.0, 0.3))
    assert model.part(weights).scores == model.part(reversed(weights)).scores


def test_two_classes_may_both_have_weights() -> None:
    both = LinearModel(classes=("no", "yes"), weights={"a": (log(2), log(6))}, intercept=(0.0, 0.0))
    assert both.probabilities(["a"]) == pytest.approx({"no": 1 / 4, "yes": 3 / 4})


def test_large_scores_neither_overflow_nor_lose_their_sum() -> None:
    steep = LinearModel(classes=("no", "yes"), weights={"a": (0.0, 5000.0)}, intercept=(0.0, -1.0))
    assert steep.probabilities(["a"]) == {"no": 0.0, "yes": 1.0}


def test_reasons_are_differences_to_the_best_other_class_strongest_first() -> None:
    # with a and b the scores are up 1.0, down -0.5, none -0.25: for up the other is none, for down it is up
    assert THREE.reasons(["b", "a", "unseen"], "up") == [("a", 0.75), ("b", -0.5)]
    assert THREE.reasons(["b", "a"], "down") == [("a", -2.0), ("b", 0.5)]


def test_a_reason_is_told_once_and_equals_keep_their_order() -> None:
    even = LinearModel(classes=("no", "yes"), weights={"x": (0.0, 1.0), "y": (0.0, -1.0)}, intercept=(0.0, 0.0))
    assert even.reasons(["y", "x", "y"], "yes") == [("y", -1.0), ("x", 1.0)]


def test_a_class_that_the_model_does_not_know_has_no_reasons() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        TWO.reasons(["a"], "maybe")


@pytest.mark.parametrize(("probability", "value"), [(0.5, 0.0), (0.8, log(4)), (0.2, -log(4)), (0.0, log(1e-4 / (1 - 1e-4))), (1.0, log((1 - 1e-4) / 1e-4))])
def test_the_logit_is_bounded(probability: float, value: float) -> None:
    assert logit(probability) == pytest.approx(value)


@pytest.mark.parametrize(
    ("weights", "intercept", "parts", "expected"),
    [
        ((1.0, 1.0, 1.0), 0.0, (0.5, 0.5, 0.5), 0.5),
        ((1.0, 0.0, 0.0), 0.0, (0.8, 0.1, 0.3), 0.8),
        ((1.0, 1.0, 1.0), 0.0, (0.75, 0.75, 0.75), 27 / 28),
        ((0.0, 0.0, 0.0), log(3), (0.1, 0.2, 0.3), 0.75),
        ((1.0, 1.0, 0.0), 0.0, (0.8, 0.2, 0.9), 0.5),
    ],
)
def test_the_calibration_by_hand(weights: tuple[float, ...], intercept: float, parts: tuple[float, ...], expected: float) -> None:
    assert Calibration(weights=weights, intercept=intercept).probability(parts) == pytest.approx(expected)


def test_the_calibration_wants_a_probability_for_each_part() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Calibration(weights=(1.0, 1.0, 1.0), intercept=0.0).probability((0.5, 0.5))


def test_each_task_is_asked_of_its_own_model() -> None:
    tasks = {task: LinearModel(classes=(task, "other"), weights={}, intercept=(log(4), 0.0)) for task in TASKS}
    models = ClaimModels(tasks=tasks, calibration=Calibration(weights=(), intercept=0.0), thresholds={}, proposing=0.0)
    assert {task: models.probabilities(task, []) for task in TASKS} == {task: pytest.approx({task: 0.8, "other": 0.2}) for task in TASKS}
    assert set(SLOT_TASKS.values()) < set(TASKS)
