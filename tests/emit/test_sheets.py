"""Rows to spreadsheets and back: nothing runs as a formula, nothing is too long, nothing is lost on the way."""

import csv

import pytest
from extractor.emit import sheets
from extractor.emit.sheets import CELL_LIMIT, SHEETS, Column, clean, guard, sheet_kind, unguard
from extractor.errors import DataError, UsageError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

COLUMNS = (Column("name"), Column("text", width=50, wrap=True), Column("choice", choices=("yes", "no")))
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1", "'=1", "''=1", '=HYPERLINK("http://x","y")')


@pytest.mark.parametrize("value", DANGEROUS)
def test_no_cell_of_csv_starts_a_formula(value, tmp_path):
    path = tmp_path / "sheet.csv"
    SHEETS[".csv"][0]([{"name": value}], path, columns=COLUMNS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cell = list(csv.reader(file))[1][0]
    assert cell.startswith("'")
    assert cell.strip()[0] not in "=+-@＝"


@pytest.mark.parametrize("value", DANGEROUS)
def test_no_cell_of_xlsx_is_a_formula(value, tmp_path):
    path = tmp_path / "sheet.xlsx"
    SHEETS[".xlsx"][0]([{"name": value}], path, columns=COLUMNS)
    cell = load_workbook(path).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value == clean(value)
    assert cell.quotePrefix


@given(st.text())
def test_guard_is_undone_by_unguard(value):
    line = clean(value)
    if len(line) < CELL_LIMIT:
        assert unguard(guard(value)) == line


@pytest.mark.parametrize("ending", SHEETS)
def test_rows_come_back(ending, tmp_path):
    rows = [{"name": value, "text": 'Greek β, "quoted", a;b', "choice": "yes"} for value in (*DANGEROUS, "BDNF")]
    path = tmp_path / f"sheet{ending}"
    write, read = SHEETS[ending]
    assert write(rows, path, columns=COLUMNS) == len(rows)
    assert [(no, row) for no, row in read(path)] == [(no, {**row, "name": clean(row["name"])}) for no, row in enumerate(rows, 2)]


@pytest.mark.parametrize("ending", SHEETS)
def test_control_characters_and_long_cells_do_no_harm(ending, tmp_path):
    path = tmp_path / f"sheet{ending}"
    write, read = SHEETS[ending]
    write([{"name": "a\x00\x0bb\ud800c\x85", "text": "=" + "x" * 40_000}], path, columns=COLUMNS)
    ((_, row),) = read(path)
    assert row["name"] == "a b c "
    assert len(row["text"]) <= CELL_LIMIT
    assert row["text"].endswith("[cut: longer than a spreadsheet cell can hold]")


def test_the_workbook_is_laid_out_for_reading(tmp_path):
    path = tmp_path / "sheet.xlsx"
    SHEETS[".xlsx"][0]([{"name": "a", "text": "b"}], path, columns=COLUMNS)
    sheet = load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width == 50
    assert sheet["B2"].alignment.wrap_text
    assert sheet["C2"].value is None
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"yes,no"'
    assert str(choice.sqref).startswith("C2:C")


def test_more_rows_than_a_workbook_holds_are_refused_and_leave_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "ROW_LIMIT", 3)
    with pytest.raises(UsageError, match="more than 2 claims; expected what fits a sheet"):
        SHEETS[".xlsx"][0]([{"name": "a"}] * 3, tmp_path / "sheet.xlsx", columns=COLUMNS)
    assert list(tmp_path.iterdir()) == []


def test_another_ending_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="a sheet that ends in .ods; expected one of .csv, .tsv, .xlsx"):
        sheet_kind(tmp_path / "sheet.ods")
    assert sheet_kind(tmp_path / "SHEET.XLSX") is SHEETS[".xlsx"]


@pytest.mark.parametrize(("ending", "message"), [(".xlsx", "not readable as a workbook"), (".csv", "not readable as a table")])
def test_what_is_no_sheet_is_a_data_error(ending, message, tmp_path):
    path = tmp_path / f"sheet{ending}"
    path.write_bytes(b"\xff\xfe\x00nonsense")
    with pytest.raises(DataError, match=message):
        list(SHEETS[ending][1](path))
