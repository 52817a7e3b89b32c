"""Scored articles in, tables of precision and recall by slice out: by direction, form, species, section, rung, rule and more.

Recall is over the gold claims with a value, precision over the predictions with it; a claim with two sections counts in both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from extractor.evaluate.match import Alignment, Level
from extractor.evaluate.metrics import DIRECTIONS, f1, ratio
from extractor.evaluate.statements import Statement, shown

Values = Callable[[Statement], tuple[str, ...]]


def _one(value: object) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return () if value is None else (str(value),)


def _stated(claim: Statement, kind: str) -> tuple[str, ...]:
    return ("in the evidence" if claim.stated[kind] else "outside the evidence",) if kind in claim.stated else ()


SLICES: Mapping[str, Values] = {
    "direction": lambda claim: _one(claim.direction),
    "form": lambda claim: _one(claim.form),
    "agent_type": lambda claim: _one(claim.agent_type),
    "species": lambda claim: _one(shown(claim.species)),
    "region": lambda claim: _one(shown(claim.region)),
    "section": lambda claim: claim.sections,
    "certainty": lambda claim: _one(claim.certainty),
    "attribution": lambda claim: _one(claim.attribution),
    "presupposed": lambda claim: _one(claim.presupposed),
    "region_rung": lambda claim: _one(claim.rungs.get("region")),
    "species_rung": lambda claim: _one(claim.rungs.get("species")),
    "agent_rung": lambda claim: _one(claim.rungs.get("agent")),
    "region_stated": lambda claim: _stated(claim, "region"),
    "species_stated": lambda claim: _stated(claim, "species"),
}
"""A slice is one row: its name and the values a claim has in it. Rungs are known of predictions, `*_stated` of gold claims only."""


@dataclass(frozen=True, slots=True)
class SliceRow:
    """The claims with one value: `found` of the `gold` ones, `right` of the `predicted` ones."""

    value: str
    gold: int
    found: int
    predicted: int
    right: int

    @property
    def recall(self) -> float | None:
        """Found over gold."""
        return ratio(self.found, self.gold)

    @property
    def precision(self) -> float | None:
        """Right over predicted."""
        return ratio(self.right, self.predicted)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule: the predictions it read, their share of all, and how many of them are right at the exact and the lenient level."""

    rule: str
    predicted: int
    coverage: float
    exact: int
    lenient: int


def slice_table(alignments: Sequence[Alignment], values: Values, *, level: Level = "exact") -> tuple[SliceRow, ...]:
    """Count gold claims and predictions by value, the most frequent first."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in alignments:
        found, right = {g for g, _ in one.pairs[level]}, {p for _, p in one.pairs[level]}
        for g, claim in enumerate(one.gold):
            for value in values(claim):
                counts[value][0] += 1
                counts[value][1] += g in found
        for p in one.covered[level]:
            for value in values(one.predicted[p]):
                counts[value][2] += 1
                counts[value][3] += p in right
    rows = [SliceRow(value, *row) for value, row in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row.gold, -row.predicted, row.value)))


def all_slices(alignments: Sequence[Alignment], *, level: Level = "exact") -> dict[str, tuple[SliceRow, ...]]:
    """Every slice of SLICES."""
    return {name: slice_table(alignments, values, level=level) for name, values in SLICES.items()}


def direction_figures(alignments: Sequence[Alignment]) -> dict[str, float | None]:
    """Precision, recall and F1 of the exact tuples of each direction, named as `exact.no_change.f1`; None for 0/0."""
    rows = {row.value: row for row in slice_table(alignments, SLICES["direction"])}
    figures: dict[str, float | None] = {}
    for direction in DIRECTIONS:
        row = rows.get(direction, SliceRow(direction, 0, 0, 0, 0))
        scores = {"precision": row.precision, "recall": row.recall, "f1": f1((row.gold, row.predicted, row.found))}
        figures |= {f"exact.{direction}.{name}": score for name, score in scores.items()}
    return figures


def rule_table(alignments: Sequence[Alignment]) -> tuple[RuleRow, ...]:
    """Coverage and precision of every rule that read a covered prediction, the most used first."""
    used: Counter[str] = Counter()
    right: dict[Level, Counter[str]] = {"exact": Counter(), "lenient": Counter()}
    total = 0
    for one in alignments:
        covered = one.covered["lenient"]
        total += len(covered)
        used.update(rule for p in covered for rule in one.predicted[p].rules)
        for level, counter in right.items():
            counter.update(rule for _, p in one.pairs[level] for rule in one.predicted[p].rules)
    rows = [RuleRow(rule, n, n / total, right["exact"][rule], right["lenient"][rule]) for rule, n in used.items()]
    return tuple(sorted(rows, key=lambda row: (-row.predicted, row.rule)))
