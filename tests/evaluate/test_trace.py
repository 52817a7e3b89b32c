import json

import pytest
from extractor.errors import DataError
from extractor.evaluate.trace import read_trace

TEXT = "Rats ate.\n\nKetamine raised  BDNF\nin the CA1."
LINE = {
    "article_id": "a", "text": TEXT, "sentences": [[0, 9, False], [11, 45, True]], "mentions": [[28, 32, "molecule", "hgnc:1033", "BDNF"]], "cues": [[20, 26]],
    "candidates": [{"start": 11, "end": 45, "molecule": [28, 32, "hgnc:1033", "BDNF"], "direction": "increase", "region_id": None, "species_id": None, "confidence": 0.4, "new": 1}],
}  # fmt: skip


def test_a_trace_is_read_by_article_and_unknown_fields_are_passed_over(tmp_path):
    path = tmp_path / "trace.jsonl"
    path.write_text(json.dumps({**LINE, "more": 1}) + "\n", "utf-8")
    trace = read_trace(path)["a"]
    assert trace.sentences[1].selected
    assert trace.mentions[0].kind == "molecule"
    assert trace.candidates[0].molecule.name == "BDNF"
    assert trace.candidates[0].direction == "increase"


def test_a_quote_is_found_whatever_the_blanks(tmp_path):
    path = tmp_path / "trace.jsonl"
    path.write_text(json.dumps(LINE) + "\n", "utf-8")
    trace = read_trace(path)["a"]
    assert trace.locate("Rats ate.") == (0, 9)
    start, end = trace.locate("Ketamine raised BDNF in the CA1.") or (0, 0)
    assert TEXT[start:end] == "Ketamine raised  BDNF\nin the CA1."
    assert trace.locate("Mice ate.") is None


def test_a_broken_line_is_named(tmp_path):
    path = tmp_path / "trace.jsonl"
    path.write_text('{"article_id": "a"}\n', "utf-8")
    with pytest.raises(DataError, match=r"trace\.jsonl:1: field text: Field required"):
        read_trace(path)
