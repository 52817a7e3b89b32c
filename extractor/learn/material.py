"""What the models were trained on, in and out of one compact file: instances as numbers of features, with the articles' identifiers and no running text.

The file lets a model be trained again together with new instances, without the texts. It holds for each task the features by name, and for each
feature the instances that have it, as distances from one to the next: most are 0 in all but one byte, which compresses well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from extractor.errors import DataError
from extractor.learn.dataset import Instance
from extractor.relate.models import TASKS, Task

Weighted = tuple[Instance, float]
INSTANCES = "instances.npz"
LEAST_SEEN = 3
"""Features seen in fewer instances are left out, as in fitting."""
_ARTICLES = "articles"
Numbers = NDArray[np.int64]
Array = NDArray[np.uint8] | NDArray[np.float32]


def write_instances(instances: Mapping[Task, Sequence[Weighted]], path: Path, *, articles: Iterable[str] = ()) -> None:
    """Write instances with their weights.

    Parameters
    ----------
    instances
        By task, in the order in which they are to be read.
    path
        The file, ending in .npz.
    articles
        Identifiers of the articles that the instances come from.
    """
    arrays: dict[str, Array] = {_ARTICLES: _joined(sorted(set(articles)))}
    for task, weighted in instances.items():
        arrays |= {f"{task}.{name}": array for name, array in _arrays(weighted).items()}
    np.savez_compressed(path, **arrays)


def _arrays(weighted: Sequence[Weighted]) -> dict[str, Array]:
    seen = Counter(feature for instance, _ in weighted for feature in set(instance.features))
    names = sorted(feature for feature, count in seen.items() if count >= LEAST_SEEN)
    numbers = {name: i for i, name in enumerate(names)}
    rows = [sorted({numbers[feature] for feature in instance.features if feature in numbers}) for instance, _ in weighted]
    features: Numbers = np.fromiter((number for row in rows for number in row), dtype=np.int64)
    owners: Numbers = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    counts = np.bincount(features, minlength=len(names))
    owners = owners[np.argsort(features, kind="stable")]
    steps = np.diff(owners, prepend=0)
    starts = (np.cumsum(counts) - counts)[counts > 0]
    steps[starts] = owners[starts]
    labels = sorted({instance.label for instance, _ in weighted})
    return {
        "names": _joined(names), "counts": _planes(counts), "steps": _planes(steps), "labels": _joined(labels),
        "answers": np.array([labels.index(instance.label) for instance, _ in weighted], dtype=np.uint8),
        "weights": np.array([weight for _, weight in weighted], dtype=np.float32),
    }  # fmt: skip


def read_instances(path: Path) -> dict[Task, list[Weighted]]:
    """Read the instances that `write_instances` wrote: features that were seen too seldom are gone, the others sorted by name.

    Raises
    ------
    DataError
        The file is missing or broken.
    """
    with _opened(path) as table:
        try:
            return {task: _instances({name: table[f"{task}.{name}"] for name in _PARTS}) for task in TASKS}
        except (KeyError, ValueError, IndexError) as error:
            raise _broken(path, error) from error


def read_articles(path: Path) -> frozenset[str]:
    """Read the identifiers of the articles that the instances come from. Raises `DataError` like `read_instances`."""
    with _opened(path) as table:
        try:
            return frozenset(_parted(table[_ARTICLES]))
        except (KeyError, ValueError) as error:
            raise _broken(path, error) from error


_PARTS = ("names", "counts", "steps", "labels", "answers", "weights")


def _instances(arrays: Mapping[str, NDArray[np.uint8]]) -> list[Weighted]:
    names, labels = _parted(arrays["names"]), _parted(arrays["labels"])
    counts, steps = _whole(arrays["counts"]), _whole(arrays["steps"])
    total = np.cumsum(steps)
    starts = np.cumsum(counts) - counts
    owners = total - np.repeat(total[starts] - steps[starts], counts) if len(counts) else total
    features = np.repeat(np.arange(len(names)), counts)[np.argsort(owners, kind="stable")].tolist()
    ends = np.cumsum(np.bincount(owners, minlength=len(arrays["answers"]))).tolist()
    found, start = [], 0
    for end, answer, weight in zip(ends, arrays["answers"].tolist(), arrays["weights"].tolist(), strict=True):
        found.append((Instance(features=tuple(names[i] for i in features[start:end]), label=labels[answer]), weight))
        start = end
    return found


def _planes(numbers: Numbers) -> NDArray[np.uint8]:
    """The bytes of numbers below 2^32, first all the lowest, then all the next."""
    return np.ascontiguousarray(numbers.astype("<u4").view(np.uint8).reshape(-1, 4).T)


def _whole(planes: NDArray[np.uint8]) -> Numbers:
    return np.ascontiguousarray(planes.T).view("<u4").ravel().astype(np.int64)


def _joined(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode("utf-8"), dtype=np.uint8)


def _parted(array: NDArray[np.uint8]) -> list[str]:
    text = array.tobytes().decode("utf-8")
    return text.split("\n") if text else []


def _opened(path: Path) -> np.lib.npyio.NpzFile:
    if not path.is_file():
        raise DataError(
            "no training material", place=path, expected="the instances that models of claims were trained on", repair="train with scripts/train_claims.py"
        )
    try:
        return np.load(path, allow_pickle=False)  # type: ignore[no-any-return]
    except (BadZipFile, ValueError, EOFError) as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> DataError:
    return DataError(f"broken: {error}", place=path, expected="what training writes", repair="install the package anew, or train again")
