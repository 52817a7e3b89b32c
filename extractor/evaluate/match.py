"""Gold and predicted claims of an article in, one-to-one pairs at each level out (CLAIMS.md, "When do two claims match").

Levels: `exact` tuple, `lenient` tuple, `full` (exact with form, agent and agent type), and `aligned`: the same molecule in the
same statement whatever the other slots say, which is where slots are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from extractor.evaluate.names import Name, related, same, shared
from extractor.evaluate.statements import GoldArticle, Statement, overlapping

Level = Literal["exact", "lenient", "full", "aligned"]
Pair = tuple[int, int]
Compatible = Callable[[Statement, Statement], bool]


def exact(gold: Statement, predicted: Statement) -> bool:
    """The same molecule, region, direction and species."""
    return gold.direction == predicted.direction and all(same(a, b) for a, b in _core(gold, predicted))


def lenient(gold: Statement, predicted: Statement) -> bool:
    """The same direction; molecule, region and species the same or one containing the other."""
    return gold.direction == predicted.direction and all(related(a, b) for a, b in _core(gold, predicted))


def full(gold: Statement, predicted: Statement) -> bool:
    """An exact tuple with the same form and agent type, and an agent in common."""
    slots = gold.form == predicted.form and gold.agent_type == predicted.agent_type
    return slots and exact(gold, predicted) and shared(gold.agents, predicted.agents)


def aligned(gold: Statement, predicted: Statement) -> bool:
    """The same molecule (or its family) in the same statement. A gold without quotes aligns by molecule alone."""
    if not related(gold.molecule, predicted.molecule):
        return False
    return not gold.evidence or overlapping(gold.evidence, predicted.evidence)


def _core(gold: Statement, predicted: Statement) -> tuple[tuple[Name | None, Name | None], ...]:
    return ((gold.molecule, predicted.molecule), (gold.species, predicted.species), (gold.region, predicted.region))


LEVELS: Mapping[Level, Compatible] = {"exact": exact, "lenient": lenient, "full": full, "aligned": aligned}

PREFERENCES: tuple[tuple[float, Compatible], ...] = (
    (8, lambda g, p: g.direction == p.direction),
    (4, lambda g, p: same(g.molecule, p.molecule)),
    (4, lambda g, p: same(g.region, p.region)),
    (2, lambda g, p: g.form == p.form),
    (2, lambda g, p: shared(g.agents, p.agents)),
    (2, lambda g, p: same(g.species, p.species)),
    (1, lambda g, p: overlapping(g.evidence, p.evidence)),
    (1, lambda g, p: bool(g.cue) and g.cue == p.cue),
    (0.5, lambda g, p: g.agent_type == p.agent_type),
)
"""Which of several possible partners is the likeliest; the weights only order partners, the number of pairs comes first. Own choice."""
_ALL = sum(weight for weight, _ in PREFERENCES)


@dataclass(frozen=True, slots=True)
class Alignment:
    """One article, scored. `pairs` index into `gold` and `predicted`; `covered` are the predictions that the gold can judge.

    `read` is False where the run does not hold the article: all its gold claims are missed.
    """

    article: str
    gold: tuple[Statement, ...]
    predicted: tuple[Statement, ...]
    covered: Mapping[Level, frozenset[int]]
    pairs: Mapping[Level, tuple[Pair, ...]]
    read: bool = True

    def missed(self, level: Level) -> tuple[int, ...]:
        """The gold claims that no prediction was paired with."""
        found = {g for g, _ in self.pairs[level]}
        return tuple(g for g in range(len(self.gold)) if g not in found)

    def spurious(self, level: Level) -> tuple[int, ...]:
        """The covered predictions that no gold claim was paired with."""
        paired = {p for _, p in self.pairs[level]}
        return tuple(p for p in sorted(self.covered[level]) if p not in paired)


def align(gold: GoldArticle, predicted: Sequence[Statement], *, read: bool = True) -> Alignment:
    """Pair the gold claims of an article with predicted ones, at every level.

    Parameters
    ----------
    gold
        The annotated article.
    predicted
        The claims that a run found in it.
    read
        Whether the run holds the article at all.

    Returns
    -------
        The pairs: as many as possible at each level, and among those the likeliest.
    """
    judged = tuple(claim for claim in predicted if not gold.sections or not gold.sections.isdisjoint(claim.sections))
    covered = {level: _covered(gold, judged, level=level) for level in LEVELS}
    pairs = {level: assign(gold.claims, judged, compatible=compatible, among=covered[level]) for level, compatible in LEVELS.items()}
    return Alignment(article=gold.id, gold=gold.claims, predicted=judged, covered=covered, pairs=pairs, read=read)


def _covered(gold: GoldArticle, predicted: Sequence[Statement], *, level: Level) -> frozenset[int]:
    """All predictions of a complete gold; of a partial one those about its molecules (closed world)."""
    if gold.complete:
        return frozenset(range(len(predicted)))
    alike = same if level in ("exact", "full") else related
    return frozenset(no for no, claim in enumerate(predicted) if any(alike(claim.molecule, one.molecule) for one in gold.claims))


def assign(gold: Sequence[Statement], predicted: Sequence[Statement], *, compatible: Compatible, among: frozenset[int]) -> tuple[Pair, ...]:
    """Choose one-to-one pairs: the largest possible number, and of all such choices the one preferred most.

    Parameters
    ----------
    gold, predicted
        The claims of one article.
    compatible
        Whether a gold claim and a predicted one may be paired.
    among
        The predictions that take part, by index.
    """
    first = min(len(gold), len(predicted)) + 1.0
    weights = np.zeros((len(gold), len(predicted)))
    for g, wanted in enumerate(gold):
        for p in among:
            if compatible(wanted, predicted[p]):
                weights[g, p] = first + preference(wanted, predicted[p])
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return tuple((int(g), int(p)) for g, p in zip(rows, columns, strict=True) if weights[g, p] > 0)


def preference(gold: Statement, predicted: Statement) -> float:
    """How much two claims have in common beyond being compatible, between 0 and 1."""
    return sum(weight for weight, agree in PREFERENCES if agree(gold, predicted)) / _ALL
