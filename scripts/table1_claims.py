"""From printed cells to claims: rows moved back into their columns, labels read, corrections applied, context and identifiers added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.errors import DataError
from extractor.records import Direction, Form
from extractor.terms import Terms

from gold_rows import (
    CONFIDENCES,
    AnyRow,
    ColumnRow,
    Confidence,
    CorrectionRow,
    GoldClaimRow,
    KeyedRow,
    LabelRow,
    Placed,
    ReferenceRow,
    Sources,
    Verdict,
    check_claims,
    index_of,
)
from table1_parse import CellRow

ARROWS = {"↑": Direction.INCREASE, "↓": Direction.DECREASE, "–": Direction.NO_CHANGE}
FORM_MARKS = {"p": Form.PHOSPHO, "mRNA": Form.MRNA}  # what these two modifiers say of the form; all others are qualifiers


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim on its way: (row, cell, ref) is its printed key, the other fields are what is known so far."""

    order: int
    row: str
    cell: str
    ref: int
    column: str
    molecule: str
    form: str
    direction: str
    species: str
    doi: str
    qualifiers: tuple[str, ...] = ()
    confidence: Confidence = "high"
    source_check: Verdict = "unseen"
    status: str = "printed"

    @property
    def key(self) -> str:
        """The printed key, for messages."""
        return f"{self.row} / {self.cell} / {self.ref}"


def draft_claims(sources: Sources) -> list[Draft]:
    """Make one draft for each (row, cell, reference): cells moved by the shift of their row, label and modifier read as molecule and form.

    Raises
    ------
    DataError
        A row label, column or reference is unknown, a cell is shifted off the grid, or a key stands twice.
    """
    labels = index_of(sources.labels, lambda row: row.order)
    references = index_of(sources.references, lambda row: row.ref)
    grid = [row.column for _, row in sources.columns]
    seen: dict[tuple[str, str, int], str] = {}
    drafts = []
    for place, cell in sources.cells:
        label = _found(labels, cell.order, place=place, table="rows.tsv")
        if label.row != cell.row:
            raise DataError(f"row {cell.order} is {cell.row!r}", place=place, expected=f"{label.row!r} as in rows.tsv")
        column = _shifted(grid, cell.cell, by=label.shift, place=place)
        for ref in cell.refs:
            key = (cell.row, cell.cell, ref)
            if key in seen:
                raise DataError(f"{key} a second time", place=place, expected=f"it only at {seen[key]}")
            seen[key] = place
            drafts.append(_draft(cell, label, column=column, reference=_found(references, ref, place=place, table="references.tsv")))
    return drafts


def _found(index: Mapping[object, Placed[AnyRow]], key: object, *, place: str, table: str) -> AnyRow:
    if key not in index:
        raise DataError(f"{key!r} is unknown", place=place, expected=f"a row of {table}", repair="add the row or mend the key")
    return index[key][1]


def _shifted(grid: Sequence[str], column: str, *, by: int, place: str) -> str:
    if column not in grid or not 0 <= grid.index(column) + by < len(grid):
        raise DataError(f"column {column!r} shifted by {by}", place=place, expected=f"a place in {list(grid)}")
    return grid[grid.index(column) + by]


def _draft(cell: CellRow, label: LabelRow, *, column: str, reference: ReferenceRow) -> Draft:
    mark = cell.modifier
    return Draft(
        order=cell.order,
        row=cell.row,
        cell=cell.cell,
        ref=reference.ref,
        column=column,
        molecule="|".join(label.molecules),
        form=FORM_MARKS.get(mark, label.form),
        direction=ARROWS[cell.arrow],
        species=reference.species,
        doi=reference.doi,
        qualifiers=(f"printed: {mark.lower()}",) if mark and mark not in FORM_MARKS else (),
    )


def apply_corrections(drafts: Sequence[Draft], sources: Sources) -> list[Draft]:
    """Apply every correction once: change the field, or with status `suspected` only lower the confidence.

    Raises
    ------
    DataError
        A correction matches no draft, finds another value than its `from_value`, stands twice, or adds what is printed.
    """
    index_of(sources.corrections, lambda row: (row.row, row.cell, row.ref, row.field, row.from_value))
    found = list(drafts)
    for place, row in sources.corrections:
        if row.field == "added":
            found.append(_added(row, sources, found, place=place))
        for at in matching(found, row, place=place):
            found[at] = _corrected(found[at], row, place=place)
    return found


def matching(drafts: Sequence[Draft], row: KeyedRow, *, place: str) -> list[int]:
    """Return the places of the drafts that a keyed row means. Raises `DataError` where there are none."""
    hits = [at for at, draft in enumerate(drafts) if row.row in ("*", draft.row) and row.cell in ("*", draft.cell) and row.ref in ("*", str(draft.ref))]
    if not hits:
        raise DataError(f"{row.row} / {row.cell} / {row.ref} matches no claim", place=place, expected="a row, cell and reference of table1_cells.tsv")
    return hits


def _added(row: CorrectionRow, sources: Sources, drafts: Sequence[Draft], *, place: str) -> Draft:
    label = next((label for _, label in sources.labels if label.row == row.row), None)
    if label is None or any((draft.row, draft.cell, str(draft.ref)) == (row.row, row.cell, row.ref) for draft in drafts):
        raise DataError(f"{row.row} / {row.cell} / {row.ref} cannot be added", place=place, expected="a row of rows.tsv and a cell that is printed empty")
    reference = _found(index_of(sources.references, lambda one: str(one.ref)), row.ref, place=place, table="references.tsv")
    cell = CellRow(order=label.order, row=row.row, cell=row.cell, arrow="–", refs=(reference.ref,))
    return replace(_draft(cell, label, column=row.cell, reference=reference), direction="", status="reconstructed")


def _corrected(draft: Draft, row: CorrectionRow, *, place: str) -> Draft:
    name = "direction" if row.field == "added" else row.field
    current = str(getattr(draft, name))
    if name != "confidence" and current != row.from_value:
        raise DataError(f"{name} of {draft.key} is {current!r}", place=place, expected=f"{row.from_value!r} as in from_value")
    lowest = min(draft.confidence, row.confidence, key=CONFIDENCES.index)
    changes: dict[str, Any] = {name: row.to_value} if row.status == "applied" else {}
    return replace(draft, **{**changes, "confidence": lowest})


def add_context(drafts: Sequence[Draft], sources: Sources) -> list[Draft]:
    """Add qualifiers, which pile up, and what the cited papers say, once a claim. Raises `DataError` for a row without a match or a second verdict."""
    found = list(drafts)
    for place, row in sources.qualifiers:
        for at in matching(found, row, place=place):
            found[at] = replace(found[at], qualifiers=found[at].qualifiers + row.qualifiers)
    for place, check in sources.source_check:
        for at in matching(found, check, place=place):
            if found[at].source_check != "unseen":
                raise DataError(f"a second verdict on {found[at].key}", place=place, expected="one for each claim", repair="name the cells")
            found[at] = replace(found[at], source_check=check.verdict)
    return found


def build_claims(sources: Sources, terms: Terms, *, place: str) -> list[GoldClaimRow]:
    """Make the claims of the table, in table order, with identifiers.

    Parameters
    ----------
    sources
        The tables of gold/.
    terms
        The lexicons.
    place
        The file that the claims go to, for messages about a claim.

    Returns
    -------
        One claim for each molecule of each (row, cell, reference).

    Raises
    ------
    DataError
        A source row is broken, a species or region is not in the lexicons, or two claims are the same.
    """
    drafts = add_context(apply_corrections(draft_claims(sources), sources), sources)
    columns = {row.column: (number, row) for number, (_, row) in enumerate(sources.columns)}
    unknown = next((draft for draft in drafts if not {draft.cell, draft.column} <= set(columns)), None)
    if unknown is not None:
        raise DataError(f"column {unknown.column!r} of {unknown.key}", place=place, expected="a column of columns.tsv", repair="mend corrections.tsv")
    ordered = sorted(drafts, key=lambda draft: (draft.order, columns[draft.cell][0], draft.ref))
    claims = [claim for draft in ordered for claim in _claims(draft, columns[draft.column][1], terms=terms)]
    return check_claims([(f"{place}:{line}", claim) for line, claim in enumerate(claims, 2)], terms)


def _claims(draft: Draft, column: ColumnRow, *, terms: Terms) -> Iterator[GoldClaimRow]:
    found = {"region": terms.find(column.region, "region"), "species": terms.find(draft.species, "species")}
    for molecule in draft.molecule.split("|"):
        found["molecule"] = terms.find(molecule, "molecule")
        named = {"molecule": molecule, "form": draft.form, "region": column.region, "direction": draft.direction, "species": draft.species}
        known = {f"{kind}_id": term.id or "" for kind, term in found.items() if term is not None}
        kept = {name: getattr(draft, name) for name in ("ref", "row", "cell", "doi", "qualifiers", "confidence", "source_check", "status")}
        yield GoldClaimRow.model_validate({**kept, **named, **known, "model": column.model})
