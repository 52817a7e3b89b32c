"""Claims as a flat table."""

import csv
from pathlib import Path

from extractor.emit.tsv import COLUMNS, flat, write_tsv

ROOT = Path(__file__).resolve().parents[2]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_a_claim_is_a_row_with_every_column(make_claim, tmp_path):
    assert write_tsv([make_claim()], tmp_path / "claims.tsv") == 1
    (row,) = rows(tmp_path / "claims.tsv")
    assert tuple(row) == COLUMNS == tuple(flat(make_claim()))
    assert row["agent_name"] == "ketamine"
    assert row["region_id"] == "uberon:0002421"
    assert row["species"] == row["species_id"] == row["species_distance"] == ""
    assert row["qualifiers"] == "dose=10 µg | time=30 min"
    assert row["section_path"] == "Results > Protein"
    assert row["citations"] == "bib1 | bib2"
    assert row["presupposed"] == "false"
    assert row["confidence"] == "0.9300"


def test_several_agents_stay_aligned_where_one_has_no_identifier(make_claim):
    agents = [
        {"text": "stress", "id": None, "name": None, "start": 0, "end": 6, "distance": None},
        {"text": "ketamine", "id": "chebi:6121", "name": "ketamine", "start": 7, "end": 15, "distance": "clause"},
    ]
    row = flat(make_claim(agent=agents))
    assert row["agent"] == "stress | ketamine"
    assert row["agent_id"] == " | chebi:6121"
    assert row["agent_distance"] == " | clause"


def test_tabs_and_line_breaks_never_break_a_row(make_claim, tmp_path):
    write_tsv([make_claim(evidence_text='a\tb\r\nc\u2028d "e"')], tmp_path / "claims.tsv")
    (row,) = rows(tmp_path / "claims.tsv")
    assert row["evidence"] == 'a b c d "e"'


def test_every_column_is_documented():
    page = (ROOT / "docs" / "data_formats.md").read_text("utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in page] == []
