"""All models from instances, weighed by their source, saved and read again."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest
from extractor.errors import UsageError
from extractor.learn.dataset import Instance
from extractor.learn.examples import Source
from extractor.learn.material import INSTANCES, Weighted, read_articles, read_instances
from extractor.learn.train import PROPOSING, UNCALIBRATED, WEIGHTS, save, train, weighted
from extractor.relate.artefact import load_models, read_card
from extractor.relate.models import TASKS, Calibration, Task
from skops.io import load

LABELS: Mapping[Task, tuple[str, str]] = {
    "claim": ("increase", "none"), "region": ("yes", "no"), "species": ("yes", "no"), "agent": ("yes", "no"), "form": ("level", "mRNA"),
    "agent_type": ("drug", "stress"), "attribution": ("own", "background"), "certainty": ("asserted", "hedged"),
}  # fmt: skip
FEATURES = ("here", "there")


def taught(**changes: tuple[str, ...]) -> dict[Task, list[Weighted]]:
    """Ten instances of each task: `here` tells one answer, `there` the other."""
    found: dict[Task, list[Weighted]] = {}
    for task in TASKS:
        labels = changes.get(task, LABELS[task])
        found[task] = [(Instance(features=(word, "always"), label=label), 1.0) for word, label in zip(FEATURES, labels, strict=False) for _ in range(5)]
    return found


def test_every_source_has_its_weight() -> None:
    assert set(get_args(Source)) < set(WEIGHTS)
    assert WEIGHTS["decisions"] == 2 * WEIGHTS["abstracts"]


def test_instances_weigh_what_their_source_weighs() -> None:
    def studied(source: str, *labels: str, corpus: str = "") -> SimpleNamespace:
        given = {task: tuple(Instance(features=(source,), label=label) for label in labels) if task == "claim" else () for task in TASKS}
        return SimpleNamespace(example=SimpleNamespace(source=source, corpus=corpus), instances=given)

    found = weighted([studied("abstracts", "increase", "none"), studied("decisions", "none"), studied("paragraphs", "none", corpus="rct/nxml")])  # type: ignore[list-item]
    assert [(one.features, one.label, weight) for one, weight in found["claim"]] == [
        (("abstracts",), "increase", 1.0), (("abstracts",), "none", 1.0), (("decisions",), "none", 2.0),
        (("paragraphs",), "none", WEIGHTS["rct/nxml"]),
    ]  # fmt: skip
    assert set(found) == set(TASKS)
    assert found["region"] == []


def test_each_task_learns_its_own_instances() -> None:
    models = train(taught()).models()
    for task in TASKS:
        likely, other = (models.probabilities(task, [word]) for word in FEATURES)
        assert likely[LABELS[task][0]] > 0.5 > other[LABELS[task][0]], task


def test_models_are_uncalibrated_and_without_thresholds_unless_told() -> None:
    trained = train(taught())
    plain = trained.models()
    assert (plain.calibration, plain.thresholds, plain.proposing) == (UNCALIBRATED, {}, PROPOSING)
    told = trained.models(calibration=Calibration(weights=(1.0, 2.0, 3.0), intercept=4.0), thresholds={"precise": 0.9}, proposing=0.5)
    assert (told.calibration.intercept, told.thresholds, told.proposing) == (4.0, {"precise": 0.9}, 0.5)


@pytest.mark.parametrize(("task", "labels", "count"), [("region", (), 0), ("certainty", ("asserted", "asserted"), 1)])
def test_answers_of_one_kind_cannot_be_learned(task: str, labels: tuple[str, ...], count: int) -> None:
    with pytest.raises(UsageError) as error:
        train(taught(**{task: labels}))
    assert str(error.value) == f"{count} kinds of answers for {task}; expected annotated claims of at least two kinds; give more gold"


def test_what_is_saved_is_read_and_says_the_same(tmp_path: Path) -> None:
    trained = train(taught())
    models = trained.models(thresholds={"precise": 0.5, "balanced": 0.25, "complete": 0.0})
    save(trained, models, tmp_path / "claims", articles=["b", "a", "b"])
    again = load_models(tmp_path / "claims")
    for task in TASKS:
        for word in FEATURES:
            assert again.probabilities(task, [word, "always"]) == pytest.approx(models.probabilities(task, [word, "always"]), abs=1e-6)
    assert again.thresholds == models.thresholds
    assert read_instances(tmp_path / "claims" / INSTANCES).keys() == set(TASKS)
    assert read_articles(tmp_path / "claims" / INSTANCES) == {"a", "b"}


def test_the_skops_files_hold_the_regressions_with_their_features_and_no_foreign_type(tmp_path: Path) -> None:
    trained = train(taught())
    save(trained, trained.models(), tmp_path)
    card = read_card(tmp_path)
    for task in TASKS:
        path = tmp_path / f"{task}.skops"
        stored = load(path, trusted=[])
        assert [str(name) for name in stored["features"]] == ["always", "here", "there"]
        assert (stored["regression"].coef_ == trained.fitted[task].regression.coef_).all()
        assert card.tasks[task].skops == hashlib.sha256(path.read_bytes()).hexdigest()


def test_training_twice_gives_the_same_weights(tmp_path: Path) -> None:
    for name in ("one", "two"):
        trained = train(taught())
        save(trained, trained.models(), tmp_path / name)
    assert load_models(tmp_path / "one") == load_models(tmp_path / "two")
    assert (tmp_path / "one" / "weights.npz").read_bytes() == (tmp_path / "two" / "weights.npz").read_bytes()
