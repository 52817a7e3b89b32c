"""The parser of the printed table, cell by cell; the strings are made for these tests, the counts of the real text are at the end."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from extractor.errors import DataError

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from table1_parse import Group, expand_references, parse_cell, parse_table  # noqa: E402

COLUMNS = (("dish", "Dish"), ("here", "HERE"), ("there", "THERE"), ("far (human)", "FAR"))


def table(*rows: str, heads: str = "\tHERE\tTHERE\tFAR", title: str = "TABLE 1 | A made-up table.") -> str:
    return "\n".join([title, "", "\tDish", heads, *(row + "\t" * (15 - row.count("\t")) for row in rows), "", "A legend."])


@pytest.mark.parametrize(
    ("cell", "groups"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("  ", [], id="blank"),
        pytest.param("↑ (7)", [Group("↑", "", (7,))], id="up"),
        pytest.param("– (7)", [Group("–", "", (7,))], id="no change"),
        pytest.param("↓ (7, 8)", [Group("↓", "", (7, 8))], id="list"),
        pytest.param("↓ (7–9)", [Group("↓", "", (7, 8, 9))], id="range"),
        pytest.param("↓ (3, 7–9, 12)", [Group("↓", "", (3, 7, 8, 9, 12))], id="range in a list"),
        pytest.param("↑ (1) ↓ (2)", [Group("↑", "", (1,)), Group("↓", "", (2,))], id="two arrows"),
        pytest.param("↑ (1), – (2)", [Group("↑", "", (1,)), Group("–", "", (2,))], id="two arrows and a comma"),
        pytest.param("↑ (1, 2), (3)", [Group("↑", "", (1, 2, 3))], id="a wrapped line keeps its arrow"),
        pytest.param("↑ (1–3), (5, 6), (8) – (9)", [Group("↑", "", (1, 2, 3, 5, 6, 8)), Group("–", "", (9,))], id="two wraps and a dash"),
        pytest.param("p ↑ (1, 2) ↑ (3)", [Group("↑", "p", (1, 2)), Group("↑", "", (3,))], id="p belongs to its own group only"),
        pytest.param("mRNA ↑ (1)", [Group("↑", "mRNA", (1,))], id="mRNA"),
        pytest.param("↓ female only (1)", [Group("↓", "female only", (1,))], id="words behind the arrow"),
        pytest.param("↑ (1) ↓ at 3–4 h (2) – at 24 h (3)", [Group("↑", "", (1,)), Group("↓", "at 3–4 h", (2,)), Group("–", "at 24 h", (3,))], id="times"),
    ],
)
def test_parse_cell(cell: str, groups: list[Group]) -> None:
    assert parse_cell(cell) == groups


@pytest.mark.parametrize("cell", ["(7)", "↑", "↑ 7", "↑ (seven)", "↑ (7) and", "up (7)", "↑ (7"])
def test_parse_cell_refuses_what_it_cannot_read(cell: str) -> None:
    with pytest.raises(DataError, match=r"review\.txt:9: cell .* is not read; expected an arrow and references in brackets"):
        parse_cell(cell, place="review.txt:9")


def test_a_falling_range_is_an_error() -> None:
    with pytest.raises(DataError, match="a.txt:3: reference range 9–7; expected a rising range"):
        list(expand_references("(9–7)", place="a.txt:3"))


def test_parse_table_names_the_column_above_a_cell() -> None:
    labels, cells = parse_table(table("Alpha\t↑ (1)\t\t↓ (2)", "Beta", "Gamma\t\tp ↓ (3)"), COLUMNS)
    assert labels == ["Alpha", "Beta", "Gamma"]
    assert [(c.order, c.row, c.cell, c.arrow, c.modifier, c.refs) for c in cells] == [
        (1, "Alpha", "here", "↑", "", (1,)),
        (1, "Alpha", "far (human)", "↓", "", (2,)),
        (3, "Gamma", "there", "↓", "p", (3,)),
    ]


def test_the_first_column_has_a_place_only_where_the_heads_leave_one() -> None:
    _, cells = parse_table(table("Alpha\t↑ (1)\t↓ (2)", heads="\t\tHERE\tTHERE\tFAR"), COLUMNS)
    assert [(c.cell, c.arrow) for c in cells] == [("dish", "↑"), ("here", "↓")]


def test_a_continued_table_goes_on_counting_its_rows() -> None:
    text = table("Alpha\t↑ (1)") + "\n" + table("Beta\t\t↑ (2)", heads="\t\tHERE\tTHERE\tFAR", title="TABLE 1 | (Continued)")
    labels, cells = parse_table(text, COLUMNS)
    assert labels == ["Alpha", "Beta"]
    assert [(c.order, c.cell) for c in cells] == [(1, "here"), (2, "here")]


def test_lines_with_tabs_outside_the_table_are_not_rows() -> None:
    labels, _ = parse_table("Before\t↑ (1)\n" + table("Alpha\t↑ (1)") + "\nAfter\t↑ (2)", COLUMNS)
    assert labels == ["Alpha"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("no table here", "r.txt: no table; expected a line that starts with", id="no table"),
        pytest.param(table("Alpha", heads="\tHERE\tELSEWHERE\tFAR"), r"r.txt:4: column heads .*'ELSEWHERE'", id="another head"),
        pytest.param(table("Alpha").replace("Alpha\t", "Alpha"), "r.txt:5: row 'Alpha' with 15 fields; expected 16", id="a lost tab"),
        pytest.param(table("Alpha\t\t\t\t\t↑ (1)"), "r.txt:5: row 'Alpha' has '↑ \\(1\\)' in field 5; expected a column head above it", id="no head above"),
        pytest.param(table("Alpha\tup"), "r.txt:5: cell 'up'", id="a cell that does not parse"),
    ],
)
def test_parse_table_refuses(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_table(text, COLUMNS, place="r.txt")


@pytest.mark.shared
def test_the_printed_table_has_149_values(shared: Path) -> None:
    columns = [tuple(line.split("\t")[:2]) for line in (ROOT / "gold" / "columns.tsv").read_text("utf-8").splitlines()[1:]]
    labels, cells = parse_table((shared / "seed" / "kang2022_review.txt").read_text("utf-8"), columns)
    triples = [(cell.row, cell.cell, ref) for cell in cells for ref in cell.refs]
    assert (len(labels), len(cells), len(triples), len(set(triples))) == (53, 109, 149, 149)
    assert Counter(cell.modifier for cell in cells if cell.modifier) == {"p": 3, "mRNA": 1, "female only": 1, "Female only": 2, "at 3–4 h": 1, "at 24 h": 1}
    assert set(labels) - {cell.row for cell in cells} == {"NMDA GluN1", "Egr-1", "BDNF promotor IV", "eEF2K"}
