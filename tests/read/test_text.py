import pytest
from extractor.errors import InputError
from extractor.read import text as text_reader
from extractor.read.text import read_text, text_article


def read(source, tmp_path):
    return text_article(source, path=tmp_path / "notes.md", sha256="0" * 64)


def passages(article):
    return [(p.kind, p.section.value, article.text[p.start : p.end]) for p in article.passages]


def test_markdown_headings_items_and_tables(tmp_path):
    source = "# Pools\n\n## Results\nIt rose.\n- One.\n- Two\n  lines.\n\nOdd part\n--------\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert passages(read(source, tmp_path)) == [
        ("title", "title", "Pools"),
        ("heading", "results", "Results"),
        ("paragraph", "results", "It rose."),
        ("paragraph", "results", "One."),
        ("paragraph", "results", "Two lines."),
        ("heading", "other", "Odd part"),
        ("cell", "table", "a"),
        ("cell", "table", "b"),
        ("cell", "table", "1"),
        ("cell", "table", "2"),
    ]


def test_known_headings_need_no_blank_line(tmp_path):
    source = "Pools and rats\n\nRESULTS\nIt rose in\nall rats.\nDiscussion\nIt is good.\n"
    assert passages(read(source, tmp_path))[1:] == [
        ("heading", "results", "RESULTS"),
        ("paragraph", "results", "It rose in all rats."),
        ("heading", "discussion", "Discussion"),
        ("paragraph", "discussion", "It is good."),
    ]


def test_a_paragraph_may_be_one_line_without_blank_lines_around(tmp_path):
    line = "Swimming raised the growth factor in the brain of every rat that we looked at. " * 4
    assert [kind for kind, *_ in passages(read(f"Pools\n{line}\n{line}\n", tmp_path))] == ["title", "paragraph", "paragraph"]


def test_a_lone_abstract_is_read_whole(tmp_path):
    assert passages(read("Ketamine raised BDNF in rats.", tmp_path)) == [("paragraph", "other", "Ketamine raised BDNF in rats.")]


def test_windows_lines_and_form_feeds(tmp_path):
    article = read("Pools\r\n\r\nIt rose\r\nin rats.\r\n\fIt fell.\r\n", tmp_path)
    assert article.text == "Pools\n\nIt rose in rats.\n\nIt fell."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", ": the file is empty; expected text; get the file again"),
        (b"a\nb\n\xff", ":3: byte 0xff is no UTF-8; expected text in UTF-8; convert the file to UTF-8"),
        (b"a\n\0", ":2: a NUL character, so no text; expected text in UTF-8; check the ending of the file's name"),
        (b"***\n\n--\n", ": no words; expected text; check the file"),
        (b"a\n" + b"x" * 1_000_001, ":2: a line of 1,000,001 characters; expected at most 1,000,000; part the text into paragraphs"),
    ],
)
def test_bad_files(tmp_path, data, message):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (error,) = read_text(path)
    assert isinstance(error, InputError)
    assert str(error) == f"{path}{message}"


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(text_reader, "LARGEST_FILE", 10)
    path = tmp_path / "a.txt"
    path.write_text("x" * 11)
    (error,) = read_text(path)
    assert str(error) == f"{path}: more than 10 bytes; expected one article; split the file by article"


def test_utf_16_with_a_mark(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffKetamine raised TNF-α.".encode("utf-16-le"))
    (article,) = read_text(path)
    assert article.text == "Ketamine raised TNF-α."


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "source",
    [
        "1" * 400_000,
        "(1, " * 200_000,
        "*a" * 400_000,
        "^{1" * 300_000,
        "a- " * 150_000,
        "References\n\n1. Mora A.\n" + "x\n" * 50_000,
        "References\n1. " + "Aa " * 150_000,
    ],
    ids=["digits", "brackets", "stars", "raised", "hyphens", "entry of many lines", "long entry"],
)
def test_odd_text_takes_no_more_time_than_its_length(tmp_path, source):
    receipt = read(source, tmp_path).receipt
    assert receipt.read + sum(skip.characters for skip in receipt.skipped) == len(source)
