"""The annotated texts that the models of claims learn from: the folder beside the checkout in, studied examples and their gold out."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.evaluate.gold import GoldArticleRow, gold_article, load_gold
from extractor.evaluate.statements import GoldArticle
from extractor.learn import Example, articles_of, from_gold, from_paragraphs, from_sentences
from extractor.learn.dataset import Studied, study
from extractor.pipeline import Pipeline
from extractor.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
TESTED = frozenset({"abstracts", "elife", "paragraphs"})
"""Sources whose articles are read by models that did not see them. The lexicons were made while reading the first two, so the paragraphs stand for new texts."""
CORPORA = ("abstracts", "elife", "depression", "elife_neuro_jats", "rct/nxml")
"""What the figures are given for: the two gold sets, and the corpora of the paragraphs."""
GOLD = {"abstracts": "gold/abstracts_dev.jsonl", "elife": "gold/elife_dev.jsonl"}
TEXTS = {"abstracts": "corpora/depression/abstracts.jsonl", "elife": "corpora/elife_neuro_jats"}


@dataclass(frozen=True, slots=True)
class Material:
    """All examples as the models see them, and the gold of those that are tested on, by the key of the example."""

    studied: tuple[Studied, ...]
    gold: Mapping[str, GoldArticle]


def load(data: Path, *, sources: Sequence[str] = ("abstracts", "elife", "paragraphs", "sentences")) -> Material:
    """Read and study everything.

    Parameters
    ----------
    data
        A folder laid out as ../shared.
    sources
        Which of the four kinds of annotated text.
    """
    examples: list[Example] = []
    gold: dict[str, GoldArticle] = {}
    for source in ("abstracts", "elife"):
        if source in sources:
            found, judged = _gold(data, source)
            examples += found
            gold |= judged
    if "paragraphs" in sources:
        paragraphs = from_paragraphs(ROOT / "gold" / "paragraphs.jsonl", data / "corpora")
        examples += paragraphs
        gold |= {one.key: _judged(one) for one in paragraphs}
    if "sentences" in sources:
        examples += from_sentences(ROOT / "corpus" / "training")
    pipeline = Pipeline(Settings(rules_only=True))
    studied = []
    for no, example in enumerate(examples, 1):
        studied.append(study(example, pipeline))
        if no % 200 == 0:
            print(f"{no} of {len(examples)} examples studied", file=sys.stderr)
    return Material(studied=tuple(studied), gold=gold)


def _judged(example: Example) -> GoldArticle:
    """The claims of a stand-off paragraph as gold; a claim annotated twice counts once."""
    rows = [claim.row for claim in example.claims]
    unique = tuple(row for no, row in enumerate(rows) if row not in rows[:no])
    return gold_article(GoldArticleRow(record_id=example.key, claims=unique), place=example.key)


def _gold(data: Path, source: str) -> tuple[list[Example], dict[str, GoldArticle]]:
    """The examples of a gold file, and its articles by the identifiers that the reader gives them."""
    path, texts = data / GOLD[source], data / TEXTS[source]
    wanted = {article.id: article for article in load_gold(path)}
    articles = articles_of([texts] if texts.is_file() else [p for p in sorted(texts.iterdir()) if p.name.partition(".")[0] in wanted])
    examples = from_gold(path, articles, source="abstracts" if source == "abstracts" else "elife")
    return examples, {articles[name].id: article for name, article in wanted.items() if name in articles}
