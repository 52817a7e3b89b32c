"""What each stage made of an article, as `extractor extract --trace` writes it, one line an article."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from extractor.records import Direction, MentionKind
from extractor.schema import Record, read_records


class SentenceTrace(NamedTuple):
    """A sentence and whether it was selected for reading."""

    start: int
    end: int
    selected: bool


class MentionTrace(NamedTuple):
    """A named thing that the scan found."""

    start: int
    end: int
    kind: MentionKind
    id: str | None
    name: str | None


class MoleculeTrace(NamedTuple):
    """The molecule of a candidate."""

    start: int
    end: int
    id: str | None
    name: str | None


class CandidateTrace(BaseModel):
    """A reading of a sentence before normalisation and threshold."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    start: int
    end: int
    molecule: MoleculeTrace
    direction: Direction
    region_id: str | None = None
    region_name: str | None = None
    species_id: str | None = None
    species_name: str | None = None
    confidence: float = 1.0


class TraceRecord(Record):
    """A line of trace.jsonl. Spans are `[start, end)` into `text`; unknown fields are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    article_id: str
    text: str
    sentences: tuple[SentenceTrace, ...]
    mentions: tuple[MentionTrace, ...]
    cues: tuple[tuple[int, int], ...]
    candidates: tuple[CandidateTrace, ...]

    def locate(self, quote: str) -> tuple[int, int] | None:
        """Find a quote in the text, blanks of any kind and number being equal; None where the text does not hold it."""
        start = self.text.find(quote)
        if start >= 0:
            return start, start + len(quote)
        match = re.search(r"\s+".join(map(re.escape, quote.split())), self.text)
        return match.span() if match else None


def read_trace(path: Path) -> dict[str, TraceRecord]:
    """Read trace.jsonl by article. Raises `DataError` with file and line for a broken line."""
    return {record.article_id: record for record in read_records(path, TraceRecord)}
