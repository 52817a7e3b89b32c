"""Claims of a paragraph as offsets, without its text: written from annotators' rows, read back with the article at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from extractor.errors import DataError
from extractor.evaluate.gold import GoldClaimRow
from extractor.learn.examples import Example, LabelledClaim, Span, articles_of, label, nearest, occurrences
from extractor.records import AgentType, Article, Attribution, Certainty, Direction, Form, Section
from extractor.schema import Record, read_records

Reader = Literal[1, 2]
Place = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class AgentPlace(Record):
    """An agent: its name in short, and where it stands in the paragraph, null where the paragraph does not name it so."""

    name: str = Field(min_length=1)
    at: Place | None


class StandoffClaim(Record):
    """A claim (CLAIMS.md). `*_at` are `[start, end)` into the article's text, null where the paragraph has no words for the slot."""

    agent: tuple[AgentPlace, ...] = Field(min_length=1)
    agent_type: AgentType
    molecule_id_hint: str = Field(min_length=1)
    form: Form
    region_canonical: str = Field(min_length=1)
    direction: Direction
    species: str = Field(min_length=1)
    certainty: Certainty
    presupposed: bool
    attribution: Attribution
    qualifiers: str
    evidence_at: Place
    cue_at: Place
    molecule_at: Place | None
    region_at: Place | None
    species_at: Place | None


class StandoffParagraph(Record):
    """A line: what one reader found in a paragraph. `corpus` is the folder of `file`; `sha256` is of the paragraph's text."""

    record_id: str = Field(min_length=1)
    corpus: str
    file: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    sha256: str
    reader: Reader
    claims: tuple[StandoffClaim, ...]

    @property
    def span(self) -> Span:
        """Where the paragraph stands in the article."""
        return self.start, self.end


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def stand_off(row: GoldClaimRow, text: str, *, within: Span, place: str) -> StandoffClaim:
    """Turn the words of a claim into offsets.

    Parameters
    ----------
    row
        The claim, with words.
    text
        The text of the article.
    within
        The annotated paragraph.
    place
        File and claim, for messages.

    Returns
    -------
        Every slot at its occurrence nearest to the molecule.

    Raises
    ------
    DataError
        The paragraph does not hold the evidence, or the evidence not the cue.
    """
    found = label(row, text, place=place, within=within)
    near = found.molecule or found.cue

    def at(words: str | None) -> Span | None:
        places = occurrences(text, words, within=within) if words else []
        return nearest([near], places)[1] if places else None

    same = row.model_dump(include=set(StandoffClaim.model_fields) - {"agent"})
    agents = tuple(AgentPlace(name=name, at=at(name)) for name in row.agent)
    return StandoffClaim(
        **same,
        agent=agents,
        evidence_at=found.evidence,
        cue_at=found.cue,
        molecule_at=found.molecule,
        region_at=at(row.region_text),
        species_at=at(row.species_text),
    )


def row_of(claim: StandoffClaim, text: str, *, section: Section | None) -> GoldClaimRow:
    """Put the words of a claim back, from the text of its article; the section is that of its paragraph."""

    def words(at: Span | None) -> str | None:
        return text[slice(*at)] if at is not None else None

    region, molecule = words(claim.region_at), words(claim.molecule_at)
    same = claim.model_dump(include=set(GoldClaimRow.model_fields) - {"agent"})
    return GoldClaimRow(
        **same,
        agent=tuple(agent.name for agent in claim.agent),
        molecule=molecule or claim.molecule_id_hint,
        molecule_text=molecule,
        region=region or claim.region_canonical,
        region_text=region,
        species_text=words(claim.species_at),
        evidence=text[slice(*claim.evidence_at)],
        cue=text[slice(*claim.cue_at)],
        section=section,
    )


def from_paragraphs(path: Path, corpora: Path, *, reader: Reader = 1) -> list[Example]:
    """Read a file of stand-off paragraphs.

    Parameters
    ----------
    path
        A JSONL file, one paragraph of one reader a line.
    corpora
        The folder that holds the corpora named in the lines.
    reader
        Whose annotation is wanted; the second reader saw only a part of the paragraphs.

    Returns
    -------
        One example a paragraph: its whole article, of which only the paragraph is annotated.

    Raises
    ------
    DataError
        A line is broken, its article is not in the file, the paragraph's text is not what was annotated, or an offset points elsewhere.
    InputError
        An article cannot be read.
    """
    articles: dict[Path, dict[str, Article]] = {}
    examples = []
    for line in read_records(path, StandoffParagraph):
        if line.reader == reader:
            file = corpora / line.corpus / line.file
            if file not in articles:
                articles[file] = articles_of([file])
            examples.append(_example(line, articles[file], file=file))
    return examples


def _example(line: StandoffParagraph, articles: dict[str, Article], *, file: Path) -> Example:
    article = articles.get(line.record_id)
    if article is None:
        raise DataError(f"no article {line.record_id!r}", place=file, expected=f"one of {sorted(articles)}")
    if digest(article.text[line.start : line.end]) != line.sha256:
        raise DataError(
            f"characters {line.start} to {line.end} of {line.record_id!r} are not the paragraph that was annotated",
            place=file, expected=f"SHA-256 {line.sha256}", repair="take the file as it was, or annotate the paragraph again",
        )  # fmt: skip
    section = next((passage.section for passage in article.passages if passage.start <= line.start < passage.end), None)
    claims = tuple(_labelled(claim, line, article.text, section=section, place=f"{file}: claim {no}") for no, claim in enumerate(line.claims, 1))
    return Example(article=article, claims=claims, source="paragraphs", span=line.span, corpus=line.corpus)


def _labelled(claim: StandoffClaim, line: StandoffParagraph, text: str, *, section: Section | None, place: str) -> LabelledClaim:
    for outer, inner in _nested(claim, line):
        if not outer[0] <= inner[0] < inner[1] <= outer[1]:
            raise DataError(f"offsets {inner}", place=place, expected=f"a span inside {outer}", repair="write the stand-off file anew")
    return LabelledClaim(row=row_of(claim, text, section=section), evidence=claim.evidence_at, cue=claim.cue_at, molecule=claim.molecule_at)


def _nested(claim: StandoffClaim, line: StandoffParagraph) -> Iterator[tuple[Span, Span]]:
    yield line.span, claim.evidence_at
    yield claim.evidence_at, claim.cue_at
    slots = (claim.molecule_at, claim.region_at, claim.species_at, *(agent.at for agent in claim.agent))
    yield from ((line.span, at) for at in slots if at is not None)
