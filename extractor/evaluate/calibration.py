"""Confidences in, how far they can be believed out: reliability, calibration error, Brier score, precision by threshold and of the most confident.

A prediction is right where it is paired at the exact level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractor.evaluate.intervals import Counts
from extractor.evaluate.match import Alignment, Level

BINS = 10
"""Bins of equal width; Guo et al. 2017, On calibration of modern neural networks, use 15 for millions of cases; own choice for thousands."""


@dataclass(frozen=True, slots=True)
class Bin:
    """A bin of the reliability diagram: predictions, their mean confidence, the share that is right (None where empty)."""

    low: float
    high: float
    predictions: int
    confidence: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """Precision and recall of the predictions at or above a confidence."""

    threshold: float
    precision: float
    recall: float


def outcomes(alignment: Alignment, *, level: Level = "exact") -> list[tuple[float, bool]]:
    """Confidence of each covered prediction of an article, and whether it is right."""
    right = {p for _, p in alignment.pairs[level]}
    return [(alignment.predicted[p].confidence, p in right) for p in sorted(alignment.covered[level])]


def calibration_counts(alignment: Alignment) -> Counts:
    """Addable counts of an article: for each bin predictions, summed confidence and hits, then the summed squares and their number."""
    bins = np.zeros((BINS, 3))
    squares = 0.0
    scored = outcomes(alignment)
    for confidence, right in scored:
        bins[min(int(confidence * BINS), BINS - 1)] += (1, confidence, right)
        squares += (confidence - right) ** 2
    return (*(float(cell) for cell in bins.ravel()), squares, len(scored))


def mean_square(counts: Counts) -> float | None:
    """Brier score of summed counts."""
    return counts[-2] / counts[-1] if counts[-1] else None


def expected_error(counts: Counts) -> float | None:
    """Expected calibration error of summed counts: the gap of each bin, weighted by its predictions."""
    bins = np.asarray(counts[:-2]).reshape(BINS, 3)
    total = bins[:, 0].sum()
    return float(np.abs(bins[:, 1] - bins[:, 2]).sum() / total) if total else None


def reliability(alignments: Sequence[Alignment]) -> tuple[Bin, ...]:
    """The reliability diagram over all articles, lowest bin first."""
    summed = np.sum([calibration_counts(one) for one in alignments], axis=0) if alignments else np.zeros(BINS * 3 + 2)
    rows = summed[:-2].reshape(BINS, 3)
    return tuple(
        Bin(low=no / BINS, high=(no + 1) / BINS, predictions=int(n), confidence=float(total / n) if n else None, precision=float(hits / n) if n else None)
        for no, (n, total, hits) in enumerate(rows)
    )


def curve(alignments: Sequence[Alignment], *, level: Level = "exact") -> tuple[Point, ...]:
    """Precision and recall for every confidence that occurs, highest first. The pairs are those of the whole run."""
    scored = sorted((one for alignment in alignments for one in outcomes(alignment, level=level)), key=lambda one: -one[0])
    gold = sum(len(alignment.gold) for alignment in alignments)
    points: list[Point] = []
    hits = 0
    for no, (confidence, right) in enumerate(scored, 1):
        hits += right
        last = no == len(scored) or scored[no][0] != confidence
        if last and gold:
            points.append(Point(threshold=confidence, precision=hits / no, recall=hits / gold))
    return tuple(points)


def confident_precision(alignments: Sequence[Alignment], *, parts: int, level: Level = "exact") -> float | None:
    """The share that is right of the most confident of so many equal parts of all predictions: `parts=2` is the upper half.

    Part of a prediction counts as one, and predictions as confident as the last of the part belong to it. None without predictions.
    """
    scored = sorted((one for alignment in alignments for one in outcomes(alignment, level=level)), reverse=True)
    if not scored:
        return None
    least = scored[(len(scored) - 1) // parts][0]
    kept = [right for confidence, right in scored if confidence >= least]
    return sum(kept) / len(kept)


def average_precision(points: Sequence[Point]) -> float | None:
    """The area under precision and recall: precision at each threshold, weighted by the recall it adds. None without points."""
    if not points:
        return None
    before = (0.0, *(point.recall for point in points))
    return sum(point.precision * (point.recall - last) for point, last in zip(points, before, strict=False))
