"""Scores in, the plain data of scores.json out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from extractor.evaluate.calibration import average_precision, curve, reliability
from extractor.evaluate.compare import Comparison
from extractor.evaluate.funnel import Loss, difference_counts, stage_counts
from extractor.evaluate.match import LEVELS
from extractor.evaluate.metrics import DIRECTIONS, METRICS, count_matrix
from extractor.evaluate.scores import Scores
from extractor.evaluate.slices import all_slices, rule_table
from extractor.evaluate.terminal import remarks

DIGITS = 6
SCORES_VERSION = 1


def summary(scores: Scores, lost: Sequence[Loss], *, comparison: Comparison | None = None) -> dict[str, object]:
    """Everything that scores.json holds: figures, counts, slices, rules, calibration, funnel; rounded to six digits."""
    alignments = scores.alignments
    points = curve(alignments)
    data: dict[str, object] = {
        "scores_version": SCORES_VERSION,
        "articles": {
            "gold": len(alignments),
            "read": len(alignments) - len(scores.unread),
            "not_read": list(scores.unread),
            "without_gold": len(scores.extra_articles),
        },
        "claims": {
            "gold": sum(len(one.gold) for one in alignments),
            "restatements_joined": scores.restatements,
            "not_judged": scores.unjudged,
            "judged": {level: sum(len(one.covered[level]) for one in alignments) for level in LEVELS},
            "paired": {level: sum(len(one.pairs[level]) for one in alignments) for level in LEVELS},
        },
        "closed_world_precision": scores.partial,
        "remarks": remarks(scores),
        "figures": {name: asdict(interval) for name, interval in scores.figures.items()},
        "figures_of_articles_read": {name: asdict(interval) for name, interval in scores.figures_read.items()},
        "direction_confusion": confusion(scores),
        "slices": {name: [{**asdict(row), "recall": row.recall, "precision": row.precision} for row in rows] for name, rows in all_slices(alignments).items()},
        "rules": [asdict(row) for row in rule_table(alignments)],
        "reliability": [asdict(one) for one in reliability(alignments)],
        "average_precision": average_precision(points),
        "funnel": stage_counts(lost),
        "differences": difference_counts(lost),
    }
    if comparison is not None:
        data["comparison"] = {
            "differences": {name: asdict(gap) for name, gap in comparison.differences.items()},
            "changes": [{"kind": change.kind, "article": change.article, "claim": change.claim.core} for change in comparison.changes],
        }
    rounded = _rounded(data)
    assert isinstance(rounded, dict)
    return rounded


def confusion(scores: Scores) -> dict[str, dict[str, int]]:
    """Gold direction by predicted direction; `missed` and `extra` are claims without a partner."""
    matrix = count_matrix(scores.alignments, METRICS["direction.macro_f1"]).sum(axis=0)
    names = (*DIRECTIONS, "missed"), (*DIRECTIONS, "extra")
    size = len(names[0])
    return {row: {column: int(matrix[r * size + c]) for c, column in enumerate(names[0])} for r, row in enumerate(names[1])}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value
