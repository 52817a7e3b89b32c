"""A run on disk and a gold in, the whole report out: scores.json, report.html and what the terminal shows."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor.errors import UsageError
from extractor.evaluate.compare import Comparison, compare
from extractor.evaluate.funnel import Loss, losses
from extractor.evaluate.gold import load_gold
from extractor.evaluate.intervals import RESAMPLES, SEED
from extractor.evaluate.names import Name, resolve, shared
from extractor.evaluate.scores import Scores, article_keys, index_articles, score, stem
from extractor.evaluate.statements import GoldArticle, statement
from extractor.evaluate.summary import summary
from extractor.evaluate.table1 import by_citation, is_reference
from extractor.evaluate.trace import TraceRecord, read_trace
from extractor.schema import ClaimRecord, ReceiptRecord, read_claims, read_records


@dataclass(frozen=True, slots=True)
class Run:
    """The claims of a run by article, articles without claims included where receipts.jsonl lies beside claims.jsonl."""

    claims: Mapping[str, Sequence[ClaimRecord]]
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found and the files that it wrote."""

    scores: Scores
    losses: tuple[Loss, ...]
    comparison: Comparison | None
    summary: Mapping[str, object]
    files: tuple[Path, ...] = ()


def evaluate(
    claims: Path, gold: str | Path, *, out: Path, compare_with: Path | None = None, from_review: bool = False, trace: Path | None = None,
    split: str | None = None, agents: Sequence[str] = (), resamples: int = RESAMPLES, seed: int = SEED,
) -> Report:  # fmt: skip
    """Score a run and write scores.json and report.html into a folder.

    Parameters
    ----------
    claims, compare_with
        A claims.jsonl, or the folder of a run that holds one; another one to compare with.
    gold
        As for `load_gold`.
    from_review
        Whether the claims come from the review itself and count for the papers they cite.
    trace
        trace.jsonl of the run, for the funnel; by default the one beside `claims`.
    split
        `K/N` keeps only the K-th of N parts of the gold articles (K from 1), drawn by a hash of their identifiers; None keeps all.
    agents
        Keep only claims of these agents, gold and predicted; none keeps all.
    resamples, seed
        Of the bootstrap.

    Raises
    ------
    DataError
        A claim, gold or trace file is broken.
    UsageError
        `from_review` with a gold that is not Table 1, a `split` that makes no sense, or one that leaves no article.
    """
    articles = of_agents(part_of(load_gold(gold), split), agents)
    if from_review and not all(is_reference(article.id) for article in articles):
        raise UsageError(f"--from-review with gold {str(gold)!r}", expected="the gold table1", repair="leave --from-review out, or use --gold table1")
    cited = articles if from_review else ()
    run = load_run(claims, cited, agents=agents)
    scores = score(run.claims, articles, resamples=resamples, seed=seed, aliases=run.aliases)
    comparison = None
    if compare_with is not None:
        comparison = _comparison(load_run(compare_with, cited, agents=agents), scores, articles=articles, resamples=resamples, seed=seed)
    lost = losses(scores.alignments, traces=_traces(claims, trace, articles=articles, run=run))
    labels = (_label(claims), _label(Path(gold)), _label(compare_with) if compare_with else "")
    return _write(Report(scores, lost, comparison, summary(scores, lost, comparison=comparison)), out=out, labels=labels)


def _comparison(other: Run, scores: Scores, *, articles: Sequence[GoldArticle], resamples: int, seed: int) -> Comparison:
    first = score(other.claims, articles, resamples=0, aliases=other.aliases)
    return compare(first, scores, resamples=resamples, seed=seed)


def _write(report: Report, *, out: Path, labels: tuple[str, str, str]) -> Report:
    from extractor.evaluate.html import Labels, page  # here, because the charts take half a second to import and scoring alone needs none

    out.mkdir(parents=True, exist_ok=True)
    html = page(report.scores, report.losses, labels=Labels(*labels), comparison=report.comparison)
    written = {out / "scores.json": json.dumps(report.summary, ensure_ascii=False, indent=1) + "\n", out / "report.html": html}
    for file, text in written.items():
        file.write_text(text, "utf-8")
    return replace(report, files=tuple(written))


def of_agents(articles: Sequence[GoldArticle], agents: Sequence[str]) -> list[GoldArticle]:
    """Keep only the gold claims of some agents, and all articles; no agents keep all claims."""
    wanted = _names(agents)
    return [replace(one, claims=tuple(claim for claim in one.claims if not wanted or shared(wanted, claim.agents))) for one in articles]


def _names(agents: Sequence[str]) -> tuple[Name, ...]:
    return tuple(name for agent in agents for name in [resolve("agent", agent)] if name is not None)


def _label(path: Path) -> str:
    """The last two parts of a path: enough to tell runs apart, nothing about the machine."""
    return "/".join(path.resolve().parts[-2:]) if path.exists() else str(path)


def part_of(articles: Sequence[GoldArticle], split: str | None) -> list[GoldArticle]:
    """Keep the K-th of N parts of the gold articles, `split` being `K/N`. Raises `UsageError` where that is none."""
    if split is None:
        return list(articles)
    part, _, parts = split.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise UsageError(f"split {split!r}", expected="K/N with K from 1 to N, such as 1/5")
    kept = [article for article in articles if int(hashlib.sha256(article.id.encode()).hexdigest(), 16) % int(parts) == int(part) - 1]
    if not kept:
        raise UsageError(f"split {split!r} holds no gold article", expected="a part with articles", repair="take fewer parts")
    return kept


def claims_file(path: Path) -> Path:
    """The claims.jsonl that a path means: itself, or the one in the folder."""
    return path / "claims.jsonl" if path.is_dir() else path


def load_run(path: Path, cited: Sequence[GoldArticle] = (), *, agents: Sequence[str] = ()) -> Run:
    """Read the claims of a run, and from its receipts which articles it read without finding any.

    Parameters
    ----------
    path
        A claims.jsonl or the folder of a run.
    cited
        Given when the run read a review: the papers that it cites. Its claims then count for these.
    agents
        Keep only claims of these agents; none keeps all.

    Raises
    ------
    DataError
        A file is missing or a line is broken.
    """
    place = claims_file(path)
    claims: dict[str, list[ClaimRecord]] = defaultdict(list)
    wanted = _names(agents)
    for record in read_claims(place):
        kept = claims[record.article.id]
        if not wanted or shared(wanted, statement(record).agents):
            kept.append(record)
    if cited:
        said = by_citation(claim for one in claims.values() for claim in one)
        return Run(claims={**{article.id: [] for article in cited}, **said})
    aliases: dict[str, str] = {}
    receipts = place.with_name("receipts.jsonl")
    if receipts.is_file():
        for receipt in read_records(receipts, ReceiptRecord):
            claims.setdefault(receipt.article_id, [])
            aliases[stem(receipt.source)] = receipt.article_id
    return Run(claims=dict(claims), aliases=aliases)


def _traces(claims: Path, trace: Path | None, *, articles: Sequence[GoldArticle], run: Run) -> Mapping[str, TraceRecord] | None:
    """Traces by gold article, found under the same names as its claims; None where there is no trace."""
    place = trace or claims_file(claims).with_name("trace.jsonl")
    if trace is None and not place.is_file():
        return None
    read = read_trace(place)
    index = index_articles(run.claims, run.aliases)
    found = {article.id: [read[key] for key in article_keys(article, index) if key in read] for article in articles}
    return {article: records[0] for article, records in found.items() if records}
