"""Studied examples in, all models of claims out, and saved as skops files with their weights beside them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZIP_DEFLATED

from skops import io

from extractor.errors import UsageError
from extractor.learn.dataset import Studied
from extractor.learn.fit import Fitted, fit
from extractor.learn.material import INSTANCES, Weighted, write_instances
from extractor.learn.weigh import FittedTrees
from extractor.relate.artefact import WeigherCard, read_card, write_models
from extractor.relate.models import TASKS, Calibration, ClaimModels, Mode, Task

WEIGHER = "weigher.skops"
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
        """The models as a run uses them, without a weigher."""
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


def save(
    trained: Trained, models: ClaimModels, folder: Path, *, articles: Iterable[str] = (), weigher: FittedTrees | None = None, kept: Path | None = None
) -> None:
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
    weigher
        The trees that weigh the claims, as they were fitted.
    kept
        The folder of models whose trees are taken over, where none were fitted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sums: dict[Task, str] = {}
    for task, fitted in trained.fitted.items():
        sums[task] = _dump({"features": fitted.features(), "regression": fitted.regression}, folder / f"{task}.skops")
    write_instances(trained.instances, folder / INSTANCES, articles=articles)
    card = None
    if weigher is not None:
        arrays = weigher.arrays()
        skops = _dump({"numbers": list(arrays.numbers), "trees": weigher.model}, folder / WEIGHER)
        card = WeigherCard(numbers=arrays.numbers, start=arrays.start, depth=arrays.depth, skops=skops)
        models = replace(models, weigher=arrays)
    elif kept is not None and (card := read_card(kept).weigher) is not None:
        shutil.copyfile(kept / WEIGHER, folder / WEIGHER)
    write_models(models, folder, skops=sums, weigher=card)


def _dump(found: Mapping[str, object], path: Path) -> str:
    """Write a skops file; the SHA-256 of it."""
    io.dump(dict(found), path, compression=ZIP_DEFLATED)
    return hashlib.sha256(path.read_bytes()).hexdigest()
