"""The records that are written to files, as pydantic models: what a line of each output may hold, and how it is read back.

`ClaimRecord` is a line of claims.jsonl, and docs/claims.schema.json is made from it by `extractor schema --out docs/claims.schema.json`.
`ReceiptRecord`, `FailureRecord` and `RunRecord` are receipts.jsonl, failures.jsonl and run.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import DataError
from extractor.records import AgentType, Article, Attribution, Certainty, Claim, Direction, Distance, Form, Section, Slot

SCHEMA_VERSION: Literal[1] = 1
CONFIDENCE_DIGITS = 4  # own choice: finer differences mean nothing to a reader, and rounding hides the last bits of the arithmetic

Offset = Annotated[int, Field(ge=0, description="characters into the article's text")]
Count = Annotated[int, Field(ge=0)]
Sorted = AfterValidator(lambda mapping: dict(sorted(mapping.items())))


class Record(BaseModel):
    """A line of an output file: unknown fields are refused, nothing changes after it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleRecord(Record):
    """The paper that a claim comes from."""

    id: str
    doi: str | None
    pmid: str | None
    title: str
    source: str = Field(description="name of the file that was read")
    sha256: str = Field(description="of the bytes of that file")


class NamedRecord(Record):
    """A named thing: the author's words and where they stand, the identifier and the preferred name (null when not grounded)."""

    text: str
    id: str | None = Field(description="lower-case Bioregistry CURIE")
    name: str | None
    start: Offset
    end: Offset


class SlotRecord(NamedRecord):
    """A named thing that may stand outside the evidence: `distance` is the rung of the context ladder on which it was found."""

    distance: Distance | None


class CueRecord(Record):
    """The words that give the direction."""

    text: str
    start: Offset
    end: Offset


class EvidenceRecord(Record):
    """A passage that states the claim, character for character."""

    start: Offset
    end: Offset
    text: str
    section: Section
    section_path: tuple[str, ...] = Field(description="the author's own headings, outermost first")
    rules: tuple[str, ...] = Field(description="the rules that read it")


class ClaimRecord(Record):
    """A claim: an agent changed, or did not change, an endogenous molecule in a place in a species."""

    schema_version: Literal[1]
    claim_id: str = Field(description="hash of everything that makes the claim")
    loose_id: str = Field(description="hash of article, molecule, region, direction and species: stays when the rest is read differently")
    article: ArticleRecord
    agent: tuple[SlotRecord, ...]
    agent_type: AgentType | None
    molecule: NamedRecord
    form: Form
    region: SlotRecord | None = Field(description="null when the article does not state it")
    direction: Direction
    cue: CueRecord
    species: SlotRecord | None = Field(description="null when the article does not state it")
    certainty: Certainty
    presupposed: bool
    attribution: Attribution
    citations: tuple[str, ...]
    qualifiers: Annotated[dict[str, str], Sorted]
    evidence: Annotated[tuple[EvidenceRecord, ...], Field(min_length=1, description="best first")]
    confidence: Annotated[float, Field(ge=0, le=1)]


class SkipRecord(Record):
    """Source text that was not read, and why."""

    reason: str
    characters: Count


class ReceiptRecord(Record):
    """What became of one article that was read: a line of receipts.jsonl."""

    article_id: str
    path: str = Field(description="the input as the run found it")
    index: Count = Field(description="place of the article in its file, from 0")
    source: str
    sha256: str = Field(description="of the bytes of the input file")
    title: str
    characters_read: Count
    skipped: tuple[SkipRecord, ...]
    notes: tuple[str, ...]
    claims: Count
    counts: dict[str, int] = Field(description="what each stage passed on")


class FailureRecord(Record):
    """An article or file that gave no claims because something went wrong: a line of failures.jsonl."""

    path: str
    index: Count = Field(description="place of the article in its file, from 0")
    sha256: str | None
    article_id: str | None = Field(description="null when the article could not be read")
    stage: str = Field(description="read, scan, parse, relate, normalise, emit, or pipeline where it cannot be told")
    type: str = Field(description="InputError, TimeLimitError, WorkerDied, or the name of the exception")
    message: str
    attempts: Annotated[int, Field(ge=1)]


class TotalsRecord(Record):
    """The sums of a run. `resumed` articles were taken over from an earlier, unfinished run."""

    files: Count
    articles: Count
    failed: Count
    resumed: Count
    claims: Count
    characters_read: Count
    characters_skipped: Count


class RunRecord(Record):
    """The manifest of a run: run.json."""

    schema_version: Literal[1]
    version: str
    python: str
    platform: str
    packages: dict[str, str]
    settings: dict[str, object]
    settings_digest: str
    model: str | None
    claim_models: str | None = Field(default=None, description="folder of the models of claims, as asked for; null for the package's own")
    lexicons: dict[str, str] = Field(description="SHA-256 by file name")
    models: dict[str, str] = Field(description="SHA-256 by file name")
    code: str = Field(description="SHA-256 over the package's own modules")
    run_key: str = Field(description="SHA-256 over everything that the claims depend on, the inputs excepted")
    inputs: tuple[str, ...] = Field(description="as asked for")
    formats: tuple[str, ...]
    workers: Annotated[int, Field(ge=1)]
    timeout: Annotated[float, Field(gt=0, description="seconds an article")]
    started: str = Field(description="UTC, ISO 8601")
    finished: str
    seconds: Annotated[float, Field(ge=0)]
    totals: TotalsRecord
    counts: dict[str, int] = Field(description="what each stage passed on, over all articles")


AnyRecord = TypeVar("AnyRecord", bound=Record)


def claim_record(claim: Claim, article: Article) -> ClaimRecord:
    """Turn a claim of an article into what is written to claims.jsonl.

    Parameters
    ----------
    claim
        A claim whose spans point into `article.text`.
    article
        The article that states it.
    """
    return ClaimRecord(
        schema_version=SCHEMA_VERSION,
        claim_id=claim.claim_id,
        loose_id=claim.loose_id,
        article=ArticleRecord(id=article.id, doi=article.doi, pmid=article.pmid, title=article.title, source=article.source, sha256=article.sha256),
        agent=tuple(_slot(slot) for slot in claim.agents),
        agent_type=claim.agent_type,
        molecule=NamedRecord(text=claim.molecule.text, id=claim.molecule.id, name=claim.molecule.name, start=claim.molecule.start, end=claim.molecule.end),
        form=claim.form,
        region=_slot(claim.region) if claim.region else None,
        direction=claim.direction,
        cue=CueRecord(text=claim.cue.text, start=claim.cue.start, end=claim.cue.end),
        species=_slot(claim.species) if claim.species else None,
        certainty=claim.certainty,
        presupposed=claim.presupposed,
        attribution=claim.attribution,
        citations=claim.citations,
        qualifiers=dict(claim.qualifiers),
        evidence=tuple(
            EvidenceRecord(start=one.start, end=one.end, text=one.text, section=one.section, section_path=one.section_path, rules=one.rules)
            for one in claim.evidence
        ),
        confidence=round(claim.confidence, CONFIDENCE_DIGITS),
    )


def _slot(slot: Slot) -> SlotRecord:
    return SlotRecord(text=slot.text, id=slot.id, name=slot.name, start=slot.start, end=slot.end, distance=slot.distance)


def read_records(path: Path, record_type: type[AnyRecord]) -> Iterator[AnyRecord]:
    """Read a JSON-lines file whose every line is a `record_type`; blank lines are passed over.

    Raises
    ------
    DataError
        The file is missing, or a line is no such record; the message names file and line.
    """
    if not path.is_file():
        raise DataError("no such file", place=path, expected=f"JSON lines of {record_type.__name__}", repair="check the path, or run `extractor extract` first")
    with path.open("rb") as lines:
        for no, line in enumerate(lines, 1):
            if line.strip():
                yield _parse(line, record_type=record_type, place=f"{path}:{no}")


def read_claims(path: Path) -> Iterator[ClaimRecord]:
    """Read claims.jsonl, one record a line, in file order. Raises `DataError` like `read_records`."""
    return read_records(path, ClaimRecord)


def _parse(line: bytes, *, record_type: type[AnyRecord], place: str) -> AnyRecord:
    try:
        return record_type.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        found = f"field {where}: {first['msg']}" if where else first["msg"]
        raise DataError(found, place=place, expected=f"a line of {record_type.__name__}", repair="see docs/data_formats.md, or write the file anew") from error


def claims_schema() -> str:
    """Return the JSON Schema of a line of claims.jsonl, as the text of docs/claims.schema.json."""
    schema = ClaimRecord.model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A line of claims.jsonl"}
    return json.dumps({**head, **{name: value for name, value in schema.items() if name != "title"}}, ensure_ascii=False, indent=2) + "\n"
