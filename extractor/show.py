"""Claims for people to read on a terminal: the evidence with its parts in colour and a line a claim, or a table of claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.errors import InputError, UsageError
from extractor.records import Article
from extractor.schema import ClaimRecord, EvidenceRecord, NamedRecord, claim_record, read_claims

if TYPE_CHECKING:
    from extractor.batch import Stages

COLOURS = {"agent": "bold magenta", "molecule": "bold green", "region": "cyan", "species": "yellow", "cue": "bold red"}
ARROWS = {"increase": "↑", "decrease": "↓", "no_change": "="}
LISTED = 10  # article ids in a message; own choice


def claims_of(
    path: Path, *, article_id: str | None = None, model: str | None = None, claim_models: Path | None = None, stages: Stages | None = None
) -> list[ClaimRecord]:
    """Return the claims of one article: read from claims.jsonl, or found now in an article file.

    Parameters
    ----------
    path
        A claims.jsonl, or a file with one or more articles.
    article_id
        Which article, where the file holds several.
    model
        An installed spaCy model, for an article file.
    claim_models
        A folder of trained models of claims, for an article file.
    stages
        What to read and run with, for tests.

    Raises
    ------
    UsageError
        The file holds several articles and none is named, or no such article.
    InputError
        The article cannot be read.
    DataError
        A line of claims.jsonl is broken.
    """
    if not path.is_file():
        raise UsageError("no such file", place=path, expected="an article, or a claims.jsonl", repair="check the path")
    if _holds_claims(path):
        claims = list(read_claims(path))
        chosen = _chosen((claim.article.id for claim in claims), article_id, place=path)
        return [claim for claim in claims if claim.article.id == chosen]
    return _extracted(path, article_id=article_id, model=model, claim_models=claim_models, stages=stages)


def _holds_claims(path: Path) -> bool:
    with path.open("rb") as file:
        return path.suffix == ".jsonl" and b'"claim_id"' in file.readline()


def _chosen(found: Iterable[str], wanted: str | None, *, place: Path) -> str:
    ids = list(dict.fromkeys(found))
    if wanted in ids or (wanted is None and len(ids) == 1):
        return wanted or ids[0]
    listed = ", ".join(ids[:LISTED]) + (", …" if len(ids) > LISTED else "")
    what = f"no article {wanted}" if wanted is not None else f"{len(ids)} articles"
    raise UsageError(what, place=place, expected=f"one of {listed}" if ids else "an article with claims", repair="name one with --article" if ids else "")


def _extracted(path: Path, *, article_id: str | None, model: str | None, claim_models: Path | None, stages: Stages | None) -> list[ClaimRecord]:
    from extractor.batch import Stages
    from extractor.settings import Settings

    stages = stages or Stages()
    article = article_in(stages.read(path), article_id, place=path)
    result = stages.make_runner(Settings(), model=model, claim_models=claim_models).run(article)
    records = [claim_record(claim, article) for claim in result.claims]
    return sorted(records, key=lambda record: (record.evidence[0].start, record.claim_id))


def article_in(articles: Iterator[Article | InputError], wanted: str | None, *, place: Path) -> Article:
    """Return the wanted article, without reading on; an error only where it may be the one. Raises as `claims_of` does."""
    seen: list[Article] = []
    for article in articles:
        if isinstance(article, InputError):
            if wanted is None:
                raise article
        elif article.id == wanted:
            return article
        else:
            seen.append(article)
        if wanted is None and len(seen) > LISTED:
            break
    chosen = _chosen((article.id for article in seen), wanted, place=place)
    return next(article for article in seen if article.id == chosen)


def print_article(claims: Sequence[ClaimRecord], console: Console) -> None:
    """Print the claims of one article in reading order, each piece of evidence once with the claims that it states."""
    if not claims:
        console.print("no claims")
        return
    article = claims[0].article
    console.print(Text.assemble((article.title or article.id, "bold"), f"  [{article.id}]"))
    console.print(Text(" ").join(Text(name, style=colour) for name, colour in COLOURS.items()))
    ordered = sorted(claims, key=lambda claim: (claim.evidence[0].start, claim.evidence[0].end, claim.claim_id))
    for _, group in groupby(ordered, key=lambda claim: (claim.evidence[0].start, claim.evidence[0].end)):
        same = list(group)
        console.print()
        console.print(highlighted(same[0].evidence[0], same), highlight=False)
        for claim in same:
            console.print(Padding(claim_line(claim), (0, 0, 0, 2)), highlight=False)


def highlighted(evidence: EvidenceRecord, claims: Iterable[ClaimRecord]) -> Text:
    """Return the evidence with those parts of the claims in colour that stand inside it."""
    text = Text(evidence.text)
    for claim in claims:
        for role, start, end in _parts(claim):
            if evidence.start <= start and end <= evidence.end:
                text.stylize(COLOURS[role], start - evidence.start, end - evidence.start)
    return text


def _parts(claim: ClaimRecord) -> Iterator[tuple[str, int, int]]:
    for slot in claim.agent:
        yield "agent", slot.start, slot.end
    for role, part in (("region", claim.region), ("species", claim.species), ("cue", claim.cue), ("molecule", claim.molecule)):
        if part is not None:
            yield role, part.start, part.end


def claim_line(claim: ClaimRecord) -> Text:
    """Return a claim as one line: ``ketamine ↑ BDNF (level) · hippocampus · rat  0.93 [results]``."""
    agents = ", ".join(_name(slot) for slot in claim.agent) or "agent not stated"
    marks = [
        mark
        for mark, on in (("hedged", claim.certainty == "hedged"), ("presupposed", claim.presupposed), (claim.attribution, claim.attribution != "own"))
        if on
    ]
    return Text.assemble(
        (agents, COLOURS["agent"]),
        (f" {ARROWS[claim.direction]} ", COLOURS["cue"]),
        (_name(claim.molecule), COLOURS["molecule"]),
        f" ({claim.form}) · ",
        (_name(claim.region), COLOURS["region"]) if claim.region else ("region not stated", "dim"),
        " · ",
        (_name(claim.species), COLOURS["species"]) if claim.species else ("species not stated", "dim"),
        (f"  {claim.confidence:.2f} [{claim.evidence[0].section}]", "dim"),
        (f" {', '.join(marks)}" if marks else "", "italic"),
    )


def _name(named: NamedRecord | None) -> str:
    return (named.name or named.text) if named else ""


def claims_table(claims: Iterable[ClaimRecord]) -> Table:
    """Return a table of claims, a row each, that a narrow terminal can hold."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("article", no_wrap=True)
    table.add_column("agent, direction, molecule (form) · region · species  confidence [section]")
    for claim in claims:
        table.add_row(Text(claim.article.id), claim_line(claim))
    return table
