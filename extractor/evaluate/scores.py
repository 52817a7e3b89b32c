"""Predictions and gold in, scores out: pure functions, no files. `report.evaluate` wraps them for a run on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from extractor.evaluate.intervals import RESAMPLES, SEED, Interval, draws, interval
from extractor.evaluate.match import Alignment, align
from extractor.evaluate.metrics import METRICS, count_matrix
from extractor.evaluate.statements import GoldArticle, statement
from extractor.schema import ClaimRecord


@dataclass(frozen=True, slots=True)
class Scores:
    """A run against a gold. `figures` are the METRICS over all gold articles, `figures_read` over those that the run holds.

    `partial` says that the gold covers only some molecules of its papers, so that precision is counted in a closed world.
    `unjudged` are the predicted claims that the gold cannot judge: in other articles, sections or about other molecules.
    """

    alignments: tuple[Alignment, ...]
    figures: Mapping[str, Interval]
    figures_read: Mapping[str, Interval]
    partial: bool
    unjudged: int
    restatements: int = 0
    extra_articles: tuple[str, ...] = field(default=())

    @property
    def unread(self) -> tuple[str, ...]:
        """Gold articles that the run does not hold."""
        return tuple(one.article for one in self.alignments if not one.read)


def score(
    predictions: Mapping[str, Sequence[ClaimRecord]], gold: Sequence[GoldArticle], *,
    resamples: int = RESAMPLES, seed: int = SEED, aliases: Mapping[str, str] | None = None,
) -> Scores:  # fmt: skip
    """Score the claims of a run.

    Parameters
    ----------
    predictions
        Claims by article; an article that was read and gave none is there with an empty list. Articles are found by their key, and
        by identifier, DOI, PubMed number and file stem of their claims.
    gold
        From `load_gold`. All its claims are in the denominator of recall.
    resamples
        Bootstrap draws; 0 leaves the intervals out.
    seed
        Of the draws.
    aliases
        Further names of articles: alias to key of `predictions`.

    Returns
    -------
        The pairs of every article and the figures with 95 % intervals.
    """
    index = index_articles(predictions, aliases or {})
    used: set[str] = set()
    alignments = []
    for article in gold:
        keys = article_keys(article, index)
        used.update(keys)
        claims = [statement(record) for key in keys for record in predictions.get(key, ())]
        alignments.append(align(article, claims, read=bool(keys)))
    judged = sum(len(one.covered["lenient"]) for one in alignments)
    return Scores(
        alignments=tuple(alignments),
        figures=figures(alignments, resamples=resamples, seed=seed),
        figures_read=figures([one for one in alignments if one.read], resamples=resamples, seed=seed),
        partial=any(not article.complete for article in gold),
        unjudged=sum(len(claims) for claims in predictions.values()) - judged,
        restatements=sum(article.restatements for article in gold),
        extra_articles=tuple(sorted(set(predictions) - used)),
    )


def figures(alignments: Sequence[Alignment], *, resamples: int = RESAMPLES, seed: int = SEED) -> dict[str, Interval]:
    """Compute every metric of METRICS over scored articles."""
    times = draws(len(alignments), resamples=resamples, seed=seed)
    return {name: interval(count_matrix(alignments, metric), metric.value, times=times) for name, metric in METRICS.items()}


def index_articles(predictions: Mapping[str, Sequence[ClaimRecord]], aliases: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Every name of every article of a run, folded to lower case, with the keys of `predictions` that it stands for."""
    named: dict[str, dict[str, None]] = {}
    for key, claims in predictions.items():
        for name in (key, *_names(claims)):
            named.setdefault(name.lower(), {})[key] = None
    for alias, key in aliases.items():
        named.setdefault(alias.lower(), {})[key] = None
    return {name: tuple(keys) for name, keys in named.items()}


def _names(claims: Iterable[ClaimRecord]) -> set[str]:
    given = {name for claim in claims for name in (claim.article.id, claim.article.doi, claim.article.pmid, stem(claim.article.source))}
    return {name for name in given if name}


def stem(source: str) -> str:
    """The name of a source file without folder and extension."""
    return PurePath(source).stem


def article_keys(article: GoldArticle, index: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The articles of a run that a gold article stands for: those under its own name, else those under an alias."""
    own = index.get(article.id.lower(), ())
    return own or tuple(dict.fromkeys(key for alias in article.aliases for key in index.get(alias.lower(), ())))
