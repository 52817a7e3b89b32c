"""The figures. A metric is one row of METRICS: what it counts in one article, and the figure of the summed counts.

Counts add up over articles, so pooling two sets of articles is adding their counts, and a bootstrap is a weighted sum.
0/0 is None and shown as n/a.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from extractor.evaluate.calibration import calibration_counts, expected_error, mean_square
from extractor.evaluate.intervals import Counts, Value
from extractor.evaluate.match import LEVELS, Alignment, Level
from extractor.evaluate.names import Name, related, same, shared
from extractor.evaluate.statements import Statement
from extractor.records import Direction

DIRECTIONS: tuple[str, ...] = tuple(Direction)
_NONE = len(DIRECTIONS)


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: `count` gives an article's addable counts, `value` the figure of their sums, `meaning` says it in words.

    `error` says that less is better.
    """

    count: Callable[[Alignment], Counts]
    value: Value
    meaning: str
    error: bool = False


def ratio(part: float, whole: float) -> float | None:
    """Part of whole; None for 0/0."""
    return part / whole if whole else None


def tuple_counts(alignment: Alignment, *, level: Level) -> Counts:
    """Gold claims, covered predictions and pairs of an article at a level."""
    return (len(alignment.gold), len(alignment.covered[level]), len(alignment.pairs[level]))


def precision(counts: Counts) -> float | None:
    """Pairs over predictions."""
    return ratio(counts[2], counts[1])


def recall(counts: Counts) -> float | None:
    """Pairs over gold claims, wherever the others were lost."""
    return ratio(counts[2], counts[0])


def f1(counts: Counts) -> float | None:
    """Harmonic mean of precision and recall: twice the pairs over gold claims and predictions together."""
    return ratio(2 * counts[2], counts[0] + counts[1])


def article_f1(alignment: Alignment, *, level: Level) -> Counts:
    """The F1 of one article, and 1 where it has one, so that their mean over articles can be taken."""
    score = f1(tuple_counts(alignment, level=level))
    return (0, 0) if score is None else (score, 1)


def mean(counts: Counts) -> float | None:
    """First count over the second."""
    return ratio(counts[0], counts[1])


SLOTS: Mapping[str, Callable[[Statement, Statement], bool]] = {
    "direction": lambda g, p: g.direction == p.direction,
    "region": lambda g, p: same(g.region, p.region),
    "species": lambda g, p: same(g.species, p.species),
    "form": lambda g, p: g.form == p.form,
    "agent": lambda g, p: shared(g.agents, p.agents),
    "agent_type": lambda g, p: g.agent_type == p.agent_type,
    "certainty": lambda g, p: g.certainty == p.certainty,
    "attribution": lambda g, p: g.attribution == p.attribution,
    "presupposed": lambda g, p: g.presupposed == p.presupposed,
}
_OPTIONAL = ("form", "agent_type", "certainty", "attribution", "presupposed")


def slot_counts(alignment: Alignment, *, slot: str, level: Level) -> Counts:
    """Pairs that agree in a slot, and pairs whose gold gives that slot."""
    pairs = [(alignment.gold[g], alignment.predicted[p]) for g, p in alignment.pairs[level]]
    given = [(g, p) for g, p in pairs if slot not in _OPTIONAL or getattr(g, slot) is not None]
    return (sum(SLOTS[slot](g, p) for g, p in given), len(given))


NAMED: Mapping[str, Callable[[Statement], Name | None]] = {"region": lambda claim: claim.region, "species": lambda claim: claim.species}
"""Slots besides the molecule that have a lenient rule (CLAIMS.md)."""


def related_counts(alignment: Alignment, *, slot: str, level: Level) -> Counts:
    """Pairs in which a name of NAMED is right by the lenient rule, the same or one containing the other, and all pairs."""
    name = NAMED[slot]
    pairs = alignment.pairs[level]
    return (sum(related(name(alignment.gold[g]), name(alignment.predicted[p])) for g, p in pairs), len(pairs))


def direction_counts(alignment: Alignment) -> Counts:
    """The confusion matrix of direction, flattened: gold by predicted; the last row and column are claims without a partner.

    Partners are claims about the same molecule in the same statement, so a wrong direction is a confusion and not a miss.
    """
    matrix = np.zeros((_NONE + 1, _NONE + 1))
    for g, p in alignment.pairs["aligned"]:
        matrix[DIRECTIONS.index(alignment.gold[g].direction), DIRECTIONS.index(alignment.predicted[p].direction)] += 1
    for g in alignment.missed("aligned"):
        matrix[DIRECTIONS.index(alignment.gold[g].direction), _NONE] += 1
    for p in alignment.spurious("aligned"):
        matrix[_NONE, DIRECTIONS.index(alignment.predicted[p].direction)] += 1
    return tuple(float(cell) for cell in matrix.ravel())


def macro_f1(counts: Counts, *, partners_only: bool) -> float | None:
    """Mean F1 over the directions that gold or predictions hold.

    Parameters
    ----------
    counts
        A flattened confusion matrix of `direction_counts`.
    partners_only
        Whether claims without a partner are left out: then it is the direction given a match, else the direction end to end.
    """
    matrix = np.asarray(counts).reshape(_NONE + 1, _NONE + 1)
    if partners_only:
        matrix = matrix[:_NONE, :_NONE]
    known = [score for k in range(_NONE) if (score := _f1_of(matrix, k)) is not None]
    return sum(known) / len(known) if known else None


def partners_f1(counts: Counts, *, direction: str) -> float | None:
    """F1 of one direction over claims with a partner, from a flattened confusion matrix; None where no partner on either side has it."""
    return _f1_of(np.asarray(counts).reshape(_NONE + 1, _NONE + 1)[:_NONE, :_NONE], DIRECTIONS.index(direction))


def _f1_of(matrix: NDArray[np.float64], k: int) -> float | None:
    return ratio(2 * float(matrix[k, k]), float(matrix[k].sum() + matrix[:, k].sum()))


def _tuple_metrics() -> Iterator[tuple[str, Metric]]:
    """Precision, recall and F1 of each level, and the mean F1 of an article."""
    words: dict[Level, str] = {"exact": "exact tuple", "lenient": "lenient tuple", "full": "exact tuple with form, agent and agent type"}
    for level, meaning in words.items():
        counts = partial(tuple_counts, level=level)
        yield f"{level}.precision", Metric(counts, precision, f"share of predicted claims that pair with a gold claim: {meaning}")
        yield f"{level}.recall", Metric(counts, recall, f"share of gold claims that are found: {meaning}")
        yield f"{level}.f1", Metric(counts, f1, f"harmonic mean of the two: {meaning}")
        yield f"{level}.article_f1", Metric(partial(article_f1, level=level), mean, f"mean F1 of an article: {meaning}")


def _slot_metrics() -> Iterator[tuple[str, Metric]]:
    for slot in SLOTS:
        yield f"aligned.{slot}", Metric(partial(slot_counts, slot=slot, level="aligned"), mean, f"{slot} right, of pairs about one molecule in one statement")
    for slot in NAMED:
        meaning = f"{slot} the same, or one containing the other, of pairs about one molecule in one statement"
        yield f"aligned.{slot}.lenient", Metric(partial(related_counts, slot=slot, level="aligned"), mean, meaning)
    for slot in list(SLOTS)[3:]:
        yield f"matched.{slot}", Metric(partial(slot_counts, slot=slot, level="lenient"), mean, f"{slot} right, of lenient tuple matches")


METRICS: Mapping[str, Metric] = {
    **dict(_tuple_metrics()),
    "found.recall": Metric(
        partial(tuple_counts, level="aligned"), recall, "share of gold claims with a prediction about the same molecule in the same statement"
    ),
    "direction.macro_f1": Metric(direction_counts, partial(macro_f1, partners_only=False), "mean F1 of the three directions, missed and extra claims counted"),
    "direction.macro_f1_given_match": Metric(
        direction_counts, partial(macro_f1, partners_only=True), "mean F1 of the three directions, of pairs in one statement"
    ),
    **{
        f"direction.{one}.f1_given_match": Metric(
            direction_counts, partial(partners_f1, direction=one), f"F1 of {one.replace('_', ' ')}, of pairs in one statement"
        )
        for one in DIRECTIONS
    },
    **dict(_slot_metrics()),
    "confidence.brier": Metric(calibration_counts, mean_square, "mean square of confidence minus outcome (exact); 0 is best", error=True),
    "confidence.ece": Metric(calibration_counts, expected_error, "mean gap between confidence and precision over ten bins; 0 is best", error=True),
}


def count_matrix(alignments: Sequence[Alignment], metric: Metric) -> NDArray[np.float64]:
    """Count every article: `[articles, k]`, with no rows where there is no article."""
    width = len(metric.count(_NOTHING))
    return np.asarray([metric.count(one) for one in alignments], dtype=np.float64).reshape(len(alignments), width)


_NOTHING = Alignment(article="", gold=(), predicted=(), covered=dict.fromkeys(LEVELS, frozenset()), pairs=dict.fromkeys(LEVELS, ()))
