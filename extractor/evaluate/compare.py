"""Two scored runs over the same gold in, their paired bootstrap and the claims that changed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from extractor.errors import UsageError
from extractor.evaluate.intervals import RESAMPLES, SEED, Difference, draws, paired
from extractor.evaluate.match import Alignment, Level
from extractor.evaluate.metrics import METRICS, count_matrix
from extractor.evaluate.scores import Scores
from extractor.evaluate.statements import Statement

ChangeKind = Literal["gained", "lost", "new error", "error gone"]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that the two runs disagree on: a gold claim gained or lost, or a wrong prediction that came or went."""

    kind: ChangeKind
    article: str
    claim: Statement


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second run against the first: every figure with the interval of its difference, and the claims that changed."""

    differences: Mapping[str, Difference]
    changes: tuple[Change, ...]


def compare(first: Scores, second: Scores, *, level: Level = "exact", resamples: int = RESAMPLES, seed: int = SEED) -> Comparison:
    """Compare two runs, figures on the same draws of articles.

    Parameters
    ----------
    first
        The run compared with, usually the older one.
    second
        The run in question.
    level
        The level at which claims are called changed.
    resamples, seed
        Of the bootstrap.

    Raises
    ------
    UsageError
        The two were not scored against the same gold articles.
    """
    if [one.article for one in first.alignments] != [one.article for one in second.alignments]:
        raise UsageError("two runs scored against different articles", expected="the same gold for both")
    times = draws(len(first.alignments), resamples=resamples, seed=seed)
    differences = {
        name: paired(count_matrix(first.alignments, metric), count_matrix(second.alignments, metric), metric.value, times=times)
        for name, metric in METRICS.items()
    }
    changes = [change for old, new in zip(first.alignments, second.alignments, strict=True) for change in _changes(old, new, level=level)]
    return Comparison(differences=differences, changes=tuple(changes))


def _changes(old: Alignment, new: Alignment, *, level: Level) -> list[Change]:
    before, after = set(old.missed(level)), set(new.missed(level))
    wrong = {_told(old.predicted[p]): old.predicted[p] for p in old.spurious(level)}
    still = {_told(new.predicted[p]): new.predicted[p] for p in new.spurious(level)}
    return [
        *(Change("gained", new.article, new.gold[g]) for g in sorted(before - after)),
        *(Change("lost", new.article, new.gold[g]) for g in sorted(after - before)),
        *(Change("new error", new.article, claim) for told, claim in still.items() if told not in wrong),
        *(Change("error gone", new.article, claim) for told, claim in wrong.items() if told not in still),
    ]


def _told(claim: Statement) -> tuple[object, ...]:
    return (claim.core, claim.form, tuple(name.shown for name in claim.agents), claim.evidence[:1])
