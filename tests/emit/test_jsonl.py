"""Claims as JSON lines."""

import json

from extractor.emit.jsonl import write_jsonl
from extractor.schema import read_claims


def test_lines_hold_the_characters_as_they_are_and_read_back_equal(make_claim, tmp_path):
    claims = [make_claim(evidence_text='TNF-α → 5 µg\u2028 "quoted"\n'), make_claim(claim_id="c2")]
    path = tmp_path / "claims.jsonl"
    assert write_jsonl(claims, path) == 2
    raw = path.read_bytes()
    assert "TNF-α → 5 µg".encode() in raw
    assert raw.count(b"\n") == 2
    assert raw.endswith(b"}\n")
    assert list(read_claims(path)) == claims


def test_fields_come_in_the_order_of_the_contract_and_qualifiers_sorted(make_claim, tmp_path):
    path = tmp_path / "claims.jsonl"
    write_jsonl([make_claim()], path)
    line = json.loads(path.read_text("utf-8"))
    assert " ".join(line) == (
        "schema_version claim_id loose_id article agent agent_type molecule form region direction cue species certainty presupposed "
        "attribution citations qualifiers evidence confidence"
    )
    assert list(line["molecule"]) == ["text", "id", "name", "start", "end"]
    assert list(line["region"]) == ["text", "id", "name", "start", "end", "distance"]
    assert list(line["qualifiers"]) == ["dose", "time"]


def test_no_claims_give_an_empty_file(tmp_path):
    path = tmp_path / "claims.jsonl"
    assert write_jsonl([], path) == 0
    assert path.read_bytes() == b""
