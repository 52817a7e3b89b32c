"""Outcomes of many articles in, figures with bootstrap intervals out: what the measurements of the scoreboard share.

Articles are drawn with replacement, as in `extractor.evaluate.intervals`; 0/0 is None and shown as n/a.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from extractor.evaluate.intervals import Counts, Value, draws, interval
from extractor.evaluate.metrics import DIRECTIONS, f1, precision, ratio, recall

NONE = "none"
"""Stands for the direction where nothing was predicted."""
_COLUMNS = (*DIRECTIONS, NONE)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a measurement. `n` is what it is counted over; the ends of the 95 % interval are None where there is none."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measurement as three steps, so that the dear one can run in several processes.

    `items` cuts the data into pieces, `work` is done on each piece in a worker, `figures` sums up what came back, in the order of the items.
    """

    name: str
    items: Callable[[Path], Sequence[Any]]
    work: Callable[[Any], Any]
    figures: Callable[[Path, Sequence[Any]], list[Figure]]


@dataclass(frozen=True, slots=True)
class DirectionOutcome:
    """One labelled direction and what was predicted for it, `NONE` where nothing was. `unit` is the article, for the bootstrap."""

    unit: str
    gold: str
    predicted: str


def figure(name: str, counts: Mapping[str, Counts], value: Value, *, n: int) -> Figure:
    """Compute a figure of addable counts by article, with its interval."""
    table = np.asarray(list(counts.values()), dtype=np.float64)
    found = interval(table, value, times=draws(len(table))) if table.size else None
    return Figure(name, found.value, found.low, found.high, n) if found else Figure(name, None, n=n)


def direction_figures(outcomes: Iterable[DirectionOutcome], *, prefix: str = "") -> list[Figure]:
    """Accuracy and macro-F1 of direction where a missing prediction is wrong, the share that has one, and accuracy over that share.

    >>> rows = [DirectionOutcome("a", "increase", "increase"), DirectionOutcome("a", "decrease", "none")]
    >>> [(f.name, f.value) for f in direction_figures(rows)]
    [('accuracy', 0.5), ('macro_f1', 0.5), ('coverage', 0.5), ('accuracy_given_claim', 1.0)]
    """
    counts: dict[str, list[float]] = defaultdict(lambda: [0.0] * (len(DIRECTIONS) * len(_COLUMNS)))
    total = covered = 0
    for one in outcomes:
        counts[one.unit][DIRECTIONS.index(one.gold) * len(_COLUMNS) + _COLUMNS.index(one.predicted)] += 1
        total += 1
        covered += one.predicted != NONE
    return [
        figure(prefix + "accuracy", counts, accuracy, n=total),
        figure(prefix + "macro_f1", counts, macro_f1, n=total),
        figure(prefix + "coverage", counts, coverage, n=total),
        figure(prefix + "accuracy_given_claim", counts, accuracy_given_claim, n=covered),
    ]


def _matrix(counts: Counts) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(counts, dtype=np.float64).reshape(len(DIRECTIONS), len(_COLUMNS))


def accuracy(counts: Counts) -> float | None:
    """Right over all labels."""
    matrix = _matrix(counts)
    return ratio(float(np.trace(matrix)), float(matrix.sum()))


def coverage(counts: Counts) -> float | None:
    """Labels with a prediction over all labels."""
    matrix = _matrix(counts)
    return ratio(float(matrix[:, :-1].sum()), float(matrix.sum()))


def accuracy_given_claim(counts: Counts) -> float | None:
    """Right over the labels that have a prediction."""
    matrix = _matrix(counts)
    return ratio(float(np.trace(matrix)), float(matrix[:, :-1].sum()))


def macro_f1(counts: Counts) -> float | None:
    """Mean F1 of the directions that labels or predictions hold; a label without prediction lowers the recall of its direction."""
    matrix = _matrix(counts)
    scores = [ratio(2 * float(matrix[k, k]), float(matrix[k].sum() + matrix[:, k].sum())) for k in range(len(DIRECTIONS))]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else None


Span = tuple[int, int]


def span_counts(gold: Iterable[Span], predicted: Iterable[Span]) -> Counts:
    """Gold spans, predicted spans, spans that agree exactly, and pairs that overlap, each span in one pair at most.

    >>> span_counts([(0, 4), (9, 12)], [(0, 4), (2, 3), (10, 14)])
    (2, 3, 1, 2)
    """
    wanted, found = sorted(set(gold)), sorted(set(predicted))
    equal = set(wanted) & set(found)
    left = [span for span in wanted if span not in equal]
    others = [span for span in found if span not in equal]
    return (len(wanted), len(found), len(equal), len(equal) + _overlapping(left, others))


def _overlapping(gold: list[Span], predicted: list[Span]) -> int:
    """Pairs of overlapping spans from left to right, each span used once."""
    pairs = g = p = 0
    while g < len(gold) and p < len(predicted):
        if gold[g][0] < predicted[p][1] and predicted[p][0] < gold[g][1]:
            pairs, g, p = pairs + 1, g + 1, p + 1
        elif gold[g][1] <= predicted[p][1]:
            g += 1
        else:
            p += 1
    return pairs


def span_figures(counts: Mapping[str, Counts], *, prefix: str = "") -> list[Figure]:
    """Precision, recall and F1 of spans, exact and lenient, from `span_counts` by article."""
    gold, predicted = (int(sum(row[k] for row in counts.values())) for k in (0, 1))
    made: list[Figure] = []
    for name, k in (("exact", 2), ("lenient", 3)):
        kept = {unit: (row[0], row[1], row[k]) for unit, row in counts.items()}
        made += [
            figure(f"{prefix}{name}.precision", kept, precision, n=predicted),
            figure(f"{prefix}{name}.recall", kept, recall, n=gold),
            figure(f"{prefix}{name}.f1", kept, f1, n=gold),
        ]
    return made
