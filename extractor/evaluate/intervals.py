"""Counts per article in, bootstrap intervals out. Articles are drawn with replacement, claims of one article stay together.

Percentile bootstrap after Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 16.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = Sequence[float]
Value = Callable[[Counts], float | None]

RESAMPLES = 1_000
"""Draws of articles; own choice: the ends of the interval move by less than 0.002 beyond that on 328 abstracts."""
SEED = 20_220_425
COVERAGE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the ends of its 95 % interval. `value` None is n/a (0/0); the ends are None where they cannot be told."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """How two runs differ in one figure: `first` and `second` run, their difference with its interval.

    `not_higher` is the share of resamples in which the second run is not higher, a one-sided bootstrap p-value.
    """

    first: float | None
    second: float | None
    difference: Interval
    not_higher: float | None


def draws(articles: int, *, resamples: int = RESAMPLES, seed: int = SEED) -> NDArray[np.int64]:
    """Draw articles with replacement, the same for the same seed.

    Returns
    -------
        `[resamples, articles]` array: how often each article was drawn.
    """
    if articles == 0:
        return np.zeros((resamples, 0), dtype=np.int64)
    generator = np.random.default_rng(seed)
    return generator.multinomial(articles, np.full(articles, 1 / articles), size=resamples).astype(np.int64)


def interval(counts: NDArray[np.float64], value: Value, *, times: NDArray[np.int64]) -> Interval:
    """Compute a figure and its bootstrap interval.

    Parameters
    ----------
    counts
        `[articles, k]` array of addable counts.
    value
        The figure of summed counts, None for 0/0.
    times
        `[resamples, articles]` array from `draws`.

    Returns
    -------
        The figure; its ends are taken over the resamples in which it exists.
    """
    sampled = [one for row in times @ counts if (one := value(row)) is not None] if counts.size else []
    low, high = _ends(sampled)
    return Interval(value(counts.sum(axis=0)), low, high)


def paired(first: NDArray[np.float64], second: NDArray[np.float64], value: Value, *, times: NDArray[np.int64]) -> Difference:
    """Compare two runs over the same articles: both figures are computed on the same draws.

    Parameters
    ----------
    first, second
        `[articles, k]` arrays of counts, rows in the same order.
    value, times
        As for `interval`.
    """
    both = [(value(a), value(b)) for a, b in zip(times @ first, times @ second, strict=True)] if first.size else []
    gaps = [b - a for a, b in both if a is not None and b is not None]
    one, other = value(first.sum(axis=0)), value(second.sum(axis=0))
    low, high = _ends(gaps)
    gap = None if one is None or other is None else other - one
    return Difference(one, other, Interval(gap, low, high), sum(g <= 0 for g in gaps) / len(gaps) if gaps else None)


def _ends(values: Sequence[float]) -> tuple[float | None, float | None]:
    if not values:
        return None, None
    low, high = np.quantile(np.asarray(values), [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2])
    return float(low), float(high)
