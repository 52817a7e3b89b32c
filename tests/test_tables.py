"""Tables: rows as they are written, and for each way to break one a message with file and line."""

from pathlib import Path

import pytest
from extractor.errors import DataError
from extractor.tables import LEXICONS, Row, TermRow, Words, dict_of, numbered_rows, read_rows
from hypothesis import given
from hypothesis import strategies as st


class WordRow(Row):
    """A row to test with."""

    word: str
    count: int = 0
    others: Words = ()


def table(folder: Path, text: str) -> Path:
    path = folder / "words.tsv"
    path.write_text(text, "utf-8", newline="")
    return path


def test_rows_come_in_file_order_without_comments_and_blank_lines(tmp_path: Path) -> None:
    path = table(tmp_path, "# source: own\nword\tcount\tothers\nb\t2\tx|y z\n\n# a remark\na\t\t\n")
    assert read_rows(path, WordRow) == [WordRow(word="b", count=2, others=("x", "y z")), WordRow(word="a")]
    assert [no for no, _ in numbered_rows(path, WordRow)] == [3, 6]


def test_cells_are_stripped_and_lists_lose_their_empty_members(tmp_path: Path) -> None:
    path = table(tmp_path, "others\tword\n | x ||y| \t a \n")
    assert read_rows(path, WordRow) == [WordRow(word="a", others=("x", "y"))]


def test_windows_line_ends_and_quotes_are_read(tmp_path: Path) -> None:
    path = table(tmp_path, 'word\tcount\r\n5" nail\t1\r\n"b\t2\r\n')
    assert [(row.word, row.count) for row in read_rows(path, WordRow)] == [('5" nail', 1), ('"b', 2)]


def test_a_header_alone_is_an_empty_table_of_rows(tmp_path: Path) -> None:
    assert read_rows(table(tmp_path, "word\n"), WordRow) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"words\.tsv: the table is empty; expected a header line and rows"),
        ("# only a remark\n", r"words\.tsv: the table is empty"),
        (
            "# remark\nword\tcolour\na\tred\n",
            r"words\.tsv:2: header with unknown \['colour'\], missing \[\], repeated \[\]; expected columns from \['word', 'count', 'others'\]",
        ),
        ("count\n1\n", r"words\.tsv:1: header with unknown \[\], missing \['word'\]"),
        ("word\tword\na\tb\n", r"words\.tsv:1: header .* repeated \['word'\]"),
        ("word\tcount\na\t1\nb\n", r"words\.tsv:3: 1 cells; expected 2: word, count; check the tabs of the line"),
        ("word\tcount\na\t1\t\n", r"words\.tsv:2: 3 cells; expected 2"),
        ("word\tcount\na\tmany\n", r"words\.tsv:2: column count: .*integer.*; expected a row of WordRow"),
        ("word\tcount\n\n \t3\n", r"words\.tsv:3: column word: Field required"),
    ],
)
def test_a_broken_table_names_its_file_and_line(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=message):
        read_rows(table(tmp_path, text), WordRow)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.tsv: no such file; expected a tab-separated table"):
        read_rows(tmp_path / "none.tsv", WordRow)


def test_a_line_with_too_few_cells_is_told_by_its_header() -> None:
    assert dict_of(["a", "b"], [" 1 ", ""], place="x:1") == {"a": "1"}
    with pytest.raises(DataError, match="^x:1: 1 cells; expected 2: a, b"):
        dict_of(["a", "b"], ["1"], place="x:1")


def test_rows_are_frozen_and_refuse_unknown_fields() -> None:
    with pytest.raises(ValueError, match="frozen"):
        WordRow(word="a").word = "b"  # type: ignore[misc]
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        WordRow(word="a", colour="red")  # type: ignore[call-arg]


CELLS = st.text(alphabet="ab αß-'\"()", max_size=8)


@given(st.lists(st.tuples(CELLS.filter(str.strip), st.lists(CELLS, max_size=3)), max_size=8))
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, list[str]]]) -> None:
    lines = ["word\tothers", *(f"{word}\t{'|'.join(others)}" for word, others in rows)]
    read = read_rows(table(tmp_path_factory.mktemp("rows"), "\n".join(lines)), WordRow)
    assert [(row.word, row.others) for row in read] == [(word.strip(), tuple(o.strip() for o in others if o.strip())) for word, others in rows]


@pytest.mark.parametrize("name", ["molecules.tsv", "genes.tsv", "regions.tsv", "species.tsv", "agents.tsv"])
def test_the_lexicons_of_terms_are_tables_of_terms(name: str) -> None:
    path = LEXICONS / name
    first = next(numbered_rows(path, TermRow))[1]
    assert first.name
    assert first.label
