"""Tuple scores against the gold sets: abstracts, full texts, and the review's prose against its own Table 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from extractor.evaluate import GoldArticle, Scores, load_gold, score
from extractor.evaluate.names import resolve, shared
from extractor.evaluate.report import of_agents
from extractor.evaluate.statements import statement
from extractor.evaluate.table1 import AGENT, by_citation
from extractor.pipeline import Pipeline
from extractor.records import Article, Section
from extractor.schema import ClaimRecord, claim_record

from measure_figures import Figure, Measurement
from measure_stages import articles, first_article, pipeline, rules_pipeline

CHUNK = 20  # abstracts a piece; own choice: small against the whole, large against the cost of passing it on
LEVELS = ("exact", "lenient", "full")
SLOTS = ("direction", "region", "species", "form", "agent", "agent_type", "certainty", "attribution", "presupposed")
MEASURED_SECTIONS = frozenset({Section.ABSTRACT, Section.RESULTS, Section.CAPTION})
"""Where the full texts were annotated."""
Claims = Mapping[str, Sequence[ClaimRecord]]


def _claims(given: Iterable[Article], *, run: Pipeline | None = None) -> dict[str, list[ClaimRecord]]:
    return {article.id: [claim_record(claim, article) for claim in (run or pipeline()).run(article).claims] for article in given}


def _by_rules(given: Iterable[Article]) -> dict[str, list[ClaimRecord]]:
    """The claims by the rules alone: the models were trained on these articles, `scripts/train_claims.py --nested` measures them."""
    return _claims(given, run=rules_pipeline())


def figures_of(scores: Scores, *, prefix: str = "") -> list[Figure]:
    """Tuple scores at each level, then direction, then the slots of aligned pairs, then calibration."""
    names = [f"{level}.{kind}" for level in LEVELS for kind in ("precision", "recall", "f1", "article_f1")]
    names += ["found.recall", "direction.macro_f1", "direction.macro_f1_given_match", *(f"aligned.{slot}" for slot in SLOTS), "confidence.brier"]
    return [_figure(scores, name, prefix=prefix) for name in names]


def _figure(scores: Scores, name: str, *, prefix: str) -> Figure:
    found = scores.figures[name]
    return Figure(prefix + name, found.value, found.low, found.high, _counted_over(scores, name))


def _counted_over(scores: Scores, name: str) -> int:
    """Predictions for precision and calibration, pairs for slots, articles for means over articles, gold claims for all else."""
    if name.startswith("aligned."):
        return sum(len(one.pairs["aligned"]) for one in scores.alignments)
    if name.endswith(".article_f1"):
        return sum(bool(one.gold or one.covered["lenient"]) for one in scores.alignments)
    if name.endswith(".precision") or name.startswith("confidence."):
        return sum(len(one.covered["lenient" if name.startswith("lenient") else "exact"]) for one in scores.alignments)
    return sum(len(one.gold) for one in scores.alignments)


def _joined(results: Iterable[Claims]) -> dict[str, Sequence[ClaimRecord]]:
    return {key: claims for result in results for key, claims in result.items()}


def abstract_items(corpora: Path) -> list[list[Article]]:
    """The abstracts that have a gold, in pieces of CHUNK."""
    wanted = {article.id for article in _abstract_gold(corpora)}
    found = [article for article in articles(corpora / "corpora" / "depression" / "abstracts.jsonl") if article.id in wanted]
    return [found[i : i + CHUNK] for i in range(0, len(found), CHUNK)]


def _abstract_gold(corpora: Path) -> list[GoldArticle]:
    return load_gold(corpora / "gold" / "abstracts_dev.jsonl")


def abstract_figures(corpora: Path, results: Sequence[Claims]) -> list[Figure]:
    """All gold abstracts; one that was not read would count as missed."""
    return figures_of(score(_joined(results), _abstract_gold(corpora)), prefix="rules.")


def elife_items(corpora: Path) -> list[Path]:
    """The annotated full texts."""
    return [corpora / "corpora" / "elife_neuro_jats" / f"{article.id}.xml" for article in _elife_gold(corpora)]


def _elife_gold(corpora: Path) -> list[GoldArticle]:
    return load_gold(corpora / "gold" / "elife_dev.jsonl")


def elife_work(path: Path) -> Claims:
    """The claims of one full text whose best evidence stands in a section that was annotated."""
    claims = _by_rules([first_article(path)])
    return {path.stem: [claim for one in claims.values() for claim in one if claim.evidence[0].section in MEASURED_SECTIONS]}


def elife_figures(corpora: Path, results: Sequence[Claims]) -> list[Figure]:
    """The annotated full texts, restatements joined."""
    return figures_of(score(_joined(results), _elife_gold(corpora)), prefix="rules.")


def review_items(corpora: Path) -> list[Path]:
    """The review as text."""
    return [corpora / "seed" / "kang2022_review.txt"]


def review_work(path: Path) -> list[ClaimRecord]:
    """The claims of the review."""
    return [claim for one in _claims(articles(path)).values() for claim in one]


def review_figures(_: Path, results: Sequence[Sequence[ClaimRecord]]) -> list[Figure]:
    """The prose against the printed values of Table 1 by cited paper: claims of ketamine, then all claims; then ketamine against what the prose tells of them."""
    claims = [claim for result in results for claim in result]
    made: list[Figure] = []
    for prefix, which, agents in (("", "table1", [AGENT]), ("all_agents.", "table1", []), ("told.", "table1:prose", [AGENT])):
        gold = load_gold(which)
        wanted = tuple(name for agent in agents for name in [resolve("agent", agent)] if name is not None)
        kept = [claim for claim in claims if not wanted or shared(wanted, statement(claim).agents)]
        said = {**{article.id: [] for article in gold}, **by_citation(kept)}
        scores = score(said, of_agents(gold, agents))
        made += [_figure(scores, f"{level}.{kind}", prefix=prefix) for level in LEVELS[:2] for kind in ("precision", "recall", "f1")]
    return made


ABSTRACTS = Measurement("abstracts", abstract_items, _by_rules, abstract_figures)
ELIFE = Measurement("elife", elife_items, elife_work, elife_figures)
REVIEW = Measurement("review", review_items, review_work, review_figures)
