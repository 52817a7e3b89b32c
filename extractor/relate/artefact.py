"""The shipped models of claims: a folder in, `ClaimModels` out.

The folder holds the fitted scikit-learn models (`*.skops`, for retraining and inspection), their weights as one table (`weights.npz`, what a run
reads: scikit-learn alone would cost a second at every start) and `models.json` (version, families of features, lexicons, calibration, thresholds).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import DataError
from extractor.relate.features import FAMILIES
from extractor.relate.models import TASKS, Calibration, ClaimModels, LinearModel, Mode, Task
from extractor.tables import LEXICONS
from extractor.trees import BoostedTrees

FOLDER = Path(str(files("extractor") / "models" / "claims"))
CARD, WEIGHTS = "models.json", "weights.npz"
VERSION = 1
"""Of the features: raised when what a feature means changes, so that old weights are not used with new features."""


class TaskCard(BaseModel):
    """One model: its classes, intercepts and the SHA-256 of its skops file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: tuple[str, ...]
    intercept: tuple[float, ...]
    skops: str


class WeigherCard(BaseModel):
    """The boosted trees: the numbers of a row, in order, the log odds before all trees, the depth, and the SHA-256 of the skops file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numbers: tuple[str, ...]
    start: float
    depth: int
    skops: str


class ModelCard(BaseModel):
    """What models.json says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    families: tuple[str, ...]
    lexicons: str
    tasks: Mapping[Task, TaskCard]
    calibration: Mapping[str, float]
    thresholds: Mapping[Mode, float]
    proposing: float
    weigher: WeigherCard | None = None


_WEIGHER = "weigher"
_TREE_ARRAYS = ("feature", "threshold", "left", "right", "value", "roots")
PARTS = ("claim", "region", "species")
"""The probabilities that the calibration weighs, in this order."""


def load_models(folder: Path = FOLDER) -> ClaimModels:
    """Load trained models.

    Parameters
    ----------
    folder
        Holds models.json and weights.npz; the package's own where not given.

    Raises
    ------
    DataError
        A file is missing or broken, or the models were trained for other features.
    """
    return _load(folder)


@lru_cache(maxsize=2)
def _load(folder: Path) -> ClaimModels:
    card = read_card(folder)
    if card.version != VERSION or card.families != tuple(FAMILIES):
        raise DataError(
            f"models of features {card.version} ({', '.join(card.families)})", place=folder / CARD,
            expected=f"features {VERSION} ({', '.join(FAMILIES)})", repair="train them again with scripts/train_claims.py",
        )  # fmt: skip
    if card.lexicons != lexicon_hash():
        logging.getLogger(__name__).info("the lexicons have changed since the models of claims were trained; `scripts/train_claims.py` trains them again")
    with np.load(folder / WEIGHTS, allow_pickle=False) as table:
        tasks = {task: _linear(table, task, card.tasks[task]) for task in TASKS}
        weigher = _trees(table, card.weigher) if card.weigher is not None else None
    calibration = Calibration(weights=tuple(card.calibration[part] for part in PARTS), intercept=card.calibration["intercept"])
    return ClaimModels(tasks=tasks, calibration=calibration, thresholds=card.thresholds, proposing=card.proposing, weigher=weigher)


def read_card(folder: Path) -> ModelCard:
    """Read models.json. Raises `DataError` where it is missing or broken."""
    path = folder / CARD
    if not path.is_file() or not (folder / WEIGHTS).is_file():
        raise DataError("no models of claims", place=folder, expected=f"{CARD} and {WEIGHTS}", repair="train them with scripts/train_claims.py")
    try:
        return ModelCard.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise DataError(f"broken: {error.errors()[0]['msg']}", place=path, expected="what scripts/train_claims.py writes", repair="train again") from error


def _linear(table: np.lib.npyio.NpzFile, task: Task, card: TaskCard) -> LinearModel:
    names = bytes(table[f"{task}.names"]).decode("utf-8").split("\n")
    weights = table[f"{task}.weights"].tolist()
    return LinearModel(classes=card.classes, weights=dict(zip(names, map(tuple, weights), strict=True)), intercept=card.intercept)


def _trees(table: np.lib.npyio.NpzFile, card: WeigherCard) -> BoostedTrees:
    arrays = {name: table[f"{_WEIGHER}.{name}"] for name in _TREE_ARRAYS}
    return BoostedTrees(numbers=card.numbers, **arrays, start=card.start, depth=card.depth)


def lexicon_hash() -> str:
    """A SHA-256 over all lexicons, as 64 hexadecimal digits."""
    sums = hashlib.sha256()
    for path in sorted((p for p in LEXICONS.iterdir() if p.name.endswith((".tsv", ".jsonl"))), key=lambda p: p.name):
        sums.update(f"{path.name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return sums.hexdigest()


def write_models(models: ClaimModels, folder: Path, *, skops: Mapping[Task, str], weigher: WeigherCard | None = None) -> None:
    """Write weights.npz and models.json; the skops files must be there.

    Parameters
    ----------
    models
        What to write.
    folder
        Where; made where it is missing.
    skops
        The SHA-256 of each task's skops file.
    weigher
        What models.json says of the boosted trees, where the models have them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[np.generic]] = {}
    for task, model in models.tasks.items():
        arrays[f"{task}.names"] = np.frombuffer("\n".join(model.weights).encode("utf-8"), dtype=np.uint8)
        arrays[f"{task}.weights"] = np.array(list(model.weights.values()), dtype=np.float32)
    if models.weigher is not None:
        arrays |= {f"{_WEIGHER}.{name}": getattr(models.weigher, name) for name in _TREE_ARRAYS}
    np.savez_compressed(folder / WEIGHTS, **arrays)
    card = ModelCard(
        version=VERSION, families=tuple(FAMILIES), lexicons=lexicon_hash(), thresholds=models.thresholds, proposing=models.proposing,
        tasks={task: TaskCard(classes=model.classes, intercept=model.intercept, skops=skops[task]) for task, model in models.tasks.items()},
        calibration={**dict(zip(PARTS, models.calibration.weights, strict=True)), "intercept": models.calibration.intercept}, weigher=weigher,
    )  # fmt: skip
    (folder / CARD).write_text(json.dumps(card.model_dump(mode="json"), indent=1) + "\n", "utf-8")
