"""The records of the output files: made from claims, published as a JSON Schema, read back with clear errors."""

import json
from pathlib import Path

import jsonschema
import pytest
from extractor.emit.jsonl import write_jsonl
from extractor.errors import DataError
from extractor.records import AgentType, Article, Attribution, Certainty, Claim, Cue, Direction, Distance, Evidence, Form, Receipt, Section, Slot
from extractor.schema import ClaimRecord, FailureRecord, ReceiptRecord, claim_record, claims_schema, read_claims, read_records
from pydantic import ValidationError

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Ketamine raised BDNF in the hippocampus."


def article():
    return Article(id="PMC1", text=TEXT, passages=(), title="A title", source="one.xml", sha256="0" * 64, receipt=Receipt(read=40), doi="10.1/x")


def claim(**changes):
    plain = {
        "claim_id": "c1", "loose_id": "l1", "agents": (Slot("Ketamine", 0, 8, "chebi:6121", "ketamine", Distance.CLAUSE),), "agent_type": AgentType.DRUG,
        "molecule": Slot("BDNF", 16, 20, "hgnc:1033", "BDNF", Distance.CLAUSE), "form": Form.LEVEL,
        "region": Slot("hippocampus", 28, 39, None, None, Distance.SENTENCE), "direction": Direction.INCREASE, "cue": Cue("raised", 9, 15), "species": None,
        "certainty": "asserted", "presupposed": False, "attribution": "own", "citations": ("b1",), "qualifiers": {"time": "1 h", "dose": "5 mg/kg"},
        "evidence": (Evidence(0, 40, TEXT, Section.RESULTS, ("Results",), ("r1",)),), "confidence": 0.123456,
    }  # fmt: skip
    return Claim(**{**plain, **changes})


def test_a_record_says_what_the_claim_says():
    assert json.loads(claim_record(claim(), article()).model_dump_json()) == {
        "schema_version": 1, "claim_id": "c1", "loose_id": "l1",
        "article": {"id": "PMC1", "doi": "10.1/x", "pmid": None, "title": "A title", "source": "one.xml", "sha256": "0" * 64},
        "agent": [{"text": "Ketamine", "id": "chebi:6121", "name": "ketamine", "start": 0, "end": 8, "distance": "clause"}], "agent_type": "drug",
        "molecule": {"text": "BDNF", "id": "hgnc:1033", "name": "BDNF", "start": 16, "end": 20}, "form": "level",
        "region": {"text": "hippocampus", "id": None, "name": None, "start": 28, "end": 39, "distance": "sentence"},
        "direction": "increase", "cue": {"text": "raised", "start": 9, "end": 15}, "species": None,
        "certainty": "asserted", "presupposed": False, "attribution": "own", "citations": ["b1"], "qualifiers": {"dose": "5 mg/kg", "time": "1 h"},
        "evidence": [{"start": 0, "end": 40, "text": TEXT, "section": "results", "section_path": ["Results"], "rules": ["r1"]}],
        "confidence": 0.1235,
    }  # fmt: skip


def test_the_published_schema_is_that_of_the_models():
    assert (ROOT / "docs" / "claims.schema.json").read_text("utf-8") == claims_schema(), "run: extractor schema --out docs/claims.schema.json"


def validator():
    schema = json.loads(claims_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("changes", [{}, {"region": None, "agents": (), "agent_type": None}, {"qualifiers": {}, "citations": ()}])
def test_lines_that_are_written_fit_the_published_schema(changes, tmp_path):
    write_jsonl([claim_record(claim(**changes), article())], tmp_path / "claims.jsonl")
    validator().validate(json.loads((tmp_path / "claims.jsonl").read_text("utf-8")))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"extra": 1}, "Additional properties are not allowed"),
        ({"direction": "up"}, "'up' is not one of"),
        ({"confidence": 1.5}, "1.5 is greater than the maximum of 1"),
        ({"evidence": []}, "[] should be non-empty"),
        ({"schema_version": 2}, "1 was expected"),
        ({"species": {"text": "rat"}}, "is not valid under any of the given schemas"),
    ],
)
def test_models_and_schema_refuse_the_same(change, message):
    line = {**json.loads(claim_record(claim(), article()).model_dump_json()), **change}
    errors = [error.message for error in validator().iter_errors(line)]
    assert any(message in error for error in errors), errors
    with pytest.raises(ValidationError):
        ClaimRecord.model_validate(line)


@pytest.mark.parametrize(
    ("name", "members"), [("Direction", Direction), ("Form", Form), ("AgentType", AgentType), ("Section", Section), ("Distance", Distance)]
)
def test_closed_sets_are_those_of_the_records(name, members):
    assert json.loads(claims_schema())["$defs"][name]["enum"] == [member.value for member in members]


def test_literals_are_those_of_the_records():
    properties = json.loads(claims_schema())["properties"]
    assert tuple(properties["certainty"]["enum"]) == Certainty.__args__
    assert tuple(properties["attribution"]["enum"]) == Attribution.__args__


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "claims.jsonl:3: Invalid JSON"),
        ("{}", "claims.jsonl:3: field schema_version: Field required; expected a line of ClaimRecord"),
        ("[]", "claims.jsonl:3: Input should be an object"),
    ],
)
def test_a_broken_line_is_named(line, message, tmp_path):
    good = claim_record(claim(), article()).model_dump_json()
    path = tmp_path / "claims.jsonl"
    path.write_text(f"{good}\n\n{line}\n", "utf-8")
    claims = read_claims(path)
    assert next(claims).claim_id == "c1"
    with pytest.raises(DataError) as caught:
        next(claims)
    assert message in str(caught.value)


def test_bytes_that_are_no_text_and_a_missing_file_are_data_errors(tmp_path):
    (tmp_path / "claims.jsonl").write_bytes(b"\xff\xfe\n")
    with pytest.raises(DataError, match="claims.jsonl:1: "):
        list(read_claims(tmp_path / "claims.jsonl"))
    with pytest.raises(DataError, match="gone.jsonl: no such file; expected JSON lines of ClaimRecord; check the path"):
        list(read_claims(tmp_path / "gone.jsonl"))


def fenced_examples():
    blocks = (ROOT / "docs" / "data_formats.md").read_text("utf-8").split("```json\n")[1:]
    return [block.split("```")[0] for block in blocks]


def test_the_examples_in_the_documentation_are_real_records(tmp_path):
    examples = fenced_examples()
    for example, kind in zip(examples, (ClaimRecord, ReceiptRecord, FailureRecord), strict=True):
        path = tmp_path / "example.jsonl"
        path.write_text(example, "utf-8")
        assert len(list(read_records(path, kind))) == 1
