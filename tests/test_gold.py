"""The committed gold set: whole, consistent, documented, and equal to an independent reading but for the listed disagreements."""

import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from extractor.terms import load_terms

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "gold"
sys.path.insert(0, str(ROOT / "scripts"))
from gold_rows import DisagreementRow, GoldClaimRow, placed_rows, read_claims, read_sources  # noqa: E402

# The adjudicated file has finer words for the form than the claims contract.
FORMS = {"protein": "level", "miRNA": "level", "gene": "mRNA", "flux": "turnover", "promoter activity": "activity"}
Key = tuple[str, str, str]


@pytest.fixture(scope="module")
def claims() -> list[GoldClaimRow]:
    return [row for _, row in placed_rows(GOLD / "table1_claims.tsv", GoldClaimRow)]


@pytest.fixture(scope="module")
def disagreements() -> dict[tuple[Key, str], DisagreementRow]:
    return {((row.row, row.cell, row.ref), row.field): row for _, row in placed_rows(GOLD / "disagreements.tsv", DisagreementRow)}


def key_of(claim: GoldClaimRow) -> Key:
    return (claim.row, claim.cell, str(claim.ref))


def test_the_committed_claims_are_sound() -> None:
    assert len(read_claims(GOLD / "table1_claims.tsv", load_terms())) == 152


def test_counts(claims: list[GoldClaimRow]) -> None:
    assert Counter(claim.status for claim in claims) == {"printed": 150, "reconstructed": 2}
    assert Counter(claim.direction.value for claim in claims) == {"increase": 104, "decrease": 35, "no_change": 13}
    assert Counter(claim.model for claim in claims) == {"animal": 107, "human": 27, "in_vitro": 18}
    assert len({claim.ref for claim in claims}) == 82
    assert [claim.row for claim in claims if claim.confidence == "low"] == ["AMPA GluA1", "Egr-1", "BDNF promotor IV"]


def test_every_printed_value_is_a_claim_and_every_claim_is_printed_or_added(claims: list[GoldClaimRow]) -> None:
    sources = read_sources(GOLD)
    printed = {(cell.row, cell.cell, str(ref)) for _, cell in sources.cells for ref in cell.refs}
    added = {(row.row, row.cell, row.ref) for _, row in sources.corrections if row.field == "added"}
    assert len(printed) == 149
    assert {key_of(claim) for claim in claims if claim.status == "printed"} == printed
    assert {key_of(claim) for claim in claims if claim.status == "reconstructed"} == added


def test_every_reference_is_cited_or_suggested_by_a_correction(claims: list[GoldClaimRow]) -> None:
    sources = read_sources(GOLD)
    suggested = {int(row.to_value) for _, row in sources.corrections if row.field == "ref"}
    assert {row.ref for _, row in sources.references} == {claim.ref for claim in claims} | suggested


def test_only_suspected_misplacements_are_about_another_kind_of_model_than_their_paper(claims: list[GoldClaimRow]) -> None:
    sources = read_sources(GOLD)
    models = {row.ref: row.model for _, row in sources.references}
    doubted = {(row.row, row.cell, row.ref) for _, row in sources.corrections if row.status == "suspected" and row.field in ("column", "ref")}
    elsewhere = {key_of(claim) for claim in claims if claim.model not in models[claim.ref]}
    assert elsewhere <= doubted
    assert elsewhere == {
        ("Neuregulin-1", "PFC", "29"),
        ("AMPA GluA1", "PFC", "64"),
        ("p-TrkB", "PFC", "164"),
        ("p-CREB", "PFC", "164"),
        ("p-CREB", "HPC", "164"),
    }


def test_dois_are_well_formed_and_the_corrected_ones_are_the_four_known() -> None:
    rows = [row for _, row in read_sources(GOLD).references]
    assert all(re.fullmatch(r"10\.\d{4,5}/\S+", row.doi) for row in rows if row.doi)
    assert {row.ref for row in rows if not row.doi} == {34, 35}
    assert {row.ref for row in rows if row.doi != row.doi_printed} == {70, 76, 143, 173}


def test_the_codebook_names_every_column_of_every_table() -> None:
    codebook = (GOLD / "README.md").read_text("utf-8")
    tables = sorted(GOLD.glob("*.tsv"))
    assert len(tables) == 10
    for table in tables:
        part = codebook.partition(f"### {table.name}")[2].partition("\n#")[0]
        header = table.read_text("utf-8").split("\n", 1)[0].split("\t")
        assert [name for name in header if f"`{name}`" not in part] == [], table.name


@pytest.mark.shared
def test_claims_equal_the_independent_reading_but_for_the_listed_disagreements(
    shared: Path, claims: list[GoldClaimRow], disagreements: dict[tuple[Key, str], DisagreementRow]
) -> None:
    ours: dict[Key, list[GoldClaimRow]] = defaultdict(list)
    for claim in claims:
        ours[key_of(claim)].append(claim)
    found: dict[tuple[Key, str], tuple[str, str]] = {}
    with (shared / "gold" / "table1_adjudicated.csv").open(encoding="utf-8", newline="") as lines:
        adjudicated = {adjudicated_key(row): row for row in csv.DictReader(lines)}
    assert len(adjudicated) == 151
    assert set(adjudicated) == set(ours)
    for key, row in adjudicated.items():
        theirs = {**row, "form": FORMS.get(row["form"], row["form"]), "species": row["species"].removesuffix(" unspecified")}
        mine = {**ours[key][0].model_dump(mode="json"), "molecule": "|".join(claim.molecule for claim in ours[key])}
        for field in ("molecule", "form", "region", "direction", "species", "confidence", "model"):
            if theirs[field] != mine[field]:
                found[key, field] = (theirs[field], mine[field])
    listed = {place: (row.adjudicated, row.ours) for place, row in disagreements.items() if row.field != "source_check"}
    assert found == listed


def adjudicated_key(row: dict[str, str]) -> Key:
    printed = row["printed_column"] if row["printed_column"] != "(row empty)" else row["column"]
    return (row["table_row"], printed, row["ref"])


@pytest.mark.shared
def test_source_checks_equal_the_independent_ones_but_for_the_listed_disagreements(
    shared: Path, claims: list[GoldClaimRow], disagreements: dict[tuple[Key, str], DisagreementRow]
) -> None:
    with (shared / "gold" / "table1_source_check.csv").open(encoding="utf-8", newline="") as lines:
        verdicts = {int(row["ref"]): row["agrees_with_table"] for row in csv.DictReader(lines)}
    listed = {key for key, field in disagreements if field == "source_check"}
    cited: dict[int, list[GoldClaimRow]] = defaultdict(list)
    for claim in claims:
        cited[claim.ref].append(claim)
    whole = {"yes": "agrees", "no": "contradicts"}
    differing = {key_of(claim) for claim in claims if verdicts.get(claim.ref, "partly") in whole and claim.source_check != whole[verdicts[claim.ref]]}
    assert differing == listed
    assert all(any(claim.source_check in ("partly", "contradicts") for claim in cited[ref]) for ref, verdict in verdicts.items() if verdict == "partly")
    assert {claim.source_check for claim in claims if claim.ref not in verdicts} == {"unseen"}
