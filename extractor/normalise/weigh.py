"""Claims of one article in, the same claims with the confidence that they have beside each other out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.errors import DataError
from extractor.normalise.among import NAMES, described
from extractor.normalise.merge import merge
from extractor.records import Article, Candidate, Claim
from extractor.trees import BoostedTrees


def claims_from(article: Article, candidates: Iterable[Candidate], trees: BoostedTrees | None) -> tuple[Claim, ...]:
    """The claims of an article: its candidates merged and, where there are trees, weighed."""
    return weigh(article, merge(article, candidates), trees)


def weigh(article: Article, claims: Sequence[Claim], trees: BoostedTrees | None) -> tuple[Claim, ...]:
    """Give each claim the probability that direction, region and species are all right and no other claim says it better.

    Parameters
    ----------
    article
        Where the claims were read.
    claims
        All of them, as `merge` made them.
    trees
        Fitted to claims of other articles (`learn/weigh.py`); without them, and for claims of the rules, nothing changes.

    Raises
    ------
    DataError
        The trees were fitted to other numbers.
    """
    if trees is None or not claims or not all(claim.probabilities for claim in claims):
        return tuple(claims)
    if trees.numbers != NAMES:
        raise DataError("trees of other numbers", expected=", ".join(NAMES), repair="train them again with scripts/train_claims.py")
    found = trees.probabilities(described(article, claims))
    return tuple(replace(claim, confidence=round(float(value), 3)) for claim, value in zip(claims, found, strict=True))
