"""The tables of gold/, row by row: what a line may hold, and how a line is found again in a message about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, TypeVar

from extractor.errors import DataError
from extractor.records import Direction, Form
from extractor.tables import Row, Words, numbered_rows
from extractor.terms import Terms
from pydantic import model_validator

from table1_parse import CellRow

Model = Literal["in_vitro", "animal", "human"]
Confidence = Literal["low", "medium", "high"]
Verdict = Literal["agrees", "contradicts", "partly", "unseen"]
Basis = Literal["title", "abstract", "prose", "label", "general"]
Field = Literal["column", "molecule", "form", "direction", "species", "ref", "confidence", "added"]

CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")
REGIONS_WITHOUT_ROW = frozenset({"culture"})  # no place in an organism, so no identifier
_CLOSED: dict[Field, tuple[str, ...]] = {"form": tuple(Form), "direction": tuple(Direction), "added": tuple(Direction), "confidence": CONFIDENCES}

AnyRow = TypeVar("AnyRow", bound=Row)
Placed = tuple[str, AnyRow]


class ColumnRow(Row):
    """A column of the grid, left to right: its unique name, its printed head, and what a value in it is about."""

    column: str
    head: str
    model: Model
    region: str


class LabelRow(Row):
    """A row of the table: what its label names, and by how many columns its cells are off the heads, with the reason."""

    order: int
    row: str
    molecules: Words
    form: Form
    shift: int
    reason: str = ""

    @model_validator(mode="after")
    def _shift_needs_a_reason(self) -> Self:
        if self.shift and not self.reason:
            raise ValueError("a shift without a reason")
        return self


class ReferenceRow(Row):
    """A cited paper: DOI as printed and as it should be, and the species and settings that its claims rest on."""

    ref: int
    first_author: str
    year: int
    doi_printed: str = ""
    doi: str = ""
    species: str
    species_in_prose: str = ""
    model: Words
    basis: Basis


class KeyedRow(Row):
    """A row about printed claims, found by row label, printed column and reference number; `*` is any."""

    row: str
    cell: str
    ref: str


class CorrectionRow(KeyedRow):
    """A change to a claim (`applied`), or a doubt that only lowers its confidence (`suspected`)."""

    field: Field
    from_value: str = ""
    to_value: str
    confidence: Confidence
    status: Literal["applied", "suspected"]
    reason: str

    @model_validator(mode="after")
    def _value_is_of_the_field(self) -> Self:
        allowed = _CLOSED.get(self.field)
        if allowed and self.to_value not in allowed:
            raise ValueError(f"unknown {self.field} {self.to_value!r}, not one of {', '.join(allowed)}")
        return self


class QualifierRow(KeyedRow):
    """Circumstances of a claim, as `key: value`."""

    qualifiers: Words
    basis: Basis


class SourceCheckRow(KeyedRow):
    """What the cited paper itself says of a claim."""

    verdict: Literal["agrees", "contradicts", "partly"]
    finding: str


class DisagreementRow(KeyedRow):
    """Where these claims differ from an independent reading of the same table, and why."""

    field: Literal["molecule", "form", "region", "direction", "species", "confidence", "source_check"]
    adjudicated: str
    ours: str
    reason: str


class GoldClaimRow(Row):
    """A claim of table1_claims.tsv. The order of the fields is the order of the columns."""

    ref: int
    row: str
    cell: str
    doi: str = ""
    molecule: str
    molecule_id: str = ""
    form: Form
    region: str
    region_id: str = ""
    direction: Direction
    species: str
    species_id: str = ""
    model: Model
    qualifiers: Words = ()
    confidence: Confidence
    source_check: Verdict
    status: Literal["printed", "reconstructed"]


@dataclass(frozen=True, slots=True)
class Sources:
    """The tables that the claims are built from, each row with its `file:line`."""

    cells: list[Placed[CellRow]]
    columns: list[Placed[ColumnRow]]
    labels: list[Placed[LabelRow]]
    references: list[Placed[ReferenceRow]]
    corrections: list[Placed[CorrectionRow]]
    qualifiers: list[Placed[QualifierRow]]
    source_check: list[Placed[SourceCheckRow]]


def placed_rows(path: Path, row_type: type[AnyRow]) -> list[Placed[AnyRow]]:
    """Read a table, each row with its `file:line`. Raises `DataError` as `extractor.tables.numbered_rows` does."""
    return [(f"{path}:{number}", row) for number, row in numbered_rows(path, row_type)]


def read_sources(gold: Path, cells: list[Placed[CellRow]] | None = None) -> Sources:
    """Read all tables of the folder, `cells` in place of the committed ones where given. Raises `DataError` for a broken row."""
    return Sources(
        cells=cells if cells is not None else placed_rows(gold / "table1_cells.tsv", CellRow),
        columns=placed_rows(gold / "columns.tsv", ColumnRow),
        labels=placed_rows(gold / "rows.tsv", LabelRow),
        references=placed_rows(gold / "references.tsv", ReferenceRow),
        corrections=placed_rows(gold / "corrections.tsv", CorrectionRow),
        qualifiers=placed_rows(gold / "qualifiers.tsv", QualifierRow),
        source_check=placed_rows(gold / "source_check.tsv", SourceCheckRow),
    )


def index_of(placed: Iterable[Placed[AnyRow]], key: Callable[[AnyRow], object]) -> dict[object, Placed[AnyRow]]:
    """Index rows by a key. Raises `DataError` where a key stands twice."""
    found: dict[object, Placed[AnyRow]] = {}
    for place, row in placed:
        first = found.setdefault(key(row), (place, row))
        if first[1] is not row:
            raise DataError(f"{key(row)!r} a second time", place=place, expected=f"it only at {first[0]}", repair="merge the two rows")
    return found


def identity(claim: GoldClaimRow) -> tuple[object, ...]:
    """What makes two claims of the table the same: paper, molecule, form, region, direction, species."""
    return (claim.ref, claim.molecule_id or claim.molecule, claim.form, claim.region, claim.direction.value, claim.species)


def check_claims(claims: Iterable[Placed[GoldClaimRow]], terms: Terms) -> list[GoldClaimRow]:
    """Return the claims if all are sound.

    Raises
    ------
    DataError
        A species or region is not in the lexicons, or a claim stands twice; the message has file and line.
    """
    placed = list(claims)
    for place, claim in placed:
        if terms.find(claim.species, "species") is None:
            raise DataError(
                f"unknown species {claim.species!r}", place=place, expected="a name of species.tsv", repair="mend the name or add it to the lexicon"
            )
        if claim.region not in REGIONS_WITHOUT_ROW and terms.find(claim.region, "region") is None:
            raise DataError(f"unknown region {claim.region!r}", place=place, expected="a name of regions.tsv", repair="mend the name or add it to the lexicon")
    index_of(placed, identity)
    return [claim for _, claim in placed]


def read_claims(path: Path, terms: Terms) -> list[GoldClaimRow]:
    """Read and check a file of claims. Raises `DataError` with file and line for a row that does not parse, an unknown species or region, a duplicate."""
    return check_claims(placed_rows(path, GoldClaimRow), terms)


def to_tsv(rows: Iterable[Row], row_type: type[Row]) -> str:
    """Write rows as a table: a header and a line a row, lists joined by `|`."""
    lines = ["\t".join(row_type.model_fields)]
    for row in rows:
        values = (getattr(row, name) for name in row_type.model_fields)
        lines.append("\t".join("|".join(map(str, value)) if isinstance(value, tuple) else str(value) for value in values))
    return "\n".join(lines) + "\n"
