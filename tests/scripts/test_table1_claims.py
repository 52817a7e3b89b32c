"""From cells to claims on a small table made for these tests: shifts, labels, corrections, context, identifiers."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.tables import TermRow
from extractor.terms import Terms

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from gold_rows import ColumnRow, CorrectionRow, LabelRow, QualifierRow, ReferenceRow, SourceCheckRow, Sources
from table1_claims import apply_corrections, build_claims, draft_claims
from table1_parse import CellRow


@pytest.fixture(scope="module")
def terms() -> Terms:
    names = {"molecule": ["BDNF", "GABA"], "region": ["hippocampus", "cortex"], "species": ["rat", "mouse"]}
    return Terms(
        {kind: tuple((f"{kind}:{n}", TermRow(id=f"x:{name}", name=name, label="x")) for n, name in enumerate(all_, 1)) for kind, all_ in names.items()}
    )


@pytest.fixture
def sources() -> Sources:
    columns = [
        ColumnRow(column="In vitro", head="In vitro", model="in_vitro", region="culture"),
        ColumnRow(column="CTX", head="CTX", model="animal", region="cortex"),
        ColumnRow(column="HPC", head="HPC", model="animal", region="hippocampus"),
    ]
    labels = [
        LabelRow(order=1, row="BDNF", molecules="BDNF", form="level", shift=0),
        LabelRow(order=2, row="GABA", molecules="GABA", form="level", shift=-1, reason="one too far right"),
        LabelRow(order=3, row="Both", molecules="BDNF|GABA", form="level", shift=0),
        LabelRow(order=4, row="Lost", molecules="BDNF", form="mRNA", shift=0),
    ]
    cells = [
        CellRow(order=1, row="BDNF", cell="HPC", arrow="↑", refs=(1, 2)),
        CellRow(order=1, row="BDNF", cell="CTX", arrow="↓", modifier="p", refs=(1,)),
        CellRow(order=2, row="GABA", cell="HPC", arrow="–", modifier="Female only", refs=(1,)),
        CellRow(order=3, row="Both", cell="In vitro", arrow="↑", modifier="mRNA", refs=(2,)),
    ]
    references = [
        ReferenceRow(ref=1, first_author="A", year=2001, doi_printed="10.1/x", doi="10.1/y", species="rat", model="animal", basis="title"),
        ReferenceRow(ref=2, first_author="B", year=2002, species="mouse", model="animal", basis="prose"),
    ]
    return Sources(
        cells=[(f"cells.tsv:{n}", row) for n, row in enumerate(cells, 2)],
        columns=[(f"columns.tsv:{n}", row) for n, row in enumerate(columns, 2)],
        labels=[(f"rows.tsv:{n}", row) for n, row in enumerate(labels, 2)],
        references=[(f"references.tsv:{n}", row) for n, row in enumerate(references, 2)],
        corrections=[],
        qualifiers=[],
        source_check=[],
    )


def correction(field: str, from_value: str, to_value: str, **other: str) -> CorrectionRow:
    key = {"row": "BDNF", "cell": "HPC", "ref": "1", "confidence": "medium", "status": "applied", "reason": "made up"}
    return CorrectionRow.model_validate({**key, "field": field, "from_value": from_value, "to_value": to_value, **other})


def corrected(sources: Sources, *rows: CorrectionRow) -> Sources:
    return replace(sources, corrections=[(f"corrections.tsv:{n}", row) for n, row in enumerate(rows, 2)])


def test_claims_of_a_small_table(sources: Sources, terms: Terms) -> None:
    claims = build_claims(sources, terms, place="claims.tsv")
    assert [(c.ref, c.molecule, c.molecule_id, c.form.value, c.region, c.region_id, c.direction.value, c.species_id, c.model) for c in claims] == [
        (1, "BDNF", "x:BDNF", "phospho", "cortex", "x:cortex", "decrease", "x:rat", "animal"),
        (1, "BDNF", "x:BDNF", "level", "hippocampus", "x:hippocampus", "increase", "x:rat", "animal"),
        (2, "BDNF", "x:BDNF", "level", "hippocampus", "x:hippocampus", "increase", "x:mouse", "animal"),
        (1, "GABA", "x:GABA", "level", "cortex", "x:cortex", "no_change", "x:rat", "animal"),
        (2, "BDNF", "x:BDNF", "mRNA", "culture", "", "increase", "x:mouse", "in_vitro"),
        (2, "GABA", "x:GABA", "mRNA", "culture", "", "increase", "x:mouse", "in_vitro"),
    ]
    assert {c.doi for c in claims if c.ref == 1} == {"10.1/y"}
    assert [c.qualifiers for c in claims if c.qualifiers] == [("printed: female only",)]
    assert {(c.confidence, c.source_check, c.status) for c in claims} == {("high", "unseen", "printed")}


@pytest.mark.parametrize(
    ("field", "from_value", "to_value", "attribute"),
    [
        ("column", "HPC", "CTX", "column"),
        ("molecule", "BDNF", "GABA", "molecule"),
        ("form", "level", "activity", "form"),
        ("direction", "increase", "no_change", "direction"),
        ("species", "rat", "mouse", "species"),
    ],
)
def test_an_applied_correction_changes_one_field_of_one_claim(sources: Sources, field: str, from_value: str, to_value: str, attribute: str) -> None:
    before = draft_claims(sources)
    after = apply_corrections(before, corrected(sources, correction(field, from_value, to_value)))
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [(d.row, d.cell, d.ref, getattr(d, attribute), d.confidence) for d in changed] == [("BDNF", "HPC", 1, to_value, "medium")]


def test_a_suspected_correction_only_lowers_the_confidence(sources: Sources) -> None:
    rows = corrected(
        sources, correction("ref", "1", "2", status="suspected"), correction("direction", "increase", "decrease", status="suspected", confidence="low")
    )
    draft = apply_corrections(draft_claims(rows), rows)[0]
    assert (draft.ref, draft.direction, draft.confidence) == (1, "increase", "low")


def test_a_star_corrects_every_reference_of_the_cell(sources: Sources) -> None:
    rows = corrected(sources, correction("form", "level", "release", ref="*"))
    assert [d.form for d in apply_corrections(draft_claims(rows), rows)] == ["release", "release", "phospho", "level", "mRNA"]


def test_an_added_claim_is_marked_as_reconstructed(sources: Sources, terms: Terms) -> None:
    rows = corrected(sources, correction("added", "", "decrease", row="Lost", confidence="low"))
    claim = build_claims(rows, terms, place="claims.tsv")[-1]
    assert (claim.row, claim.form.value, claim.direction.value, claim.confidence, claim.status) == ("Lost", "mRNA", "decrease", "low", "reconstructed")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([correction("form", "level", "mRNA", ref="9")], "corrections.tsv:2: BDNF / HPC / 9 matches no claim"),
        ([correction("form", "ratio", "mRNA")], "corrections.tsv:2: form of BDNF / HPC / 1 is 'level'; expected 'ratio' as in from_value"),
        (
            [correction("form", "level", "mRNA"), correction("form", "level", "mRNA")],
            "corrections.tsv:3: .* a second time; expected it only at corrections.tsv:2",
        ),
        ([correction("form", "level", "mRNA", ref="*"), correction("form", "level", "mRNA")], "corrections.tsv:3: form of BDNF / HPC / 1 is 'mRNA'"),
        ([correction("added", "", "increase")], "corrections.tsv:2: BDNF / HPC / 1 cannot be added; expected .* a cell that is printed empty"),
        ([correction("added", "", "increase", row="Lost", ref="9")], "corrections.tsv:2: '9' is unknown; expected a row of references.tsv"),
        ([correction("column", "HPC", "PANTRY")], "column 'PANTRY' of BDNF / HPC / 1; expected a column of columns.tsv"),
        ([correction("species", "rat", "unicorn")], "claims.tsv:3: unknown species 'unicorn'"),
        (
            [correction("column", "HPC", "CTX"), correction("direction", "increase", "decrease"), correction("form", "level", "phospho")],
            "claims.tsv:3: .* a second time",
        ),
    ],
)
def test_a_wrong_correction_is_an_error(sources: Sources, terms: Terms, rows: list[CorrectionRow], message: str) -> None:
    with pytest.raises(DataError, match=message):
        build_claims(corrected(sources, *rows), terms, place="claims.tsv")


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (CellRow(order=9, row="BDNF", cell="HPC", arrow="↑", refs=(1,)), "cells.tsv:9: 9 is unknown; expected a row of rows.tsv"),
        (CellRow(order=2, row="BDNF", cell="HPC", arrow="↑", refs=(1,)), "cells.tsv:9: row 2 is 'BDNF'; expected 'GABA' as in rows.tsv"),
        (CellRow(order=2, row="GABA", cell="In vitro", arrow="↑", refs=(1,)), "cells.tsv:9: column 'In vitro' shifted by -1"),
        (CellRow(order=1, row="BDNF", cell="PANTRY", arrow="↑", refs=(1,)), "cells.tsv:9: column 'PANTRY' shifted by 0"),
        (CellRow(order=1, row="BDNF", cell="HPC", arrow="↑", refs=(3,)), "cells.tsv:9: 3 is unknown; expected a row of references.tsv"),
        (CellRow(order=1, row="BDNF", cell="HPC", arrow="↓", refs=(2,)), "cells.tsv:9: .* a second time; expected it only at cells.tsv:2"),
    ],
)
def test_a_wrong_cell_is_an_error(sources: Sources, cell: CellRow, message: str) -> None:
    with pytest.raises(DataError, match=message):
        draft_claims(replace(sources, cells=[*sources.cells, ("cells.tsv:9", cell)]))


def test_context_piles_up_and_a_verdict_stands_once(sources: Sources, terms: Terms) -> None:
    female = QualifierRow(row="*", cell="*", ref="1", qualifiers="time: 2 h", basis="title")
    dose = QualifierRow(row="GABA", cell="*", ref="*", qualifiers="dose: 5 mg/kg", basis="prose")
    verdict = SourceCheckRow(row="GABA", cell="HPC", ref="1", verdict="contradicts", finding="made up")
    placed = replace(sources, qualifiers=[("q:2", female), ("q:3", dose)], source_check=[("s:2", verdict)])
    gaba = build_claims(placed, terms, place="claims.tsv")[3]
    assert (gaba.qualifiers, gaba.source_check) == (("printed: female only", "time: 2 h", "dose: 5 mg/kg"), "contradicts")
    with pytest.raises(DataError, match="s:3: a second verdict on GABA / HPC / 1"):
        build_claims(replace(placed, source_check=[("s:2", verdict), ("s:3", verdict)]), terms, place="claims.tsv")
    with pytest.raises(DataError, match="q:2: Zinc / HPC / 1 matches no claim"):
        build_claims(replace(placed, qualifiers=[("q:2", female.model_copy(update={"row": "Zinc", "cell": "HPC"}))]), terms, place="claims.tsv")
