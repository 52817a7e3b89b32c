"""What the scan finds: brain regions of WhiteText, species of CRAFT, and the species that an eLife article is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.evaluate.intervals import Counts
from extractor.evaluate.metrics import ratio
from extractor.records import Article, Section
from extractor.relate.context import Context, species_of
from extractor.terms import load_terms
from lxml import etree

from measure_figures import Figure, Measurement, Span, figure, span_counts, span_figures
from measure_stages import JOINT, first_article, pipeline, plain_article, scanner

CHUNK = 50  # abstracts a piece; own choice
TAXON = "NCBITaxon:"
Annotated = tuple[Article, tuple[Span, ...]]


def whitetext_items(shared: Path) -> list[list[Annotated]]:
    """The abstracts with their marked regions, in pieces."""
    tree = etree.parse(str(shared / "corpora" / "whitetext" / "whitetext_dev.xml"), etree.XMLParser(no_network=True, load_dtd=False))
    made = [whitetext_article(node) for node in tree.getroot().iter("PubmedArticle")]
    return [made[i : i + CHUNK] for i in range(0, len(made), CHUNK)]


def whitetext_article(node: etree._Element) -> Annotated:
    """Title and abstract as one article, the marked regions as spans into it."""
    texts: list[tuple[str, Section]] = []
    spans: list[Span] = []
    offset = 0
    for tag, section in (("ArticleTitle", Section.TITLE), ("AbstractText", Section.ABSTRACT)):
        text, found = marked(node.find(tag))
        spans += [(start + offset, end + offset) for start, end in found]
        texts.append((text, section))
        offset += len(text) + len(JOINT) if text else 0
    return plain_article(node.findtext("PMID") or "", *texts), tuple(spans)


def marked(node: etree._Element | None) -> tuple[str, list[Span]]:
    """The text of an element and the spans of its children."""
    if node is None:
        return "", []
    text, spans = node.text or "", []
    for child in node:
        inner = "".join(str(part) for part in child.itertext())
        spans.append((len(text), len(text) + len(inner)))
        text += inner + (child.tail or "")
    return text, spans


def region_work(chunk: Iterable[Annotated]) -> dict[str, tuple[Counts, Counts]]:
    """Span counts by abstract: all regions that the scan finds, and those of the brain and its nerves."""
    made: dict[str, tuple[Counts, Counts]] = {}
    for article, gold in chunk:
        found = [m for m in scanner().scan(article).mentions if m.kind == "region"]
        brain = [m for m in found if m.label in ("brain", "nerve")]
        made[article.id] = (span_counts(gold, [(m.start, m.end) for m in found]), span_counts(gold, [(m.start, m.end) for m in brain]))
    return made


def region_figures(_: Path, results: Sequence[dict[str, tuple[Counts, Counts]]]) -> list[Figure]:
    """Brain regions first, since only those are marked; then all regions of the scan."""
    joined = {key: counts for result in results for key, counts in result.items()}
    return [
        *span_figures({key: brain for key, (_, brain) in joined.items()}, prefix="brain."),
        *span_figures({key: every for key, (every, _) in joined.items()}, prefix="all."),
    ]


def craft_items(shared: Path) -> list[Annotated]:
    """The full texts with the spans of their species; of a span in pieces, from the first to the last."""
    made: list[Annotated] = []
    with (shared / "corpora" / "craft" / "concepts_dev.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            spans = {(min(s for s, _ in pieces), max(e for _, e in pieces)) for pieces, concept in row["spans"] if concept.startswith(TAXON)}
            made.append((plain_article(row["pmid"], (row["text"], Section.RESULTS)), tuple(sorted(spans))))
    return made


def species_work(item: Annotated) -> tuple[str, Counts]:
    """Span counts of one full text."""
    article, gold = item
    return article.id, span_counts(gold, [(m.start, m.end) for m in scanner().scan(article).mentions if m.kind == "species"])


def species_figures(_: Path, results: Sequence[tuple[str, Counts]]) -> list[Figure]:
    """All species spans."""
    return span_figures(dict(results))


@dataclass(frozen=True, slots=True)
class Organisms:
    """An article, the species that its keywords name (those that the lexicon has), the species found for it, and those of its claims.

    `unknown` are keywords without a lexicon row, such as "other".
    """

    article: str
    declared: frozenset[str]
    unknown: tuple[str, ...]
    dominant: str | None
    claims: tuple[str, ...]


def organism_items(shared: Path) -> list[Path]:
    """The articles, the largest first, so that the workers end together."""
    return sorted((shared / "corpora" / "elife_neuro_jats").glob("*.xml"), key=lambda path: (-path.stat().st_size, path.name))


def declared_organisms(path: Path) -> list[str]:
    """The keywords of the groups of type research-organism, mark-up left out, also where it is written as text."""
    tree = etree.parse(str(path), etree.XMLParser(no_network=True, load_dtd=False, recover=True))
    found = tree.getroot().iterfind(".//kwd-group[@kwd-group-type='research-organism']/kwd")
    return [text for word in found if (text := "".join(str(part) for part in word.itertext()).replace("<i>", "").replace("</i>", "").strip())]


def organism_work(path: Path) -> Organisms:
    """Read one article without the organisms that its source declares, and see which species the pipeline settles on."""
    terms = load_terms()
    article = replace(first_article(path), organisms=(), keywords=())
    words = declared_organisms(path)
    known = [species_of(term.name, terms) for word in words if (term := terms.find(word, "species")) is not None]
    whole = Context(article, scanner().scan(article), terms).dominant("species")
    return Organisms(
        article=path.stem,
        declared=frozenset(known),
        unknown=tuple(word for word in words if terms.find(word, "species") is None),
        dominant=species_of(whole.name, terms) if whole is not None and whole.name else None,
        claims=tuple(claim.species.name for claim in pipeline().run(article).claims if claim.species is not None and claim.species.name),
    )


def organism_figures(_: Path, results: Sequence[Organisms]) -> list[Figure]:
    """The dominant species among the declared ones, over articles that declare a species; the species of claims likewise."""
    judged = [one for one in results if one.declared]
    right = {one.article: (one.dominant in one.declared, 1) for one in judged}
    single = {one.article: (one.dominant in one.declared, 1) for one in judged if len(one.declared) == 1 and not one.unknown}
    answered = {one.article: (one.dominant in one.declared, 1) for one in judged if one.dominant}
    claims = {one.article: (sum(name in one.declared for name in one.claims), len(one.claims)) for one in judged}
    return [
        figure("dominant.accuracy", right, _mean, n=len(right)),
        figure("dominant.accuracy_one_organism", single, _mean, n=len(single)),
        figure("dominant.accuracy_given_species", answered, _mean, n=len(answered)),
        figure("claims.precision", claims, _mean, n=sum(total for _, total in claims.values())),
    ]


def _mean(row: Counts) -> float | None:
    return ratio(row[0], row[1])


WHITETEXT = Measurement("whitetext", whitetext_items, region_work, region_figures)
CRAFT = Measurement("craft", craft_items, species_work, species_figures)
ORGANISMS = Measurement("organisms", organism_items, organism_work, organism_figures)
