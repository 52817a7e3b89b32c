import json

import pytest
from extractor.errors import InputError
from extractor.read import records_jsonl
from extractor.read.records_jsonl import read_jsonl
from extractor.records import Section


def write(tmp_path, data):
    path = tmp_path / "r.jsonl"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_line_is_an_article(tmp_path):
    line = {"record_id": "7", "title": "Cold pools", "abstract": "One.\n\nTwo.", "doi": "10.1/x", "keywords": ["pool"], "year": "1999"}
    (article,) = read_jsonl(write(tmp_path, "\n" + json.dumps(line) + "\n"))
    assert (article.id, article.title, article.doi, article.keywords, article.source) == ("7", "Cold pools", "10.1/x", ("pool",), "r.jsonl")
    assert [(article.text[p.start : p.end], p.section, p.section_path) for p in article.passages] == [
        ("Cold pools", Section.TITLE, ()),
        ("One.", Section.ABSTRACT, ("Abstract",)),
        ("Two.", Section.ABSTRACT, ("Abstract",)),
    ]
    assert [(skip.reason, skip.characters) for skip in article.receipt.skipped] == [("layout blanks", 2), ("record fields", 11)]


@pytest.mark.parametrize("escaped", [True, False])
def test_places_count_in_the_file_whatever_the_escapes(tmp_path, escaped):
    texts = ['TNF-α "rose"', "tab\\slash 😀 end", "plain"]
    source = "".join(json.dumps({"abstract": text, "record_id": str(n)}, ensure_ascii=escaped) + "\n" for n, text in enumerate(texts))
    for article, text in zip(read_jsonl(write(tmp_path, source)), texts, strict=True):
        assert article.text == text
        for start, end, place in article.source_map.runs:
            origins = source[place : place + end - start]
            assert all(origin in (letter, "\\") for letter, origin in zip(article.text[start:end], origins, strict=True))


def test_a_broken_line_is_one_error_and_the_rest_is_read(tmp_path):
    lines = [
        b'{"record_id": "1", "title": "A"}',
        b"{oops",
        b"[1]",
        b'{"title": "no id"}',
        b'{"record_id": "5"}',
        b'{"record_id": "6", "title": "\xff"}',
        b'{"record_id": "7", "title": "B"}',
    ]
    path = write(tmp_path, b"\n".join(lines))
    found = list(read_jsonl(path))
    assert [article.id if not isinstance(article, InputError) else None for article in found] == ["1", None, None, None, None, None, "7"]
    repair = 'expected a JSON object with "record_id" and "title" or "abstract"'
    assert str(found[1]) == f"{path}:2: not JSON at column 2: Expecting property name enclosed in double quotes; {repair}; correct or remove the line"
    assert str(found[2]).startswith(f"{path}:3: the line: Input should be a valid dictionary")
    assert str(found[3]).startswith(f"{path}:4: record_id: Field required")
    assert str(found[4]).startswith(f"{path}:5: no title and no abstract; {repair}")
    assert str(found[5]).startswith(f"{path}:6: byte 30 is no UTF-8")


def test_a_line_that_is_too_long_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(records_jsonl, "LONGEST_LINE", 100)
    long = json.dumps({"record_id": "1", "title": "x" * 950})
    path = write(tmp_path, long + '\n{"record_id": "2", "title": "short"}\n')
    error, article = read_jsonl(path)
    assert str(error).startswith(f"{path}:1: a line of more than 100 bytes; expected a JSON object")
    assert (article.id, article.text) == ("2", "short")


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path):
    source = '\ufeff{"record_id": "1", "title": "A"}\r\n{"record_id": "2", "title": "B"}\r\n'
    found = list(read_jsonl(write(tmp_path, source)))
    assert [article.text for article in found] == ["A", "B"]
    assert [source[article.source_map.runs[0][2]] for article in found] == ["A", "B"]


def test_deep_nesting_is_no_crash(tmp_path):
    (error,) = read_jsonl(write(tmp_path, "[" * 100_000))
    assert isinstance(error, InputError)
