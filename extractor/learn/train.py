"""Studied examples in, all models of claims out, and saved as skops files with their weights beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED

from skops import io

from extractor.errors import UsageError
from extractor.learn.dataset import Studied
from extractor.learn.fit import Fitted, fit
from extractor.learn.material import INSTANCES, Weighted, write_instances
from extractor.relate.artefact import write_models
from extractor.relate.models import TASKS, Calibration, ClaimModels, Mode, Task

UNCALIBRATED = Calibration(weights=(1.0, 1.0, 1.0), intercept=0.0)
WEIGHTS: Mapping[str, float] = {
    "abstracts": 1.0, "elife": 1.0, "paragraphs": 0.5, "sentences": 0.5, "decisions": 2.0, "elife_neuro_jats": 1.0, "rct/nxml": 0.3,
}  # fmt: skip
"""What an instance of each source, or corpus of paragraphs, weighs. Sentences written for the purpose weigh half: chosen on dev among 0, 0.25, 0.5 and 1. Paragraphs
were read by one reader each; those of trials, three in ten of all claims and most of them without a place, weigh least: chosen on dev among 0, 0.2 and 0.5 for trials,
0.5 and 1 for the others. A curator's decision weighs double; own choice: it is about the very claims that the reader of the output sees."""
PROPOSING = 0.25
"""The least probability of a pair that is made a claim, before calibration; own choice: below it a quarter of the pairs would be right."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The fitted models of all tasks, with what they were fitted to."""

    fitted: Mapping[Task, Fitted]
    instances: Mapping[Task, Sequence[Weighted]]

    def models(self, *, calibration: Calibration = UNCALIBRATED, thresholds: Mapping[Mode, float] | None = None, proposing: float = PROPOSING) -> ClaimModels:
        """The models as a run uses them."""
        tasks = {task: fitted.linear() for task, fitted in self.fitted.items()}
        return ClaimModels(tasks=tasks, calibration=calibration, thresholds=thresholds or {}, proposing=proposing)


def weighted(studied: Iterable[Studied]) -> dict[Task, list[Weighted]]:
    """All instances of examples by task, each with the weight of its source."""
    found: dict[Task, list[Weighted]] = {task: [] for task in TASKS}
    for one in studied:
        weight = WEIGHTS.get(one.example.corpus, WEIGHTS[one.example.source])
        for task, instances in one.instances.items():
            found[task] += [(instance, weight) for instance in instances]
    return found


def train(instances: Mapping[Task, Sequence[Weighted]]) -> Trained:
    """Fit all models.

    Raises
    ------
    UsageError
        A task has no instances, or all say the same.
    """
    for task in TASKS:
        labels = {instance.label for instance, _ in instances[task]}
        if len(labels) < 2:
            raise UsageError(f"{len(labels)} kinds of answers for {task}", expected="annotated claims of at least two kinds", repair="give more gold")
    fitted = {task: fit(task, [i for i, _ in instances[task]], weights=[w for _, w in instances[task]]) for task in TASKS}
    return Trained(fitted=fitted, instances=instances)


def save(trained: Trained, models: ClaimModels, folder: Path, *, articles: Iterable[str] = ()) -> None:
    """Write the models to a folder: a skops file for each task, the weights that a run reads, and the instances for training again.

    Parameters
    ----------
    trained
        What was fitted.
    models
        The same as a run uses it, with calibration and thresholds.
    folder
        Where; made where it is missing.
    articles
        Identifiers of the articles that the instances come from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sums: dict[Task, str] = {}
    for task, fitted in trained.fitted.items():
        path = folder / f"{task}.skops"
        io.dump({"features": fitted.features(), "regression": fitted.regression}, path, compression=ZIP_DEFLATED)
        sums[task] = hashlib.sha256(path.read_bytes()).hexdigest()
    write_instances(trained.instances, folder / INSTANCES, articles=articles)
    write_models(models, folder, skops=sums)
